"""Persons in what people wrote: what is hidden, and just as much what is not."""

import pytest

from surveys.rules.masking import masked, persons_in, pieces

NAMES = ["赵德水", "孙有福"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("赵德水的账不清楚", "某某的账不清楚"),
        ("找王书记三次都不在", "找某书记三次都不在"),
        ("孙有福和李会计是亲戚", "某某和某会计是亲戚"),
        ("请打13812345678回复", "请打＊＊＊回复"),
        ("请打138 1234 5678回复", "请打＊＊＊回复"),
        ("身份证330102199003071234被拿去用", "身份证＊＊＊被拿去用"),
    ],
)
def test_registered_names_surnames_before_a_post_and_numbers_are_masked(text, expected):
    assert masked(text, NAMES) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("书记王建国占了集体的鱼塘", "书记某某占了集体的鱼塘"),
        ("王建国主任不开会", "某某主任不开会"),
        ("村主任李强不在村里住", "村主任某某不在村里住"),
        ("会计陈小燕，账上对不拢", "会计某某，账上对不拢"),
        ("原来的支书周福来", "原来的支书某某"),
        ("欧阳明书记好几年没来", "某某书记好几年没来"),
        ("三组组长何永年收了押金", "三组组长某某收了押金"),
        ("希望严修竹副书记多下组", "希望某某副书记多下组"),
        ("副主任许长林和出纳毕云是一家", "副主任某某和出纳某某是一家"),
        ("书记叫高满仓", "书记叫某某"),
        ("主任李家明把鱼塘给了弟弟", "主任某某把鱼塘给了弟弟"),
        ("张三书记、村长黄世仁逼债", "某某书记、村长某某逼债"),
        ("任书记说了不算", "某书记说了不算"),
        ("找任会计", "找某会计"),
        ("向东明主任从不公开", "某某主任从不公开"),
    ],
)
def test_a_full_name_nobody_registered_is_masked_beside_a_post(text, expected):
    assert masked(text) == expected


@pytest.mark.parametrize("number", ["6222021234567890", "6222 0212 3456 7890 123", "6222021234567890123"])
def test_card_numbers_of_sixteen_to_nineteen_digits_are_masked(number):
    assert masked(f"补贴打到{number}，不是我的卡") == "补贴打到＊＊＊，不是我的卡"


@pytest.mark.parametrize(
    "text",
    [
        "希望干部多到组里走走",
        "去年修路花了120000元",
        "书记主任都好",
        "",
        "书记高度重视",
        "书记马上到任",
        "主任常年不在村里",
        "多次向书记反映没有结果",
        "书记向村民要钱",
        "书记于2023年上任",
        "现任主任和前任书记互相推",
        "两任书记都没管",
        "由于书记不在",
        "属于主任管",
        "资金会计和现金出纳是一个人",
        "工程队长不是本村人",
        "村民委员会主任",
        "三张会计凭证对不上",
        "常务副主任",
        "石塘村书记办事公道",
        "万家村主任",
        "也许主任不知道",
        "园林站长",
        "会计金额不对",
        "主任方便的时候办",
        "书记何时回来",
        "主任任务重",
        "书记张罗修路",
        "组长余下的钱没交",
        "收钱会计不开票",
        "书记严重失职",
        "书记和会计一起去的",
        "主任白天不在",
        "书记曾经答应过",
        "合同号2023-0415，共3页",
        "2021 2022 2023 2024四年都没公开",
        "面积20230415平方",
        "补偿标准是每亩38000.50元",
        "电话打了十几次",
        "书记周一开会，主任周三才来",
        "组长私自把荒山租给外地老板",
        "会计余额对不上",
        "村监委主任不敢说话",
        "书记白吃白拿",
    ],
)
def test_ordinary_words_and_figures_stay_as_they_are(text):
    assert masked(text) == text


def test_places_are_given_in_order_and_joined():
    assert persons_in("赵德水赵德水、王主任", NAMES) == [(0, 6), (7, 8)]


def test_a_text_is_cut_into_what_may_stay_and_what_may_not():
    assert pieces("找王书记，打13812345678", NAMES) == [
        ("找", ""), ("王", "某"), ("书记，打", ""), ("13812345678", "＊＊＊"),
    ]  # fmt: skip
    assert pieces("", NAMES) == []
