"""K01 到期未收回."""

import datetime as dt

from ledgers.rules.rows import Contract
from tests.ledgers.books import Case, books, yuan


def let(key, plot, start, end, **more):
    return Contract(
        key, plot=plot, kind="鱼塘", starts_on=dt.date(start, 1, 1), ends_on=dt.date(end, 12, 31), **more
    )


CASES = [
    Case(
        "ended, still used, not renewed",
        books(contracts=[let("a", "东塘", 2013, 2022, in_use=True, rent=yuan(4800), name="东塘承包")]),
        [({"a"}, yuan(4800))],
        words=("东塘承包", "2022年12月31日", "仍在使用"),
    ),
    Case(
        "ended, and nobody wrote whether it was taken back",
        books(contracts=[let("a", "东塘", 2013, 2022)]),
        [({"a"}, None)],
        words=("没有写明是否收回",),
    ),
    Case(
        "a renewal of another plot does not count",
        books(contracts=[let("a", "东塘", 2013, 2022, in_use=True), let("b", "西塘", 2023, 2032)]),
        [({"a"}, None)],
    ),
    Case(
        "a renewal that ended as well: only the last one stands out",
        books(
            contracts=[let("a", "东塘", 2013, 2018, in_use=True), let("b", "东塘", 2019, 2024, in_use=True)]
        ),
        [({"b"}, None)],
    ),
    Case(
        "renewed with another",
        books(contracts=[let("a", "东塘", 2013, 2022), let("b", "东 塘", 2023, 2032)]),
        [],
    ),
    Case(
        "renewed where the sheet knows no plots, by party and kind",
        books(contracts=[let("a", "", 2013, 2022, party="甲"), let("b", "", 2023, 2032, party="甲")]),
        [],
    ),
    Case("taken back", books(contracts=[let("a", "东塘", 2013, 2022, in_use=False)]), []),
    Case("runs until the end of this year", books(contracts=[let("a", "东塘", 2017, 2026, in_use=True)]), []),
    Case(
        "ends today",
        books(contracts=[Contract("a", plot="东塘", ends_on=dt.date(2026, 4, 1), in_use=True)]),
        [],
    ),
    Case(
        "household land goes on with the next round of contracting",
        books(contracts=[let("a", "三组水田", 1995, 2024, method="家庭承包", in_use=True)]),
        [],
    ),
    Case(
        "within the days a round grants",
        books(contracts=[let("a", "东塘", 2016, 2025, in_use=True)]),
        [],
        own={"grace": 120},
    ),
]
