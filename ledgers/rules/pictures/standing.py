"""What the year's balances say by account: what moved in years without vouchers, and what each year ended with."""

from collections import defaultdict
from collections.abc import Container, Iterator

from ledgers.rules.pictures.cells import Cell
from ledgers.rules.pictures.naming import Account, identity
from ledgers.rules.reading.charts import account_of
from ledgers.rules.rows import ZERO, Balance, Books
from ledgers.rules.vouchers import EXPENSE, INCOME, account

_LASTING = frozenset({"154", "401"})  # works and products under way are carried into the next year


def moved(books: Books, years: Container[int]) -> Iterator[tuple[int, bool, Account, Cell]]:
    """Year, whether earned, account and sum of income and expenses; the closing stands on the other side."""
    for (year, named), rows in _by_account(books).items():
        earned = _earned(rows[0])
        if year in years and earned is not None:
            sums = [row.credit if earned else row.debit for row in rows]
            if any(sums):
                yield year, earned, named, Cell(sum(sums, start=ZERO), _keys(rows))


def stood(books: Books) -> Iterator[tuple[int, Account, Cell]]:
    """Year, account and what it ended with, on the account's own side; accounts of income and cost end with nought."""
    for (year, named), rows in _by_account(books).items():
        passing = _earned(rows[0]) is not None and account(rows[0]) not in _LASTING
        if any(row.closing for row in rows) and not passing:
            found = account_of(year, rows[0].account, rows[0].account_name)
            sign = -1 if found and found.side == "贷" else 1
            yield year, named, Cell(sum((row.closing * sign for row in rows), start=ZERO), _keys(rows))


def _earned(row: Balance) -> bool | None:
    """Whether it is an account of income or one of spending; neither for what lasts over the years."""
    code = account(row)
    if code in INCOME | EXPENSE:
        return code in INCOME
    found = None if code else account_of(row.year, row.account, row.account_name)
    return found.side == "贷" if found and found.code.startswith("5") else None


def _keys(rows: list[Balance]) -> tuple[str, ...]:
    return tuple(row.key for row in rows)


def _by_account(books: Books) -> dict[tuple[int, Account], list[Balance]]:
    """The rows of whole years; where an account and its parts are both listed, the account alone."""
    found: dict[tuple[int, Account], list[Balance]] = defaultdict(list)
    whole = [row for row in books.balances if row.month is None]
    codes = {(row.year, row.account) for row in whole if row.account}
    for row in whole:
        above = (row.account[:length] for length in range(3, len(row.account)))
        if not any((row.year, code) in codes for code in above):
            found[row.year, identity(row)].append(row)
    return found
