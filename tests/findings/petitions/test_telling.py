"""What may tell who reported is pointed out; what tells nothing is left alone."""

import pytest

from findings.rules import telling_parts


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("张会计把钱领走了", "张"),
        ("电话13900001234可以核实", "13900001234"),
        ("住在青岚路18号的人反映", "18号"),
        ("车牌青A12345经常停在村委", "青A12345"),
        ("微信号 abc12345 有记录", "微信号 abc12345"),
        ("本人去年申请低保没有批", "本人"),
        ("我父亲的地被占", "我父亲"),
        ("第三组养牛的那户人家", "第三组养牛的那户"),
        ("村里唯一的退伍女兵反映", "唯一"),
        ("1956年3月出生的老人", "1956年3月出生"),
        ("卡号6222020200112233445", "6222020200112233445"),
    ],
)
def test_a_telling_place_is_found(text, words):
    assert words in [found for found, _ in telling_parts(text)]


@pytest.mark.parametrize(
    "text",
    [
        "反映该村2024年鱼塘租金没有入账，金额约3万元。",
        "反映村务公开栏半年没有更新，误工补贴发放不公开。",
        "按农经〔2023〕12号文件应当公开招标而没有招标。",
        "反映2023年至2025年三笔工程款共45.6万元重复列支。",
    ],
)
def test_a_plain_summary_is_left_alone(text):
    assert telling_parts(text) == []


def test_names_of_those_in_office_are_found():
    assert [words for words, _ in telling_parts("欧阳明把鱼塘租给亲戚", ["欧阳明"])] == ["欧阳明"]
