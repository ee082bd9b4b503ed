"""A filled workbook of survey tables as it was read: which sheet is which table, its rows, what could not be read."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from core.office.columns import Column, find_columns
from core.office.staging import decode, encode
from core.office.tables import ImportRefused, Table, read_tables
from findings.models import TABLES, TableColumn, TableSpec
from findings.rules.table_cells import MOST_ROWS, CellFault, Rows, read_rows
from findings.selectors.table_hints import shown_value

# So many rows of one file can still be looked over before they are taken in; more come as several files.
MOST_IMPORTED = 6000
_TITLE_WITHIN = 6
_PROSE = 12
_LISTED = 300


@dataclass(frozen=True)
class Fault:
    """What could not be read: sheet, row of the file, column, sentence."""

    sheet: str
    row: int
    column: str
    message: str


@dataclass(frozen=True)
class PlannedSheet:
    """One sheet that would be made; ``scope`` names it where a long list becomes several."""

    kind: str
    sheet: str
    rows: Rows
    scope: str = ""

    @property
    def spec(self) -> TableSpec:
        """The table it is."""
        return TABLES[self.kind]

    @property
    def shown(self) -> list[list[str]]:
        """Its rows in words, by column as typed."""
        return [
            [shown_value(self.spec, column.name, row.get(column.name)) for column in self.spec.typed]
            for row in self.rows
        ]


@dataclass
class TablePlan:
    """Everything an uploaded workbook would make; ``head``: what all its sheets share."""

    head: dict[str, Any]
    sheets: list[PlannedSheet] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)

    @property
    def good(self) -> list[PlannedSheet]:
        """Sheets with rows in them."""
        return [sheet for sheet in self.sheets if sheet.rows]

    @property
    def most_rows(self) -> int | None:
        """How many rows a sheet holds, where a list became several sheets for that."""
        return MOST_ROWS if any(sheet.scope for sheet in self.sheets) else None

    @property
    def faults_listed(self) -> list[Fault]:
        """The faults as far as the page lists them."""
        return self.faults[:_LISTED]

    @property
    def faults_left(self) -> int:
        """How many faults more there are."""
        return max(0, len(self.faults) - _LISTED)

    def to_json(self) -> dict[str, Any]:
        """Plain JSON for the preview."""
        return {
            "head": encode(self.head),
            "sheets": [[sheet.kind, sheet.sheet, sheet.rows, sheet.scope] for sheet in self.sheets],
            "faults": [[fault.sheet, fault.row, fault.column, fault.message] for fault in self.faults],
            "passed_over": self.passed_over,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "TablePlan":
        """What :meth:`to_json` was made from."""
        return cls(
            head=decode(data["head"]),
            sheets=[PlannedSheet(*sheet) for sheet in data["sheets"]],
            faults=[Fault(*fault) for fault in data["faults"]],
            passed_over=data["passed_over"],
        )


def read_workbook(content: bytes, filename: str, *, head: dict[str, Any]) -> TablePlan:
    """Read every sheet that is one of the tables. Raises ``ImportRefused`` when none is."""
    plan, left = TablePlan(head), MOST_IMPORTED
    for table in read_tables(content, filename):
        kind = kind_of(table)
        if kind is None:
            plan.passed_over.append(f"“{table.sheet}”不是要登记的调查表，没有读取。")
            continue
        left -= _take(plan, kind, table, left)
    if not plan.sheets and not plan.faults:
        raise ImportRefused(
            "没有找到填了内容的三资调查表。请用“三资”调查表（表SZ-1）填写，保留表头和表名后重新上传。"
        )
    return plan


def kind_of(table: Table) -> str | None:
    """Which table a sheet is, by the title above it or the letter its name begins with."""
    above = "".join(_plain(cell) for row in table.rows[:_TITLE_WITHIN] for cell in row)
    for kind, spec in TABLES.items():
        if _plain(spec.title) in above:
            return str(kind)
    name = _plain(table.sheet)
    for kind, spec in TABLES.items():
        if re.match(rf"表?{spec.letter}(?![a-z])", name, re.I):
            return str(kind)
    return None


def _plain(text: Any) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", str(text)))


def _take(plan: TablePlan, kind: str, table: Table, most: int) -> int:
    """Put what one sheet of the file holds into ``plan``; how many rows that were."""
    spec = TABLES[kind]
    try:
        reading = find_columns(table, [_column(column) for column in spec.columns])
    except ImportRefused as refusal:
        plan.faults.append(Fault(table.sheet, 0, "", refusal.message))
        return 0
    filled = [row for row in reading.rows if _is_row([row.values.get(c.name) for c in spec.typed])]
    if len(filled) > most:
        raise ImportRefused(
            f"文件里填了超过{MOST_IMPORTED}行，一次最多导入{MOST_IMPORTED}行。"
            "请按年度或项目分成几个文件，分几次导入。"
        )
    typed = [{name: "" if cell is None else cell for name, cell in row.values.items()} for row in filled]
    rows, faults = read_rows(spec, typed, [])
    wrong = {fault.row for fault in faults if fault.column}
    good = [row for number, row in enumerate(rows, 1) if number not in wrong]
    plan.faults += [_placed(spec, table, filled, fault) for fault in faults]
    plan.sheets += _parts(kind, table.sheet, good)
    return len(filled)


def _parts(kind: str, name: str, rows: Rows) -> list[PlannedSheet]:
    """As many sheets as the rows need: none is left out because one sheet cannot hold them."""
    if len(rows) <= MOST_ROWS:
        return [PlannedSheet(kind, name, rows)] if rows else []
    parts = [rows[start : start + MOST_ROWS] for start in range(0, len(rows), MOST_ROWS)]
    return [
        PlannedSheet(kind, name, part, f"第{number}部分，共{len(parts)}部分")
        for number, part in enumerate(parts, 1)
    ]


def _is_row(cells: list[Any]) -> bool:
    """Neither an empty line nor one long text across the table, as a merged line comes."""
    filled = [str(cell).strip() for cell in cells if cell is not None and str(cell).strip()]
    merged = len(filled) > 1 and len(set(filled)) == 1 and len(filled[0]) >= _PROSE
    return bool(filled) and not merged


def _placed(spec: TableSpec, table: Table, rows: Sequence[Any], fault: CellFault) -> Fault:
    number = rows[fault.row - 1].number if fault.row <= len(rows) else 0
    return Fault(table.sheet, number, spec.column(fault.column).label if fault.column else "", fault.message)


def _column(column: TableColumn) -> Column:
    """Cells come as they are: the one reader of cells judges them."""
    plain = re.sub(r"[（(].*?[)）]", "", column.title)
    unit = "元" if column.kind == "money" else column.unit
    aliases = {plain, f"{plain}（{unit}）", f"{column.group}{column.title}", column.label} - {column.title}
    return Column(column.name, column.title, aliases=tuple(sorted(aliases)), parse=_as_it_is)


def _as_it_is(cell: Any) -> Any:
    return cell
