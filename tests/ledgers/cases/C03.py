"""C03 低保对象为村干部或近亲属."""

import datetime as dt

from ledgers.rules.rows import Benefit, Cadre, Kin, Listed
from tests.ledgers.books import Case, books, yuan

HEAD = Cadre("c", "赵甲", "m1", "村委会主任", dt.date(2021, 1, 10), dt.date(2023, 12, 31))
WIFE = Kin("k", "赵甲", "钱乙", "m2", "配偶")


def paid(key, year, month, name, mark, programme="农村低保", kind="subsistence"):
    return Benefit(key, programme, kind, year, month, name=name, mark=mark, amount=yuan(300))


CASES = [
    Case(
        "a cadre in office",
        books(benefits=[paid("a", 2022, 1, "赵甲", "m1"), paid("b", 2022, 2, "赵甲", "m1")], cadres=[HEAD]),
        [({"a", "b", "c"}, yuan(600))],
        words=("赵甲", "村委会主任", "2022年1月至2022年2月", "600.00", "备案"),
    ),
    Case(
        "the wife of one",
        books(benefits=[paid("a", 2022, 1, "钱乙", "m2")], cadres=[HEAD], kin=[WIFE]),
        [({"a", "k"}, yuan(300))],
        words=("配偶",),
    ),
    Case(
        "before and after the term it is innocent",
        books(benefits=[paid("a", 2020, 12, "赵甲", "m1"), paid("b", 2024, 1, "赵甲", "m1")], cadres=[HEAD]),
        [],
    ),
    Case(
        "help for the poor counts by its name",
        books(
            benefits=[
                paid("a", 2022, 1, "赵甲", "m1", "脱贫户产业奖补", "other"),
                paid("b", 2022, 2, "赵甲", "m1", "森林生态补偿", "other"),
            ],
            cadres=[HEAD],
        ),
        [({"a", "c"}, yuan(300))],
    ),
    Case(
        "pension and farmland subsidy are everybody's",
        books(
            benefits=[
                paid("a", 2022, 1, "赵甲", "m1", "养老金", "pension"),
                paid("b", 2022, None, "赵甲", "m1", "耕地地力保护补贴", "farmland"),
            ],
            cadres=[HEAD],
        ),
        [],
    ),
    Case(
        "a villager of the same name with another number is innocent",
        books(benefits=[paid("a", 2022, 1, "赵甲", "m7")], cadres=[HEAD]),
        [],
    ),
    Case(
        "the name alone is a weak hint",
        books(benefits=[paid("a", 2022, 1, "赵甲", "")], cadres=[HEAD]),
        [({"a", "c"}, yuan(300))],
        words=("弱线索",),
    ),
    Case(
        "and none when two bear it",
        books(
            benefits=[paid("a", 2022, 1, "赵甲", "")],
            cadres=[HEAD],
            lists=[Listed("h", "household", "赵甲", "m7", "赵甲")],
        ),
        [],
    ),
]
