"""What was left of cash or in the bank at the end of each day on which something moved."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from ledgers.rules.rows import Books, Entry
from ledgers.rules.vouchers import account


@dataclass(frozen=True, slots=True)
class DayEnd:
    """The balance after the day's last line, and the day's lines."""

    day: dt.date
    balance: Decimal
    lines: tuple[Entry, ...]


def day_ends(books: Books, code: str) -> dict[str, list[DayEnd]]:
    """The ends of days of every account under the standard account ``code``, in order.

    A balance written in the books counts; else it goes on from the year's opening. A day before either is known is
    left out: what was there before is not guessed.
    """
    by_account: dict[str, list[Entry]] = defaultdict(list)
    for entry in books.entries:
        if entry.day and account(entry) == code:
            by_account[entry.account or code].append(entry)
    alone = len(by_account) == 1
    return {
        name: list(_ends(lines, _openings(books, code, name, alone))) for name, lines in by_account.items()
    }


def stretches(ends: list[DayEnd], stands_out: Callable[[DayEnd], bool]) -> Iterator[list[DayEnd]]:
    """Runs of days, one after the other, that all stand out."""
    for out, run in groupby(ends, stands_out):
        if out:
            yield list(run)


def _openings(books: Books, code: str, name: str, alone: bool) -> dict[int, Decimal]:
    """The opening of each year: of the account itself or, when it is the only one, of the standard account."""
    return {
        each.year: each.opening
        for each in sorted(books.balances, key=lambda each: (each.account or code) == name)
        if account(each) == code and each.month in (None, 1) and (alone or (each.account or code) == name)
    }


def _ends(lines: list[Entry], openings: dict[int, Decimal]) -> Iterator[DayEnd]:
    left: Decimal | None = None
    year = None
    dated = sorted(((line.day, line) for line in lines if line.day), key=lambda pair: pair[0])
    for day, pairs in groupby(dated, key=lambda pair: pair[0]):
        if day.year != year:
            year, left = day.year, openings.get(day.year, left)
        moved = tuple(line for _, line in pairs)
        for line in moved:
            left = _after(left, line)
        if left is not None:
            yield DayEnd(day, left, moved)


def _after(left: Decimal | None, line: Entry) -> Decimal | None:
    if line.balance is not None:
        return line.balance
    return None if left is None else left + line.debit - line.credit
