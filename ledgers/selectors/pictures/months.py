"""逐月: months by years as a map of tints, and the same as lines."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.display import NOTHING, money
from ledgers.rules.pictures.accounts import Side
from ledgers.rules.pictures.medians import Middle, per_household
from ledgers.rules.pictures.months import MONTHS, NO_DAY, Month, Months, months, value
from ledgers.rules.pictures.points import FIGURES
from ledgers.rules.rows import Books
from ledgers.selectors.medians import Beside
from ledgers.selectors.pictures.shared import Links, chart, choices, middle_told, wan

_TINTS = 5


@dataclass(frozen=True)
class Tile:
    """One month: the figure (ten thousands of yuan, or vouchers), its tint (0–5), all of it in words.

    ``gap``: not a single voucher in a month that is over.
    """

    text: str
    level: int
    title: str
    url: str
    gap: bool = False


@dataclass(frozen=True)
class MonthsPage:
    """The whole picture of one ``what``; ``sums`` and ``beside`` are lines below the months, a figure a year."""

    headline: str
    what: str
    options: list[dict[str, str]]
    years: tuple[int, ...]
    lines: list[tuple[str, list[Tile]]]
    sums: list[str]
    beside: list[tuple[str, list[str]]]
    chart: dict[str, Any]

    @property
    def unit(self) -> str:
        """What the tiles count."""
        return "张" if self.what == "vouchers" else "万元"


def months_page(
    books: Books, links: Links, beside: Beside, households: int | None, what: str = ""
) -> MonthsPage:
    """The picture; ``what`` is ``spent``, ``earned`` or ``vouchers``."""
    what = what if what in FIGURES else "spent"
    seen = months(books)
    tints = _Tints(value(month, what) for month in seen.cells.values())
    shown = [*MONTHS, NO_DAY] if seen.undated else list(MONTHS)
    return MonthsPage(
        headline=seen.headline,
        what=what,
        options=choices(("" if key == "spent" else key, label) for key, label in FIGURES.items()),
        years=seen.years,
        lines=[
            (f"{month}月" if month else "无日期", [_tile(seen, links, tints, what, year, month) for year in seen.years])
            for month in shown
        ],
        sums=[_told(seen.year(year), what) for year in seen.years],
        beside=_beside(seen, beside, households, what),
        chart=_chart(seen, links, what),
    )  # fmt: skip


class _Tints:
    """Five tints by rank: one dear month does not make all others pale."""

    def __init__(self, values: Iterable[Decimal]) -> None:
        self.ordered = sorted(each for each in values if each > 0)

    def of(self, amount: Decimal) -> int:
        """0 for nothing, 1 for the smallest fifth to 5 for the largest."""
        if amount <= 0:
            return 0
        below = sum(each < amount for each in self.ordered)
        return 1 + below * _TINTS // len(self.ordered)


def _tile(seen: Months, links: Links, tints: _Tints, what: str, year: int, month: int) -> Tile:
    found = seen.month(year, month)
    amount = value(found, what)
    when = f"{year}年{month}月" if month else f"{year}年没有日期的"
    if (year, month) in seen.empty:
        return Tile("空", 0, f"{when}没有一张凭证", "", True)
    if not found.vouchers:
        return Tile("·", 0, f"{when}没有", "")
    title = f"{when}{FIGURES[what]}{_told(found, what)}{'张' if what == 'vouchers' else '元'}，凭证{found.vouchers}张"
    rows = found.rows if what == "vouchers" else getattr(found, what).rows
    url = links.rows(year=year, month=month, what=what) if rows else ""
    return Tile(_short(found, what) if rows else "·", tints.of(amount), title, url)


def _short(month: Month, what: str) -> str:
    amount = value(month, what)
    return str(amount) if what == "vouchers" else f"{wan(amount):.2f}"


def _told(month: Month, what: str) -> str:
    return str(month.vouchers) if what == "vouchers" else money(value(month, what))


def _beside(seen: Months, beside: Beside, households: int | None, what: str) -> list[tuple[str, list[str]]]:
    """A household's part and the medians of it; vouchers as they are."""

    def middles(medians: Any, year: int) -> Middle | None:
        if what == "vouchers":
            return medians.vouchers(year)
        return medians.side(year, Side.EXPENSE if what == "spent" else Side.INCOME)

    lines = [
        (f"{place}中位数", [middle_told(middles(medians, year)) for year in seen.years])
        for place, medians in (("全镇", beside.town), ("全区", beside.district))
    ]
    if what == "vouchers":
        return lines
    mine = [money(per_household(value(seen.year(year), what), households)) for year in seen.years]
    return [("户均（元）", mine), *lines] if mine != [NOTHING] * len(mine) else lines


def _chart(seen: Months, links: Links, what: str) -> dict[str, Any]:
    series = [
        {"name": f"{year}年", "type": "line", "data": [_point(seen, links, what, year, month) for month in MONTHS]}
        for year in seen.years
    ]  # fmt: skip
    unit = "张" if what == "vouchers" else "万元"
    return chart([f"{month}月" for month in MONTHS], unit, series)


def _point(seen: Months, links: Links, what: str, year: int, month: int) -> dict[str, Any]:
    found = seen.month(year, month)
    amount = value(found, what)
    shown = float(amount) if what == "vouchers" else wan(amount)
    if not found.vouchers and (year, month) >= (seen.until.year, seen.until.month):
        return {"value": None}
    return {"value": shown} | ({"url": links.rows(year=year, month=month, what=what)} if amount else {})
