"""K10 面积不符."""

from decimal import Decimal

from ledgers.rules.rows import Contract, Resource
from tests.ledgers.books import Case, books, yuan

POND = Resource("r", kind="水面", plot="东塘", measured=Decimal(26))

CASES = [
    Case(
        "measured larger",
        books(
            contracts=[
                Contract("a", name="东塘", area=Decimal(20), measured=Decimal("23.5"), price=yuan(300))
            ]
        ),
        [({"a"}, yuan(1050))],
        words=("20亩", "23.5亩", "多出3.5亩", "17.5%"),
    ),
    Case(
        "measured smaller brings no rent",
        books(contracts=[Contract("a", area=Decimal(20), measured=Decimal(15), price=yuan(300))]),
        [({"a"}, None)],
        words=("少5亩",),
    ),
    Case(
        "measured in the list of resources",
        books(contracts=[Contract("a", plot="东 塘", kind="鱼塘", area=Decimal(20))], resources=[POND]),
        [({"a", "r"}, None)],
        words=("26亩",),
    ),
    Case("five per cent", books(contracts=[Contract("a", area=Decimal(20), measured=Decimal(21))]), []),
    Case(
        "a little more than five per cent",
        books(contracts=[Contract("a", area=Decimal(20), measured=Decimal("21.01"))]),
        [({"a"}, None)],
    ),
    Case("not measured", books(contracts=[Contract("a", area=Decimal(20))]), []),
    Case(
        "a part is not measured by the whole",
        books(contracts=[Contract("a", plot="东塘（北片）", area=Decimal(10))], resources=[POND]),
        [],
    ),
    Case(
        "a shop by the pond is not the pond",
        books(contracts=[Contract("a", plot="东塘", kind="门面", area=Decimal(2))], resources=[POND]),
        [],
    ),
    Case(
        "two resources of one name leave it open",
        books(
            contracts=[Contract("a", plot="东塘", area=Decimal(20))],
            resources=[POND, Resource("s", plot="东塘", measured=Decimal(8))],
        ),
        [],
    ),
    Case(
        "a shop is not measured in mu",
        books(contracts=[Contract("a", kind="门面", area=Decimal(80), measured=Decimal(120))]),
        [({"a"}, None)],
        words=("面积80，实测120，多出40（",),
    ),
]
