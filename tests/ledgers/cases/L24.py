"""L24 往来异常."""

import datetime as dt

from ledgers.rules.rows import Cadre, Debt, Entry, Kin
from tests.ledgers.books import Case, books, yuan

HEAD = Cadre("c1", "王甲", "m-wang", "村主任", dt.date(2021, 5, 1))
WIFE = Kin("k1", "c1", "赵丙", "m-zhao", "配偶")


def paid(key, amount, summary, party="王甲", mark="", by="bank", day="2024-06-10", **more):
    day = dt.date.fromisoformat(day)
    return Entry(key, day.year, day, key, summary=summary, standard="541", debit=yuan(amount), party=party,
                 party_mark=mark, paid_by=by, **more)  # fmt: skip


CASES = [
    Case(
        "a cadre paid for work, by mark, is one hit a year",
        books(
            cadres=[HEAD],
            entries=[
                paid("a", 8000, "付挖机费", mark="m-wang"),
                paid("b", 500, "付运费", "王家", "m-wang"),
                paid("c", 700, "付运费", mark="m-wang", day="2023-06-10"),
            ],
        ),
        [({"a", "b", "c1"}, yuan(8500)), ({"c", "c1"}, yuan(700))],
    ),
    Case(
        "a relative, told with the relation",
        books(cadres=[HEAD], kin=[WIFE], entries=[paid("a", 3000, "付保洁材料款", "赵丙", "m-zhao")]),
        [({"a", "k1"}, yuan(3000))],
        words=("2024年", "王甲（村主任）的配偶", "3,000.00", "付保洁材料款"),
    ),
    Case(
        "a name alone is only a hint and says so",
        books(cadres=[HEAD], entries=[paid("a", 3000, "付挖机费")]),
        [({"a", "c1"}, yuan(3000))],
        words=("同名", "待核"),
    ),
    Case(
        "another person of the name, and the time before the office, are innocent",
        books(
            cadres=[HEAD],
            entries=[
                paid("a", 3000, "付挖机费", mark="m-other"),
                paid("b", 3000, "付挖机费", mark="m-wang", day="2021-04-30"),
            ],
        ),
        [],
    ),
    Case(
        "pay, dues as a villager and what was laid out against invoices are innocent",
        books(
            cadres=[HEAD],
            entries=[
                *(
                    paid(f"w{n}", 3000, f"付{n}月工资", mark="m-wang", day=f"2024-{n:02}-20")
                    for n in range(1, 13)
                ),
                paid("a", 300, "报销差旅费", mark="m-wang"),
                paid("b", 900, "报销办公用品", mark="m-wang", ticket="增值税普通发票"),
                paid("c", 700, "付土地流转金", mark="m-wang"),
                paid("d", 90000, "付王甲等30户分红", mark="m-wang"),
            ],
        ),
        [],
    ),
    Case(
        "a refund on a white slip is not",
        books(cadres=[HEAD], entries=[paid("a", 900, "报销杂费", mark="m-wang", ticket="白条")]),
        [({"a", "c1"}, yuan(900))],
    ),
    Case(
        "a cadre in the newest list of debts",
        books(
            cadres=[HEAD],
            debts=[
                Debt("a", 2023, "receivable", "王甲", "m-wang", yuan(6000)),
                Debt("b", 2024, "receivable", "王甲", "m-wang", yuan(5000)),
                Debt("c", 2024, "payable", "钱丁", "m-qian", yuan(5000)),
            ],
        ),
        [({"b", "c1"}, yuan(5000))],
        words=("应收村干部王甲", "5,000.00"),
    ),
    Case(
        "large cash to one person; not by bank, not to a shop, not at the limit",
        books(
            entries=[
                paid("a", 5001, "付挖机费", "钱丁", by="cash"),
                paid("b", 9000, "付挖机费", "钱丁", by="cash"),
                paid("c", 9000, "付挖机费", "孙戊"),
                paid("d", 9000, "购建材", "兴旺建材店", by="cash"),
                paid("e", 5000, "付挖机费", "周己", by="cash"),
                paid("f", 9000, "付困难救助", "吴庚", by="cash"),
            ]
        ),
        [({"a", "b"}, yuan(14001))],
        words=("现金", "钱丁", "2笔", "5,000.00"),
    ),
    Case(
        "the receiver stands on the money's own line only",
        books(
            cadres=[HEAD],
            entries=[
                Entry(
                    "a+", 2024, dt.date(2024, 5, 1), "a", summary="付挖机费", standard="541", debit=yuan(300)
                ),
                Entry(
                    "a-",
                    2024,
                    dt.date(2024, 5, 1),
                    "a",
                    standard="102",
                    credit=yuan(300),
                    party="王甲",
                    party_mark="m-wang",
                ),
            ],
        ),
        [({"a+", "c1"}, yuan(300))],
    ),
]
