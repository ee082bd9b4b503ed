"""L29 资产账实差."""

from ledgers.rules.rows import Asset
from tests.ledgers.books import Case, books, yuan


def asset(key, quantity=None, counted=None, value=None, **more):
    quantity = None if quantity is None else yuan(quantity)
    counted = None if counted is None else yuan(counted)
    return Asset(key, "电脑", "办公设备", quantity, counted, value and yuan(value), **more)


CASES = [
    Case(
        "fewer counted than booked, with the worth of what is missing",
        books(assets=[asset("a", 3, 2, 10000)]),
        [({"a"}, yuan("3333.33"))],
        words=("电脑", "账面3、实盘2", "3,333.33"),
    ),
    Case("more counted than booked", books(assets=[asset("a", 2, 5, 900)]), [({"a"}, None)], words=("多于",)),
    Case(
        "there and not booked",
        books(assets=[asset("a", None, 1, 2600, booked=False), asset("b", booked=False, counted=0)]),
        [({"a"}, yuan(2600))],
        words=("没有入账", "2,600.00"),
    ),
    Case(
        "scrapped and still in the books",
        books(assets=[asset("a", 10, 0, state="已报废")]),
        [({"a"}, None)],
        words=("账面10、实盘0", "已报废", "核销"),
    ),
    Case(
        "counted as booked, not counted, or without a booked number",
        books(assets=[asset("a", "2.00", 2, 900, booked=True), asset("b", 2), asset("c", None, 2)]),
        [],
    ),
    Case(
        "a round may leave small things aside",
        books(assets=[asset("a", 3, 2, 900), asset("b", 3, 2, 3000)]),
        [({"b"}, yuan(1000))],
        own={"least": 1000},
    ),
]
