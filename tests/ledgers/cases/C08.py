"""C08 特困供养对象在机构."""

import datetime as dt

from ledgers.rules.rows import Benefit, Listed
from tests.ledgers.books import Case, books, yuan


def paid(key, year, month, programme="特困分散供养", kind="special_care", mark="m1"):
    return Benefit(key, programme, kind, year, month, name="陈甲", mark=mark, amount=yuan(700))


def inside(key, detail, since=None, until=None):
    return Listed(key, "institution", "陈甲", "m1", detail=detail, since=since, until=until)


CASES = [
    Case(
        "care at home paid to somebody in prison",
        books(
            benefits=[paid("a", 2024, 3), paid("b", 2024, 4)],
            lists=[inside("i", "监狱服刑", dt.date(2024, 1, 5), dt.date(2025, 1, 4))],
        ),
        [({"a", "b", "i"}, yuan(1400))],
        words=("陈甲", "监狱服刑", "2024年3月至2024年4月", "1,400.00"),
    ),
    Case(
        "care at home paid to somebody in a home",
        books(benefits=[paid("a", 2024, 3)], lists=[inside("i", "镇敬老院")]),
        [({"a", "i"}, yuan(700))],
    ),
    Case(
        "care in a home for who lives in one is innocent",
        books(benefits=[paid("a", 2024, 3, "特困集中供养")], lists=[inside("i", "镇敬老院")]),
        [],
    ),
    Case(
        "but not for who serves in the army",
        books(benefits=[paid("a", 2024, 3, "特困集中供养")], lists=[inside("i", "部队服役")]),
        [({"a", "i"}, yuan(700))],
    ),
    Case(
        "before, in the month of entry and after leaving it is innocent",
        books(
            benefits=[paid("a", 2023, 12), paid("b", 2024, 1), paid("c", 2024, 6)],
            lists=[inside("i", "镇敬老院", dt.date(2024, 1, 5), dt.date(2024, 5, 31))],
        ),
        [],
    ),
    Case(
        "other benefits are no care",
        books(benefits=[paid("a", 2024, 3, "高龄津贴", "other")], lists=[inside("i", "镇敬老院")]),
        [],
    ),
    Case(
        "another number", books(benefits=[paid("a", 2024, 3, mark="m4")], lists=[inside("i", "镇敬老院")]), []
    ),
]
