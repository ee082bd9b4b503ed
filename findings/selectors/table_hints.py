"""Survey sheets with what is worked out from them: figures, sums, and hints that look at the village's other sheets."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone

from findings.models import SurveyTable, TableKind, TableSpec
from findings.rules.table_around import Around, Sheet
from findings.rules.table_cells import Rows, shown_cell
from findings.rules.table_figures import completed, figures, money, totals
from findings.rules.table_hints import Hint, Limits, hints
from villages.models import Round
from villages.selectors.parameters import parameter_values


def limits_of(round_: Round) -> Limits:
    """What counts as much in the round."""
    keys = ("tender_limit_yuan", "table_old_years", "table_area_share")
    found = parameter_values(round_, keys)
    tender, years, share = (Decimal(str(found[key])) for key in keys)
    return Limits(tender, int(years), share)


def day_of(table: SurveyTable) -> dt.date:
    """The day of counting: ages and rent run up to it."""
    return timezone.localdate(table.happened_at)


def as_sheet(table: SurveyTable) -> Sheet:
    """A sheet as the others of its village see it."""
    return Sheet(table.pk, f"{table.heading}{table.no or '（未编号）'}", table.kind, table.rows)


def with_figures(table: SurveyTable) -> Sheet:
    """A sheet with what is worked out from its rows in them, as it is looked at."""
    return as_sheet(table)._replace(rows=completed(table.kind, table.rows, day_of(table)))


def around(inspection: Any, own: Sheet) -> Around:
    """The living sheets of a village with ``own`` in place of what is stored of it."""
    return Around([own, *(as_sheet(table) for table in sheets_of(inspection) if table.pk != own.key)])


def sheets_of(inspection: Any) -> list[SurveyTable]:
    """The living sheets of a village in the order of the tables."""
    return in_order(SurveyTable.objects.alive().filter(inspection=inspection))


def in_order(rows: Iterable[SurveyTable]) -> list[SurveyTable]:
    """Sheets by the letters of their tables, each kind by time."""
    kinds = list(TableKind)
    return sorted(rows, key=lambda sheet: (kinds.index(TableKind(sheet.kind)), sheet.happened_at, sheet.pk))


def village_hints(table: SurveyTable) -> list[Hint]:
    """What a sheet suggests to look at, with limits and the village's other sheets looked up."""
    own = with_figures(table)
    return hints(own, day_of(table), limits_of(table.round), around(table.inspection_id, own))


def hint_of(table: SurveyTable, key: str) -> Hint | None:
    """The hint of this key (``row:rule``) as it stands now."""
    return next((hint for hint in village_hints(table) if hint.key == key), None)


# --- in words ---------------------------------------------------------------------------------------------


# Numbers stand right, days and the like are not broken, words are.
_CLASSES = {"money": "num", "number": "num", "text": "cell-text"}


@dataclass(frozen=True)
class Cell:
    """One cell as it is read: the title of its column, its text, how a figure came about, its class."""

    label: str
    text: str
    how: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Line:
    """One row as it is read, with what it suggests."""

    key: str
    number: int
    cells: tuple[Cell, ...]
    hints: tuple[Hint, ...] = ()


def lines(table: SurveyTable, found: Sequence[Hint] = ()) -> list[Line]:
    """The rows of a sheet in words."""
    on, spec = day_of(table), table.spec
    by_row: dict[str, list[Hint]] = defaultdict(list)
    for hint in found:
        by_row[hint.row].append(hint)
    shown = []
    for number, row in enumerate(table.rows, 1):
        computed = figures(table.kind, row, on)
        cells = []
        for column in spec.columns:
            figure = computed.get(column.name)
            text = shown_value(spec, column.name, figure.value if figure else row.get(column.name))
            how = figure.how if figure else ""
            cells.append(Cell(column.label, text, how, _CLASSES.get(column.kind, "")))
        shown.append(Line(row["id"], number, tuple(cells), tuple(by_row[row["id"]])))
    return shown


def shown_value(spec: TableSpec, name: str, kept: Any) -> str:
    """A value in words: amounts with thousands, dates in full, numbers masked."""
    column = spec.column(name)
    if not kept:
        return ""
    if column.kind == "money":
        return money(Decimal(kept))
    if column.kind == "date":
        year, month, day = (kept.split("-") + ["", ""])[:3]
        text = f"{year}年" + (f"{int(month)}月" if month else "")
        return text + (f"{int(day)}日" if day else "")
    return shown_cell(column, kept)


def sums_shown(spec: TableSpec, rows: Rows, on: dt.date, kind: str) -> dict[str, str]:
    """The sums of a sheet in words, by column."""
    found = totals(spec, completed(kind, rows, on))
    return {
        name: money(value) if spec.column(name).kind == "money" else f"{value.normalize():f}"
        for name, value in found.items()
    }
