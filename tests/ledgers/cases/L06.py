"""L06 库存现金超限."""

from ledgers.rules.rows import Balance
from tests.ledgers.books import Case, books, yuan
from tests.ledgers.pairs import deposit, fetch, line, pay, take


def opening(amount, year=2024, month=None):
    return [Balance(f"o{year}", year, month, "101", "现金", "101", opening=yuan(amount))]


CASES = [
    Case(
        "over the limit until the money goes to the bank",
        books(
            balances=opening(800),
            entries=take("a", "2024-03-05", 6000)
            + take("b", "2024-03-09", 2000)
            + deposit("c", "2024-03-20", 8000)
            + take("d", "2024-04-02", 100),
        ),
        [({"a$", "b$"}, yuan(8800))],
        words=("2024年3月5日至2024年3月9日", "2天", "8,800.00元（2024年3月9日）"),
    ),
    Case(
        "two stretches are two matters",
        books(
            balances=opening(0),
            entries=take("a", "2024-03-05", 6000)
            + deposit("b", "2024-03-08", 6000)
            + take("c", "2024-05-05", 7000)
            + deposit("d", "2024-05-09", 7000),
        ),
        [({"a$"}, yuan(6000)), ({"c$"}, yuan(7000))],
    ),
    Case(
        "the balance written in the books, with no opening known",
        books(entries=[line("a", "2024-03-05", "101", debit=10, balance=yuan("5000.01"))]),
        [({"a"}, yuan("5000.01"))],
    ),
    Case(
        "what was left goes on into the next year",
        books(
            balances=opening(4000, 2023),
            entries=take("a", "2023-12-30", 900) + take("b", "2024-01-04", 600),
        ),
        [({"b$"}, yuan(5500))],
    ),
    Case("the limit itself", books(balances=opening(1000), entries=take("a", "2024-03-05", 4000)), []),
    Case(
        "fetched for wages and paid the same day",
        books(
            balances=opening(0),
            entries=fetch("a", "2024-03-05", 20000)
            + pay("b", "2024-03-05", 20000, by="101", summary="发放工资"),
        ),
        [],
    ),
    Case("nothing known of what was there before", books(entries=take("a", "2024-03-05", 9000)), []),
    Case(
        "money in the bank is no cash",
        books(
            balances=opening(0),
            entries=take("a", "2024-03-05", 90000, by="102") + take("b", "2024-03-06", 10),
        ),
        [],
    ),
    Case(
        "the place's own limit",
        books(balances=opening(0), entries=take("a", "2024-03-05", 2500)),
        [({"a$"}, yuan(2500))],
        own={"most": 2000},
    ),
]
