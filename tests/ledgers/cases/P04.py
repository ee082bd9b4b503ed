"""P04 未验收付清."""

import datetime as dt

from ledgers.rules.rows import Project
from tests.ledgers.books import Case, books, yuan


def work(key, final=None, accepted=None, **more):
    return Project(
        key, name="桥", signed_on=dt.date(2021, 3, 1), final_paid_on=final, accepted_on=accepted, **more
    )


CASES = [
    Case(
        "paid to the end, never accepted",
        books(projects=[work("a", dt.date(2022, 1, 9), paid=yuan(50_000))]),
        [({"a"}, yuan(50_000))],
        words=("桥", "2022年1月9日", "没有验收记录"),
    ),
    Case(
        "accepted a month later",
        books(projects=[work("a", dt.date(2022, 1, 9), dt.date(2022, 2, 9))]),
        [({"a"}, None)],
        words=("2022年2月9日才验收",),
    ),
    Case(
        "paid up by the sums",
        books(projects=[work("a", price=yuan(50_000), change=yuan(2_000), paid=yuan(52_000))]),
        [({"a"}, yuan(52_000))],
        words=("已付清52,000.00元",),
    ),
    Case(
        "paid up by the settlement, below the price",
        books(projects=[work("a", price=yuan(50_000), settled=yuan(47_000), paid=yuan(47_000))]),
        [({"a"}, yuan(47_000))],
    ),
    Case("accepted first", books(projects=[work("a", dt.date(2022, 2, 9), dt.date(2022, 1, 9))]), []),
    Case("accepted on the day", books(projects=[work("a", dt.date(2022, 2, 9), dt.date(2022, 2, 9))]), []),
    Case("the retention is open", books(projects=[work("a", price=yuan(50_000), paid=yuan(47_500))]), []),
    Case(
        "accepted, the day of the last payment unknown",
        books(projects=[work("a", None, dt.date(2022, 1, 9), price=yuan(5), paid=yuan(5))]),
        [],
    ),
    Case("no price known", books(projects=[work("a", paid=yuan(5))]), []),
    Case(
        "the price is paid, the change is not",
        books(projects=[work("a", price=yuan(50_000), change=yuan(2_000), paid=yuan(50_000))]),
        [],
    ),
]
