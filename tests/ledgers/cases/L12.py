"""L12 拆分."""

from ledgers.rules.rows import Project
from tests.ledgers.books import Case, books, yuan
from tests.ledgers.pairs import line, pay

CASES = [
    Case(
        "three payments below the limit within a month",
        books(
            entries=pay("a", "2024-03-05", 3900, summary="购石料")
            + pay("b", "2024-03-12", 3900, summary="购水泥")
            + pay("c", "2024-03-30", 2500, summary="购砂")
        ),
        [({"a", "b", "c"}, yuan(10300))],
        words=("甲店", "3笔", "10,000.00元", "10,300.00元"),
    ),
    Case(
        "two of one day that reach the limit just",
        books(entries=pay("a", "2024-03-05", 9999) + pay("b", "2024-03-05", 1)),
        [({"a", "b"}, yuan(10000))],
    ),
    Case(
        "a small payment long before does not hide them",
        books(
            entries=pay("x", "2024-02-20", 100)
            + pay("a", "2024-03-15", 6000)
            + pay("b", "2024-04-10", 6000)
            + pay("c", "2024-09-10", 6000)
        ),
        [({"a", "b"}, yuan(12000))],
    ),
    Case(
        "below the limit in all",
        books(entries=pay("a", "2024-03-05", 4900) + pay("b", "2024-03-12", 4900)),
        [],
    ),
    Case(
        "more than thirty days apart",
        books(entries=pay("a", "2024-03-05", 6000) + pay("b", "2024-04-05", 6000)),
        [],
    ),
    Case(
        "one payment above the limit was to be decided anyway",
        books(entries=pay("a", "2024-03-05", 26000)),
        [],
    ),
    Case(
        "two receivers",
        books(entries=pay("a", "2024-03-05", 6000) + pay("b", "2024-03-12", 6000, party="乙店")),
        [],
    ),
    Case(
        "one voucher's matters are one payment",
        books(
            entries=[
                line("a", "2024-03-05", "541", debit=6000, voucher="记-1", party="甲店"),
                line("b", "2024-03-05", "551", debit=6000, voucher="记-1", party="甲店"),
                line("c", "2024-03-05", "102", credit=12000, voucher="记-1", party="甲店"),
            ]
        ),
        [],
    ),
    Case(
        "wages and electricity come as they come",
        books(
            entries=pay("a", "2024-03-05", 6000, party="甲干部", summary="发放2月工资")
            + pay("b", "2024-03-28", 6000, party="甲干部", summary="发放3月工资")
            + pay("c", "2024-03-05", 6000, party="供电公司", summary="电费")
            + pay("d", "2024-03-28", 6000, party="供电公司", summary="电费")
        ),
        [],
    ),
    Case(
        "a project's contractor is paid by instalments",
        books(
            entries=pay("a", "2024-03-05", 6000, party="甲工程队")
            + pay("b", "2024-03-12", 6000, party="甲工程队"),
            projects=[Project("p", "水渠", contractor="甲工程队")],
        ),
        [],
    ),
    Case(
        "day labourers are no one receiver",
        books(
            entries=pay("a", "2024-03-05", 6000, party="零星用工")
            + pay("b", "2024-03-12", 6000, party="零星用工"),
        ),
        [],
    ),
    Case(
        "one of them taken back",
        books(
            entries=pay("a", "2024-03-05", 6000)
            + pay("b", "2024-03-12", 6000)
            + pay("c", "2024-03-13", -6000),
        ),
        [],
    ),
    Case(
        "the place's own limit",
        books(entries=pay("a", "2024-03-05", 2000) + pay("b", "2024-03-12", 3000)),
        [({"a", "b"}, yuan(5000))],
        own={"limit": 5000},
    ),
]
