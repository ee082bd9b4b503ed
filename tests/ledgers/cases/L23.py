"""L23 长期挂账."""

import datetime as dt

from ledgers.rules.rows import Balance, Debt
from tests.ledgers.books import Case, books, yuan


def owed(key, year, amount, since=None, moved=None, party="赵丙", reason="承包费", side="receivable"):
    day = dt.date.fromisoformat
    return Debt(key, year, side, party, "", yuan(amount), since and day(since), moved and day(moved), reason)


def still(key, year, closing, account="112003", debit=0, name="应收款-鱼塘"):
    return Balance(
        key, year, None, account, name, "112", yuan(closing) - debit, yuan(debit), yuan(0), yuan(closing)
    )


CASES = [
    Case(
        "older than three years at the end of the list's year, and nothing moved",
        books(debts=[owed("a", 2024, 24000, "2021-12-30"), owed("b", 2024, 500, "2021-12-31", party="钱丁")]),
        [({"a"}, yuan(24000))],
        words=("应收“赵丙”", "24,000.00", "承包费", "2021年12月30日", "3年"),
    ),
    Case(
        "a movement since then is innocent, and so is a debt that is gone from the newest list or settled",
        books(
            debts=[
                owed("a", 2024, 9000, "2015-01-01", "2023-06-01"),
                owed("b", 2023, 9000, "2010-01-01", party="钱丁"),
                owed("c", 2024, 0, "2010-01-01", party="孙戊"),
            ]
        ),
        [],
    ),
    Case(
        "lists without days: the same sum year after year",
        books(debts=[owed(f"a{year}", year, 7000, side="payable") for year in range(2020, 2025)]),
        [({"a2024"}, yuan(7000))],
        words=("应付", "2020年12月31日"),
    ),
    Case(
        "a sum that changed in an earlier list has moved",
        books(
            debts=[
                owed("a", 2022, 9000, "2010-01-01"),
                owed("b", 2023, 8000, "2010-01-01"),
                owed("c", 2024, 8000, "2010-01-01"),
            ]
        ),
        [],
    ),
    Case("one list without days says nothing of age", books(debts=[owed("a", 2024, 9000)]), []),
    Case(
        "without a list the yearly balances: three years without a movement, not the account above",
        books(
            balances=[still(f"a{year}", year, 6000) for year in (2022, 2023, 2024)]
            + [still(f"p{year}", year, 6000, "112", name="应收款") for year in (2022, 2023, 2024)]
            + [
                still("b2", 2022, 500, "112004"),
                still("b3", 2023, 800, "112004", 300),
                still("b4", 2024, 800, "112004"),
            ]
        ),
        [({"a2022", "a2023", "a2024"}, yuan(6000))],
        words=("应收款-鱼塘", "2022年至2024年", "3年", "6,000.00"),
    ),
    Case(
        "two years without a movement, or none left, are innocent",
        books(
            balances=[still(f"a{year}", year, 6000) for year in (2023, 2024)]
            + [still(f"b{year}", year, 0, "112004") for year in (2021, 2022, 2023, 2024)]
        ),
        [],
    ),
    Case(
        "a round may set another age",
        books(debts=[owed("a", 2024, 24000, "2021-12-30")]),
        [],
        own={"years": 5},
    ),
]
