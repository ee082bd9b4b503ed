"""A village's books at a glance: which years of which kind are there, sheet by sheet, file by file."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from core.listing import Page, keyset
from ledgers.models import LedgerKind, LedgerSheet, LedgerSource, SheetStatus
from ledgers.rules.gaps import YEARLY
from villages.models import Round, Village, VillageInspection


@dataclass(frozen=True)
class Shelf:
    """``years`` in order; ``lines``: kind, its rows by year (``None`` where a year is missing), rows without a year."""

    years: list[int]
    lines: list["ShelfLine"]
    waiting: int
    page: Page


@dataclass(frozen=True)
class ShelfLine:
    """One kind: rows of each year of the shelf, in its order, and those no year is known of."""

    kind: str
    label: str
    cells: list["ShelfCell"]
    undated: int
    yearly: bool

    @property
    def empty(self) -> bool:
        """Is nothing of this kind there?"""
        return not self.undated and not any(cell.rows for cell in self.cells)


@dataclass(frozen=True)
class ShelfCell:
    """A year of a kind: how many rows; ``missing`` where the years around it are there."""

    year: int
    rows: int
    missing: bool


def villages_seen(viewer: Any) -> QuerySet[Village]:
    """The villages whose books ``viewer`` may open: those of the rounds one sees, in whatever round the books came."""
    seen = VillageInspection.objects.visible_to(viewer)
    return Village.objects.visible_to(viewer).filter(pk__in=seen.values("village")).select_related("town")


def shelf_of(viewer: Any, village: Village, *, cursor: str = "") -> Shelf:
    """What is there of a village, with its sheets, newest file first."""
    sheets = LedgerSheet.objects.visible_to(viewer).filter(village=village)
    counted = sheets.filter(status=SheetStatus.CONFIRMED).values_list("kind", "years", "rows_count")
    found: dict[str, Counter[int]] = defaultdict(Counter)
    undated: Counter[str] = Counter()
    for kind, years, rows in counted:
        found[kind].update({int(year): count for year, count in years.items()})
        undated[kind] += rows - sum(years.values())
    known = {year for counts in found.values() for year in counts}
    years = list(range(min(known), max(known) + 1)) if known else []
    lines = [_line(kind, found[kind], undated[kind], years) for kind in LedgerKind]
    listed = sheets.select_related("source__file").exclude(status=SheetStatus.DISCARDED)
    return Shelf(
        years=years,
        lines=lines,
        waiting=sheets.filter(status=SheetStatus.PREVIEW).count(),
        page=keyset(listed, order=["-source", "position"], cursor=cursor, size=50),
    )


def _line(kind: LedgerKind, counts: Counter[int], undated: int, years: list[int]) -> ShelfLine:
    yearly = kind.value in YEARLY
    span = range(min(counts), max(counts) + 1) if counts else range(0)
    cells = [ShelfCell(year, counts[year], yearly and year in span and not counts[year]) for year in years]
    return ShelfLine(kind.value, str(kind.label), cells, undated, yearly)


@dataclass(frozen=True)
class VillageLine:
    """A village of the round: its sheets in the books, the years they cover, sheets that wait for a decision."""

    village: Village
    team: str
    confirmed: int
    rows: int
    years: list[int]
    waiting: int


@dataclass(frozen=True)
class Shelves:
    """One page of a round's villages."""

    page: Page
    lines: list[VillageLine]


def shelves(viewer: Any, round_: Round, *, cursor: str = "") -> Shelves:
    """The villages of a round one sees, with what there is of their books; three queries."""
    seen = VillageInspection.objects.visible_to(viewer).filter(round=round_)
    page = keyset(seen.select_related("village", "team"), order=["town", "village"], cursor=cursor, size=100)
    shown = [row.village_id for row in page.rows]
    sheets = LedgerSheet.objects.visible_to(viewer).filter(village__in=shown)
    living = sheets.filter(status__in=[SheetStatus.CONFIRMED, SheetStatus.PREVIEW])
    of: dict[Any, list[tuple[str, int, dict[str, int]]]] = defaultdict(list)
    for village, *said in living.values_list("village", "status", "rows_count", "years"):
        of[village].append((said[0], said[1], said[2]))
    return Shelves(page, [_village_line(row, of[row.village_id]) for row in page.rows])


def _village_line(row: VillageInspection, sheets: list[tuple[str, int, dict[str, int]]]) -> VillageLine:
    counted = [(rows, years) for status, rows, years in sheets if status == SheetStatus.CONFIRMED]
    return VillageLine(
        village=row.village,
        team=row.team.name,
        confirmed=len(counted),
        rows=sum(rows for rows, _ in counted),
        years=sorted({int(year) for _, years in counted for year in years}),
        waiting=len(sheets) - len(counted),
    )


def sources_waiting(viewer: Any, village: Village) -> QuerySet[LedgerSource]:
    """Files still being read, or of which a sheet waits for a decision."""
    rows = LedgerSource.objects.visible_to(viewer).filter(village=village)
    waiting = LedgerSheet.objects.filter(village=village, status=SheetStatus.PREVIEW).values("source")
    return (rows.filter(read_at__isnull=True) | rows.filter(pk__in=waiting)).select_related("file")


def replaceable(sheet: LedgerSheet) -> list[LedgerSheet]:
    """Sheets in the books of the same kind with a year in common, or where one of both knows no year."""
    rows = LedgerSheet.objects.filter(
        village=sheet.village_id, kind=sheet.kind, status=SheetStatus.CONFIRMED
    ).exclude(source=sheet.source_id)
    return [row for row in rows.select_related("source__file") if _meet(row, sheet)]


def twin_of(sheet: LedgerSheet) -> LedgerSheet | None:
    """The sheet in the books that this one is again: the same kind, title and name, and a year in common."""
    return next((row for row in replaceable(sheet) if _named(row) == _named(sheet)), None)


def _meet(one: LedgerSheet, other: LedgerSheet) -> bool:
    return not one.years or not other.years or not one.years.keys().isdisjoint(other.years)


def _named(sheet: LedgerSheet) -> tuple[str, str]:
    """Title and name; the name of a text file is its file's, which says nothing of the sheet."""
    return sheet.title, "" if sheet.name == sheet.source.file.name else sheet.name
