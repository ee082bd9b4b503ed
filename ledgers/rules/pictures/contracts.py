"""Contracts on a line of time: from when to when, what is owed of which year, what ended, what lasts too long."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from core.clock import add_years
from ledgers.rules.arrears import owed, owed_by_year
from ledgers.rules.checks import k01_expired, k02_long_leases, k03_waste_land, k06_unwritten
from ledgers.rules.leases import agreed, begins, called, term_told
from ledgers.rules.pictures.cells import Cell
from ledgers.rules.rows import ZERO, Books, Contract
from ledgers.rules.rule import Rule, Severity, run
from ledgers.rules.wording import yuan


class Mark(StrEnum):
    """What stands out of a contract."""

    ARREARS = "arrears"
    IN_USE = "in_use"
    ENDED = "ended"
    TOO_LONG = "too_long"
    NO_END = "no_end"
    UNWRITTEN = "unwritten"

    @property
    def label(self) -> str:
        """In words."""
        return _LABELS[self]


_LABELS = {
    Mark.ARREARS: "欠租",
    Mark.IN_USE: "到期仍在使用",
    Mark.ENDED: "已到期，未写明是否收回",
    Mark.TOO_LONG: "超过法定最长期限",
    Mark.NO_END: "没有终止日期",
    Mark.UNWRITTEN: "没有书面合同",
}


@dataclass(frozen=True, slots=True)
class Lease:
    """One contract: its term, what stands out, what is owed. ``limit`` is the last day the law allows, where passed.

    ``arrears`` are by year; ``owed`` the whole, which may be known where the years are not.
    """

    key: str
    name: str
    party: str
    start: dt.date | None
    end: dt.date | None
    term: str
    marks: tuple[Mark, ...]
    limit: dt.date | None
    arrears: Mapping[int, Decimal]
    owed: Decimal


@dataclass(frozen=True)
class Contracts:
    """All contracts, what stands out most first and then by their first day."""

    leases: tuple[Lease, ...]
    today: dt.date

    def marked(self, mark: Mark) -> list[Lease]:
        """Those that have a mark."""
        return [lease for lease in self.leases if mark in lease.marks]

    @property
    def arrears(self) -> dict[int | None, Cell]:
        """What is owed of each year, with the contracts; ``None`` is what no year is known of."""
        parts: dict[int | None, list[tuple[Decimal, str]]] = defaultdict(list)
        for lease in self.leases:
            for year, part in lease.arrears.items():
                parts[year].append((part, lease.key))
            if rest := lease.owed - sum(lease.arrears.values(), ZERO):
                parts[None].append((rest, lease.key))
        found = sorted(parts.items(), key=lambda each: (each[0] is None, each[0] or 0))
        return {year: _cell(each) for year, each in found}

    @property
    def owed(self) -> Decimal:
        """What is owed in all."""
        return sum((lease.owed for lease in self.leases), ZERO)

    @property
    def span(self) -> tuple[dt.date, dt.date]:
        """The first and the last day of the picture: of the terms known, and today."""
        days = [day for lease in self.leases for day in (lease.start, lease.end) if day]
        return min([*days, self.today]), max([*days, self.today])

    @property
    def headline(self) -> str:
        """What one sees: how many owe how much, and how many stand out otherwise."""
        if not self.leases:
            return "还没有合同台账"
        told = [f"{len(self.marked(mark))}份{mark.label}" for mark in Mark if self.marked(mark)]
        if self.owed:
            told[0] += f"，共{yuan(self.owed)}"
        return f"{len(self.leases)}份合同，{'；'.join(told) or '没有欠租、到期未收回或者超期的'}"


def contracts(books: Books) -> Contracts:
    """The picture of ``books``; what stands out is what the checks say."""
    found = _Found(books)
    leases = [_lease(contract, found, books.today) for contract in books.contracts]
    leases.sort(key=lambda lease: (-len(lease.marks), lease.start or dt.date.max, lease.name, lease.key))
    return Contracts(tuple(leases), books.today)


class _Found:
    """What the checks of terms say of each contract."""

    def __init__(self, books: Books) -> None:
        self.marks: dict[str, set[Mark]] = defaultdict(set)
        self.years: dict[str, int] = {}
        days = {contract.key: agreed(contract) for contract in books.contracts}
        for rule in (k02_long_leases.RULE, k03_waste_land.RULE):
            limit = rule.limits["years"]
            for key in self._rows(rule, books, Mark.TOO_LONG):
                if day := days[key]:
                    self.years[key] = limit.on(day)
        self._rows(k06_unwritten.RULE, books, Mark.UNWRITTEN)
        for hit in run(k01_expired.RULE, books):
            mark = Mark.ENDED if hit.severity == Severity.HINT else Mark.IN_USE
            self.marks[hit.rows[0]].add(mark)

    def _rows(self, rule: Rule, books: Books, mark: Mark) -> set[str]:
        rows = {key for hit in run(rule, books) for key in hit.rows}
        for key in rows:
            self.marks[key].add(mark)
        return rows


def _lease(contract: Contract, found: _Found, today: dt.date) -> Lease:
    arrears = owed_by_year(contract, today.year)
    left = max(sum(arrears.values(), ZERO) if contract.dues else owed(contract), ZERO)
    marks = set(found.marks[contract.key])
    marks |= {Mark.ARREARS} if left else set()
    marks |= {Mark.NO_END} if contract.ends_on is None else set()
    start, years = begins(contract), found.years.get(contract.key)
    return Lease(
        contract.key,
        called(contract),
        contract.party,
        start,
        contract.ends_on,
        term_told(contract),
        tuple(mark for mark in Mark if mark in marks),
        add_years(start, years) if start and years else None,
        arrears,
        left,
    )


def _cell(parts: list[tuple[Decimal, str]]) -> Cell:
    ordered = sorted(parts, reverse=True)
    return Cell(sum((part for part, _ in ordered), ZERO), tuple(key for _, key in ordered))
