"""K04 低价发包."""

import datetime as dt
from decimal import Decimal

from ledgers.rules.rows import Contract
from tests.ledgers.books import Case, books, yuan

MEDIANS = {"鱼塘": yuan(600), "门面": yuan(12000)}
SIGNED = dt.date(2020, 3, 1)


def let(key, kind="鱼塘", **more):
    return Contract(key, kind=kind, signed_on=SIGNED, **more)


CASES = [
    Case(
        "half the town's median",
        books(contracts=[let("a", price=yuan(300), area=Decimal(20))], unit_prices=MEDIANS),
        [({"a"}, yuan(6000))],
        words=("2020年3月1日", "300.00", "600.00", "50.0%"),
    ),
    Case(
        "the unit price from rent and area",
        books(contracts=[let("a", rent=yuan(1500), area=Decimal(10))], unit_prices=MEDIANS),
        [({"a"}, yuan(4500))],
        words=("150.00",),
    ),
    Case(
        "for nothing, area unknown",
        books(contracts=[let("a", price=yuan(0))], unit_prices=MEDIANS),
        [({"a"}, None)],
    ),
    Case("at sixty per cent", books(contracts=[let("a", price=yuan(360))], unit_prices=MEDIANS), []),
    Case(
        "a cent below sixty per cent",
        books(contracts=[let("a", price=yuan("359.99"), area=Decimal(1))], unit_prices=MEDIANS),
        [({"a"}, yuan("240.01"))],
    ),
    Case("too few villages for a median", books(contracts=[let("a", price=yuan(10))]), []),
    Case(
        "another kind's median says nothing",
        books(contracts=[let("a", "耕地", price=yuan(300))], unit_prices=MEDIANS),
        [],
    ),
    Case("no price and no area", books(contracts=[let("a", rent=yuan(100))], unit_prices=MEDIANS), []),
    Case(
        "household land is free of rent",
        books(
            contracts=[let("a", "耕地", price=yuan(0), method="家庭承包")], unit_prices={"耕地": yuan(500)}
        ),
        [],
    ),
]
