"""逐年科目: the years side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.display import NOTHING, money
from ledgers.rules.pictures.accounts import Accounts, Change, Line, Side, accounts
from ledgers.rules.pictures.cells import Cell, together
from ledgers.rules.pictures.medians import per_household
from ledgers.rules.rows import Books
from ledgers.selectors.medians import Beside
from ledgers.selectors.pictures.shared import Figure, Links, chart, choices, middle_told

_SERIES = 7  # as many as there are colours and patterns to tell apart
_TOLD, _PAIRS = 5, 6


@dataclass(frozen=True)
class AccountRow:
    """One account: a figure a year, the change, and a household's part of the newer year beside the medians."""

    name: str
    formerly: str
    figures: list[Figure]
    change: Change | None
    size: str
    mine: str
    town: str
    district: str


@dataclass(frozen=True)
class Group:
    """Income, expenses or what the years ended with; ``total`` is ``None`` where a sum would mean nothing."""

    side: Side
    rows: list[AccountRow]
    total: AccountRow | None
    chart: dict[str, Any] | None


@dataclass(frozen=True)
class AccountsPage:
    """The whole picture. ``years``: label and what is to be known of it; ``told``: further changes in sentences."""

    headline: str
    told: list[str]
    years: list[tuple[int, str]]
    pair: tuple[int, int] | None
    pairs: list[dict[str, str]]
    groups: list[Group]
    unmapped: int

    @property
    def known(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.groups)


def accounts_page(
    books: Books, links: Links, beside: Beside, households: int | None, pair: str = ""
) -> AccountsPage:
    """The picture; ``pair`` is the newer of the two years to compare, as the address has it."""
    newer = int(pair) if pair.isascii() and pair.isdigit() else 0
    seen = accounts(books, (newer - 1, newer))
    pairs = [year for year in sorted(seen.whole) if year - 1 in seen.whole]
    told = [seen.told(line, change) for line, change in seen.changes]
    maker = _Maker(seen, links, beside, households)
    return AccountsPage(
        headline=seen.headline,
        told=[sentence for sentence in told if sentence != seen.headline][:_TOLD],
        years=[(year, _remark(seen, year)) for year in seen.years],
        pair=seen.pair,
        pairs=choices(
            ("" if year == pairs[-1] else year, f"{year}年与{year - 1}年") for year in pairs[-_PAIRS:]
        ),
        groups=[maker.group(side) for side in Side if seen.of(side)],
        unmapped=seen.unmapped,
    )


def _remark(seen: Accounts, year: int) -> str:
    if year in seen.from_balances:
        return "余额表"
    return "" if year in seen.whole else "不完整"


class _Maker:
    """Rows and charts of one picture."""

    def __init__(self, seen: Accounts, links: Links, beside: Beside, households: int | None) -> None:
        self.seen, self.links, self.beside, self.households = seen, links, beside, households

    def group(self, side: Side) -> Group:
        """A side with its sum and its chart."""
        lines = self.seen.of(side)
        rows = [self._row(line) for line in lines]
        if side == Side.STANDING:
            return Group(side, rows, None, None)
        return Group(side, rows, self._total(side), self._chart(lines))

    def _row(self, line: Line) -> AccountRow:
        key, side = line.account.key, line.side
        figures = [
            self.links.figure(line.cell(year), side=side, account=key, year=year) for year in self.seen.years
        ]
        change = line.change(*self.seen.pair) if self.seen.pair else None
        newer = self.seen.pair[1] if self.seen.pair and side != Side.STANDING else 0
        town = self.beside.town.account(newer, side, key) if newer else None
        district = self.beside.district.account(newer, side, key) if newer else None
        mine = self._mine(line.cell(newer)) if newer else NOTHING
        return AccountRow(line.account.name, line.formerly, figures, change, _size(change), mine,
                          middle_told(town), middle_told(district))  # fmt: skip

    def _total(self, side: Side) -> AccountRow:
        sums = self.seen.total(side)
        figures = [Figure(money(sums[year].amount)) for year in self.seen.years]
        if self.seen.pair is None:
            return AccountRow("合计", "", figures, None, "", NOTHING, NOTHING, NOTHING)
        before, newer = self.seen.pair
        change = Change(*(sums[year].amount if year in sums else Cell().amount for year in (before, newer)))
        mine = self._mine(sums.get(newer, Cell()))
        town, district = self.beside.town.side(newer, side), self.beside.district.side(newer, side)
        return AccountRow(
            "合计", "", figures, change, _size(change), mine, middle_told(town), middle_told(district)
        )

    def _mine(self, cell: Cell) -> str:
        return money(per_household(cell.amount, self.households))

    def _chart(self, lines: Sequence[Line]) -> dict[str, Any]:
        """The accounts stacked by year; the small ones together."""
        largest = sorted(lines, key=lambda line: -max(cell.amount for cell in line.years.values()))
        shown, rest = largest[:_SERIES], largest[_SERIES:]
        series = [
            {
                "name": line.account.name, "type": "bar", "stack": "all",
                "data": [
                    self.links.point(line.cell(year), side=line.side, account=line.account.key, year=year)
                    for year in self.seen.years
                ],
            }
            for line in shown
        ]  # fmt: skip
        if rest:
            others = [together(line.cell(year) for line in rest) for year in self.seen.years]
            data = [{"value": self.links.point(Cell(cell.amount))["value"]} for cell in others]
            series.append({"name": "其他科目", "type": "bar", "stack": "all", "data": data})
        return chart([f"{year}年" for year in self.seen.years], "万元", series)


def _size(change: Change | None) -> str:
    if change is None or not change.size:
        return NOTHING
    return f"{'+' if change.size > 0 else '−'}{money(abs(change.size))}"
