"""L27 附件不全."""

from ledgers.rules.rows import Entry
from tests.ledgers.books import Case, books, yuan


def paid(key, amount, attachments, summary="付材料款", year=2024, voucher=""):
    return Entry(key, year, voucher=voucher or key, summary=summary, standard="541", debit=yuan(amount),
                 attachments=attachments)  # fmt: skip


CASES = [
    Case(
        "none above the limit, and one only for a large sum",
        books(entries=[paid("a", 501, 0), paid("b", 30000, 1), paid("c", 30000, 2), paid("d", 500, 0)]),
        [({"a", "b"}, yuan(30501))],
        words=("2024年有2笔", "没有附件1笔、501.00元", "只有1张附件1笔、30,000.00元"),
    ),
    Case(
        "each year by itself",
        books(entries=[paid("a", 900, 0, year=2023), paid("b", 900, 0)]),
        [({"a"}, yuan(900)), ({"b"}, yuan(900))],
    ),
    Case(
        "one list of wages, bank charges and an unknown number are innocent",
        books(
            entries=[
                paid("a", 30000, 1, "付村干部工资"),
                paid("b", 600, 0, "转账手续费"),
                paid("c", 90000, None),
                paid("d", 9000, 1),
            ]
        ),
        [],
    ),
    Case(
        "the number stands on one line of the voucher",
        books(entries=[paid("a", 900, None, voucher="1"), paid("b", 700, 3, voucher="1")]),
        [],
    ),
    Case(
        "money received is not asked for",
        books(
            entries=[
                Entry("a", 2024, voucher="1", standard="102", debit=yuan(9000), attachments=0),
                Entry("b", 2024, voucher="1", standard="511", credit=yuan(9000), attachments=0),
            ]
        ),
        [],
    ),
    Case(
        "a round's own limits",
        books(entries=[paid("a", 900, 0), paid("b", 3000, 1)]),
        [({"b"}, yuan(3000))],
        own={"none": 1000, "one": 2000},
    ),
    Case(
        "an invoice booked as owed wants its papers, and the year's closing does not",
        books(
            entries=[
                paid("a", 900, 0, voucher="1"),
                Entry("b", 2024, voucher="1", standard="202", credit=yuan(900), attachments=0),
                Entry("c", 2024, voucher="2", standard="321", debit=yuan(90000), attachments=0),
                Entry("d", 2024, voucher="2", standard="541", credit=yuan(90000), attachments=0),
            ]
        ),
        [({"a"}, yuan(900))],
    ),
]
