"""L18 突击支出."""

import datetime as dt

from ledgers.rules.rows import Entry
from tests.ledgers.books import Case, books, yuan


def paid(key, day, amount, summary="付零星开支"):
    day = dt.date.fromisoformat(day)
    return Entry(key, day.year, day, key, summary=summary, standard="541", debit=yuan(amount))


EVEN = [paid(f"m{month}", f"2023-{month:02}-10", 5000) for month in range(1, 12)]

CASES = [
    Case(
        "December bears more than three tenths of the year",
        books(
            entries=[
                *EVEN,
                paid("x", "2023-12-05", 20000, "付购物款"),
                paid("y", "2023-12-28", 25000, "付维修"),
            ]
        ),
        [({"x", "y"}, yuan(45000))],
        words=("2023年12月", "45,000.00", "100,000.00", "45.0%", "付维修"),
    ),
    Case(
        "three tenths exactly is not more",
        books(entries=[paid("a", "2023-02-01", 70000), paid("b", "2023-12-02", 30000)]),
        [],
    ),
    Case(
        "pay, allowances and insurance at the year's end are innocent",
        books(
            entries=[
                *EVEN,
                paid("x", "2023-12-20", 60000, "付村干部全年绩效工资"),
                paid("y", "2023-12-20", 30000, "付村组干部误工补贴"),
                paid("z", "2023-12-21", 9000, "付养老保险"),
            ]
        ),
        [],
    ),
    Case(
        "before an election, over the turn of the year",
        books(
            elections=[dt.date(2021, 1, 20)],
            entries=[
                paid("a", "2020-03-01", 30000),
                paid("b", "2020-06-01", 30000),
                paid("c", "2020-11-20", 9000),
                paid("d", "2020-11-21", 15000),
                paid("e", "2021-01-19", 16000),
                paid("f", "2021-01-20", 70000),
                paid("g", "2021-07-01", 70000),
            ],
        ),
        [({"d", "e"}, yuan(31000))],
        words=("2021年1月20日换届前60天", "31.0%"),
    ),
    Case(
        "in a small village's books nothing is worth asking",
        books(entries=[paid("a", "2023-02-01", 3000), paid("b", "2023-12-02", 19999)]),
        [],
    ),
    Case(
        "books that begin in autumn say nothing of a year",
        books(entries=[paid("a", "2023-10-01", 3000), paid("b", "2023-12-02", 50000)]),
        [],
    ),
    Case(
        "an advance repaid later is no spending",
        books(
            entries=[
                *EVEN,
                Entry(
                    "x",
                    2023,
                    dt.date(2023, 12, 9),
                    "x",
                    summary="借备用金",
                    standard="112",
                    debit=yuan(90000),
                ),
            ]
        ),
        [],
    ),
    Case(
        "a round may set its own share",
        books(entries=[paid("a", "2023-02-01", 80000), paid("b", "2023-12-02", 20000)]),
        [({"b"}, yuan(20000))],
        own={"share": 15},
    ),
]
