"""L08 坐收坐支."""

from ledgers.rules.rows import Balance
from tests.ledgers.books import Case, books, yuan
from tests.ledgers.pairs import deposit, fetch, line, pay, take


def spend(key, day, amount, **more):
    return pay(key, day, amount, by="101", **more)


CASES = [
    Case(
        "rent taken in cash and spent the same day",
        books(entries=take("a", "2024-03-05", 3000) + spend("b", "2024-03-05", 1200)),
        [({"a$", "b$"}, yuan(1200))],
        words=("2024年3月5日收入现金3,000.00元", "当日支出现金1,200.00元"),
    ),
    Case(
        "spent the next day, more than was taken",
        books(entries=take("a", "2024-03-05", 3000) + spend("b", "2024-03-06", 4500)),
        [({"a$", "b$"}, yuan(3000))],
        words=("当日及次日",),
    ),
    Case(
        "a part only was brought to the bank",
        books(
            entries=take("a", "2024-03-05", 3000)
            + deposit("c", "2024-03-05", 1900)
            + spend("b", "2024-03-05", 1500)
        ),
        [({"a$", "b$"}, yuan(1100))],
    ),
    Case(
        "taken and spent on one voucher",
        books(
            entries=[
                line("a", "2024-03-05", "101", debit=900, voucher="记-1"),
                line("b", "2024-03-05", "531", credit=900, voucher="记-1"),
                line("c", "2024-03-05", "541", debit=400, voucher="记-1"),
                line("d", "2024-03-05", "101", credit=400, voucher="记-1"),
            ]
        ),
        [({"a", "d"}, yuan(400))],
    ),
    Case(
        "an expense is told with the takings of one day only",
        books(
            entries=take("a", "2024-03-05", 3000)
            + take("b", "2024-03-06", 3000)
            + spend("c", "2024-03-06", 1000),
        ),
        [({"a$", "c$"}, yuan(1000))],
    ),
    Case(
        "brought to the bank in full, the expense from cash fetched before",
        books(
            entries=take("a", "2024-03-05", 3000)
            + deposit("b", "2024-03-05", 3000)
            + spend("c", "2024-03-06", 1200)
        ),
        [],
    ),
    Case(
        "fetched from the bank for the expense",
        books(
            entries=take("a", "2024-03-05", 3000)
            + fetch("b", "2024-03-05", 2000)
            + spend("c", "2024-03-05", 2000)
        ),
        [],
    ),
    Case(
        "enough was in the box before",
        books(
            balances=[Balance("o", 2024, None, "101", "现金", "101", opening=yuan(2000))],
            entries=take("x", "2024-01-05", 1)
            + take("a", "2024-03-05", 3000)
            + spend("c", "2024-03-05", 1200),
        ),
        [],
    ),
    Case(
        "the expense was taken back, or the income",
        books(
            entries=take("a", "2024-03-05", 3000)
            + spend("b", "2024-03-05", 1200)
            + spend("c", "2024-03-09", -1200)
            + take("d", "2024-06-05", 500)
            + spend("e", "2024-06-05", 400)
            + take("f", "2024-06-05", -500)
        ),
        [],
    ),
    Case(
        "two days between",
        books(entries=take("a", "2024-03-05", 3000) + spend("b", "2024-03-07", 1200)),
        [],
    ),
    Case(
        "taken by bank, paid by bank",
        books(entries=take("a", "2024-03-05", 3000, by="102") + pay("b", "2024-03-05", 1200)),
        [],
    ),
    Case(
        "an advance given back is no income",
        books(
            entries=take("a", "2024-03-05", 3000, summary="归还借款", account="112")
            + spend("b", "2024-03-05", 1200)
        ),
        [],
    ),
    Case(
        "a round's own span",
        books(entries=take("a", "2024-03-05", 3000) + spend("b", "2024-03-07", 1200)),
        [({"a$", "b$"}, yuan(1200))],
        own={"days": 2},
    ),
]
