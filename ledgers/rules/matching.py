"""Who is who across lists, and when: the mark decides; a name alone is a weak hint, and none when two people bear it.

What a payment is *for* counts, not the day it was paid, and it counts by month: whoever was paid in June for May was
paid for May.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain

from ledgers.rules.persons import plain
from ledgers.rules.rows import Benefit, Books, Cadre, Contract, Debt, Entry, Kin, Listed
from ledgers.rules.rule import Hit, Severity
from ledgers.rules.totals import total

Month = tuple[int, int]

NAME_ONLY = "两边只有姓名相同、没有证件号可比对，是弱线索，请先核实是否同一人。"
# A year's benefit counts as of its January: what befell a person within that year does not make it wrong.
_YEARLY = frozenset({"farmland"})


@dataclass(frozen=True, slots=True)
class Paid:
    """Money paid to a person for a month, whatever table it stands in."""

    key: str
    month: Month
    what: str
    name: str
    mark: str
    amount: Decimal

    @property
    def person(self) -> str:
        """The mark, or the plain name where the sheet had no number."""
        return self.mark or self.name


def month_of(day: dt.date) -> Month:
    """The month a day lies in."""
    return day.year, day.month


def last_day(month: Month) -> dt.date:
    """The last day of a month: limits hold as of it."""
    year, number = month
    return dt.date(year + number // 12, number % 12 + 1, 1) - dt.timedelta(days=1)


def paid_for(benefit: Benefit) -> Month:
    """The month a benefit is for: as written, else that of its day; of a yearly one January."""
    if benefit.kind in _YEARLY:
        return benefit.year, 1
    if benefit.month:
        return benefit.year, benefit.month
    return month_of(benefit.paid_on) if benefit.paid_on else (benefit.year, 1)


def age(born: dt.date, month: Month) -> int:
    """The age reached by the end of a month."""
    return month[0] - born.year - (month[1] < born.month)


def of_benefit(row: Benefit) -> Paid:
    """A benefit as a payment."""
    return Paid(row.key, paid_for(row), row.programme, plain(row.name), row.mark, row.amount)


def benefits(books: Books, *kinds: str) -> list[Paid]:
    """The payments of benefits of these kinds; of all without any."""
    return [of_benefit(row) for row in books.benefits if row.amount > 0 and (not kinds or row.kind in kinds)]


def listed(books: Books, *kinds: str) -> list[Listed]:
    """The rows of these lists."""
    return [row for row in books.lists if row.kind in kinds]


def holds(row: Listed, month: Month) -> bool:
    """Whether a list's row held throughout a month; the months of its beginning and end are changes of state."""
    return (row.since is None or month_of(row.since) < month) and (
        row.until is None or month < month_of(row.until)
    )


def borne_twice(books: Books) -> frozenset[str]:
    """The names two people bear: with two marks anywhere, or in two households of the register."""
    bearers: dict[str, set[str]] = defaultdict(set)
    for name, mark in _marked(books):
        if mark:
            bearers[plain(name)].add(mark)
    homes: dict[str, set[str]] = defaultdict(set)
    for row in listed(books, "household"):
        homes[plain(row.name)].add(row.mark or f"户主{row.head}")
    return frozenset(name for found in (bearers, homes) for name, who in found.items() if len(who) > 1)


def _marked(books: Books) -> Iterator[tuple[str, str]]:
    for row in chain[Benefit | Listed | Cadre | Kin](books.benefits, books.lists, books.cadres, books.kin):
        yield row.name, row.mark
    for other in chain[Entry | Contract | Debt](books.entries, books.contracts, books.debts):
        yield other.party, other.party_mark


class Roll:
    """A list's rows by person."""

    def __init__(self, books: Books, rows: Iterable[Listed]) -> None:
        self._twice = borne_twice(books)
        self._by_mark: dict[str, list[Listed]] = defaultdict(list)
        self._by_name: dict[str, list[Listed]] = defaultdict(list)
        for row in rows:
            self._by_name[plain(row.name)].append(row)
            if row.mark:
                self._by_mark[row.mark].append(row)

    def alike(self, name: str, mark: str) -> tuple[list[Listed], bool]:
        """The rows that may be the person's, and whether only the name speaks for it; two marks are two people."""
        if mark and mark in self._by_mark:
            return self._by_mark[mark], False
        rows = [row for row in self._by_name.get(plain(name), ()) if not (mark and row.mark)]
        return rows, bool(rows)

    def find(self, name: str, mark: str) -> tuple[list[Listed], bool]:
        """As :meth:`alike`, but nothing by a name that two people bear."""
        rows, by_name = self.alike(name, mark)
        return ([], False) if by_name and plain(name) in self._twice else (rows, by_name)


@dataclass
class Overlap:
    """A person's payments for months in which rows of another list held too."""

    name: str
    by_name: bool
    payments: list[Paid] = field(default_factory=list)
    rows: list[Listed] = field(default_factory=list)

    def add(self, payment: Paid, rows: Iterable[Listed]) -> None:
        """One more payment with the rows it stands against."""
        self.payments.append(payment)
        self.rows += [row for row in rows if row not in self.rows]

    def hit(self, rule: str, reason: str, severity: Severity = Severity.DOUBT, matter: str = "") -> Hit:
        """The lead; by the name alone it is a hint and says so."""
        return Hit(
            rule=rule,
            years=years(self.payments),
            rows=(*(payment.key for payment in self.payments), *(row.key for row in self.rows)),
            amount=total(self.payments),
            severity=Severity.HINT if self.by_name else severity,
            reason=reason + (NAME_ONLY if self.by_name else ""),
            matter=matter,
        )


def overlaps(books: Books, payments: Iterable[Paid], rows: Iterable[Listed]) -> list[Overlap]:
    """Who was paid for a month in which one of ``rows`` held for the same person, by person."""
    roll = Roll(books, rows)
    found: dict[str, Overlap] = {}
    for payment in sorted(payments, key=lambda paid: (paid.month, paid.key)):
        alike, by_name = roll.find(payment.name, payment.mark)
        if against := [row for row in alike if holds(row, payment.month)]:
            found.setdefault(payment.person, Overlap(payment.name, by_name)).add(payment, against)
    return list(found.values())


def years(payments: Iterable[Paid]) -> tuple[int, ...]:
    """The years the payments are for."""
    return tuple(sorted({payment.month[0] for payment in payments}))


def span(payments: Iterable[Paid]) -> str:
    """The months in words, from the first to the last."""
    months = sorted({payment.month for payment in payments})
    first, last = (f"{year}年{month}月" for year, month in (months[0], months[-1]))
    return first if first == last else f"{first}至{last}"


def programmes(payments: Iterable[Paid]) -> str:
    """What was paid, each once, the first three."""
    named = list(dict.fromkeys(payment.what for payment in payments))
    return "、".join(named[:3]) + ("等" if len(named) > 3 else "")


def details(rows: Iterable[Listed]) -> str:
    """What the other list says, each once."""
    return "、".join(dict.fromkeys(row.detail for row in rows if row.detail))
