"""What is kept for other villages' medians agrees with the pictures and with figures worked out by hand."""

from decimal import Decimal

import pytest

from ledgers.rules.pictures.accounts import Side
from ledgers.rules.pictures.summary import summary
from ledgers.rules.rows import Contract
from tests.ledgers.books import books, yuan
from tests.ledgers.test_picture_of_accounts import paid
from tests.ledgers.village import Village


def test_figures_of_a_small_village():
    entries = [
        *paid(1, 2025, 3000, party="甲店", month=1), *paid(2, 2025, 800, "551", party="乙店"),
        *paid(3, 2025, 1000, month=12),
    ]  # fmt: skip
    lets = [
        Contract("a", kind="鱼塘", price=yuan(600), dues={2024: yuan(70)}, payments={2024: yuan(20)}),
        Contract("b", kind="鱼塘", rent=yuan(900), area=yuan(3)),
        Contract("c", kind="耕地", method="家庭承包", price=yuan(1)),
        Contract("d", kind="门面"),
    ]
    kept = summary(books(entries=entries, contracts=lets))
    assert [(y.year, y.income, y.expense, y.vouchers, y.arrears) for y in kept.years] == [
        (2024, 0, 0, 0, 50), (2025, 0, 4800, 3, 0),
    ]  # fmt: skip
    # Of 4,800 the two named receivers got 3,800.
    assert kept.years[1].top_share == Decimal(3800) / 4800
    assert {(a.year, a.side, a.account): (a.amount, a.lines) for a in kept.accounts} == {
        (2025, Side.EXPENSE, "541"): (4000, 2), (2025, Side.EXPENSE, "551"): (800, 1),
    }  # fmt: skip
    assert {(r.account, r.of, r.round) for r in kept.rounds} == {("541", 2, 2), ("551", 1, 0)}
    assert kept.prices == {"鱼塘": (300, 600)}, "household land is not let at a price"


@pytest.mark.parametrize("seed", range(2))
def test_accounts_are_together_the_year(seed):
    kept = summary(Village(seed).books())
    for year in kept.years:
        for side, whole in ((Side.INCOME, year.income), (Side.EXPENSE, year.expense)):
            parts = [each.amount for each in kept.accounts if (each.year, each.side) == (year.year, side)]
            assert sum(parts) == whole


def test_nothing_of_an_empty_village():
    kept = summary(books())
    assert (kept.years, kept.accounts, kept.rounds, kept.prices) == ((), (), (), {})
