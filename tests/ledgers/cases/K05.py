"""K05 拖欠租金. The day of all cases is in 2026."""

from ledgers.rules.rows import Contract
from tests.ledgers.books import Case, books, yuan


def yearly(first, last, rent):
    return {year: yuan(rent) for year in range(first, last + 1)}


CASES = [
    Case(
        "in all, without years",
        books(contracts=[Contract("a", name="茶厂", due=yuan(9000), paid=yuan(2500))]),
        [({"a"}, yuan(6500))],
        words=("茶厂", "6,500.00"),
    ),
    Case(
        "by age, payments settle the oldest first",
        # Due 1,000 a year from 2020 to 2025, 2,500 paid: half of 2022 and all of 2023 to 2025 are open.
        books(
            contracts=[
                Contract("a", dues=yearly(2020, 2025, 1000), payments={2020: yuan(1000), 2023: yuan(1500)})
            ]
        ),
        [({"a"}, yuan(3500))],
        words=("三年以上500.00元", "二至三年1,000.00元", "一至二年1,000.00元", "一年以内1,000.00元"),
    ),
    Case(
        "years of dues and one sum of payments",
        books(contracts=[Contract("a", dues=yearly(2024, 2025, 800), paid=yuan(1000))]),
        [({"a"}, yuan(600))],
        words=("一年以内600.00元",),
    ),
    Case(
        "nothing at all was paid",
        books(contracts=[Contract("a", dues=yearly(2025, 2025, 800), paid=yuan(0))]),
        [({"a"}, yuan(800))],
    ),
    Case("paid up", books(contracts=[Contract("a", due=yuan(900), paid=yuan(900))]), []),
    Case("paid ahead", books(contracts=[Contract("a", due=yuan(900), paid=yuan(1800))]), []),
    Case(
        "paid late but paid",
        books(contracts=[Contract("a", dues=yearly(2022, 2024, 500), payments={2025: yuan(1500)})]),
        [],
    ),
    Case(
        "this year's rent may still come",
        books(contracts=[Contract("a", dues=yearly(2026, 2026, 800), paid=yuan(0))]),
        [],
    ),
    Case("the sheet does not say what was paid", books(contracts=[Contract("a", due=yuan(900))]), []),
    Case(
        "a remainder below the round's limit",
        books(contracts=[Contract("a", due=yuan(900), paid=yuan(850))]),
        [],
        own={"least": 100},
    ),
    Case(
        "rents of years long past",
        books(contracts=[Contract("a", dues=yearly(2015, 2016, 100), payments={2016: yuan(100)})]),
        [({"a"}, yuan(100))],
        words=("三年以上100.00元",),
    ),
]
