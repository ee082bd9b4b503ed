"""First digits: counts by hand, Benford's shares from his own table, and no word where the amounts are too few."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledgers.rules.pictures.digits import digits
from tests.ledgers.books import books
from tests.ledgers.test_picture_of_accounts import paid

# Benford 1938, The Law of Anomalous Numbers, table of the logarithmic law.
TABLE = (0.301, 0.176, 0.125, 0.097, 0.079, 0.067, 0.058, 0.051, 0.046)


def spending(amounts, **more):
    return books(
        entries=[entry for n, amount in enumerate(amounts, 1) for entry in paid(n, 2025, amount, **more)]
    )


def natural(number, seed=1):
    """Amounts that grow in even steps of their logarithm obey the law."""
    chance = random.Random(seed)
    return [f"{10 ** (1 + 3 * chance.random()):.2f}" for _ in range(number)]


def test_usual_shares_are_those_of_the_table():
    assert [round(each.usual, 3) for each in digits(books()).digits] == list(TABLE)


def test_amounts_are_counted_by_their_first_figure():
    seen = digits(spending(["1.00", "19999.99", "250", "9", "0.70"]))
    assert [each.number for each in seen.digits] == [2, 1, 0, 0, 0, 0, 0, 0, 1], "below one yuan none counts"
    assert seen.digits[0].found.rows == ("2a", "1a")


def test_too_few_say_nothing_however_odd():
    seen = digits(spending(["9"] * 99))
    assert (seen.enough, seen.odd) == (False, [])
    assert seen.headline == "只有99笔支出，不足100笔，太少，看不出什么"


def test_a_hundred_may_speak():
    assert digits(spending(["9"] * 100)).odd[0].digit == 9


def test_natural_amounts_are_nothing_to_speak_of():
    assert not any(digits(spending(natural(400, seed))).odd for seed in range(20))


def test_a_digit_that_is_missing_is_seen_as_well():
    seen = digits(spending([each for each in natural(600) if each[0] != "2"]))
    assert (seen.odd[0].digit, seen.odd[0].word) == (2, "偏少")


def test_sums_kept_under_a_limit_are_seen():
    seen = digits(spending([*natural(400), *["4900"] * 60]))
    assert [each.digit for each in seen.odd] == [4]
    assert "以4开头的" in seen.headline
    assert seen.headline.endswith("通常约9.7%，可从这里抽查")


def test_wages_are_left_out():
    seen = digits(spending(["3000"] * 5, summary="发放工资"))
    assert (seen.number, seen.left_out) == (0, 5)


def test_of_one_year():
    entries = [*paid(1, 2024, 30), *paid(2, 2025, 50)]
    seen = digits(books(entries=entries), 2024)
    assert [each.digit for each in seen.digits if each.number] == [3]
    assert seen.headline.startswith("2024年只有1笔")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 10**9), max_size=40))
def test_every_amount_is_in_one_place(cents):
    seen = digits(spending([f"{each / 100:.2f}" for each in cents]))
    large = [each for each in cents if each >= 100]
    assert seen.number == len(large)
    assert [each.number for each in seen.digits] == [
        sum(str(each)[0] == str(digit) for each in large) for digit in range(1, 10)
    ]
    if large:
        assert sum(each.share for each in seen.digits) == pytest.approx(1)
