"""C11 名单自身矛盾."""

import datetime as dt

from ledgers.rules.rows import Benefit, Listed
from tests.ledgers.books import Case, books, yuan


def paid(key, name, mark, year=2024, month=3, kind="subsistence", programme="农村低保", **more):
    return Benefit(key, programme, kind, year, month, name=name, mark=mark, amount=yuan(100), **more)


def pension(key, month, born, programme="养老金", kind="pension"):
    return paid(key, "蒋甲", "m1", month=month, kind=kind, programme=programme, born_on=born)


CASES = [
    Case(
        "one number under two names, whichever lists they stand in",
        books(
            benefits=[paid("a", "蒋甲", "m1"), paid("b", "蒋甲", "m1", month=4)],
            lists=[Listed("l", "household", "沈乙丙", "m1")],
        ),
        [({"a", "l"}, None)],
        words=("2个姓名", "沈乙丙", "蒋甲"),
    ),
    Case(
        "blanks and remarks make no second name, and one name may have two numbers",
        books(benefits=[paid("a", "蒋甲", "m1"), paid("b", "蒋 甲(户主)", "m1"), paid("c", "蒋甲", "m2")]),
        [],
    ),
    Case(
        "two people of two households on one account",
        books(benefits=[paid("a", "蒋甲", "m1", account="x"), paid("b", "韩乙", "m2", account="x")]),
        [({"a", "b"}, yuan(200))],
        words=("蒋甲、韩乙", "同一个账号"),
    ),
    Case(
        "a household's account is innocent, by the head or by the register",
        books(
            benefits=[
                paid("a", "蒋甲", "m1", account="x", head="蒋甲"),
                paid("b", "蒋乙", "m2", account="x", head="蒋甲"),
                paid("c", "韩甲", "m3", account="y"),
                paid("d", "杨乙", "m4", account="y"),
            ],
            lists=[
                Listed("h3", "household", "韩甲", "m3", "韩甲"),
                Listed("h4", "household", "杨乙", "m4", "韩甲"),
            ],
        ),
        [],
    ),
    Case(
        "one person's account for many benefits is innocent",
        books(
            benefits=[
                paid("a", "蒋甲", "m1", account="x"),
                paid("b", "蒋甲", "m1", kind="relief", account="x"),
            ]
        ),
        [],
    ),
    Case(
        "a number with a wrong check digit, once for the person",
        books(
            benefits=[
                paid("a", "蒋甲", "m1", number_valid=False),
                paid("b", "蒋甲", "m1", month=4, number_valid=False),
                paid("c", "蒋乙", "m2", number_valid=True),
            ]
        ),
        [({"a", "b"}, yuan(200))],
        words=("校验不通过", "录入错误"),
    ),
    Case(
        "a pension before sixty; the month of the birthday is due",
        books(benefits=[pension(str(month), month, dt.date(1964, 6, 30)) for month in range(4, 8)]),
        [({"4", "5"}, yuan(200))],
        words=("未满60周岁", "2024年4月至2024年5月"),
    ),
    Case(
        "a survivor's pension hangs on no age",
        books(benefits=[pension("a", 3, dt.date(1990, 1, 1), "遗属补助")]),
        [],
    ),
    Case(
        "the allowance of great age from eighty",
        books(benefits=[pension("a", 3, dt.date(1950, 1, 1), "高龄津贴", "other")]),
        [({"a"}, yuan(100))],
        words=("未满80周岁",),
    ),
    Case(
        "a public post at fifteen, not at sixteen",
        books(
            benefits=[
                paid("a", "蒋乙", "m2", kind="work", programme="公益岗", born_on=dt.date(2008, 4, 1)),
                paid("b", "蒋丙", "m3", kind="work", programme="公益岗", born_on=dt.date(2008, 3, 31)),
            ]
        ),
        [({"a"}, yuan(100))],
    ),
    Case(
        "subsistence hangs on no age",
        books(benefits=[paid("a", "蒋乙", "m2", born_on=dt.date(2018, 4, 1))]),
        [],
    ),
]
