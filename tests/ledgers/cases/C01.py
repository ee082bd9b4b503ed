"""C01 死亡后仍领补贴."""

import datetime as dt

from ledgers.rules.rows import Benefit, Listed
from tests.ledgers.books import Case, books, yuan


def paid(key, year, month, amount=200, programme="城乡居民养老金", kind="pension", **more):
    person = {"name": "王甲", "mark": "m1"} | more
    return Benefit(key, programme, kind, year, month, amount=yuan(amount), **person)


def died(key, day, name="王甲", mark="m1"):
    return Listed(key, "death", name, mark, since=day)


MARCH = dt.date(2024, 3, 5)

CASES = [
    Case(
        "months after the month of death are one hit with the row of the death",
        books(
            benefits=[paid("a", 2024, 3), paid("b", 2024, 4), paid("c", 2024, 5)], lists=[died("d", MARCH)]
        ),
        [({"b", "c", "d"}, yuan(400))],
        words=("王甲", "2024年3月5日", "2024年4月至2024年5月", "2笔", "400.00"),
    ),
    Case(
        "the month of death is due, on whichever day",
        books(benefits=[paid("a", 2024, 3)], lists=[died("d", dt.date(2024, 3, 1))]),
        [],
    ),
    Case(
        "arrears for earlier months are due, whenever they are paid",
        books(benefits=[paid("a", 2024, 2, paid_on=dt.date(2024, 6, 20))], lists=[died("d", MARCH)]),
        [],
    ),
    Case(
        "without a month the day of payment tells it",
        books(
            benefits=[
                paid("a", 2024, None, 800, "临时救助", "relief", paid_on=dt.date(2024, 4, 1)),
                paid("b", 2024, None, 500, "临时救助", "relief", paid_on=dt.date(2024, 3, 31)),
            ],
            lists=[died("d", MARCH)],
        ),
        [({"a", "d"}, yuan(800))],
    ),
    Case(
        "a yearly subsidy of the year of death is innocent, the next year's is not",
        books(
            benefits=[
                paid("a", 2024, None, 300, "耕地地力保护补贴", "farmland", paid_on=dt.date(2024, 7, 1)),
                paid("b", 2025, None, 310, "耕地地力保护补贴", "farmland", paid_on=dt.date(2025, 7, 1)),
            ],
            lists=[died("d", MARCH)],
        ),
        [({"b", "d"}, yuan(310))],
    ),
    Case(
        "what is paid because of the death is innocent",
        books(benefits=[paid("a", 2024, 5, 2000, "丧葬补助金")], lists=[died("d", MARCH)]),
        [],
    ),
    Case(
        "of two days of death the later counts",
        books(
            benefits=[paid("a", 2024, 4), paid("b", 2024, 5)],
            lists=[died("d", MARCH), died("e", dt.date(2024, 4, 2))],
        ),
        [({"b", "d", "e"}, yuan(200))],
    ),
    Case(
        "by the name alone it is a weak hint and says so",
        books(benefits=[paid("a", 2024, 4, mark="")], lists=[died("d", MARCH)]),
        [({"a", "d"}, yuan(200))],
        words=("弱线索", "是否同一人"),
    ),
    Case(
        "blanks and remarks belong to no name",
        books(benefits=[paid("a", 2024, 4, mark="", name="王 甲（故）")], lists=[died("d", MARCH, mark="")]),
        [({"a", "d"}, yuan(200))],
    ),
    Case(
        "a name two people of the village bear says nothing",
        books(
            benefits=[paid("a", 2024, 4, mark="")],
            lists=[
                died("d", MARCH),
                Listed("h1", "household", "王甲", "m1", "王甲"),
                Listed("h2", "household", "王甲", "m2", "王乙"),
            ],
        ),
        [],
    ),
    Case(
        "nor does a name that stands in two households of a register without numbers",
        books(
            benefits=[paid("a", 2024, 4, mark="")],
            lists=[
                died("d", MARCH, mark=""),
                Listed("h1", "household", "王甲", head="王甲"),
                Listed("h2", "household", "王甲", head="王乙"),
            ],
        ),
        [],
    ),
    Case(
        "two marks are two people",
        books(benefits=[paid("a", 2024, 4, mark="m9")], lists=[died("d", MARCH)]),
        [],
    ),
    Case(
        "a death without a day proves nothing",
        books(benefits=[paid("a", 2024, 4)], lists=[died("d", None)]),
        [],
    ),
    Case(
        "sums returned are no payment",
        books(benefits=[paid("a", 2024, 4, -200)], lists=[died("d", MARCH)]),
        [],
    ),
    Case(
        "the turn of the year counts in months",
        books(benefits=[paid("a", 2025, 1)], lists=[died("d", dt.date(2024, 12, 31))]),
        [({"a", "d"}, yuan(200))],
    ),
]
