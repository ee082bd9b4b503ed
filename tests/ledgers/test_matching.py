"""How sure a match of two lists is, and the words it is told in."""

import datetime as dt

import pytest

from ledgers.rules.catalogue import all_rules
from ledgers.rules.matching import age, holds, last_day, paid_for
from ledgers.rules.rows import Benefit, Listed
from ledgers.rules.rule import Severity, run
from tests.ledgers.books import books, yuan


def dead_and_paid(mark):
    paid = Benefit("a", "养老金", "pension", 2024, 6, name="王甲", mark=mark, amount=yuan(1))
    return books(benefits=[paid], lists=[Listed("d", "death", "王甲", "m1", since=dt.date(2024, 1, 1))])


@pytest.mark.parametrize(("mark", "severity"), [("m1", Severity.GRAVE), ("", Severity.HINT)])
def test_a_name_alone_weighs_no_more_than_a_hint(mark, severity):
    [hit] = run(all_rules()["C01"], dead_and_paid(mark))
    assert hit.severity == severity
    assert ("弱线索" in hit.reason) == (not mark)


@pytest.mark.parametrize(("month", "day"), [((2024, 2), "2024-02-29"), ((2023, 12), "2023-12-31")])
def test_the_last_day_of_a_month(month, day):
    assert last_day(month).isoformat() == day


@pytest.mark.parametrize(("month", "years"), [((2024, 4), 59), ((2024, 5), 60), ((2025, 1), 60)])
def test_an_age_is_reached_in_the_month_of_the_birthday(month, years):
    assert age(dt.date(1964, 5, 31), month) == years


def test_a_benefit_is_for_its_month_then_for_its_day_and_of_a_year_for_january():
    day = dt.date(2024, 6, 20)
    assert paid_for(Benefit("a", kind="relief", year=2024, month=4, paid_on=day)) == (2024, 4)
    assert paid_for(Benefit("a", kind="relief", year=2024, paid_on=day)) == (2024, 6)
    assert paid_for(Benefit("a", kind="relief", year=2024)) == (2024, 1)
    assert paid_for(Benefit("a", kind="farmland", year=2024, paid_on=day)) == (2024, 1)


def test_a_row_holds_between_the_months_of_its_beginning_and_its_end():
    row = Listed("a", "staff", since=dt.date(2024, 1, 31), until=dt.date(2024, 4, 1))
    assert [month for month in range(1, 6) if holds(row, (2024, month))] == [2, 3]
