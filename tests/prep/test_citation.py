"""Lines of basis in the many ways people write them."""

import datetime as dt

import pytest

from prep.rules.articles import BadArticle, checked_articles, read_articles
from prep.rules.citation import (
    Hint,
    articles_in,
    bare_names,
    key_of_name,
    mentions,
    name_forms,
    number_of,
    numeral,
    split_names,
)
from tests.core import naughty

BARE = bare_names(
    [
        "纪律处分条例",
        "村集体经济组织会计制度",
        "农村集体经济组织会计制度",
        "村民委员会组织法",
        "土地管理法",
        "民法典",
    ]
)
DISCIPLINE = "中国共产党纪律处分条例"


def read(line):
    return [(m.key, m.hint, m.articles) for m in mentions(line, BARE)]


@pytest.mark.parametrize(
    ("line", "year", "day", "articles"),
    [
        ("《中国共产党纪律处分条例》第九十八条", None, None, ["第九十八条"]),
        ("《中国共产党纪律处分条例》（2018年10月1日起施行）第九十八条", 2018, "2018-10-01", ["第九十八条"]),
        ("《中国共产党纪律处分条例》(2018年10月1日起施行)第98条", 2018, "2018-10-01", ["第九十八条"]),
        ("《中国共产党纪律处分条例》（２０１８年修订）第９８条", 2018, None, ["第九十八条"]),
        ("《中国共产党纪律处分条例》[2018年修订]第98条、第99条", 2018, None, ["第九十八条", "第九十九条"]),
        ("《中国共产党纪律处分条例》〔2018年修订〕", 2018, None, []),
        ("《中国共产党纪律处分条例》【2018】第五条", 2018, None, ["第五条"]),
        ("《中国共产党纪律处分条例（2018年版）》第98条", 2018, None, ["第九十八条"]),
        ("2018年《中国共产党纪律处分条例》第98条第一款第（二）项", 2018, None, ["第九十八条"]),
        ("违反2018年10月1日起施行的《中国共产党纪律处分条例》第98条", 2018, "2018-10-01", ["第九十八条"]),
        ("二〇一八年修订的《中国共产党纪律处分条例》", 2018, None, []),
        ("<<中国共产党纪律处分条例>>第九十八条之一", None, None, ["第九十八条之一"]),
        ("《 中国共产党 纪律处分条例 》 第 98 条", None, None, ["第九十八条"]),
        ("《中国共产党纪律处分条例》（2023年度资金）第3条", None, None, ["第三条"]),  # no edition
        ("《中国共产党纪律处分条例》（2018年13月45日施行）", 2018, None, []),  # no such day
    ],
)
def test_one_rule_in_many_spellings(line, year, day, articles):
    [(key, hint, found)] = read(line)
    assert (key, list(found)) == (DISCIPLINE, articles)
    assert (hint.year if hint else None) == year
    assert (hint.day if hint else None) == (dt.date.fromisoformat(day) if day else None)


def test_a_document_number_is_no_year():
    [(_, hint, _)] = read("《党政机关厉行节约反对浪费条例》（中发〔2013〕13号）第五条")
    assert hint == Hint(doc_no="中发201313号")


def test_trial_belongs_to_the_name_and_the_year_to_the_edition():
    [(key, hint, _)] = read("《中国共产党支部工作条例（试行）》（2018年）第五条")
    assert (key, hint.year) == ("中国共产党支部工作条例试行", 2018)
    assert read("《中国共产党支部工作条例(试行)(2018年)》")[0][1].year == 2018


def test_two_rules_in_one_line_keep_their_own_articles():
    found = read("《中国共产党纪律处分条例》（2018年）第98条；《信访工作条例》第五条、第六条")
    assert [(key, articles) for key, _, articles in found] == [
        (DISCIPLINE, ("第九十八条",)),
        ("信访工作条例", ("第五条", "第六条")),
    ]
    assert found[1][1] is None


