"""L11 招待费."""

from ledgers.rules.rows import Entry
from tests.ledgers.books import Case, books, yuan
from tests.ledgers.pairs import line, pay, take

CASES = [
    Case(
        "meals, tobacco and tea, one hit a year",
        books(
            entries=pay("a", "2024-03-05", 380, summary="付会议用餐")
            + pay("b", "2024-04-05", 1260, summary="购烟酒")
            + pay("c", "2024-05-05", 800, summary="购茶叶")
            + pay("d", "2025-05-05", 90, summary="来客招待")
        ),
        [({"a", "b", "c"}, yuan(2440)), ({"d"}, yuan(90))],
        words=("2024年", "3笔", "2,440.00元", "购烟酒"),
    ),
    Case(
        "an account of that name, whatever the summary",
        books(entries=[Entry("a", 2024, account_name="管理费用-招待费", summary="付甲店款", debit=yuan(55))]),
        [({"a"}, yuan(55))],
    ),
    Case(
        "booked as owed counts once, not again when it is paid",
        books(
            entries=pay("a", "2024-03-05", 380, summary="用餐", by="202")
            + pay("b", "2024-04-05", 380, summary="付用餐欠款", account="202")
        ),
        [({"a"}, yuan(380))],
    ),
    Case(
        "from the welfare fund",
        books(entries=pay("a", "2024-03-05", 640, summary="购节日礼品", account="212")),
        [({"a"}, yuan(640))],
    ),
    Case(
        "a part of it taken back",
        books(
            entries=pay("a", "2024-03-05", 380, summary="接待用餐")
            + pay("b", "2024-04-05", -80, summary="更正多记接待用餐")
        ),
        [({"a", "b"}, yuan(300))],
    ),
    Case(
        "crops, fire prevention, disinfectant, the canteen for the old, visitors' days",
        books(
            entries=pay("a", "2024-03-05", 9000, summary="茶园管护用工")
            + pay("b", "2024-03-06", 700, summary="购消毒酒精")
            + pay("c", "2024-03-07", 500, summary="禁烟宣传牌")
            + pay("d", "2024-03-08", 4000, summary="老年餐补助")
            + pay("e", "2024-03-09", 300, summary="信访接待室门牌")
            + pay("f", "2024-03-10", 1300, summary="餐厨垃圾清运")
            + pay("g", "2024-03-11", 8800, summary="油茶苗")
            + pay("h", "2024-03-12", 600, summary="购茶几")
            + pay("i", "2024-03-13", 600, summary="烤烟房维修")
        ),
        [],
    ),
    Case("income of a tea house", books(entries=take("a", "2024-03-05", 9000, summary="收茶馆租金")), []),
    Case(
        "taken back whole",
        books(
            entries=pay("a", "2024-03-05", 380, summary="用餐")
            + pay("b", "2024-03-06", -380, summary="冲销用餐")
        ),
        [],
    ),
    Case(
        "the year's closing is no expense",
        books(
            entries=[
                line("a", "2024-12-31", "322", debit=380, summary="结转招待费", voucher="记-99"),
                line("b", "2024-12-31", "541", credit=380, summary="结转招待费", voucher="记-99"),
            ]
        ),
        [],
    ),
    Case(
        "the closing of accounts that are not mapped is no expense either",
        books(
            entries=[
                line("a", "2024-12-31", "", debit=380, summary="结转招待费", voucher="记-99"),
                line("b", "2024-12-31", "", credit=380, summary="结转招待费", voucher="记-99"),
            ]
        ),
        [],
    ),
    Case(
        "within the place's own limit",
        books(entries=pay("a", "2024-03-05", 2000, summary="工作用餐")),
        [],
        own={"most": 2000},
    ),
]
