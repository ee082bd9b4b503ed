"""L20 工资补贴超标."""

import datetime as dt

from ledgers.rules.rows import Cadre, Entry, Kin
from tests.ledgers.books import Case, books, yuan

HEAD = Cadre("c1", "王甲", "m-wang", "村主任", since=dt.date(2021, 5, 1))
MONTHS = range(1, 13)


def paid(key, amount, summary, name="王甲", mark="m-wang", day="2024-12-20", standard="541"):
    day = dt.date.fromisoformat(day)
    return Entry(
        key,
        day.year,
        day,
        key,
        summary=summary,
        standard=standard,
        debit=yuan(amount),
        party=name,
        party_mark=mark,
    )


def monthly(amount, **more):
    return [paid(f"m{n}", amount, f"付{n}月工资", day=f"2024-{n:02}-20", **more) for n in MONTHS]


STANDARD = {"yearly": 36000}

CASES = [
    Case(
        "twelve wages at the standard and an allowance on top",
        books(cadres=[HEAD], entries=[*monthly(3000), paid("x", 2400, "付通讯补贴")]),
        [({"c1", "x", *(f"m{n}" for n in MONTHS)}, yuan(2400))],
        words=("王甲（村主任）", "13笔", "38,400.00", "36,000.00", "2,400.00"),
        own=STANDARD,
    ),
    Case(
        "equal wages at the standard are innocent",
        books(cadres=[HEAD], entries=monthly(3000)),
        [],
        own=STANDARD,
    ),
    Case("while no standard is set nothing is said", books(cadres=[HEAD], entries=monthly(9000)), []),
    Case(
        "wages first booked as owed, then paid, count once",
        books(
            cadres=[HEAD],
            entries=[
                paid("a", 30000, "计提工资"),
                Entry(
                    "b",
                    2024,
                    dt.date(2024, 12, 20),
                    "a",
                    standard="211",
                    credit=yuan(30000),
                    summary="计提工资",
                ),
                paid("c", 30000, "发放工资", day="2024-12-25", standard="211"),
                Entry(
                    "d",
                    2024,
                    dt.date(2024, 12, 25),
                    "c",
                    standard="102",
                    credit=yuan(30000),
                    summary="发放工资",
                ),
            ],
        ),
        [],
        own=STANDARD,
    ),
    Case(
        "what is no pay, is for several people, for kin, or before the office began",
        books(
            cadres=[HEAD],
            kin=[Kin("k1", "c1", "赵丙", "m-zhao", "配偶")],
            entries=[
                *monthly(3000),
                paid("a", 900, "报销差旅补贴"),
                paid("b", 800, "耕地地力补贴"),
                paid("c", 90000, "付王甲等6人工资"),
                paid("d", 90000, "付保洁工资", "赵丙", "m-zhao"),
                paid("e", 90000, "付工资", day="2021-04-20"),
            ],
        ),
        [],
        own=STANDARD,
    ),
    Case(
        "by the name alone it is a question",
        books(cadres=[HEAD], entries=[paid("a", 40000, "付全年绩效", mark="")]),
        [({"a", "c1"}, yuan(4000))],
        words=("同名", "待核"),
        own=STANDARD,
    ),
]
