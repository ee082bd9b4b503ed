"""L30 同一收款账号多人."""

import datetime as dt

from ledgers.rules.rows import Entry
from tests.ledgers.books import Case, books, yuan


def paid(key, amount, party, number="n1", mark="", year=2024, summary="付运费"):
    return Entry(key, year, dt.date(year, 5, 1), key, summary=summary, standard="541", debit=yuan(amount), party=party,
                 party_mark=mark, party_account=number)  # fmt: skip


CASES = [
    Case(
        "two people, one account, over the years",
        books(
            entries=[paid("a", 300, "赵丙"), paid("b", 200, "钱丁", year=2023), paid("c", 90, "孙戊", "n2")]
        ),
        [({"a", "b"}, yuan(500))],
        words=("2个收款人", "赵丙", "钱丁", "2笔", "500.00"),
    ),
    Case(
        "one receiver many times, written with a space or with the whole name of the firm",
        books(
            entries=[
                paid("a", 300, "赵丙"),
                paid("b", 300, "赵 丙"),
                paid("c", 300, "兴旺建材", "n2"),
                paid("d", 300, "甲县兴旺建材有限公司", "n2"),
            ]
        ),
        [],
    ),
    Case(
        "one person with two spellings of the name and one mark",
        books(entries=[paid("a", 300, "赵炳", mark="m"), paid("b", 300, "赵丙", mark="m")]),
        [],
    ),
    Case(
        "two people of one name are two by their marks",
        books(entries=[paid("a", 300, "赵丙", mark="m1"), paid("b", 300, "赵丙", mark="m2")]),
        [({"a", "b"}, yuan(600))],
    ),
    Case(
        "accounts through which lists are paid, and lines without an account",
        books(
            entries=[
                paid("a", 300, "赵丙", summary="银行代发工资"),
                paid("b", 300, "钱丁", summary="银行代发工资"),
                paid("c", 300, "赵丙", ""),
                paid("d", 300, "钱丁", ""),
            ]
        ),
        [],
    ),
    Case(
        "money that came in is no payment",
        books(
            entries=[
                paid("a", 300, "赵丙"),
                Entry("b+", 2024, voucher="b", standard="102", debit=yuan(9)),
                Entry(
                    "b-", 2024, voucher="b", standard="511", credit=yuan(9), party="钱丁", party_account="n1"
                ),
            ]
        ),
        [],
    ),
    Case(
        "the account stands on the bank's own line; one name within another's is another person",
        books(
            entries=[
                paid("a+", 300, "赵丙", ""),
                Entry(
                    "a-",
                    2024,
                    dt.date(2024, 5, 1),
                    "a+",
                    standard="102",
                    credit=yuan(300),
                    party="赵丙",
                    party_account="n1",
                ),
                paid("b", 200, "赵丙丁"),
            ]
        ),
        [({"a+", "b"}, yuan(500))],
    ),
    Case(
        "a receiver that is many people is nobody",
        books(entries=[paid("a", 300, "赵丙"), paid("b", 200, "村民")]),
        [],
    ),
]
