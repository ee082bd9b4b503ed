"""合同: terms on a line of time, and what is owed of each year."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from core.display import NOTHING, cn_date, money
from ledgers.rules.pictures.contracts import Contracts, Lease, Mark, contracts
from ledgers.rules.pictures.medians import per_household
from ledgers.rules.rows import Books
from ledgers.selectors.medians import Beside
from ledgers.selectors.pictures.shared import Figure, Links, chart, choices, middle_told

_TONES = {
    Mark.ARREARS: "bad", Mark.IN_USE: "bad", Mark.TOO_LONG: "bad", Mark.ENDED: "warn", Mark.NO_END: "warn",
    Mark.UNWRITTEN: "warn",
}  # fmt: skip
_LEAST = 0.4  # percent of the line: a shorter bar would not be seen


@dataclass(frozen=True)
class Bar:
    """A term on the line of time, in percent of it: its beginning and length, and what is past the law's limit.

    ``open`` where the contract says no end: drawn up to today.
    """

    x: float
    width: float
    over_x: float
    over_width: float
    open: bool
    tone: str


@dataclass(frozen=True)
class LeaseRow:
    """One contract: its name, term in words, bar, marks, and what is owed."""

    key: str
    name: str
    party: str
    term: str
    bar: Bar | None
    marks: list[tuple[str, str]]
    owed: str


@dataclass(frozen=True)
class ArrearsRow:
    """What is owed of one year, all together and by the household beside the medians."""

    year: str
    figure: Figure
    contracts: int
    mine: str
    town: str
    district: str


@dataclass(frozen=True)
class ContractsPage:
    """The whole picture: ``ticks`` are the years on the line of time, ``today`` is where today lies on it."""

    headline: str
    options: list[dict[str, str]]
    rows: list[LeaseRow]
    ticks: list[tuple[int, float]]
    today: float
    arrears: list[ArrearsRow]
    chart: dict[str, Any]


def contracts_page(
    books: Books, links: Links, beside: Beside, households: int | None, mark: str = ""
) -> ContractsPage:
    """The picture; ``mark`` narrows the contracts to those that have it."""
    seen = contracts(books)
    scale = _Scale(*seen.span)
    chosen = Mark(mark) if mark in set(Mark) else None
    leases = seen.marked(chosen) if chosen else list(seen.leases)
    marks = [(each, f"{each.label} {len(seen.marked(each))}") for each in Mark if seen.marked(each)]
    return ContractsPage(
        headline=seen.headline,
        options=choices([("", f"全部 {len(seen.leases)}"), *marks]),
        rows=[_row(lease, scale, seen.today) for lease in leases],
        ticks=scale.ticks,
        today=scale.at(seen.today),
        arrears=_arrears(seen, links, beside, households),
        chart=_chart(seen, links),
    )


class _Scale:
    """Days on a line that begins and ends with whole years, in percent of it."""

    def __init__(self, first: dt.date, last: dt.date) -> None:
        self.first, self.last = first.year, last.year + 1
        self.start = dt.date(self.first, 1, 1).toordinal()
        self.days = dt.date(min(self.last, dt.MAXYEAR), 1, 1).toordinal() - self.start

    def at(self, day: dt.date) -> float:
        """The place of a day."""
        return round((day.toordinal() - self.start) / self.days * 100, 2)

    @property
    def ticks(self) -> list[tuple[int, float]]:
        """At most eight years, whole steps apart, with their places."""
        span = self.last - self.first
        step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 10_000) if span / step <= 8)
        years = [year for year in range(self.first, self.last) if year % step == 0]
        return [(year, self.at(dt.date(year, 1, 1))) for year in years]


def _row(lease: Lease, scale: _Scale, today: dt.date) -> LeaseRow:
    start = cn_date(lease.start) if lease.start else "起始日不明"
    end = cn_date(lease.end) if lease.end else "无终止日期"
    length = f"，{lease.term}" if lease.start and lease.end else ""
    return LeaseRow(
        lease.key,
        lease.name,
        lease.party,
        f"{start}至{end}{length}",
        _bar(lease, scale, today),
        [(mark.label, _TONES[mark]) for mark in lease.marks],
        money(lease.owed) if lease.owed else "",
    )


def _bar(lease: Lease, scale: _Scale, today: dt.date) -> Bar | None:
    begin, end = lease.start, lease.end or max(today, lease.start or today)
    if begin is None or end < begin:
        return None
    x, right = scale.at(begin), max(scale.at(end), scale.at(begin) + _LEAST)
    over = scale.at(lease.limit) if lease.limit else right
    tones = [_TONES[mark] for mark in lease.marks]
    tone = "bad" if "bad" in tones else "warn" if tones else "ok"
    over_width = round(max(right - over, 0), 2)
    return Bar(x, round(right - x, 2), over, over_width, lease.end is None, tone)


def _arrears(seen: Contracts, links: Links, beside: Beside, households: int | None) -> list[ArrearsRow]:
    return [
        ArrearsRow(
            f"{year}年" if year else "年度不明",
            links.figure(cell, year=year or ""),
            len(cell.rows),
            money(per_household(cell.amount, households)),
            middle_told(beside.town.arrears(year)) if year else NOTHING,
            middle_told(beside.district.arrears(year)) if year else NOTHING,
        )
        for year, cell in seen.arrears.items()
    ]


def _chart(seen: Contracts, links: Links) -> dict[str, Any]:
    owed = seen.arrears
    names = [f"{year}年" if year else "年度不明" for year in owed]
    data = [links.point(cell, year=year or "") for year, cell in owed.items()]
    return chart(names, "万元", [{"name": "欠租", "type": "bar", "data": data}], legend={"show": False})
