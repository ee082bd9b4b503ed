"""L05 大额现金."""

from tests.ledgers.books import Case, books, yuan
from tests.ledgers.pairs import deposit, fetch, line, pay, take

CASES = [
    Case(
        "payments in cash above the limit, one hit a year",
        books(
            entries=pay("a", "2024-03-05", 1200, by="101")
            + pay("b", "2024-06-05", 77222, by="101", summary="村道硬化工程款", account="154")
            + pay("c", "2025-06-05", 3000, by="101")
        ),
        [({"a", "b"}, yuan(78422)), ({"c"}, yuan(3000))],
        words=("2024年", "2笔", "1,000.00元", "77,222.00元", "村道硬化工程款", "2024年6月5日"),
    ),
    Case(
        "several matters on one voucher to one receiver are one payment",
        books(
            entries=[
                line("a", "2024-03-05", "541", debit=700, voucher="记-1", party="甲店"),
                line("b", "2024-03-05", "551", debit=600, voucher="记-1", party="甲店"),
                line("c", "2024-03-05", "101", credit=1300, voucher="记-1", party="甲店"),
            ]
        ),
        [({"a", "b"}, yuan(1300))],
    ),
    Case(
        "a list of expenses that says how it was paid",
        books(entries=[line("a", "2024-03-05", "541", debit=1500, paid_by="cash")]),
        [({"a"}, yuan(1500))],
    ),
    Case(
        "a voucher that shares out small sums is no large payment",
        books(
            entries=[
                line("a", "2024-03-05", "551", debit=700, voucher="记-1", party="甲村民"),
                line("b", "2024-03-05", "551", debit=700, voucher="记-1", party="乙村民"),
                line("c", "2024-03-05", "101", credit=1400, voucher="记-1"),
            ]
        ),
        [],
    ),
    Case("the limit itself", books(entries=pay("a", "2024-03-05", 1000, by="101")), []),
    Case("by bank", books(entries=pay("a", "2024-03-05", 90000)), []),
    Case(
        "cash received, fetched and brought to the bank",
        books(
            entries=take("a", "2024-03-05", 9000)
            + deposit("b", "2024-03-05", 9000)
            + fetch("c", "2024-04-01", 5000)
        ),
        [],
    ),
    Case(
        "taken back by a red voucher",
        books(entries=pay("a", "2024-03-05", 1200, by="101") + pay("b", "2024-03-06", -1200, by="101")),
        [],
    ),
    Case(
        "the place's own limit",
        books(entries=pay("a", "2024-03-05", 4800, by="101") + pay("b", "2024-03-06", 5200, by="101")),
        [({"b"}, yuan(5200))],
        own={"most": 5000},
    ),
]
