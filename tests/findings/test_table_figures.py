"""Figures of survey tables against a reader who works them out by hand: days on a calendar, fractions."""

import calendar
import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from findings.models import TABLES
from findings.rules.table_cells import read_rows
from findings.rules.table_figures import completed, figures, read_rise, totals, years_between

ON = dt.date(2026, 3, 12)


def row(kind, **cells):
    rows, faults = read_rows(TABLES[kind], [cells], [])
    assert not faults
    return rows[0]


def value(kind, figure, on=ON, **cells):
    found = figures(kind, row(kind, **cells), on).get(figure)
    return found and found.value


def contract(figure="due", on=ON, **cells):
    return value("contracts", figure, on, **{"name": "塘", "tenant": "某"} | cells)


# --- by hand ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("booked", "counted", "gap"),
    [("8,210", "5,000", "3210.00"), ("100", "100", "0.00"), ("0", "0.01", "-0.01"), ("-50", "20", "-70.00")],
)
def test_a_difference_is_book_less_count(booked, counted, gap):
    assert value("funds", "gap", booked=booked, counted=counted) == gap


def test_without_both_sides_there_is_no_difference():
    assert value("funds", "gap", booked="100") is None


@pytest.mark.parametrize(
    ("since", "age"),
    [
        ("2023-03-12", "3"),
        ("2023-03-13", "2.9"),
        ("2023-03-11", "3"),
        ("2025-09-11", "0.4"),
        ("2026-03-12", "0"),
        ("2009", "17.1"),
        ("2020年2月", "6.1"),
    ],
)
def test_an_age_never_says_more_than_has_passed(since, age):
    assert value("dealings", "age", since=since) == age


def test_what_begins_tomorrow_has_no_age():
    assert value("dealings", "age", since="2026-03-13") is None


@pytest.mark.parametrize(
    ("cells", "due"),
    [
        # Ten whole years at 6,000.
        ({"starts_on": "2010-01-01", "ends_on": "2019-12-31", "rent": "6000"}, "60000.00"),
        # Written from one day to the same day: ten years too.
        ({"starts_on": "2010-01-01", "ends_on": "2020-01-01", "rent": "6000"}, "60000.00"),
        # Five at 1,000, five at 1,100, one at 1,210.
        (
            {"starts_on": "2010-03-12", "ends_on": "2021-03-11", "rent": "1000", "rise": "每5年递增10%"},
            "11710.00",
        ),
        # 2026-03-12 less 2025-09-11: 182 of the 365 days of that year.
        ({"starts_on": "2025-09-11", "ends_on": "2030-09-10", "rent": "3650"}, "1820.00"),
        # One year at 1,000, then 3 % more: 71 of 365 days (2026-01-01 to 03-12 is 70 days).
        ({"starts_on": "2025-01-01", "ends_on": "2029-12-31", "rent": "1000", "rise": "3%"}, "1197.53"),
        # Not begun.
        ({"starts_on": "2026-04-01", "ends_on": "2029-12-31", "rent": "1000"}, "0.00"),
        # All at once: the whole term is due.
        (
            {"starts_on": "2025-01-01", "ends_on": "2029-12-31", "rent": "1000", "payment": "一次付清"},
            "5000.00",
        ),
    ],
)
def test_rent_due(cells, due):
    assert contract(**cells) == due


def test_half_a_cent_goes_up():
    """183 of the 366 days from September 2023 on, at one cent a year."""
    cells = {"starts_on": "2023-09-12", "ends_on": "2030-09-11", "rent": "0.01"}
    assert contract(on=dt.date(2024, 3, 13), **cells) == "0.01"
    assert contract(on=dt.date(2024, 3, 12), **cells) == "0.00"


