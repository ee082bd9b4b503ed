"""L07 负数余额."""

from ledgers.rules.rows import Balance
from tests.ledgers.books import Case, books, yuan
from tests.ledgers.pairs import fetch, line, pay, take


def balance(key, standard, opening=0, closing=0, month=None, year=2024, account=""):
    return Balance(
        key, year, month, account or standard, standard=standard, opening=yuan(opening), closing=yuan(closing)
    )


CASES = [
    Case(
        "cash below zero until something came in",
        books(
            balances=[balance("o", "101", 500, 800)],
            entries=pay("a", "2024-03-05", 700, by="101")
            + pay("b", "2024-03-09", 300, by="101")
            + take("c", "2024-03-20", 1300),
        ),
        [({"a$", "b$"}, yuan(500))],
        words=("库存现金", "2024年3月5日至2024年3月9日", "-500.00元（2024年3月9日）"),
    ),
    Case(
        "the bank by the balance written in the books",
        books(entries=[line("a", "2024-03-05", "102", credit=10, balance=yuan(-3))]),
        [({"a"}, yuan(3))],
        words=("银行存款",),
    ),
    Case(
        "one of two bank accounts",
        books(
            balances=[balance("o1", "102", 900, account="10201"), balance("o2", "102", 50, account="10202")],
            entries=[
                line("a", "2024-03-05", "10201", credit=100),
                line("b", "2024-03-06", "10202", credit=100),
            ],
        ),
        [({"b"}, yuan(50))],
        words=("10202",),
    ),
    Case(
        "the table of balances alone, a year's months together",
        books(
            balances=[
                balance("m3", "101", 5, -20, 3),
                balance("m4", "101", -20, -35, 4),
                balance("m5", "102", 5, 9, 5),
            ]
        ),
        [({"m3", "m4"}, yuan(35))],
        words=("2024年余额表",),
    ),
    Case(
        "spent in the morning, fetched in the afternoon",
        books(
            balances=[balance("o", "101", 0, 100)],
            entries=pay("a", "2024-03-05", 700, by="101") + fetch("b", "2024-03-05", 800),
        ),
        [],
    ),
    Case(
        "down to zero",
        books(balances=[balance("o", "101", 700)], entries=pay("a", "2024-03-05", 700, by="101")),
        [],
    ),
    Case("nothing known of what was there before", books(entries=pay("a", "2024-03-05", 700, by="101")), []),
    Case("other accounts may be on the credit side", books(balances=[balance("o", "202", -500, -900)]), []),
]
