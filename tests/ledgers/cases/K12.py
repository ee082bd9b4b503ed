"""K12 重复发包."""

import datetime as dt
from decimal import Decimal

from ledgers.rules.rows import Contract, Resource
from tests.ledgers.books import Case, books


def let(key, plot, party, start, end, **more):
    last = dt.date(end, 12, 31) if end else None
    return Contract(key, plot=plot, party=party, starts_on=dt.date(start, 1, 1), ends_on=last, **more)


CASES = [
    Case(
        "one pond to two at once",
        books(contracts=[let("a", "东塘", "甲", 2015, 2024), let("b", "东 塘", "乙", 2022, 2031)]),
        [({"a", "b"}, None)],
        words=("东塘", "2022年1月1日", "2024年12月31日"),
    ),
    Case(
        "the number written in two ways",
        books(contracts=[let("a", "第三组2号塘", "甲", 2015, 2024), let("b", "3组二号塘", "乙", 2020, 2029)]),
        [({"a", "b"}, None)],
    ),
    Case(
        "without an end",
        books(contracts=[let("a", "东塘", "甲", 2015, None), let("b", "东塘", "乙", 2022, 2031)]),
        [({"a", "b"}, None)],
    ),
    Case(
        "the whole and a part of it",
        books(contracts=[let("a", "东塘", "甲", 2015, 2024), let("b", "东塘（北片）", "乙", 2022, 2031)]),
        [({"a", "b"}, None)],
    ),
    Case(
        "one part twice",
        books(contracts=[let("a", "东塘北片", "甲", 2015, 2024), let("b", "东塘（北片）", "乙", 2022, 2031)]),
        [({"a", "b"}, None)],
    ),
    Case(
        "three at once are three pairs",
        books(contracts=[let(key, "东塘", key, 2020, 2029) for key in "abc"]),
        [({"a", "b"}, None), ({"a", "c"}, None), ({"b", "c"}, None)],
    ),
    Case(
        "a renewal begins when the earlier one ends",
        books(contracts=[let("a", "东塘", "甲", 2015, 2021), let("b", "东塘", "乙", 2022, 2031)]),
        [],
    ),
    Case(
        "a renewal begins on the day the earlier one ends",
        books(
            contracts=[
                Contract(
                    "a", plot="东塘", party="甲", starts_on=dt.date(2012, 1, 1), ends_on=dt.date(2022, 1, 1)
                ),
                let("b", "东塘", "乙", 2022, 2031),
            ]
        ),
        [],
    ),
    Case(
        "renewed with the same party before the end",
        books(contracts=[let("a", "东塘", "甲", 2015, 2024), let("b", "东塘", "甲", 2023, 2032)]),
        [],
    ),
    Case(
        "two parts with names",
        books(
            contracts=[let("a", "东塘（南片）", "甲", 2015, 2024), let("b", "东塘（北片）", "乙", 2015, 2024)]
        ),
        [],
    ),
    Case(
        "two shops of one row",
        books(
            contracts=[let("a", "临街门面1号", "甲", 2020, 2029), let("b", "临街门面2号", "乙", 2020, 2029)]
        ),
        [],
    ),
    Case(
        "shares that fit into the measured whole",
        books(
            contracts=[
                let("a", "大畈", "甲", 2020, 2029, area=Decimal(30)),
                let("b", "大畈", "乙", 2020, 2029, area=Decimal(40)),
            ],
            resources=[Resource("r", plot="大畈", measured=Decimal(75))],
        ),
        [],
    ),
    Case(
        "a shop and a pond at one place",
        books(
            contracts=[
                let("a", "村口", "甲", 2020, 2029, kind="门面"),
                let("b", "村口", "乙", 2020, 2029, kind="鱼塘"),
            ]
        ),
        [],
    ),
    Case(
        "given up before its end",
        books(
            contracts=[let("a", "东塘", "甲", 2015, 2029, in_use=False), let("b", "东塘", "乙", 2022, 2031)]
        ),
        [],
    ),
    Case(
        "no plots named",
        books(contracts=[let("a", "", "甲", 2015, 2024), let("b", "", "乙", 2015, 2024)]),
        [],
    ),
    Case(
        "numbers listed together",
        books(contracts=[let("a", "门面1、2号", "甲", 2020, 2029), let("b", "门面二号", "乙", 2020, 2029)]),
        [({"a", "b"}, None)],
    ),
    Case(
        "shops without a number are many",
        books(contracts=[let(key, "门面一间", key, 2020, 2029, kind="门面") for key in "abc"]),
        [],
    ),
    Case(
        "one name, two numbers: two persons",
        books(
            contracts=[
                let("a", "东塘", "甲", 2015, 2024, party_mark="m1"),
                let("b", "东塘", "甲", 2022, 2031, party_mark="m2"),
            ]
        ),
        [({"a", "b"}, None)],
    ),
    Case(
        "two spellings of one person",
        books(
            contracts=[
                let("a", "东塘", "甲", 2015, 2024, party_mark="m1"),
                let("b", "东塘", "甲（小名）", 2022, 2031, party_mark="m1"),
            ]
        ),
        [],
    ),
    Case(
        "two in years past, neither in use any more",
        books(
            contracts=[
                let("a", "东塘", "甲", 2010, 2019, in_use=False),
                let("b", "东塘", "乙", 2015, 2024, in_use=False),
            ]
        ),
        [({"a", "b"}, None)],
    ),
    Case(
        "shares that are more than the measured whole",
        books(
            contracts=[
                let("a", "大畈", "甲", 2020, 2029, area=Decimal(36)),
                let("b", "大畈", "乙", 2020, 2029, area=Decimal(40)),
            ],
            resources=[Resource("r", plot="大畈", measured=Decimal(75))],
        ),
        [({"a", "b"}, None)],
    ),
]
