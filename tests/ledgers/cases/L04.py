"""L04 白条入账."""

from ledgers.rules.rows import Entry
from tests.ledgers.books import Case, books, yuan
from tests.ledgers.pairs import pay, take


def paid(key, amount, ticket, year=2024):
    return Entry(key, year, debit=yuan(amount), ticket=ticket)


CASES = [
    Case(
        "slips of one year are one hit, the largest first",
        books(entries=[paid("a", 300, "收条"), paid("b", 3300, "白条"), paid("c", 50, "增值税普通发票")]),
        [({"a", "b"}, yuan(3600))],
        words=("2024年", "2笔", "3,600"),
    ),
    Case(
        "each year by itself",
        books(entries=[paid("a", 10, "白条", 2023), paid("b", 20, "无票", 2024)]),
        [({"a"}, yuan(10)), ({"b"}, yuan(20))],
    ),
    Case(
        "invoices and lists signed by receivers are innocent", books(entries=[paid("a", 900, "签领表")]), []
    ),
    Case(
        "money received is no expense", books(entries=[Entry("a", 2024, credit=yuan(9), ticket="收条")]), []
    ),
    Case(
        "cash taken on a slip of receipt is no expense on either line",
        books(entries=take("a", "2024-03-05", 900, ticket="收条")),
        [],
    ),
    Case(
        "the cash line does not count again, nor does what was taken back",
        books(
            entries=pay("a", "2024-03-05", 900, ticket="白条", by="101")
            + pay("b", "2024-04-05", 400, ticket="白条", by="101")
            + pay("c", "2024-04-06", -400, ticket="白条", by="101")
        ),
        [({"a"}, yuan(900))],
    ),
    Case(
        "bought as an asset",
        books(entries=pay("a", "2024-03-05", 3300, ticket="白条", account="151", summary="购电脑")),
        [({"a"}, yuan(3300))],
    ),
    Case("below a round's own limit nothing", books(entries=[paid("a", 99, "白条")]), [], own={"least": 100}),
]
