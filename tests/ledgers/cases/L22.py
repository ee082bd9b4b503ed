"""L22 先支后批."""

import datetime as dt

from ledgers.rules.rows import Entry
from tests.ledgers.books import Case, books, yuan


def paid(key, amount, day, approved, voucher=""):
    day = dt.date.fromisoformat(day)
    approved = approved and dt.date.fromisoformat(approved)
    return Entry(key, day.year, day, voucher or key, standard="541", debit=yuan(amount), approved_on=approved)


CASES = [
    Case(
        "payments before their approval, the longest told",
        books(
            entries=[
                paid("a", 3000, "2024-03-01", "2024-03-04"),
                paid("b", 5000, "2024-05-01", "2024-06-10"),
                paid("c", 7000, "2024-05-02", "2024-05-02"),
            ]
        ),
        [({"a", "b"}, yuan(8000))],
        words=("2024年有2笔", "8,000.00", "40天", "2024年5月1日", "2024年6月10日"),
    ),
    Case(
        "each year by itself",
        books(entries=[paid("a", 10, "2023-12-31", "2024-01-01"), paid("b", 20, "2024-01-01", "2024-01-02")]),
        [({"a"}, yuan(10)), ({"b"}, yuan(20))],
    ),
    Case(
        "the same day and days before are innocent, and so is an unknown day",
        books(
            entries=[
                paid("a", 10, "2024-03-04", "2024-03-04"),
                paid("b", 10, "2024-03-05", "2024-03-01"),
                paid("c", 10, "2024-03-05", None),
                Entry("d", 2024, voucher="d", debit=yuan(10), approved_on=dt.date(2024, 5, 1)),
            ]
        ),
        [],
    ),
    Case(
        "the latest approval on the voucher counts",
        books(
            entries=[
                paid("a", 10, "2024-03-04", "2024-03-01", "1"),
                paid("b", 20, "2024-03-04", "2024-03-09", "1"),
            ]
        ),
        [({"a", "b"}, yuan(30))],
    ),
    Case(
        "money received needs no approval",
        books(
            entries=[
                Entry("a", 2024, dt.date(2024, 3, 1), "1", standard="102", debit=yuan(9)),
                Entry(
                    "b",
                    2024,
                    dt.date(2024, 3, 1),
                    "1",
                    standard="511",
                    credit=yuan(9),
                    approved_on=dt.date(2024, 3, 5),
                ),
            ]
        ),
        [],
    ),
    Case(
        "a round may leave some days",
        books(entries=[paid("a", 10, "2024-03-01", "2024-03-04"), paid("b", 10, "2024-03-01", "2024-03-05")]),
        [({"b"}, yuan(10))],
        own={"days": 3},
    ),
]
