"""C10 卧床、高龄人员领取劳务报酬."""

import datetime as dt

from ledgers.rules.rows import Benefit, Listed
from tests.ledgers.books import Case, books, yuan


def paid(key, year, month, programme="公益岗补贴", kind="work", born=None, mark="m1", amount=50):
    return Benefit(
        key, programme, kind, year, month, name="卫甲", mark=mark, amount=yuan(amount), born_on=born
    )


BEDRIDDEN = Listed("s", "bedridden", "卫甲", "m1", detail="失能", since=dt.date(2023, 1, 1))

CASES = [
    Case(
        "a drill with somebody bed-ridden",
        books(benefits=[paid("a", 2023, 5, "防汛演练补助", "relief")], lists=[BEDRIDDEN]),
        [({"a", "s"}, yuan(50))],
        words=("卫甲", "卧床", "防汛演练补助", "2023年5月", "50.00"),
    ),
    Case(
        "relief for the bed-ridden is what relief is for",
        books(
            benefits=[paid("a", 2023, 5, "临时救助", "relief"), paid("b", 2023, 5, "护理补贴", "other")],
            lists=[BEDRIDDEN],
        ),
        [],
    ),
    Case(
        "at work before the illness",
        books(benefits=[paid("a", 2022, 12), paid("b", 2023, 1)], lists=[BEDRIDDEN]),
        [],
    ),
    Case(
        "a public post at eighty and after",
        books(
            benefits=[
                paid("a", 2024, 4, born=dt.date(1944, 5, 2)),
                paid("b", 2024, 5, born=dt.date(1944, 5, 2)),
                paid("c", 2024, 6, born=dt.date(1944, 5, 2)),
            ]
        ),
        [({"b", "c"}, yuan(100))],
        words=("80周岁", "2笔"),
    ),
    Case(
        "the birthday may stand in another list of the same number",
        books(benefits=[paid("a", 2024, 6), paid("p", 2024, 6, "养老金", "pension", dt.date(1940, 1, 1))]),
        [({"a"}, yuan(50))],
    ),
    Case(
        "seventy-nine is innocent, and so is an old man's allowance",
        books(
            benefits=[
                paid("a", 2024, 6, born=dt.date(1944, 7, 1)),
                paid("b", 2024, 6, "高龄津贴", "pension", dt.date(1930, 7, 1), "m2"),
            ]
        ),
        [],
    ),
    Case("without a day of birth nothing can be said", books(benefits=[paid("a", 2024, 6)]), []),
    Case(
        "one who is both is told once",
        books(benefits=[paid("a", 2024, 6, born=dt.date(1930, 7, 1))], lists=[BEDRIDDEN]),
        [({"a", "s"}, yuan(50))],
    ),
]
