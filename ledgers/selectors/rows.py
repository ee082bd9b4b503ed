"""Rows of a village's books for people: by sheet, kind, year and words, or those behind a point of a chart."""

import base64
import binascii
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from core.ids import key_of
from core.listing import Page, capped_count, keyset
from core.search import every_word
from core.text import clean
from ledgers.models import LedgerKind, LedgerRow, LedgerSheet
from ledgers.rules.labels import LISTED, is_figure, label_of, shown
from ledgers.rules.stored import from_data
from villages.models import Village

# So many keys fit into an address that every server takes.
MOST_KEYS = 120
_KEY_BYTES = 16


def pack(keys: Iterable[Any]) -> str:
    """Keys of rows as one short text for an address; of more than ``MOST_KEYS`` the first."""
    wanted = [uuid.UUID(str(key)).bytes for key in keys][:MOST_KEYS]
    return base64.urlsafe_b64encode(b"".join(wanted)).decode().rstrip("=")


def unpack(text: str) -> list[uuid.UUID]:
    """The keys in a text :func:`pack` made; none for anything else."""
    try:
        packed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (ValueError, binascii.Error):
        return []
    if len(packed) % _KEY_BYTES or len(packed) > MOST_KEYS * _KEY_BYTES:
        return []
    return [uuid.UUID(bytes=packed[at : at + _KEY_BYTES]) for at in range(0, len(packed), _KEY_BYTES)]


def rows_address(village: Any, keys: Iterable[Any]) -> str:
    """The page of the rows behind a point, a hit or a sum. ``village`` is the key of the village."""
    return f"{reverse('ledgers:rows', kwargs={'pk': village})}?hang={pack(keys)}"


@dataclass(frozen=True)
class RowFilters:
    """The choices in the address of the list; empty means no restriction.

    ``biao`` is a sheet's key, ``hang`` packed keys of rows; ``standard`` and ``party`` are of entries.
    """

    kind: str = ""
    year: str = ""
    month: str = ""
    biao: str = ""
    hang: str = ""
    standard: str = ""
    party: str = ""
    q: str = ""

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> "RowFilters":
        """Take what the address says; unknown names and values restrict nothing."""
        said = {name: clean(str(given.get(name, "")))[:60].strip() for name in ("standard", "party", "q")}
        kind, sheet, packed = (str(given.get(name, "")) for name in ("kind", "biao", "hang"))
        year, month = (str(given.get(name, "")) for name in ("year", "month"))
        return cls(
            kind=kind if kind in LedgerKind.values else "",
            year=year if _is_number(year, 4) else "",
            month=month if _is_number(month, 2) else "",
            biao=sheet if key_of(sheet) else "",
            hang=packed if unpack(packed) else "",
            **said,
        )

    def narrow(self, rows: QuerySet[LedgerRow]) -> QuerySet[LedgerRow]:
        """Those of ``rows`` the choices leave."""
        wanted: dict[str, Any] = {}
        for name, value in (("kind", self.kind), ("year", self.year), ("month", self.month)):
            wanted |= {name: value} if value else {}
        wanted |= {f"data__{name}": value for name in ("standard", "party") if (value := getattr(self, name))}
        if self.hang:
            wanted["pk__in"] = unpack(self.hang)
        return rows.filter(every_word(self.q, "words"), **wanted)


def _is_number(text: str, digits: int) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= digits


@dataclass(frozen=True)
class Cell:
    """What stands in a column of the list."""

    label: str
    text: str
    figure: bool


@dataclass(frozen=True)
class Group:
    """Rows of one kind that follow each other: the heads of their columns, and each row with its cells."""

    label: str
    heads: list[Cell]
    rows: list[tuple[LedgerRow, list[Cell]]]


@dataclass(frozen=True)
class RowList:
    """One page of rows."""

    page: Page
    count: tuple[int, bool]
    groups: list[Group]
    kinds: list[dict[str, Any]]
    years: list[dict[str, Any]]
    sheet: LedgerSheet | None


def row_list(
    viewer: Any, village: Village, filters: RowFilters, *, cursor: str = "", size: int = 50
) -> RowList:
    """Rows of a village in the order they came. A named sheet shows its own whatever its status, else the books do."""
    visible = LedgerRow.objects.visible_to(viewer).filter(village=village)
    sheets = LedgerSheet.objects.visible_to(viewer).filter(village=village).select_related("source__file")
    sheet = sheets.filter(pk=filters.biao).first() if filters.biao else None
    if sheet is not None:
        rows = visible.filter(sheet=sheet)
    elif filters.hang:
        rows = visible
    else:
        rows = visible.counted(village)
    page = keyset(filters.narrow(rows).select_related("sheet"), order=["id"], cursor=cursor, size=size)
    return RowList(
        page=page,
        count=capped_count(filters.narrow(rows)),
        groups=[group_of(kind, list(found)) for kind, found in groupby(page.rows, key=lambda row: row.kind)],
        kinds=_kinds(sheets, sheet),
        years=_years(sheets, sheet, filters.kind),
        sheet=sheet,
    )


def group_of(kind: str, rows: list[LedgerRow]) -> Group:
    """Rows of one kind as the list shows them."""
    names = LISTED[kind]
    made = [(row, from_data(kind, str(row.pk), row.data)) for row in rows]
    return Group(
        label=str(LedgerKind(kind).label),
        heads=[Cell(label_of(kind, name), "", is_figure(kind, name)) for name in names],
        rows=[
            (
                row,
                [
                    Cell(label_of(kind, name), shown(kind, typed, name), is_figure(kind, name))
                    for name in names
                ],
            )
            for row, typed in made
        ],
    )


def _kinds(sheets: QuerySet[LedgerSheet], sheet: LedgerSheet | None) -> list[dict[str, Any]]:
    if sheet is not None:
        return []
    there = set(sheets.filter(status="confirmed").values_list("kind", flat=True))
    return [{"value": kind.value, "label": kind.label} for kind in LedgerKind if kind.value in there]


def _years(sheets: QuerySet[LedgerSheet], sheet: LedgerSheet | None, kind: str) -> list[dict[str, Any]]:
    counted = sheets.filter(status="confirmed", **({"kind": kind} if kind else {}))
    listed = [sheet.years] if sheet is not None else counted.values_list("years", flat=True)
    years = sorted({year for counts in listed for year in counts})
    return [{"value": year, "label": f"{year}年"} for year in years]
