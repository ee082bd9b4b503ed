"""K03 四荒地期限超过五十年."""

import datetime as dt

from ledgers.rules.rows import Contract
from tests.ledgers.books import Case, books


def let(key, signed, years, kind="四荒", **more):
    return Contract(
        key,
        kind=kind,
        signed_on=signed,
        starts_on=signed,
        ends_on=signed.replace(year=signed.year + years),
        **more,
    )


CASES = [
    Case(
        "seventy years of a waste hill",
        books(contracts=[let("a", dt.date(2002, 5, 1), 70, name="后山荒山")]),
        [({"a"}, None)],
        words=("后山荒山", "70年", "50年"),
    ),
    Case(
        "the day after the limit began",
        books(contracts=[let("a", dt.date(1994, 2, 22), 60)]),
        [({"a"}, None)],
    ),
    Case(
        "a flat named in the contract's name only",
        books(contracts=[let("a", dt.date(1999, 1, 1), 60, kind="", name="河边荒滩承包合同")]),
        [({"a"}, None)],
    ),
    Case("the day the limit does not yet bind", books(contracts=[let("a", dt.date(1994, 2, 21), 60)]), []),
    Case("fifty years", books(contracts=[let("a", dt.date(2002, 5, 1), 50)]), []),
    Case("a pond is no waste land", books(contracts=[let("a", dt.date(2002, 5, 1), 70, kind="鱼塘")]), []),
    Case(
        "forest of households may be held for seventy years",
        books(contracts=[let("a", dt.date(2008, 5, 1), 70, kind="荒山造林地", method="家庭承包")]),
        [],
    ),
]
