"""收款人: how concentrated the payments are, and who got most."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.display import NOTHING, money, percent
from ledgers.rules.pictures.cells import Cell
from ledgers.rules.pictures.medians import Middle
from ledgers.rules.pictures.payees import TOP, PayeeYear, payees
from ledgers.rules.rows import Books
from ledgers.selectors.medians import Beside
from ledgers.selectors.pictures.shared import Figure, Links, chart, choices, middle_value


@dataclass(frozen=True)
class YearRow:
    """One year in the table: paid in all, to how many, the ten's share, beside the medians."""

    year: int
    total: str
    payees: int
    share: str
    town: str
    district: str


@dataclass(frozen=True)
class PayeeRow:
    """One receiver, or several together: ``share`` of the year's payments, ``length`` the same of a hundred."""

    rank: str
    name: str
    times: int
    paid: Figure
    share: str
    length: int


@dataclass(frozen=True)
class PayeesPage:
    """The whole picture; ``rows`` are those of ``year``."""

    headline: str
    years: list[YearRow]
    options: list[dict[str, str]]
    year: int | None
    rows: list[PayeeRow]
    chart: dict[str, Any]


def payees_page(books: Books, links: Links, beside: Beside, year: str = "") -> PayeesPage:
    """The picture; ``year`` chooses whose receivers are listed, else the newest."""
    seen = payees(books)
    known = [each for each in seen.years if each.total]
    chosen = next((each for each in known if str(each.year) == year), known[-1] if known else None)
    newest = known[-1].year if known else None
    return PayeesPage(
        headline=seen.headline,
        years=[_year(each, beside) for each in known],
        options=choices(("" if each.year == newest else each.year, f"{each.year}年") for each in known),
        year=chosen.year if chosen else None,
        rows=_rows(chosen, links) if chosen else [],
        chart=_chart(known, links, beside),
    )


def _year(each: PayeeYear, beside: Beside) -> YearRow:
    return YearRow(
        each.year,
        money(each.total),
        len(each.payees),
        percent(each.share),
        _told(beside.town.top_share(each.year)),
        _told(beside.district.top_share(each.year)),
    )


def _told(found: Middle | None) -> str:
    return f"{found.value.quantize(Decimal('0.1'))}%（{found.villages}个村）" if found else NOTHING


def _rows(year: PayeeYear, links: Links) -> list[PayeeRow]:
    """The ten, then the others together and what names no one."""
    found = [
        _row(year, str(rank), payee.name, payee.times, payee.paid, links)
        for rank, payee in enumerate(year.top, 1)
    ]
    others = year.payees[TOP:]
    if others:
        times = sum(payee.times for payee in others)
        found.append(_row(year, "rest", f"其他{len(others)}名", times, year.rest, links))
    if year.unnamed.rows:
        found.append(_row(year, "unnamed", "没有写明或写的是多人", year.unnamed_times, year.unnamed, links))
    return found


def _row(year: PayeeYear, rank: str, name: str, times: int, paid: Cell, links: Links) -> PayeeRow:
    share = paid.amount * 100 / year.total
    return PayeeRow(
        rank if rank.isdigit() else "",
        name,
        times,
        links.figure(paid, year=year.year, rank=rank),
        percent(paid.amount, year.total),
        max(0, min(100, round(share))),
    )


def _chart(years: list[PayeeYear], links: Links, beside: Beside) -> dict[str, Any]:
    """Shares of each year's payments stacked to a hundred, the medians of the ten's share as lines."""
    parts: list[tuple[str, list[dict[str, Any]]]] = [
        (
            "第1名",
            [_share(each, each.payees[0].paid if each.payees else Cell(), links, "1") for each in years],
        ),
        (f"第2至{TOP}名", [_share(each, _top_but_one(each), links) for each in years]),
        ("其他收款人", [_share(each, each.rest, links, "rest") for each in years]),
        ("未写明或多人", [_share(each, each.unnamed, links, "unnamed") for each in years]),
    ]
    series: list[dict[str, Any]] = [
        {"name": name, "type": "bar", "stack": "all", "data": data} for name, data in parts
    ]
    for name, medians in (("全镇中位数", beside.town), ("全区中位数", beside.district)):
        line = [middle_value(medians.top_share(each.year)) for each in years]
        if any(value is not None for value in line):
            series.append({"name": f"前{TOP}名占比{name}", "type": "line", "data": line})
    axis = {"type": "value", "max": 100, "axisLabel": {"formatter": "{value}%"}}
    return chart([f"{each.year}年" for each in years], "%", series, yAxis=axis)


def _top_but_one(year: PayeeYear) -> Cell:
    first = year.payees[0].paid.amount if year.payees else Decimal(0)
    return Cell(year.top_paid - first)


def _share(year: PayeeYear, cell: Cell, links: Links, rank: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {"value": float(round(cell.amount * 100 / year.total, 1))}
    return found | ({"url": links.rows(year=year.year, rank=rank)} if rank and cell.rows else {})