@pytest.mark.parametrize(
    "line",
    [
        "《中国共产党纪律处分条例》（以下简称《条例》）第二条，《条例》第三条",
        "《中国共产党纪律处分条例》第二条，违反《条例》第三条",
    ],
)
def test_a_word_for_the_rule_before_means_that_rule(line):
    [(key, _, articles)] = read(line)
    assert (key, articles) == (DISCIPLINE, ("第二条", "第三条"))


@pytest.mark.parametrize("line", ["没有名称", "", "《》", "《《《", "》《"])
def test_lines_that_name_no_rule(line):
    assert read(line) == []


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("村民委员会组织法第三十条", ["村民委员会组织法"]),
        ("违反土地管理法、民法典有关规定", ["土地管理法", "民法典"]),
        ("土地管理法和村民委员会组织法", ["土地管理法", "村民委员会组织法"]),
        # The name of the old rule stands within the name of the new one.
        ("农村集体经济组织会计制度第三条", ["农村集体经济组织会计制度"]),
        ("村集体经济组织会计制度第三条", ["村集体经济组织会计制度"]),
        # Rules that are not in the book and hold the name of one that is.
        ("土地管理法实施条例第五条", []),
        ("行政机关公务员纪律处分条例第三条", []),
        ("《行政机关公务员纪律处分条例》第三条", ["行政机关公务员纪律处分条例"]),
        ("根据民法典第二百六十一条", ["民法典"]),
        ("2018年纪律处分条例第五条", ["纪律处分条例"]),
    ],
)
def test_names_without_title_marks(line, names):
    assert [key for key, *_ in read(line)] == names


@pytest.mark.parametrize(
    "number", [1, 9, 10, 11, 20, 98, 100, 101, 110, 112, 119, 120, 999, 1000, 1001, 1010, 1260]
)
def test_numbers_of_articles_there_and_back(number):
    assert number_of(numeral(number)) == number


def test_numbers_as_they_are_written():
    assert [numeral(n) for n in (10, 12, 20, 98, 105, 110, 1260)] == [
        "十", "十二", "二十", "九十八", "一百零五", "一百一十", "一千二百六十",
    ]  # fmt: skip
    assert articles_in("第0条第99999条第〇条") == ()
    assert number_of("两百") == 200


def test_what_people_leave_out_of_a_name():
    assert "村民委员会组织法" in name_forms("中华人民共和国村民委员会组织法")
    assert "中国共产党支部工作条例" in name_forms("中国共产党支部工作条例（试行）")
    assert name_forms("党章") == []  # too short to be looked for without title marks
    assert key_of_name("《中国共产党 党费收缴、使用（管理）》") == "中国共产党党费收缴使用管理"
    assert split_names("甲办法、《乙办法》；乙办法,\n ，丙") == ["甲办法", "乙办法", "丙"]


def test_articles_kept_with_an_edition():
    kept = checked_articles("第30条：村务公开\n\n 第三十二条　村务监督机构")
    assert kept == "第三十条 村务公开\n第三十二条 村务监督机构"
    assert [(a.label, a.text) for a in read_articles(kept)] == [
        ("第三十条", "村务公开"),
        ("第三十二条", "村务监督机构"),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("村务公开", "看不出是第几条"),
        ("第30条 甲\n第三十条 乙", "写了两遍"),
        (f"第3条 {'长' * 121}", "不抄原文"),
    ],
)
def test_articles_that_cannot_be_kept(text, words):
    with pytest.raises(BadArticle, match=words):
        checked_articles(text)


def test_a_word_alone_is_a_name_nobody_knows():
    assert read("《办法》第十九条") == [("办法", None, ("第十九条",))]
    assert [key for key, *_ in read("《信访工作条例》第五条，《办法》第三条")] == ["信访工作条例", "办法"]


def test_naughty_text_is_read_without_harm():
    for text in naughty.KEPT:
        assert mentions(f"《{DISCIPLINE}》{text}", BARE)[0].key == DISCIPLINE
        assert isinstance(mentions(f"{text}《{text}》第三条", BARE), list)
    assert mentions("《" * 3000 + "第" * 3000, BARE) == []
