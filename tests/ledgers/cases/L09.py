"""L09 收入迟缴."""

from tests.ledgers.books import Case, books, yuan
from tests.ledgers.pairs import deposit, pay, take

CASES = [
    Case(
        "kept for half a year",
        books(entries=take("a", "2024-01-10", 240000) + deposit("b", "2024-07-10", 240000)),
        [({"a$"}, yuan(240000))],
        words=("2024年", "1笔", "240,000.00元", "182天", "2024年1月10日"),
    ),
    Case(
        "four days in one month, one across two; the oldest is set against the first deposit",
        books(
            entries=take("a", "2024-03-05", 3000)
            + deposit("b", "2024-03-09", 3000)
            + take("c", "2024-04-30", 700)
            + deposit("d", "2024-05-01", 700)
        ),
        [({"a$", "c$"}, yuan(3700))],
    ),
    Case(
        "never brought, while the books go on",
        books(entries=take("a", "2024-03-05", 3000) + pay("b", "2024-12-20", 50)),
        [({"a$"}, yuan(3000))],
        words=("3,000.00元账上未见全部存入",),
    ),
    Case(
        "only what came late counts",
        books(
            entries=take("a", "2024-03-05", 3000)
            + deposit("b", "2024-03-06", 2000)
            + deposit("c", "2024-03-28", 1000)
        ),
        [({"a$"}, yuan(1000))],
    ),
    Case(
        "each year by itself",
        books(
            entries=take("a", "2023-03-05", 10)
            + deposit("b", "2023-03-19", 10)
            + take("c", "2024-03-05", 20)
            + deposit("d", "2024-03-19", 20)
        ),
        [({"a$"}, yuan(10)), ({"c$"}, yuan(20))],
    ),
    Case(
        "what was brought at once to the cent is not laid on older takings that never came",
        books(
            entries=take("a", "2023-05-05", 1950)
            + take("b", "2024-12-03", 423)
            + deposit("c", "2024-12-03", 423)
        ),
        [({"a$"}, yuan(1950))],
    ),
    Case(
        "on the third day",
        books(entries=take("a", "2024-03-05", 3000) + deposit("b", "2024-03-08", 3000)),
        [],
    ),
    Case(
        "takings of several days brought together in time",
        books(
            entries=take("a", "2024-03-05", 300)
            + take("b", "2024-03-06", 400)
            + deposit("c", "2024-03-07", 700),
        ),
        [],
    ),
    Case(
        "received by bank",
        books(entries=take("a", "2024-03-05", 3000, by="102") + pay("b", "2024-12-20", 50)),
        [],
    ),
    Case("the books end before it was due", books(entries=take("a", "2024-03-05", 3000)), []),
    Case(
        "taken back by a red voucher after weeks",
        books(
            entries=take("a", "2024-03-05", 3000)
            + take("b", "2024-03-28", -3000)
            + pay("z", "2024-12-20", 50)
        ),
        [],
    ),
    Case(
        "the month's end does not count where a round says so",
        books(entries=take("a", "2024-04-30", 700) + deposit("b", "2024-05-01", 700)),
        [],
        own={"month": False},
    ),
]
