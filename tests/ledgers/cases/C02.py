"""C02 低保对象为财政供养人员."""

import datetime as dt

from ledgers.rules.rows import Benefit, Listed
from tests.ledgers.books import Case, books, yuan


def paid(key, year, month, kind="subsistence", name="李甲", mark="m1"):
    return Benefit(key, "农村低保", kind, year, month, name=name, mark=mark, amount=yuan(350))


def staff(key, since=None, until=None, mark="m1"):
    return Listed(key, "staff", "李甲", mark, detail="乡中心小学", since=since, until=until)


CASES = [
    Case(
        "both in the same months",
        books(benefits=[paid("a", 2024, 2), paid("b", 2024, 1)], lists=[staff("s", dt.date(2020, 9, 1))]),
        [({"a", "b", "s"}, yuan(700))],
        words=("李甲", "乡中心小学", "2024年1月至2024年2月", "2笔", "700.00"),
    ),
    Case(
        "a list without days holds for all time",
        books(benefits=[paid("a", 2023, 5)], lists=[staff("s")]),
        [({"a", "s"}, yuan(350))],
    ),
    Case(
        "subsistence before the person was taken on, and in that month, is innocent",
        books(benefits=[paid("a", 2024, 6), paid("b", 2024, 7)], lists=[staff("s", dt.date(2024, 7, 15))]),
        [],
    ),
    Case(
        "the month after is not",
        books(benefits=[paid("b", 2024, 7), paid("c", 2024, 8)], lists=[staff("s", dt.date(2024, 7, 15))]),
        [({"c", "s"}, yuan(350))],
    ),
    Case(
        "subsistence after leaving the payroll is innocent",
        books(benefits=[paid("a", 2024, 6)], lists=[staff("s", until=dt.date(2024, 5, 31))]),
        [],
    ),
    Case(
        "a pension is no subsistence", books(benefits=[paid("a", 2024, 6, "pension")], lists=[staff("s")]), []
    ),
    Case(
        "two marks under one name are two people",
        books(benefits=[paid("a", 2024, 6, mark="m2")], lists=[staff("s")]),
        [],
    ),
    Case(
        "the same name without a mark is a weak hint",
        books(benefits=[paid("a", 2024, 6, mark="")], lists=[staff("s")]),
        [({"a", "s"}, yuan(350))],
        words=("弱线索",),
    ),
    Case(
        "and none when the village has the name twice",
        books(
            benefits=[paid("a", 2024, 6, mark=""), paid("b", 2024, 6, "farmland", mark="m2")],
            lists=[staff("s")],
        ),
        [],
    ),
]
