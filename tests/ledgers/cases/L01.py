"""L01 票据号重复."""

from tests.ledgers.books import Case, books, yuan
from tests.ledgers.pairs import line, pay, take

NO = "03352071"

CASES = [
    Case(
        "one invoice in two years",
        books(entries=pay("a", "2023-05-04", 800, ticket_no=NO) + pay("b", "2024-01-09", 800, ticket_no=NO)),
        [({"a", "b"}, yuan(800))],
        words=(NO, "2张凭证", "800.00元"),
    ),
    Case(
        "one invoice for two sums counts what came beside the larger",
        books(
            entries=pay("a", "2024-05-04", 800, ticket_no=NO)
            + pay("b", "2024-05-09", 300, party="乙店", ticket_no=NO)
        ),
        [({"a", "b"}, yuan(300))],
    ),
    Case(
        "one number out of several in a cell",
        books(
            entries=pay("a", "2024-05-04", 800, ticket_no=f"77001122、{NO}")
            + pay("b", "2024-08-09", 500, ticket_no=f" {NO} ")
        ),
        [({"a", "b"}, yuan(500))],
    ),
    Case(
        "a seller that is not written is taken for the known one",
        books(
            entries=pay("a", "2024-05-04", 800, ticket_no=NO, seller="甲店")
            + pay("b", "2024-08-09", 800, ticket_no=NO)
        ),
        [({"a", "b"}, yuan(800))],
        words=("（甲店）",),
    ),
    Case(
        "two sellers may have one number",
        books(
            entries=pay("a", "2024-05-04", 800, ticket_no=NO, seller="甲店")
            + pay("b", "2024-08-09", 800, ticket_no=NO, seller="乙店")
        ),
        [],
    ),
    Case(
        "the lines of one voucher share its invoice",
        books(entries=pay("a", "2024-05-04", 800, ticket_no=NO)),
        [],
    ),
    Case(
        "two matters on one voucher share its invoice",
        books(
            entries=[
                line("a", "2024-05-04", "541", debit=300, voucher="记-1", ticket_no=NO),
                line("b", "2024-05-04", "551", debit=500, voucher="记-1", ticket_no=NO),
                line("c", "2024-05-04", "102", credit=800, voucher="记-1", ticket_no=NO),
            ]
        ),
        [],
    ),
    Case(
        "booked as owed and paid by instalments later",
        books(
            entries=pay("a", "2024-05-04", 800, by="202", ticket_no=NO)
            + pay("b", "2024-06-04", 500, account="202", ticket_no=NO)
            + pay("c", "2024-08-04", 300, account="202", ticket_no=NO)
        ),
        [],
    ),
    Case(
        "taken back by a red voucher and booked anew",
        books(
            entries=pay("a", "2024-05-04", 800, ticket_no=NO)
            + pay("b", "2024-05-20", -800, ticket_no=NO)
            + pay("c", "2024-05-20", 800, account="551", ticket_no=NO)
        ),
        [],
    ),
    Case(
        "numbers of a few figures and dashes are no invoice numbers",
        books(
            entries=pay("a", "2024-05-04", 800, ticket_no="12")
            + pay("b", "2024-06-04", 800, ticket_no="12")
            + pay("c", "2024-07-04", 30, ticket_no="——")
            + pay("d", "2024-08-04", 40, ticket_no="——")
        ),
        [],
    ),
    Case(
        "a round that looks at receipts of three figures",
        books(
            entries=take("a", "2024-05-04", 800, ticket_no="012")
            + take("b", "2024-06-04", 600, ticket_no="012")
        ),
        [({"a", "b"}, yuan(600))],
        own={"digits": 3},
    ),
]
