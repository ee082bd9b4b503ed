"""Months by years: what was spent and earned and how many vouchers were written, with the months that are empty."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.display import percent
from ledgers.rules.pictures.cells import NONE, Cell, cell, together
from ledgers.rules.rows import Books
from ledgers.rules.turnover import Item, expenses, incomes
from ledgers.rules.vouchers import Voucher, vouchers
from ledgers.rules.wording import some, yuan

MONTHS = range(1, 13)
NO_DAY = 0
"""The month of what has no day."""


@dataclass(frozen=True, slots=True)
class Month:
    """One month: ``vouchers`` is their number, ``rows`` all their lines."""

    spent: Cell = NONE
    earned: Cell = NONE
    vouchers: int = 0
    rows: tuple[str, ...] = ()


_EMPTY = Month()


@dataclass(frozen=True)
class Months:
    """The months of all years with vouchers; ``until`` is the day after which nothing can be there yet."""

    years: tuple[int, ...]
    cells: Mapping[tuple[int, int], Month]
    until: dt.date

    def month(self, year: int, month: int) -> Month:
        """One month, empty where nothing was booked."""
        return self.cells.get((year, month), _EMPTY)

    @property
    def undated(self) -> bool:
        """Whether some vouchers have no day."""
        return any(month == NO_DAY for _, month in self.cells)

    def year(self, year: int) -> Month:
        """A whole year, what has no day included."""
        known = [self.month(year, month) for month in (NO_DAY, *MONTHS)]
        return Month(
            together(each.spent for each in known), together(each.earned for each in known),
            sum(each.vouchers for each in known), tuple(row for each in known for row in each.rows),
        )  # fmt: skip

    @property
    def empty(self) -> list[tuple[int, int]]:
        """Months before today without a single voucher, in years whose vouchers have days."""
        return [
            (year, month)
            for year in self.years
            for month in MONTHS
            if not self.month(year, month).vouchers
            and not self.month(year, NO_DAY).vouchers
            and (year, month) < (self.until.year, self.until.month)
        ]

    @property
    def headline(self) -> str:
        """What one sees: the dearest month and its share of the year, and the months without a voucher."""
        if not self.years:
            return "还没有按月的账目"
        return "；".join(filter(None, (self._dearest(), self._gaps())))

    def _dearest(self) -> str:
        spent = {at: month.spent.amount for at, month in self.cells.items() if at[1] != NO_DAY}
        year, month = max(spent, key=lambda at: (spent[at], at), default=(0, 0))
        if not spent or spent[year, month] <= 0:
            return ""
        share = percent(spent[year, month], self.year(year).spent.amount)
        return f"{year}年{month}月支出最多，{yuan(spent[year, month])}，占当年支出的{share}"

    def _gaps(self) -> str:
        told = [f"{year}年{month}月" for year, month in self.empty]
        return f"{some(told)}没有一张凭证" if told else "各月都有凭证"


def months(books: Books) -> Months:
    """The picture of ``books``: sums after corrections; the month is that of the day, the year that of the books."""
    spent, earned = _by_month(expenses(books)), _by_month(incomes(books))
    written: dict[tuple[int, int], list[Voucher]] = defaultdict(list)
    for voucher in vouchers(books):
        written[voucher.year, voucher.day.month if voucher.day else NO_DAY].append(voucher)
    cells = {
        at: Month(
            cell(spent.get(at, ())),
            cell(earned.get(at, ())),
            len(written.get(at, ())),
            tuple(key for voucher in written.get(at, ()) for key in voucher.keys),
        )
        for at in sorted({*spent, *earned, *written})
    }
    return Months(tuple(sorted({year for year, _ in cells})), cells, books.today)


def _by_month(items: Iterable[Item]) -> dict[tuple[int, int], list[Item]]:
    found: dict[tuple[int, int], list[Item]] = defaultdict(list)
    for item in items:
        found[item.line.year, item.line.day.month if item.line.day else NO_DAY].append(item)
    return found


def highest(cells: Iterable[Month], what: str) -> Decimal:
    """The largest ``spent``, ``earned`` or ``vouchers`` among some months, for shading; nought where there is none."""
    return max((value(each, what) for each in cells), default=Decimal(0))


def value(month: Month, what: str) -> Decimal:
    """The figure ``what`` of a month."""
    return Decimal(month.vouchers) if what == "vouchers" else getattr(month, what).amount
