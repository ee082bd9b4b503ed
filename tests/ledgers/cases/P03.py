"""P03 先开工后招标."""

import datetime as dt

from ledgers.rules.rows import Project
from tests.ledgers.books import Case, books, yuan


def work(key, start, tendered=None, signed=None, **more):
    return Project(
        key, **({"name": "机耕路"} | more), starts_on=start, tendered_on=tendered, signed_on=signed
    )


CASES = [
    Case(
        "begun ten days before the tender",
        books(projects=[work("a", dt.date(2022, 5, 1), dt.date(2022, 5, 11), price=yuan(80_000))]),
        [({"a"}, yuan(80_000))],
        words=("机耕路", "2022年5月1日", "2022年5月11日", "10天"),
    ),
    Case(
        "begun before the contract was signed",
        books(projects=[work("a", dt.date(2022, 5, 1), dt.date(2022, 4, 20), dt.date(2022, 5, 3))]),
        [({"a"}, None)],
        words=("签订合同", "2天"),
    ),
    Case(
        "no tender known, begun before the signing",
        books(projects=[work("a", dt.date(2022, 5, 1), None, dt.date(2022, 6, 1))]),
        [({"a"}, None)],
    ),
    Case(
        "in order",
        books(projects=[work("a", dt.date(2022, 6, 1), dt.date(2022, 5, 1), dt.date(2022, 5, 9))]),
        [],
    ),
    Case(
        "all on one day",
        books(projects=[work("a", dt.date(2022, 5, 1), dt.date(2022, 5, 1), dt.date(2022, 5, 1))]),
        [],
    ),
    Case(
        "a dyke in danger",
        books(projects=[work("a", dt.date(2022, 7, 1), dt.date(2022, 8, 1), name="河堤抢险加固")]),
        [],
    ),
    Case("no day of beginning", books(projects=[work("a", None, dt.date(2022, 5, 1))]), []),
]
