"""P02 超合同付款."""

import datetime as dt

from ledgers.rules.rows import Project
from tests.ledgers.books import Case, books, yuan


def work(key, price, paid, change=None):
    return Project(
        key,
        name="机耕路",
        price=yuan(price),
        paid=yuan(paid),
        change=change and yuan(change),
        signed_on=dt.date(2022, 5, 1),
    )


CASES = [
    Case(
        "a fifth more and no change order",
        books(projects=[work("a", 100_000, 120_000)]),
        [({"a"}, yuan(20_000))],
        words=("机耕路", "120,000.00", "没有变更记录", "20.0%"),
    ),
    Case(
        "a cent above ten per cent",
        books(projects=[work("a", 100_000, "110000.01")]),
        [({"a"}, yuan("10000.01"))],
    ),
    Case(
        "more than the change covers",
        books(projects=[work("a", 100_000, 140_000, 10_000)]),
        [({"a"}, yuan(30_000))],
        words=("10,000.00",),
    ),
    Case(
        "the change made it less",
        books(projects=[work("a", 100_000, 100_000, -20_000)]),
        [({"a"}, yuan(20_000))],
    ),
    Case("ten per cent", books(projects=[work("a", 100_000, 110_000)]), []),
    Case("covered by the change order", books(projects=[work("a", 100_000, 130_000, 30_000)]), []),
    Case("paid as agreed, the retention open", books(projects=[work("a", 100_000, 95_000)]), []),
    Case("no price known", books(projects=[Project("a", paid=yuan(5))]), []),
]
