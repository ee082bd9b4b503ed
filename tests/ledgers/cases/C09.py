"""C09 公益岗、误工人员身份不符."""

import datetime as dt

from ledgers.rules.rows import Benefit, Entry, Listed
from tests.ledgers.books import Case, books, yuan


def post(key, year, month, mark="m1", programme="公益岗补贴", kind="work"):
    return Benefit(key, programme, kind, year, month, name="褚甲", mark=mark, amount=yuan(800))


def day_work(key, day, summary="付修渠误工", amount=300, number=1, party="褚甲"):
    return Entry(
        key,
        day.year,
        day,
        f"记{number}",
        number,
        summary,
        standard="541",
        debit=yuan(amount),
        party=party,
        party_mark="m1",
    )


def listed(key, kind, since=None, until=None, detail=""):
    return Listed(key, kind, "褚甲", "m1", detail=detail, since=since, until=until)


CASES = [
    Case(
        "a public post while on a payroll",
        books(
            benefits=[post("a", 2024, 3), post("b", 2024, 4)], lists=[listed("s", "staff", detail="镇卫生院")]
        ),
        [({"a", "b", "s"}, yuan(1600))],
        words=("褚甲", "财政供养", "镇卫生院", "2024年3月至2024年4月", "1,600.00"),
    ),
    Case(
        "days of labour in the vouchers while away",
        books(
            entries=[day_work("e", dt.date(2024, 5, 6))],
            lists=[listed("s", "away", dt.date(2023, 3, 1), dt.date(2024, 12, 1))],
        ),
        [({"e", "s"}, yuan(300))],
        words=("外出务工", "误工"),
    ),
    Case(
        "pupils work in their holidays, and who works away is at home at Spring Festival",
        books(
            benefits=[post("a", 2024, 7), post("b", 2024, 2)],
            lists=[listed("s", "student"), listed("t", "away", dt.date(2020, 1, 1))],
        ),
        [({"a", "b", "t"}, yuan(1600))],
        words=("外出务工",),
    ),
    Case(
        "holidays alone are innocent",
        books(benefits=[post("a", 2024, 8), post("b", 2025, 2)], lists=[listed("s", "student")]),
        [],
    ),
    Case(
        "a pupil in term time",
        books(benefits=[post("a", 2024, 10)], lists=[listed("s", "student", detail="县一中")]),
        [({"a", "s"}, yuan(800))],
        words=("在校学生", "县一中"),
    ),
    Case(
        "after coming home it is innocent",
        books(benefits=[post("a", 2024, 10)], lists=[listed("s", "away", until=dt.date(2024, 9, 1))]),
        [],
    ),
    Case(
        "what is not for work is innocent, and so is goods bought of the person",
        books(
            benefits=[post("a", 2024, 10, programme="耕地补贴", kind="farmland")],
            entries=[day_work("e", dt.date(2024, 5, 6), "付水泥款")],
            lists=[listed("s", "staff")],
        ),
        [],
    ),
    Case(
        "a payment taken back by a red voucher did not happen",
        books(
            entries=[
                day_work("e", dt.date(2024, 5, 6)),
                day_work("f", dt.date(2024, 5, 9), "冲红：付修渠误工", -300, 2),
            ],
            lists=[listed("s", "staff")],
        ),
        [],
    ),
]
