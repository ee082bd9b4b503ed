"""Was a rule in force when something was done: days at the edges, open ends, years only, spans. Worked out by hand."""

import datetime as dt
from dataclasses import dataclass

import pytest

from prep.rules.in_force import Fit, Span, act_of, during, filled, fit, in_words, on, overlapping


@dataclass(frozen=True)
class Term:
    """A term in force; the dates are written as people write them."""

    from_day: dt.date
    until_day: dt.date | None = None


def day(text):
    return dt.date.fromisoformat(text) if text else None


def term(first, last=None):
    return Term(day(first), day(last))


def span(first, last=None):
    return Span(day(first), day(last or first))


# The discipline regulations as they followed one another.
FIRST = term("2016-01-01", "2018-09-30")
SECOND = term("2018-10-01", "2023-12-31")
THIRD = term("2024-01-01")
ALL = [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2018-09-30", "2018-09-30", Fit.BEFORE),  # the day before
        ("2018-10-01", "2018-10-01", Fit.WITHIN),  # the first day
        ("2023-12-31", "2023-12-31", Fit.WITHIN),  # the last day
        ("2024-01-01", "2024-01-01", Fit.AFTER),  # the day after
        ("2018-10-01", "2023-12-31", Fit.WITHIN),  # all of it
        ("2018-09-30", "2018-10-01", Fit.PARTLY),
        ("2023-12-31", "2024-01-01", Fit.PARTLY),
        ("2018-09-30", "2024-01-01", Fit.PARTLY),  # longer than it at both ends
        ("2017-01-01", "2018-09-30", Fit.BEFORE),
        ("2024-01-01", "2025-01-01", Fit.AFTER),
    ],
)
def test_an_act_against_a_closed_term(first, last, expected):
    assert fit(SECOND, [span(first, last)]) is expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2023-12-31", "2023-12-31", Fit.BEFORE),
        ("2024-01-01", "2024-01-01", Fit.WITHIN),
        ("2024-01-01", "2099-12-31", Fit.WITHIN),
        ("2023-12-31", "2024-01-01", Fit.PARTLY),
    ],
)
def test_an_act_against_a_term_that_still_lasts(first, last, expected):
    assert fit(THIRD, [span(first, last)]) is expected


def test_years_that_do_not_follow_one_another_are_looked_at_one_by_one():
    assert fit(SECOND, [span("2019-01-01", "2019-12-31"), span("2022-01-01", "2022-12-31")]) is Fit.WITHIN
    assert fit(SECOND, [span("2016-01-01", "2016-12-31"), span("2025-01-01", "2025-12-31")]) is Fit.PARTLY
    assert fit(SECOND, [span("2015-01-01", "2015-12-31"), span("2017-01-01", "2017-12-31")]) is Fit.BEFORE
    assert fit(SECOND, [span("2024-01-01", "2024-12-31"), span("2026-01-01", "2026-12-31")]) is Fit.AFTER


@pytest.mark.parametrize(
    ("begin", "end", "years", "expected"),
    [
        ("2023-06-01", "2025-12-31", [], [("2023-06-01", "2025-12-31")]),
        (
            "2023-06-01",
            "2025-12-31",
            [2019],
            [("2023-06-01", "2025-12-31")],
        ),  # the period counts, not the years
        ("2023-06-01", "", [], [("2023-06-01", "2023-06-01")]),  # one end alone is a day
        ("", "2023-06-01", [2020], [("2023-06-01", "2023-06-01")]),
        ("2025-01-01", "2024-01-01", [], [("2024-01-01", "2025-01-01")]),
        ("", "", [2023], [("2023-01-01", "2023-12-31")]),
        ("", "", [2025, 2023, 2024, 2024], [("2023-01-01", "2025-12-31")]),
        ("", "", [2021, 2023], [("2021-01-01", "2021-12-31"), ("2023-01-01", "2023-12-31")]),
        ("", "", [], []),
        ("", "", [0, 99999], []),
    ],
)
def test_when_a_paper_says_it_happened(begin, end, years, expected):
    assert act_of(day(begin), day(end), years) == tuple(span(*pair) for pair in expected)


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        ([span("2018-09-30")], [FIRST]),
        ([span("2018-10-01")], [SECOND]),
        ([span("2018-09-30", "2018-10-01")], [FIRST, SECOND]),
        ([span("2016-01-01", "2030-01-01")], ALL),
        ([span("2015-12-31")], []),
        ([span("2017-01-01"), span("2025-01-01")], [FIRST, THIRD]),
    ],
)
def test_editions_in_force_during_an_act(act, expected):
    assert during(reversed(ALL), act) == expected


@pytest.mark.parametrize(
    ("terms", "act", "expected"),
    [
        ([FIRST, SECOND], ("2017-01-01", "2020-01-01"), True),
        ([SECOND, FIRST], ("2018-09-30", "2018-10-01"), True),
        ([FIRST, THIRD], ("2017-01-01", "2024-06-01"), False),  # the middle is missing
        ([SECOND], ("2023-12-31", "2024-01-01"), False),
        ([SECOND, THIRD], ("2023-12-31", "2030-01-01"), True),
        ([FIRST], ("2015-12-31", "2016-01-02"), False),
        ([], ("2020-01-01", "2020-01-01"), False),
    ],
)
def test_do_editions_together_cover_an_act(terms, act, expected):
    assert filled(terms, [span(*act)]) is expected


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("2018-09-30", FIRST),
        ("2018-10-01", SECOND),
        ("2023-12-31", SECOND),
        ("2024-01-01", THIRD),
        ("2015-12-31", FIRST),  # none yet: the first there will be
    ],
)
def test_which_edition_is_meant_on_a_day_by_who_names_none(when, expected):
    assert on([THIRD, FIRST, SECOND], day(when)) is expected


def test_of_a_rule_that_has_ended_the_last_edition_is_meant():
    assert on([FIRST, SECOND], day("2025-01-01")) is SECOND
    assert on([], day("2025-01-01")) is None


def test_two_editions_on_one_day_are_found():
    assert overlapping(ALL) is None
    assert overlapping([THIRD, SECOND, term("2023-12-31")])[0] == SECOND
    assert overlapping([term("2018-10-01"), THIRD]) is not None  # open, and followed by another


def test_the_time_of_an_act_in_words():
    assert in_words(act_of(None, None, [2023])) == "2023年"
    assert in_words(act_of(None, None, [2021, 2023, 2024])) == "2021年、2023年至2024年"
    assert in_words([span("2023-06-01", "2025-12-31")]) == "2023年6月1日至2025年12月31日"
    assert in_words([span("2023-06-01")]) == "2023年6月1日"
