"""L15 同比突变."""

from tests.ledgers.books import Case, books, yuan
from tests.ledgers.pairs import line, pay, take


def year(prefix, of, amounts, account="541", by="102"):
    """Payments spread from January to December; the key is prefix, year and month."""
    step = 11 // max(len(amounts) - 1, 1)
    return [
        row
        for at, amount in enumerate(amounts)
        for row in pay(
            f"{prefix}{of}.{1 + at * step}", f"{of}-{1 + at * step:02d}-15", amount, account=account, by=by
        )
    ]


USUAL = year("u", 2023, (500, 500)) + year("u", 2024, (500, 500))

CASES = [
    Case(
        "more than half as much again",
        books(entries=year("a", 2023, (20000, 10000)) + year("a", 2024, (26000, 21000))),
        [({"a2024.1", "a2024.12"}, yuan(17000))],
        words=("管理费用", "支出", "30,000.00元", "47,000.00元", "增加56.7%"),
    ),
    Case(
        "less than half is seen on the year before",
        books(entries=year("a", 2023, (20000, 20000)) + year("a", 2024, (5000, 5000))),
        [({"a2023.1", "a2023.12"}, yuan(30000))],
        words=("减少75.0%",),
    ),
    Case(
        "an account comes new",
        books(entries=USUAL + pay("n", "2024-05-05", 12000, account="551")),
        [({"n"}, yuan(12000))],
        words=("其他支出", "2023年没有"),
    ),
    Case(
        "an income is no longer there",
        books(entries=USUAL + take("r", "2023-05-05", 18000, by="102")),
        [({"r"}, yuan(18000))],
        words=("发包及上交收入", "收入", "2024年没有"),
    ),
    Case(
        "an income falls while the year's closing shows both sides",
        books(
            entries=USUAL
            + take("r", "2023-05-05", 40000, by="102")
            + take("s", "2024-05-05", 12000, by="102")
            + [
                line("x", "2023-12-31", "511", debit=40000, voucher="记-90"),
                line("y", "2023-12-31", "321", credit=40000, voucher="记-90"),
            ]
        ),
        [({"r"}, yuan(28000))],
    ),
    Case(
        "half as much again, just",
        books(entries=year("a", 2023, (20000, 20000)) + year("a", 2024, (30000, 30000))),
        [],
    ),
    Case("small sums", books(entries=year("a", 2023, (900, 900)) + year("a", 2024, (5000, 5000))), []),
    Case(
        "a year that is not whole is not compared",
        books(entries=year("a", 2024, (20000, 20000)) + pay("x", "2025-01-05", 900)),
        [],
    ),
    Case(
        "grants from above and works come with their projects",
        books(
            entries=USUAL
            + take("g", "2024-05-05", 300000, "上级项目资金", "522", "102")
            + pay("w", "2024-06-05", 290000, account="154")
        ),
        [],
    ),
    Case(
        "a year whose accounts are not mapped is not compared",
        books(
            entries=[
                line("a", "2023-01-15", "", debit=40000, voucher="记-1"),
                line("b", "2023-12-15", "", debit=40000, voucher="记-2"),
            ]
            + year("a", 2024, (20000, 20000))
        ),
        [],
    ),
]
