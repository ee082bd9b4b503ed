"""Who held a post while a problem lasted: boundary days, gaps, re-election, and sentences that accuse nobody."""

import datetime as dt

import pytest

from findings.rules.tenure import Tenure, holders, span_of, term_words
from findings.selectors.thread_years import tenures
from prep.models import CommitteeMember

D = dt.date
OLD = Tenure("甲某", 1, D(2016, 11, 30), D(2021, 12, 20))
NEW = Tenure("乙某", 2, D(2021, 12, 20))
TERMS = [OLD, NEW]
TODAY = D(2026, 3, 5)
TITLE = "党组织书记"


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (D(2016, 11, 29), D(2016, 11, 29), []),
        (D(2016, 11, 30), D(2016, 11, 30), [OLD]),
        (D(2021, 12, 19), D(2021, 12, 19), [OLD]),
        (D(2021, 12, 20), D(2021, 12, 20), [NEW]),  # the day of the hand-over is the successor's
        (D(2021, 12, 19), D(2021, 12, 20), [OLD, NEW]),
        (D(2021, 12, 20), D(2030, 1, 1), [NEW]),
        (D(2010, 1, 1), D(2030, 1, 1), [OLD, NEW]),
    ],
)
def test_holders_on_boundary_days(start, end, expected):
    assert holders(TERMS, start, end) == expected


def test_without_a_successor_the_last_day_is_still_the_old_holders():
    left = Tenure("甲某", 1, D(2016, 1, 1), D(2021, 12, 20))
    later = Tenure("乙某", 2, D(2022, 1, 10))
    assert holders([left, later], D(2021, 12, 20), D(2021, 12, 20)) == [left]
    assert holders([left, later], D(2021, 12, 21), D(2022, 1, 9)) == []


def words(*periods, terms=TERMS):
    return term_words(TITLE, terms, span_of(periods), TODAY)


def test_a_problem_over_a_hand_over_says_with_whom_it_began_and_what_the_present_one_came_to():
    found = words((D(2020, 3, 1), D(2020, 12, 31), [2020]), (D(2023, 1, 1), D(2024, 12, 31), [2023, 2024]))
    assert found.crosses
    assert found.lines == (
        "跨任期：2020年至2024年先后有2任党组织书记。",
        "问题开始于甲某（2016年11月30日至2021年12月20日）任内。",
        "现任党组织书记乙某2021年12月20日到任，到任前问题已经存在，到任后仍有发现。",
    )


def test_a_problem_that_ended_before_the_present_one_came_is_told_as_such():
    found = words((D(2020, 3, 1), D(2021, 12, 19), [2020, 2021]))
    assert not found.crosses
    assert (
        found.lines[-1] == "现任党组织书记乙某2021年12月20日到任，到任前问题已经存在，到任后的时间没有发现。"
    )


def test_a_problem_within_one_term_is_no_crossing():
    found = words((D(2021, 12, 20), D(2025, 12, 31), [2022]))
    assert (found.crosses, found.lines) == (
        False,
        ("2021年至2025年党组织书记为同一人：乙某（2021年12月20日至今）。",),
    )


def test_years_alone_do_not_prove_that_it_went_on_after_the_hand_over():
    assert words((None, None, [2020, 2021])).lines[-1].endswith("到任当年是否仍有，底稿只写了年度，需核对。")
    assert words((None, None, [2020, 2022])).lines[-1].endswith("到任后仍有发现。")


def test_nobody_registered_is_said_and_papers_without_a_time_have_no_span():
    assert words((None, None, [2010])).lines == ("没有登记2010年的党组织书记任职情况，无法对照。",)
    assert words((None, None, [2010, 2018])).lines[1] == "问题开始时的党组织书记没有登记。"
    assert span_of([(None, None, [])]) is None


def test_no_sentence_speaks_of_blame():
    periods = [(D(2018, 1, 1), D(2020, 1, 1), [2018]), (D(2022, 1, 1), D(2025, 1, 1), [2022])]
    text = "".join(words(*periods).lines + words(periods[0]).lines + words(periods[1]).lines)
    assert not any(word in text for word in ("责任", "不作为", "失职", "应当", "违", "推诿", "不理"))


def member(name, start, end=None, post=TITLE):
    return (TITLE, CommitteeMember(name=name, post=post, from_on=start, to_on=end))


def test_re_election_is_no_change_and_a_return_after_another_is():
    rows = [
        member("甲某", D(2013, 1, 1), D(2016, 11, 30)),
        member("甲某", D(2016, 11, 30), D(2021, 12, 20)),
        member("乙某", D(2021, 12, 20), D(2024, 1, 1)),
        member("甲某", D(2024, 1, 1)),
    ]
    found = tenures(rows, named=True)[TITLE]
    assert [(t.name, t.number, t.from_on.year) for t in found] == [
        ("甲某", 1, 2013),
        ("乙某", 2, 2021),
        ("甲某", 3, 2024),
    ]


def test_without_the_right_to_names_nothing_of_a_name_comes_along():
    found = tenures(
        [member("甲某", D(2013, 1, 1), D(2016, 1, 1)), member("乙某", D(2016, 1, 1))], named=False
    )
    assert "某" not in repr(found)
    assert term_words(TITLE, found[TITLE], span_of([(D(2015, 1, 1), D(2017, 1, 1), [])]), TODAY).lines[
        1:
    ] == (
        "问题开始于第1任（2013年1月1日至2016年1月1日）任内。",
        "现任党组织书记2016年1月1日到任，到任前问题已经存在，到任后仍有发现。",
    )


def test_terms_without_a_beginning_stay_out():
    assert tenures([member("甲某", None)], named=True) == {TITLE: []}
