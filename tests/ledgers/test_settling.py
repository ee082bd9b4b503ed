"""Which later sums settle which earlier ones."""

import datetime as dt

from ledgers.rules.settling import settled
from tests.ledgers.books import yuan


def on(day, amount):
    return dt.date(2024, 3, day), yuan(amount)


def test_the_oldest_is_settled_first_and_in_parts():
    owed = [on(5, 100), on(2, 50)]
    assert settled(owed, [on(6, 70), on(9, 60)]) == [[on(6, 20), on(9, 60)], [on(6, 50)]]


def test_nothing_is_settled_before_it_is_owed():
    assert settled([on(5, 100)], [on(4, 100), on(5, 30)]) == [[on(5, 30)]]


def test_what_is_too_much_is_not_kept_for_later():
    assert settled([on(2, 10), on(8, 10)], [on(3, 25)]) == [[on(3, 10)], []]
