"""How many of an account's expenses are sums in whole thousands: for the check and for the district's median."""

from collections import defaultdict
from collections.abc import Sequence

from core.text import says
from ledgers.rules.regular import recurs
from ledgers.rules.rows import Books
from ledgers.rules.turnover import Item, expenses

_ROUND_BY_NATURE = ("慰问", "奖", "捐", "救助", "扶持", "备用金")


def is_round(item: Item) -> bool:
    """A thousand or a multiple of it."""
    return item.amount >= 1000 and item.amount % 1000 == 0


def round_share(items: Sequence[Item]) -> float:
    """The share of round sums in number."""
    return sum(map(is_round, items)) / len(items) if items else 0.0


def by_account(books: Books) -> dict[tuple[int, str], list[Item]]:
    """The expenses by year and standard account, without what is round by nature: wages, subsidies, aid, prizes."""
    found: dict[tuple[int, str], list[Item]] = defaultdict(list)
    for item in expenses(books):
        summary = item.line.summary
        if item.amount > 0 and not recurs(summary) and not says(summary, _ROUND_BY_NATURE):
            found[item.line.year, item.line.standard or item.line.account].append(item)
    return found
