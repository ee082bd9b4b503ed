"""L21 审批缺失."""

from ledgers.rules.rows import Entry
from tests.ledgers.books import Case, books, yuan

FULL = {"handler": "甲", "witness": "乙", "approver": "丙"}


def paid(key, amount, year=2024, summary="购物款", voucher="", **signed):
    return Entry(
        key, year, voucher=voucher or key, summary=summary, standard="541", debit=yuan(amount), **signed
    )


CASES = [
    Case(
        "missing signatures of one year are one hit, and say which",
        books(
            entries=[
                paid("a", 500, **FULL),
                paid("b", 800, **FULL | {"witness": ""}),
                paid("c", 900, **FULL | {"witness": " ", "approver": ""}),
            ]
        ),
        [({"b", "c"}, yuan(1700))],
        words=("2024年", "2笔", "无证明人2笔", "无审批人1笔", "1,700.00"),
    ),
    Case(
        "approved by the one who handled it, and not stamped",
        books(
            entries=[
                paid("a", 500, **FULL | {"approver": "甲 "}, panel_sealed=True),
                paid("b", 600, **FULL, panel_sealed=False),
            ]
        ),
        [({"a", "b"}, yuan(1100))],
        words=("经手人与审批人为同一人1笔", "无理财小组审核章1笔"),
    ),
    Case(
        "columns that the books of a year or of a sheet do not keep are not asked for",
        books(
            entries=[
                paid("a", 500, 2022),
                paid("b", 500, 2023, handler="甲"),
                paid("c", 500, 2024, sheet="一组"),
                paid("d", 500, 2024, sheet="二组", **FULL),
            ]
        ),
        [],
    ),
    Case(
        "a signature on any line of the voucher will do, and money received wants none",
        books(
            entries=[
                paid("a", 500, voucher="1"),
                paid("b", 300, voucher="1", **FULL),
                Entry("c", 2024, voucher="1", standard="101", credit=yuan(800)),
                Entry("d", 2024, voucher="2", standard="101", debit=yuan(9000)),
                Entry("e", 2024, voucher="2", standard="511", credit=yuan(9000), summary="收承包费"),
            ]
        ),
        [],
    ),
    Case(
        "bank charges and small sums are innocent",
        books(entries=[paid("a", 500, **FULL), paid("b", 120, summary="转账手续费"), paid("c", 99.5)]),
        [],
    ),
    Case(
        "a round may ask of any sum",
        books(entries=[paid("a", 500, **FULL), paid("b", 99.5, **FULL | {"handler": ""})]),
        [({"b"}, yuan("99.5"))],
        own={"single": 0},
    ),
    Case(
        "an advance accounted for needs its signatures, wages booked as owed do not yet",
        books(
            entries=[
                paid("a", 500, **FULL),
                paid("b", 400, voucher="2", **FULL | {"witness": ""}),
                Entry("c", 2024, voucher="2", standard="112", credit=yuan(400)),
                paid("d", 9000, summary="计提工资", voucher="3"),
                Entry("e", 2024, voucher="3", standard="211", credit=yuan(9000)),
            ]
        ),
        [({"b"}, yuan(400))],
    ),
]
