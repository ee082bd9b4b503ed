"""What the grid of a survey table is told: its columns, and what the rows typed so far give."""

from typing import Any

from core import clock
from core.days import read_day
from findings.models import TABLES, SurveyTable, TableColumn
from findings.rules.hint_kinds import by_kind
from findings.rules.table_around import Sheet
from findings.rules.table_cells import MOST_ROWS, is_blank, read_sheet
from findings.rules.table_figures import completed, figures
from findings.rules.table_hints import hints
from findings.selectors.table_hints import around, limits_of, shown_value, sums_shown
from villages.models import VillageInspection

_HELP = {
    "money": "元，可写“1.2万”",
    "date": "年月日，只知道年月的写年月",
    "account": "填全号或后四位；系统只留后四位",
    "identity": "填全号或后四位；系统只留后四位",
}


def grid(kind: str) -> dict[str, Any]:
    """The columns of a table as the script draws them."""
    return {"columns": [_column(column) for column in TABLES[kind].columns], "most": MOST_ROWS}


def _column(column: TableColumn) -> dict[str, Any]:
    return {
        "name": column.name,
        "title": column.label,
        "kind": column.kind,
        "width": column.width,
        "choices": list(column.choices),
        "computed": column.computed,
        "secret": column.secret,
        "needed": column.needed,
        "help": _HELP.get(column.kind, ""),
    }


def checked_grid(
    inspection: VillageInspection,
    kind: str,
    typed: list[dict[str, str]],
    happened_at: str,
    current: SurveyTable | None,
) -> dict[str, Any]:
    """Faults, figures, sums and hints of typed rows, each by the position of its row from 0."""
    # The day typed above the grid; today while none stands there.
    spec, on = TABLES[kind], read_day(happened_at[:10]) or clock.today()
    # A row that cannot be read in full still gets its other figures.
    places = [n for n, cells in enumerate(typed) if not is_blank(spec, cells)]
    kept, faults = read_sheet(spec, typed, current.rows if current else [])
    own = Sheet(current.pk if current else None, "", kind, completed(kind, kept, on))
    position = {row["id"]: place for row, place in zip(kept, places, strict=True)}
    return {
        "faults": [[fault.row - 1, fault.column, fault.message] for fault in faults],
        "figures": [
            [position[row["id"]], name, shown_value(spec, name, figure.value), figure.how]
            for row in kept
            for name, figure in figures(kind, row, on).items()
        ],
        "sums": sums_shown(spec, kept, on, kind),
        "hints": [
            [position[hint.row], hint.column, hint.title, hint.advice, group.label, len(group.found)]
            for group in by_kind(
                hints(own, on, limits_of(inspection.round), around(inspection.pk, own)),
                lambda hint: hint.rule,
            )
            for hint in group.found
        ],
    }
