"""Medians of villages: by hand, with the number of villages, and hidden where these are few."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from ledgers.rules.pictures.accounts import Side
from ledgers.rules.pictures.medians import Medians, Middle, Neighbour, middle, per_household
from ledgers.rules.pictures.summary import (
    AccountYear,
    RoundSums,
    Summary,
    YearSum,
    as_data,
    from_data,
    summary,
)
from tests.ledgers.village import Village


def year(number, expense, **more):
    sums = {"income": Decimal(0), "vouchers": 1, "top_share": None, "arrears": Decimal(0)} | more
    return YearSum(number, expense=Decimal(expense), **sums)


def neighbour(expense, households=100, paid=None, rounds=(), prices=None):
    """A village that spent ``expense`` in 2025, of which ``paid`` on 541."""
    accounts = [AccountYear(2025, Side.EXPENSE, "541", Decimal(paid), 3)] if paid is not None else []
    return Neighbour(
        households, Summary((year(2025, expense),), tuple(accounts), tuple(rounds), prices or {})
    )


def test_the_middle_of_five_and_of_six():
    five = Medians(tuple(map(neighbour, (100, 500, 200, 400, 300))))
    assert five.side(2025, Side.EXPENSE) == Middle(Decimal("3.00"), 5)
    six = Medians((*five.villages, neighbour(600)))
    assert six.side(2025, Side.EXPENSE) == Middle(Decimal("3.50"), 6)


def test_of_four_nothing_is_told():
    four = Medians(tuple(neighbour(n, paid=n) for n in (100, 500, 200, 400)))
    assert four.side(2025, Side.EXPENSE) is None
    assert four.account(2025, Side.EXPENSE, "541") is None
    assert four.vouchers(2025) is None


def test_villages_without_known_households_do_not_count_by_the_household():
    known = Medians((*map(neighbour, (1, 2, 3, 4)), neighbour(5, households=None)))
    assert known.side(2025, Side.EXPENSE) is None
    assert known.vouchers(2025) == Middle(Decimal("1.00"), 5)
    assert per_household(Decimal(5), None) is None


def test_who_has_books_but_not_the_account_spent_nought_on_it():
    villages = [neighbour(1000, paid=amount) for amount in (300, 500)] + [neighbour(1000)] * 3
    assert Medians(tuple(villages)).account(2025, Side.EXPENSE, "541") == Middle(Decimal("0.00"), 5)


def test_who_has_no_books_of_the_year_is_not_counted():
    villages = [neighbour(1000, paid=300)] * 5 + [Neighbour(10, Summary((year(2024, 9),), (), ()))] * 5
    assert Medians(tuple(villages)).account(2025, Side.EXPENSE, "541") == Middle(Decimal("3.00"), 5)


def test_top_shares_in_percent_and_arrears():
    sums = [year(2025, 9, top_share=Decimal(n) / 10, arrears=Decimal(n * 100)) for n in range(1, 6)]
    medians = Medians(tuple(Neighbour(100, Summary((each,), (), ())) for each in sums))
    assert medians.top_share(2025) == Middle(Decimal("30.00"), 5)
    assert medians.arrears(2025) == Middle(Decimal("3.00"), 5)


def test_unit_prices_are_of_contracts_let_by_five_villages():
    lets = [{"鱼塘": (Decimal(price),)} for price in (100, 200, 300, 400)]
    villages = [neighbour(1, prices=each) for each in lets]
    assert Medians(tuple(villages)).unit_prices == {}
    many = neighbour(
        1, prices={"鱼塘": (Decimal(500), Decimal(600), Decimal(700)), "山林": (Decimal(1),) * 9}
    )
    assert Medians((*villages, many)).unit_prices == {"鱼塘": Decimal(400)}, "of seven contracts the fourth"


def test_round_shares_are_the_villages_own():
    rounds = [neighbour(1, rounds=[RoundSums("541", 100, n)]) for n in (1, 2, 3, 40, 50)]
    assert Medians(tuple(rounds)).round_shares == {"541": 0.03}
    assert Medians(tuple(rounds[:4])).round_shares == {}


@given(st.lists(st.decimals(0, 10**6, places=2), min_size=5, max_size=40))
def test_half_lie_on_either_side(values):
    found = middle(values)
    assert found.villages == len(values)
    half = Decimal("0.005")  # the median is told to the cent
    assert sum(value <= found.value + half for value in values) * 2 >= len(values)
    assert sum(value >= found.value - half for value in values) * 2 >= len(values)


def test_what_is_kept_comes_back_as_it_was():
    kept = summary(Village(1).books())
    assert from_data(as_data(kept)) == kept
