"""P01 化整为零规避招标. The national limit is 2,000,000 yuan, from 1 June 2018 4,000,000."""

import datetime as dt

from ledgers.rules.rows import Project
from tests.ledgers.books import Case, books, yuan

OWN = {"limit": 500_000}


def work(key, price, day, contractor="宏达建筑有限公司", method="村民代表会议议定", **more):
    return Project(key, contractor=contractor, price=yuan(price), signed_on=day, method=method, **more)


CASES = [
    Case(
        "three roads in one summer, each below the district's limit",
        books(
            projects=[
                work("a", 480_000, dt.date(2022, 5, 1)),
                work("b", 450_000, dt.date(2022, 6, 1)),
                work("c", 470_000, dt.date(2022, 7, 1)),
            ]
        ),
        [({"a", "b", "c"}, yuan(1_400_000))],
        words=("3个工程", "500,000.00", "1,400,000.00", "宏达建筑"),
        own=OWN,
    ),
    Case(
        "the company's name in two ways",
        books(
            projects=[
                work("a", 480_000, dt.date(2022, 5, 1), "宏达建筑（甲县）有限公司"),
                work("b", 450_000, dt.date(2022, 6, 1), "宏达建筑(甲县) 有限责任公司"),
            ]
        ),
        [({"a", "b"}, yuan(930_000))],
        own=OWN,
    ),
    Case(
        "the older national limit",
        books(
            projects=[work("a", 1_900_000, dt.date(2016, 5, 1)), work("b", 1_500_000, dt.date(2016, 9, 1))]
        ),
        [({"a", "b"}, yuan(3_400_000))],
        words=("2,000,000.00",),
    ),
    Case(
        "far apart in time are two runs",
        books(
            projects=[
                work(k, 400_000, dt.date(y, m, 1))
                for k, y, m in [("a", 2020, 1), ("b", 2020, 2), ("c", 2023, 1), ("d", 2023, 2)]
            ]
        ),
        [({"a", "b"}, yuan(800_000)), ({"c", "d"}, yuan(800_000))],
        own=OWN,
    ),
    Case(
        "not tendered, as the sheet says",
        books(projects=[work(k, 400_000, dt.date(2022, 5, 1), method="未招标") for k in "ab"]),
        [({"a", "b"}, yuan(800_000))],
        own=OWN,
    ),
    Case(
        "the national limit since 2018 is not reached",
        books(
            projects=[work("a", 1_900_000, dt.date(2019, 5, 1)), work("b", 1_500_000, dt.date(2019, 9, 1))]
        ),
        [],
    ),
    Case(
        "two contractors",
        books(
            projects=[
                work("a", 480_000, dt.date(2022, 5, 1)),
                work("b", 450_000, dt.date(2022, 6, 1), "长顺公司"),
            ]
        ),
        [],
        own=OWN,
    ),
    Case(
        "more than a year apart",
        books(projects=[work("a", 480_000, dt.date(2021, 5, 1)), work("b", 450_000, dt.date(2022, 6, 1))]),
        [],
        own=OWN,
    ),
    Case(
        "tendered in public",
        books(projects=[work(k, 480_000, dt.date(2022, 5, 1), method="公开招标") for k in "ab"]),
        [],
        own=OWN,
    ),
    Case(
        "small repairs",
        books(projects=[work(k, 30_000, dt.date(2022, 5, 1)) for k in "abcdefghijklmnopqrst"]),
        [],
        own=OWN,
    ),
    Case(
        "one above the limit is no splitting",
        books(projects=[work("a", 900_000, dt.date(2022, 5, 1)), work("b", 450_000, dt.date(2022, 6, 1))]),
        [],
        own=OWN,
    ),
    Case(
        "a year apart to the day, half the limit each",
        books(projects=[work("a", 250_000, dt.date(2021, 5, 1)), work("b", 250_000, dt.date(2022, 5, 1))]),
        [({"a", "b"}, yuan(500_000))],
        own=OWN,
    ),
    Case(
        "one at the limit itself",
        books(projects=[work("a", 500_000, dt.date(2022, 5, 1)), work("b", 450_000, dt.date(2022, 6, 1))]),
        [],
        own=OWN,
    ),
    Case(
        "days and prices not known",
        books(projects=[Project("a", contractor="甲", price=yuan(400_000)), Project("b", contractor="甲")]),
        [],
        own=OWN,
    ),
]
