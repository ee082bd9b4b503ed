"""K02 租期超长."""

import datetime as dt

from ledgers.rules.rows import Contract
from tests.ledgers.books import Case, books


def let(key, start, end, signed=None, kind="门面", **more):
    return Contract(key, kind=kind, signed_on=signed or start, starts_on=start, ends_on=end, **more)


CASES = [
    Case(
        "thirty years under the civil code",
        books(contracts=[let("a", dt.date(2021, 3, 1), dt.date(2051, 2, 28))]),
        [({"a"}, None)],
        words=("30年", "民法典", "20年"),
    ),
    Case(
        "thirty years under the contract law",
        books(contracts=[let("a", dt.date(2008, 1, 1), dt.date(2037, 12, 31))]),
        [({"a"}, None)],
        words=("《合同法》",),
    ),
    Case(
        "the law of the day of signing, not of the first day",
        books(contracts=[let("a", dt.date(2021, 1, 1), dt.date(2045, 12, 31), signed=dt.date(2020, 12, 20))]),
        [({"a"}, None)],
        words=("《合同法》", "25年"),
    ),
    Case(
        "half a year more than twenty",
        books(contracts=[let("a", dt.date(2010, 1, 1), dt.date(2030, 6, 30))]),
        [({"a"}, None)],
        words=("20年6个月",),
    ),
    Case(
        "twenty years to the day", books(contracts=[let("a", dt.date(2010, 1, 1), dt.date(2029, 12, 31))]), []
    ),
    Case(
        "twenty years, the first day told twice",
        books(contracts=[let("a", dt.date(2010, 1, 1), dt.date(2030, 1, 1))]),
        [],
    ),
    Case(
        "before there was a limit",
        books(contracts=[let("a", dt.date(1998, 1, 1), dt.date(2027, 12, 31))]),
        [],
    ),
    Case(
        "household contracting of thirty years",
        books(
            contracts=[let("a", dt.date(2024, 1, 1), dt.date(2053, 12, 31), kind="耕地", method="家庭承包")]
        ),
        [],
    ),
    Case(
        "waste land has a limit of its own",
        books(contracts=[let("a", dt.date(2005, 1, 1), dt.date(2044, 12, 31), kind="荒山")]),
        [],
    ),
    Case("no end is no long term", books(contracts=[let("a", dt.date(2005, 1, 1), None)]), []),
    Case(
        "twice twenty years signed on one day",
        books(
            contracts=[
                let("a", dt.date(2015, 1, 1), dt.date(2034, 12, 31), plot="东厂房", party="甲"),
                let(
                    "b",
                    dt.date(2035, 1, 1),
                    dt.date(2054, 12, 31),
                    dt.date(2015, 1, 1),
                    plot="东厂房",
                    party="甲",
                ),
            ]
        ),
        [({"a", "b"}, None)],
        words=("同日签订", "40年"),
    ),
    Case(
        "renewed when the first twenty years had run",
        books(
            contracts=[
                let("a", dt.date(2005, 1, 1), dt.date(2024, 12, 31), plot="东厂房", party="甲"),
                let("b", dt.date(2025, 1, 1), dt.date(2044, 12, 31), plot="东厂房", party="甲"),
            ]
        ),
        [],
    ),
    Case(
        "two things let to one on one day",
        books(
            contracts=[
                let("a", dt.date(2015, 1, 1), dt.date(2034, 12, 31), plot="东厂房", party="甲"),
                let(
                    "b",
                    dt.date(2035, 1, 1),
                    dt.date(2054, 12, 31),
                    dt.date(2015, 1, 1),
                    plot="西厂房",
                    party="甲",
                ),
            ]
        ),
        [],
    ),
]
