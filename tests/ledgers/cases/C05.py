"""C05 耕地补贴面积超出台账."""

import datetime as dt

from ledgers.rules.rows import Benefit, Listed
from tests.ledgers.books import Case, books, yuan


def paid(key, year, area, amount, name="周甲", programme="耕地地力保护补贴", mark="", head=""):
    return Benefit(
        key,
        programme,
        "farmland",
        year,
        name=name,
        mark=mark,
        head=head,
        area=yuan(area),
        amount=yuan(amount),
    )


def land(key, area, name="周甲", since=None, until=None, head=""):
    return Listed(key, "land", name, head=head, area=yuan(area), since=since, until=until)


CASES = [
    Case(
        "more mu subsidised than the register has; in question is the surplus",
        books(benefits=[paid("a", 2024, 12, 1440)], lists=[land("l", 8)]),
        [({"a", "l"}, yuan(480))],
        words=("周甲", "2024年", "12亩", "台账8亩", "多4亩", "1,440.00"),
    ),
    Case(
        "plots are added up, years are told apart, each programme stands by itself",
        books(
            benefits=[
                paid("a", 2023, 10, 1000),
                paid("b", 2024, 10, 1000),
                paid("c", 2023, 8, 200, programme="稻谷补贴"),
            ],
            lists=[land("l", 5), land("m", "3.5"), land("n", "1.5", until=dt.date(2023, 12, 31))],
        ),
        [({"b", "l", "m", "n"}, yuan(150))],
    ),
    Case("an equal area is innocent", books(benefits=[paid("a", 2024, 8, 960)], lists=[land("l", 8)]), []),
    Case(
        "so is a surplus of five in a hundred and one of a fifth of a mu",
        books(
            benefits=[paid("a", 2024, "10.5", 960), paid("b", 2024, "1.2", 144, "周乙")],
            lists=[land("l", 10), land("m", 1, "周乙")],
        ),
        [],
    ),
    Case(
        "a household that the register of land does not have",
        books(benefits=[paid("a", 2024, 27, 3240, "周丙")], lists=[land("l", 8)]),
        [({"a"}, yuan(3240))],
        words=("没有该户", "27亩"),
    ),
    Case("without a register of land nothing can be said", books(benefits=[paid("a", 2024, 27, 3240)]), []),
    Case(
        "land under the father and subsidy under the son is one household",
        books(
            benefits=[paid("a", 2024, 8, 960, "周丁", mark="m2")],
            lists=[
                land("l", 8),
                Listed("h1", "household", "周甲", "m1", "周甲"),
                Listed("h2", "household", "周丁", "m2", "周甲"),
            ],
        ),
        [],
    ),
    Case(
        "two members of one household together exceed its land",
        books(
            benefits=[paid("a", 2024, 8, 800, mark="m1"), paid("b", 2024, 4, 400, "周丁", mark="m2")],
            lists=[
                land("l", 8),
                Listed("h1", "household", "周甲", "m1", "周甲"),
                Listed("h2", "household", "周丁", "m2", "周甲"),
            ],
        ),
        [({"a", "b", "l"}, yuan(400))],
        words=("周甲户",),
    ),
]
