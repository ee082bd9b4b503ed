"""What was spent and earned, line by line, after corrections: for checks that look at accounts and words."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from ledgers.rules.rows import Books, Entry
from ledgers.rules.vouchers import EXPENSE, INCOME, Voucher, account, is_money, only_moves, vouchers

PURCHASE = frozenset(
    {"121", "131", "132", "151", "212"}
)  # bought for stock, as an asset, from the welfare fund
BY_OCCASION = frozenset(
    {"121", "131", "132", "151", "154"}
)  # bought or built now and then: no usual month or year
COMES_AND_GOES = BY_OCCASION | {"522"}  # grants from above come and go with their projects, too


class Item(NamedTuple):
    """A line and its sum; below zero what takes back a part of something earlier."""

    line: Entry
    amount: Decimal


def expenses(books: Books) -> list[Item]:
    """Expenses when they are booked, paid or not yet, and what was bought for money.

    The later paying of a debt and the year's closing are none.
    """
    return _standing(item for voucher in vouchers(books) for item in _spent(voucher))


def incomes(books: Books) -> list[Item]:
    """Income when it is booked, of the accounts that are mapped; the year's closing is none."""
    return _standing(item for voucher in vouchers(books) for item in _earned(voucher))


def largest_first(items: Iterable[Item]) -> list[Item]:
    """In the order people read them."""
    return sorted(items, key=lambda item: (-item.amount, item.line.key))


def by_year(items: Iterable[Item]) -> dict[int, list[Item]]:
    """The items of each year, the largest first."""
    years: dict[int, list[Item]] = defaultdict(list)
    for item in largest_first(items):
        years[item.line.year].append(item)
    return dict(sorted(years.items()))


def _spent(voucher: Voucher) -> Iterator[Item]:
    moved = any(map(is_money, voucher.lines))
    journal = all(map(is_money, voucher.lines)) and not only_moves(voucher.lines)
    unmapped = moved or not any(line.credit for line in voucher.lines)  # the year's closing moves no money
    for line in voucher.lines:
        code = account(line)
        if line.debit and (code in EXPENSE or (code in PURCHASE and moved) or (unmapped and not code)):
            yield Item(line, line.debit)
        elif line.credit and code in EXPENSE and moved:
            yield Item(line, -line.credit)
        elif line.credit and journal:
            yield Item(line, line.credit)


def _earned(voucher: Voucher) -> Iterator[Item]:
    moved = any(map(is_money, voucher.lines))
    for line in voucher.lines:
        if line.credit and account(line) in INCOME:
            yield Item(line, line.credit)
        elif line.debit and account(line) in INCOME and moved:
            yield Item(line, -line.debit)


def _standing(items: Iterable[Item]) -> list[Item]:
    """Without what a later line takes back whole, and without that line."""
    kept: dict[int, Item] = {}
    equal: dict[tuple[str, Decimal], list[int]] = defaultdict(list)
    for at, item in enumerate(items):
        earlier = equal[account(item.line), -item.amount] if item.amount < 0 else []
        taken = next(
            (old for old in reversed(earlier) if item.line.party in ("", kept[old].line.party)), None
        )
        if taken is None:
            kept[at] = item
            equal[account(item.line), item.amount].append(at)
        else:
            earlier.remove(taken)
            del kept[taken]
    return list(kept.values())
