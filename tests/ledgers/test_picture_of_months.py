"""Months by years: sums of months are the year's, empty months are seen, corrections count where they were booked."""

import datetime as dt

import pytest

from ledgers.rules.pictures.accounts import Side, accounts
from ledgers.rules.pictures.months import NO_DAY, months
from ledgers.rules.rows import Entry
from tests.ledgers.books import books
from tests.ledgers.test_picture_of_accounts import paid
from tests.ledgers.village import Village


@pytest.mark.parametrize("seed", range(4))
def test_the_months_are_together_the_year(seed):
    kept = Village(seed).books()
    seen, by_account = months(kept), accounts(kept)
    for year in seen.years:
        whole = seen.year(year)
        assert whole.spent.amount == by_account.total(Side.EXPENSE)[year].amount
        assert whole.earned.amount == by_account.total(Side.INCOME)[year].amount
        assert sorted(whole.rows) == sorted(e.key for e in kept.entries if e.year == year)
        numbers = {(e.voucher, e.day.month) for e in kept.entries if e.year == year}
        assert whole.vouchers >= len(numbers), "each number of a month is a voucher"


def test_figures_of_a_small_village():
    entries = [
        *paid(1, 2025, 100, month=1), *paid(2, 2025, 60, month=1), *paid(3, 2025, 500, month=3),
        Entry("x", 2025, dt.date(2025, 3, 2), "记-9", 9, account="522", standard="522"),
    ]  # fmt: skip
    seen = months(books(entries=entries))
    january, march = seen.month(2025, 1), seen.month(2025, 3)
    assert (january.spent.amount, january.vouchers, january.spent.rows) == (160, 2, ("1a", "2a"))
    assert (march.spent.amount, march.vouchers) == (500, 2)
    assert seen.empty[0] == (2025, 2)
    assert seen.headline == (
        "2025年3月支出最多，500.00元，占当年支出的75.8%；"
        "2025年2月、2025年4月、2025年5月、2025年6月、2025年7月等10项没有一张凭证"
    )


def test_months_to_come_are_not_empty():
    seen = months(books(entries=[*paid(1, 2026, 100, month=1), *paid(2, 2026, 100, month=2)]))
    assert seen.empty == [(2026, 3)], "today is 1 April 2026"


def test_vouchers_without_a_day_are_kept_apart_and_no_month_is_called_empty():
    undated = [Entry("1", 2025, None, "记-1", 1, account="541", standard="541", debit=100)]
    seen = months(books(entries=undated))
    assert seen.month(2025, NO_DAY).vouchers == 1
    assert (seen.undated, seen.empty) == (True, [])


def test_nothing_to_see():
    assert months(books()).headline == "还没有按月的账目"