def test_arrears_are_due_less_paid_and_unknown_without_what_was_paid():
    cells = {"starts_on": "2010-01-01", "ends_on": "2019-12-31", "rent": "6000"}
    assert contract("arrears", **cells, paid="45000") == "15000.00"
    assert contract("arrears", **cells, paid="70000") == "-10000.00"
    assert contract("arrears", **cells) is None


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [
        ("2016-01-01", "2035-12-31", "20"),
        ("2016-01-01", "2036-01-01", "20"),
        ("2016-01-01", "2036-01-02", "20"),
        ("2016", "2045", "30"),
        ("2020-02-29", "2024-02-28", "4"),
        ("2024-01-01", "2024-06-30", "0.4"),
    ],
)
def test_terms_in_years(start, end, years):
    assert contract("years", starts_on=start, ends_on=end) == years


def test_an_end_before_the_begin_gives_no_figure_at_all():
    assert figures("contracts", row("contracts", starts_on="2020", ends_on="2019", rent="1"), ON) == {}


@pytest.mark.parametrize(
    ("text", "years", "percent"),
    [
        ("每5年递增10%", 5, 10),
        ("每五年10%", 5, 10),
        ("３％", 1, 3),
        ("年递增2.5%", 1, Fraction(5, 2)),
        ("5%/3年", 3, 5),
        ("每年涨3%", 1, 3),
        ("", 1, 0),
        ("无", 1, 0),
        ("逢三年上浮8%", 3, 8),
    ],
)
def test_ways_to_write_a_rise(text, years, percent):
    assert read_rise(text) == (years, percent)


@pytest.mark.parametrize("text", ["第六年起每亩加50元", "每0年5%", "递增", "99999%", "每年3%左右"])
def test_a_rise_in_other_words_computes_nothing(text):
    assert read_rise(text) is None
    assert contract(starts_on="2020", ends_on="2030", rent="100", rise=text) is None


# --- a second reader --------------------------------------------------------------------------------------


def by_days(start, end):
    """Whole years as long as another one fits, then the days that are left over the days of the year they lie in."""
    years = 0
    while next_year(start, years + 1) <= end:
        years += 1
    begin, stop = next_year(start, years), next_year(start, years + 1)
    return years + Fraction((end - begin).days, (stop - begin).days)


def next_year(day, years=1):
    last = calendar.monthrange(day.year + years, day.month)[1]
    return dt.date(day.year + years, day.month, min(day.day, last))


def due_by_hand(rent, start, end, on, every, percent):
    """Year after year on a list, the last one by its days."""
    over = end if next_year(start, end.year - start.year) == end else end + dt.timedelta(days=1)
    until, total, year = min(over, on), Fraction(0), 0
    while True:
        begin, stop = next_year(start, year), next_year(start, year + 1)
        if begin >= until:
            return total
        rate = Fraction(rent) * Fraction(100 + percent, 100) ** (year // every)
        total += rate * Fraction((min(stop, until) - begin).days, (stop - begin).days)
        year += 1


days = st.dates(dt.date(1990, 1, 1), dt.date(2040, 12, 31))


@given(days, days)
def test_years_agree_with_a_walk_over_the_calendar(one, other):
    start, end = sorted((one, other))
    assert years_between(start, end) == by_days(start, end)


@given(days, days, days, st.integers(1, 10**9), st.integers(1, 10), st.integers(0, 30))
def test_rent_agrees_with_a_list_of_years(one, other, on, cents, every, percent):
    start, end = sorted((one, other))
    if start == end:
        return
    rent = Decimal(cents) / 100
    found = contract(
        on=on, starts_on=str(start), ends_on=str(end), rent=str(rent), rise=f"每{every}年{percent}%"
    )
    exact = due_by_hand(Fraction(cents, 100), start, end, on, every, percent)
    assert abs(Fraction(Decimal(found)) - exact) <= Fraction(1, 200)


def test_sums_hold_typed_and_computed_columns():
    spec = TABLES["funds"]
    rows, _ = read_rows(
        spec, [{"booked": "1.1", "counted": "1"}, {"booked": "0.2", "counted": ""}, {"counted": "5"}], []
    )
    assert totals(spec, completed("funds", rows, ON)) == {
        "booked": Decimal("1.30"),
        "counted": Decimal("6.00"),
        "gap": Decimal("0.10"),
    }
