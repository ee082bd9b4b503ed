"""K09 一次性长期收款. Terms of office change on 1 December 2018, 2021 and 2026 in these cases."""

import datetime as dt

from ledgers.rules.rows import Balance, Cadre, Contract
from tests.ledgers.books import Case, books, yuan

CHANGES = (dt.date(2018, 12, 1), dt.date(2021, 12, 1), dt.date(2026, 12, 1))
START = dt.date(2019, 1, 1)


def let(key="a", **more):
    return Contract(
        key, **({"signed_on": START, "starts_on": START, "rent": yuan(1000), "name": "果园"} | more)
    )


def money_left(closing, year=2021):
    return [
        Balance("c", year, standard="101", closing=yuan(100)),
        Balance("b", year, standard="102", closing=yuan(closing)),
    ]


CASES = [
    Case(
        "ten years at once, nothing left at the end of the term",
        # From 1 January 2019 to 1 December 2021 are 1,065 days, 2.9 years: 7,100 belong to later years.
        books(contracts=[let(prepaid_years=10)], elections=CHANGES, balances=money_left(300)),
        [({"a"}, yuan(10000))],
        words=("果园", "2019年", "10年", "2021年12月1日", "7,100.00", "400.00"),
    ),
    Case(
        "told by a payment of eight rents",
        books(contracts=[let(payments={2019: yuan(8000)})], elections=CHANGES, balances=money_left(300)),
        [({"a"}, yuan(8000))],
        words=("8年",),
    ),
    Case(
        "no balances in the books: a hint",
        books(contracts=[let(prepaid_years=10)], elections=CHANGES),
        [({"a"}, yuan(10000))],
        words=("不明",),
    ),
    Case(
        "the end of the term from the cadres' days",
        books(
            contracts=[let(prepaid_years=10)],
            cadres=[Cadre("h", "某甲", since=dt.date(2018, 12, 1), until=dt.date(2020, 12, 31))],
        ),
        [({"a"}, yuan(10000))],
        words=("2020年12月31日",),
    ),
    Case(
        "the money of later years is still there",
        books(contracts=[let(prepaid_years=10)], elections=CHANGES, balances=money_left(7000)),
        [],
    ),
    Case("five years", books(contracts=[let(prepaid_years=5)], elections=CHANGES), []),
    Case(
        "every year its rent",
        books(contracts=[let(payments={y: yuan(1000) for y in range(2019, 2026)})], elections=CHANGES),
        [],
    ),
    Case(
        "eight years owed and paid at last",
        books(
            contracts=[
                let(signed_on=dt.date(2012, 1, 1), starts_on=dt.date(2012, 1, 1), payments={2019: yuan(8000)})
            ],
            elections=CHANGES,
        ),
        [],
    ),
    Case(
        "seven years that end within a long term",
        books(contracts=[let(prepaid_years=7)], elections=(dt.date(2018, 12, 1), dt.date(2026, 3, 1))),
        [],
    ),
    Case(
        "received in a later year, in the next term",
        books(
            contracts=[
                let(
                    signed_on=dt.date(2022, 1, 1),
                    starts_on=dt.date(2022, 1, 1),
                    payments={2022: yuan(0), 2023: yuan(9000)},
                )
            ],
            elections=CHANGES,
        ),
        # A thousand were owed for 2022; of the eight years of 2023 on, 2.2 ran from the end of 2023 to the day.
        [({"a"}, yuan(9000))],
        words=("2023年", "8年", "2026年4月1日"),
    ),
    Case(
        "money tied up elsewhere is not there",
        books(
            contracts=[let(prepaid_years=10)],
            elections=CHANGES,
            balances=[*money_left(300), Balance("d", 2021, standard="151", closing=yuan(90000))],
        ),
        [({"a"}, yuan(10000))],
        words=("400.00",),
    ),
    Case(
        "the balance of another year does not count",
        books(contracts=[let(prepaid_years=10)], elections=CHANGES, balances=money_left(90000, 2020)),
        [({"a"}, yuan(10000))],
        words=("不明",),
    ),
    Case(
        "without rents the sum stays open",
        books(contracts=[let(prepaid_years=10, rent=None)], elections=CHANGES),
        [({"a"}, None)],
    ),
    Case(
        "eight rents paid in the eighth year, after years without",
        books(contracts=[let(payments={2019: yuan(1000), 2026: yuan(7000)})], elections=CHANGES),
        [],
    ),
    Case(
        "cadres of other terms do not say when this one ended",
        books(
            contracts=[let(prepaid_years=10)],
            cadres=[
                Cadre("x", "某乙", since=dt.date(2014, 1, 1), until=dt.date(2018, 12, 1)),
                Cadre("y", "某丙", since=dt.date(2019, 6, 1), until=dt.date(2019, 12, 31)),
                Cadre("z", "某丁", until=dt.date(2020, 6, 30)),
                Cadre("o", "某戊", since=dt.date(2018, 12, 1)),
            ],
        ),
        [({"a"}, yuan(10000))],
        words=("2020年6月30日",),
    ),
]
