"""L10 备用金/借款挂账."""

import datetime as dt

from ledgers.rules.rows import Debt
from tests.ledgers.books import Case, books, yuan
from tests.ledgers.pairs import line, pay, take


def lend(key, day, amount, party="甲干部", summary="借备用金"):
    return pay(key, day, amount, party=party, summary=summary, account="112", by="101")


def settle(key, day, amount, party="甲干部"):
    """Settled by expenses, without money."""
    return [
        line(f"{key}+", day, "541", debit=amount, party=party, summary="报账", voucher=key),
        line(f"{key}-", day, "112", credit=amount, party=party, summary="报账", voucher=key),
    ]


def owed(key, since, amount=5000, reason="个人借款", party="乙村民", side="receivable"):
    return Debt(key, 2025, side, party, amount=yuan(amount), since=since, reason=reason)


CASES = [
    Case(
        "open when the books end",
        books(entries=lend("a", "2024-03-05", 5000) + take("z", "2024-12-31", 10)),
        [({"a"}, yuan(5000))],
        words=("甲干部", "5,000.00元", "301天", "截至2024年12月31日"),
    ),
    Case(
        "settled in another month",
        books(entries=lend("a", "2024-03-05", 5000) + settle("b", "2024-05-05", 5000)),
        [({"a"}, yuan(5000))],
        words=("61天", "均已报账或归还"),
    ),
    Case(
        "a part was settled in time",
        books(
            entries=lend("a", "2024-03-05", 5000)
            + settle("b", "2024-03-20", 4200)
            + take("c", "2024-06-05", 800, account="112", summary="归还备用金", party="甲干部")
        ),
        [({"a"}, yuan(800))],
    ),
    Case(
        "one hit a receiver",
        books(
            entries=lend("a", "2023-03-05", 500)
            + lend("b", "2024-03-05", 700)
            + lend("c", "2024-04-05", 900, party="乙干部")
            + take("z", "2024-12-31", 10)
        ),
        [({"a", "b"}, yuan(1200)), ({"c"}, yuan(900))],
    ),
    Case(
        "a loan in the table of receivables for more than a year",
        books(debts=[owed("d", dt.date(2024, 1, 1)), owed("e", dt.date(2025, 6, 1), party="丙村民")]),
        [({"d"}, yuan(5000))],
        words=("乙村民", "2024年1月1日"),
    ),
    Case(
        "settled on a line that names the person in the summary only",
        books(
            entries=lend("a", "2024-03-05", 5000)
            + [
                line("b", "2024-03-28", "541", debit=5000, voucher="记-9", summary="甲干部报账"),
                line("c", "2024-03-28", "112", credit=5000, voucher="记-9", summary="甲干部报账"),
            ]
            + take("z", "2024-12-31", 10)
        ),
        [],
    ),
    Case(
        "settled in the same month, and on the third day in the next",
        books(
            entries=lend("a", "2024-03-05", 5000)
            + settle("b", "2024-03-28", 5000)
            + lend("c", "2024-04-29", 300)
            + settle("d", "2024-05-02", 300)
        ),
        [],
    ),
    Case(
        "taken back by a red voucher",
        books(
            entries=lend("a", "2024-03-05", 5000)
            + lend("b", "2024-03-06", -5000)
            + take("z", "2024-12-31", 10)
        ),
        [],
    ),
    Case(
        "rent that is owed to the village is no advance",
        books(
            entries=[
                line(
                    "a",
                    "2024-03-05",
                    "112",
                    debit=9000,
                    summary="应收鱼塘租金",
                    party="乙村民",
                    voucher="记-1",
                ),
                line(
                    "b",
                    "2024-03-05",
                    "511",
                    credit=9000,
                    summary="应收鱼塘租金",
                    party="乙村民",
                    voucher="记-1",
                ),
            ]
            + take("z", "2024-12-31", 10)
        ),
        [],
    ),
    Case(
        "a loan the village took is no advance",
        books(
            entries=take("a", "2024-03-05", 9000, account="202", summary="向信用社借款", by="102")
            + take("z", "2024-12-31", 10),
            debts=[owed("d", dt.date(2020, 1, 1), side="payable")],
        ),
        [],
    ),
]
