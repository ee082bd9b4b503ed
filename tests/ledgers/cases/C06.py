"""C06 补贴对象与户籍不符."""

import datetime as dt

from ledgers.rules.rows import Benefit, Listed
from tests.ledgers.books import Case, books, yuan


def paid(key, name, mark="", year=2024, month=5, kind="subsistence", head="", programme="农村低保"):
    return Benefit(key, programme, kind, year, month, name=name, mark=mark, head=head, amount=yuan(100))


def field_of(key, name, mark="", year=2024, head="", programme="耕地地力保护补贴"):
    return paid(key, name, mark, year, None, "farmland", head, programme)


def lives(key, name, mark="", head="", until=None):
    return Listed(key, "household", name, mark, head or name, until=until)


HOME = [lives("h1", "吴甲", "m1"), lives("h2", "吴乙", "m2", "吴甲"), lives("h3", "吴丙", "m3")]

CASES = [
    Case(
        "paid to somebody the register does not know",
        books(benefits=[paid("a", "郑甲", "m8"), paid("b", "郑甲", "m8", month=6)], lists=HOME),
        [({"a", "b"}, yuan(200))],
        words=("郑甲", "没有对应的人", "2024年5月至2024年6月", "200.00"),
    ),
    Case("paid to a resident", books(benefits=[paid("a", "吴乙", "m2"), paid("b", "吴丙")], lists=HOME), []),
    Case(
        "a resident's name with another number",
        books(benefits=[paid("a", "吴乙", "m9")], lists=HOME),
        [({"a"}, yuan(100))],
    ),
    Case(
        "until the month of moving away it is due, afterwards not",
        books(
            benefits=[paid("a", "吴丁", "m4", month=4), paid("b", "吴丁", "m4", month=5)],
            lists=[*HOME, lives("h4", "吴丁", "m4", until=dt.date(2024, 4, 10))],
        ),
        [({"b", "h4"}, yuan(100))],
        words=("已迁出",),
    ),
    Case(
        "the dead have left the register: another check's matter",
        books(
            benefits=[paid("a", "吴戊", "m5", 2021)],
            lists=[*HOME, Listed("d", "death", "吴戊", "m5", since=dt.date(2023, 1, 1))],
        ),
        [],
    ),
    Case(
        "who is paid for work or gets a pension may live elsewhere",
        books(
            benefits=[paid("a", "郑甲", "m8", kind="work"), paid("b", "郑甲", "m8", kind="pension")],
            lists=HOME,
        ),
        [],
    ),
    Case("without a register nothing can be said", books(benefits=[paid("a", "郑甲", "m8")]), []),
    Case(
        "one household under two heads for one programme of one year",
        books(benefits=[field_of("a", "吴甲", "m1"), field_of("b", "吴乙", "m2")], lists=HOME),
        [({"a", "b", "h1", "h2"}, yuan(200))],
        words=("吴甲户", "2个户主"),
    ),
    Case(
        "members who name the same head are innocent",
        books(
            benefits=[field_of("a", "吴甲", "m1", head="吴甲"), field_of("b", "吴乙", "m2", head="吴甲")],
            lists=HOME,
        ),
        [],
    ),
    Case(
        "so are another year and another programme under the other head",
        books(
            benefits=[
                field_of("a", "吴甲", "m1"),
                field_of("b", "吴乙", "m2", 2025),
                field_of("c", "吴乙", "m2", programme="稻谷补贴"),
            ],
            lists=HOME,
        ),
        [],
    ),
]
