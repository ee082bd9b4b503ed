"""L14 环比突变."""

from tests.ledgers.books import Case, books, yuan
from tests.ledgers.pairs import pay


def months(prefix, amounts, year=2024, first=1, **more):
    """One payment a month, nothing in a month of zero; the key is prefix, year and month."""
    return [
        row
        for month, amount in enumerate(amounts, first)
        if amount
        for row in pay(f"{prefix}{year}.{month}", f"{year}-{month:02d}-15", amount, **more)
    ]


CASES = [
    Case(
        "the seventh month five times the mean of six",
        books(entries=months("a", (2000, 1800, 2200, 2000, 1900, 2100, 10000))),
        [({"a2024.7"}, yuan(10000))],
        words=("2024年7月", "管理费用", "10,000.00元", "2,000.00元", "5.0倍"),
    ),
    Case(
        "all of the month's lines, the months of the year before counted",
        books(
            entries=months("a", (1000,) * 6, 2023, 7)
            + pay("x", "2024-01-03", 4000)
            + pay("y", "2024-01-25", 3500, party="乙店")
        ),
        [({"x", "y"}, yuan(7500))],
    ),
    Case(
        "one account jumps, another does not",
        books(
            entries=months("a", (1000,) * 6 + (9000,), account="551") + months("b", (1000,) * 7),
        ),
        [({"a2024.7"}, yuan(9000))],
        words=("其他支出",),
    ),
    Case("twice the mean is no jump", books(entries=months("a", (4000,) * 6 + (8000,))), []),
    Case("five months before are too few", books(entries=months("a", (1000,) * 5 + (9000,))), []),
    Case("small sums", books(entries=months("a", (100,) * 6 + (900,))), []),
    Case("equal months", books(entries=months("a", (2600,) * 12)), []),
    Case(
        "as high in the same month of the year before: the season",
        books(entries=months("a", (1000,) * 11 + (9000,), 2023) + months("a", (1000,) * 11 + (9500,))),
        [({"a2023.12"}, yuan(9000))],
    ),
    Case(
        "an account that moves now and then has no usual month",
        books(entries=months("a", (2000, 0, 0, 1000, 0, 0, 9000)) + months("b", (10,) * 7, account="551")),
        [],
    ),
    Case(
        "works are paid when they are built",
        books(entries=months("a", (1000,) * 6 + (90000,), account="154")),
        [],
    ),
    Case(
        "taken back in the same month",
        books(
            entries=months("a", (1000,) * 7) + pay("x", "2024-07-03", 9000) + pay("y", "2024-07-04", -9000),
        ),
        [],
    ),
    Case(
        "a round's own factor",
        books(entries=months("a", (4000,) * 6 + (8000,))),
        [({"a2024.7"}, yuan(8000))],
        own={"factor": 1.5},
    ),
]
