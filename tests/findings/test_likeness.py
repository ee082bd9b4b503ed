"""Which papers are proposed as one problem and why: a set judged by hand first, the points afterwards."""

from decimal import Decimal

import pytest

from findings.rules.likeness import Traits, common_wording, highlighted, likeness

BASE = {
    "key": "a", "title": "集体鱼塘合同到期未收回", "summary": "鱼塘合同到期后没有重新发包，原承包户继续使用。",
    "second": "E3", "second_name": "资源合同", "first": "E", "first_name": "纪律建设",
    "years": (2023, 2024), "amount": Decimal("59300.00"),
}  # fmt: skip


def traits(key="b", **over):
    return Traits(**(BASE | {"key": key} | over))


MINE = Traits(**BASE)
NOTHING = {
    "title": "党员大会记录事后补写", "summary": "会议记录笔迹一致。", "second": "C1", "second_name": "组织生活",
    "first": "C", "first_name": "组织建设", "years": (2019,), "amount": None,
}  # fmt: skip

# Judged by people who read only the two papers, before any point was given.
PROPOSED = {
    "the same pond in the same words": {"years": (2020, 2021)},
    "the same pond in other words": {
        "title": "鱼塘到期后仍由原承包户使用", "summary": "合同期满未收回，未重新发包。", "amount": None,
    },
    "the same words filed under another category": {
        "second": "D1", "second_name": "为民服务", "first": "D", "first_name": "作风建设",
    },
    "the same check point, other words, the year after": {
        **NOTHING, "point": "E3-02", "second": "E3", "second_name": "资源合同", "years": (2025,),
    },
    "what the watch list followed up, worded as a question": {**NOTHING, "followed": "a"},
}  # fmt: skip
NOT_PROPOSED = {
    "nothing in common": NOTHING,
    "the same first-level category only": {**NOTHING, "first": "E", "first_name": "纪律建设"},
    "the same first-level category, years and sum": {
        "title": "误工补贴发放没有考勤", "summary": "补贴由一人代领。", "second": "E1", "second_name": "资金",
    },
    "the same second-level category and years, another matter": {
        "title": "机动地没有公开竞价", "summary": "三块机动地由村民小组指定给个人耕种。", "amount": None,
    },
    "the same second-level category and years, a near sum, one word by chance": {
        **NOTHING, "title": "集体机动地没有公开竞价", "second": "E3", "second_name": "资源合同", "years": (2024,),
        "amount": Decimal("60000"),
    },
    "words every paper uses": {
        **NOTHING, "title": "有关工作存在不规范问题", "summary": "有关工作落实不到位。",
    },
}  # fmt: skip


@pytest.mark.parametrize("case", PROPOSED)
def test_what_people_would_ask_about_is_proposed_both_ways(case):
    mine = traits("a", point="E3-02")
    other = traits(**PROPOSED[case])
    assert likeness(mine, other).enough and likeness(other, mine).enough
    assert likeness(mine, other).points == likeness(other, mine).points


@pytest.mark.parametrize("case", NOT_PROPOSED)
def test_what_nobody_would_ask_about_is_not_proposed(case):
    assert not likeness(traits("a", point="E3-02"), traits(**NOT_PROPOSED[case])).enough


def test_more_reasons_rank_higher():
    same = likeness(MINE, traits(years=(2023,)))
    reworded = likeness(MINE, traits(**PROPOSED["the same pond in other words"]))
    elsewhere = likeness(MINE, traits(**PROPOSED["the same words filed under another category"]))
    assert same.points > reworded.points > 0 and same.points > elsewhere.points


def test_every_point_has_its_sentence():
    found = likeness(traits("a", point="E3-02"), traits(point="E3-02", years=(2024, 2025)))
    assert found.reasons == (
        "同一监督要点E3-02，同属“资源合同”",
        "用语相近，都提到“集体鱼塘合同到期未收回”",
        "涉及年度重合：2024年",
        "涉及金额相同：59,300.00元",
    )
    assert found.points == 30 + 20 + 50 + 10 + 10


@pytest.mark.parametrize(
    ("years", "said"),
    [
        ((2022,), "涉及年度相接：2022年与2023年"),
        ((2025, 2026), "涉及年度相接：2024年与2025年"),
        ((2021,), ""),
        ((), ""),
    ],
)
def test_years_that_meet_are_named_and_those_apart_are_not(years, said):
    reasons = [text for text in likeness(MINE, traits(years=years)).reasons if "年度" in text]
    assert reasons == ([said] if said else [])


@pytest.mark.parametrize(
    ("amount", "word"), [("59300", "相同"), ("65888.88", "相近"), ("65888.90", ""), ("0", ""), (None, "")]
)
def test_sums_within_a_tenth_of_the_larger_are_near(amount, word):
    other = traits(amount=amount and Decimal(amount))
    reasons = [text for text in likeness(MINE, other).reasons if "金额" in text]
    assert (bool(reasons), word in "".join(reasons)) == (bool(word), True)


def test_both_followed_from_one_earlier_paper_are_one_matter():
    reason = "待查问题清单从以往底稿带入，查的就是这一问题"
    assert reason in likeness(traits("x", followed="a"), MINE).reasons
    assert reason in likeness(traits("x", followed="z"), traits("y", followed="z")).reasons
    assert reason not in likeness(traits("x"), traits("y")).reasons


def test_wording_counts_shared_pairs_of_the_titles_both_ways():
    # Three of three pairs of 鱼塘到期 (鱼塘, 塘到, 到期) against 到期鱼塘 (到期, 期鱼, 鱼塘): two shared each way.
    share, words = common_wording(Traits("a", "鱼塘到期"), Traits("b", "到期鱼塘"))
    assert share == pytest.approx(2 / 3) and words == ("鱼塘", "到期")
    assert common_wording(Traits("a", "2023年至2025年"), Traits("b", "2023年"))[0] == 0
    assert common_wording(Traits("a", ""), Traits("b", "鱼"))[0] == 0


@pytest.mark.parametrize(
    "text", ["鱼塘合同到期", "", "<b>鱼塘</b>&amp;", "塘\u200b鱼塘𠮷", "(鱼塘)[合同]*+?"]
)
def test_highlighting_loses_and_adds_no_character(text):
    pieces = highlighted(text, ["鱼塘", "合同", "(", "*+"])
    assert "".join(piece for piece, _ in pieces) == text
    assert all(piece in ("鱼塘", "合同", "(", "*+") for piece, shared in pieces if shared)
