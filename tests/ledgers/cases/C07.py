"""C07 低保与养老待遇同月."""

import datetime as dt

from ledgers.rules.rows import Benefit, Listed
from tests.ledgers.books import Case, books, yuan


def paid(key, year, month, amount=300, kind="subsistence", mark="m1"):
    return Benefit(
        key,
        "农村低保" if kind == "subsistence" else "养老金",
        kind,
        year,
        month,
        name="冯甲",
        mark=mark,
        amount=yuan(amount),
    )


def insured(key, amount=None, since=None, until=None, detail="企业职工养老"):
    pension = None if amount is None else yuan(amount)
    return Listed(key, "insurance", "冯甲", "m1", detail=detail, amount=pension, since=since, until=until)


CASES = [
    Case(
        "subsistence beside a worker's pension is a hint and says that both may be right",
        books(benefits=[paid("a", 2024, 2), paid("b", 2024, 3)], lists=[insured("p", 1800)]),
        [({"a", "b", "p"}, yuan(600))],
        words=("冯甲", "2024年2月至2024年3月", "600.00", "可以并存"),
    ),
    Case(
        "the basic pension of residents goes to everybody",
        books(
            benefits=[paid("a", 2024, 2)],
            lists=[insured("p", 130, detail="城乡居民养老"), insured("q", detail="城乡居民养老")],
        ),
        [],
    ),
    Case(
        "a list that says no sum is asked about",
        books(benefits=[paid("a", 2024, 2)], lists=[insured("p")]),
        [({"a", "p"}, yuan(300))],
    ),
    Case(
        "subsistence stopped in the month in which the pension began: a known false alarm",
        books(
            benefits=[paid("a", 2024, 1), paid("b", 2024, 2)], lists=[insured("p", 1800, dt.date(2024, 2, 1))]
        ),
        [],
    ),
    Case(
        "a pension among the benefits counts in its own month only",
        books(
            benefits=[
                paid("a", 2024, 2),
                paid("b", 2024, 3),
                paid("p", 2024, 3, 900, "pension"),
                paid("q", 2024, 4, 900, "pension"),
            ]
        ),
        [({"b", "p"}, yuan(300))],
    ),
    Case(
        "a small pension among the benefits is innocent",
        books(benefits=[paid("a", 2024, 2), paid("p", 2024, 2, 120, "pension")]),
        [],
    ),
    Case(
        "a round sets its own sum",
        books(benefits=[paid("a", 2024, 2)], lists=[insured("p", 1800)]),
        [],
        own={"least": 2000},
    ),
]
