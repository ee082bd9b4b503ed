"""Reads typed-in paper sheets from a workbook. A cell that is not plainly one answer is named, never guessed."""

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from core.office import parse
from core.office.columns import CellError, Column, Row, TableReading, find_columns
from core.office.errorcells import error_cells
from core.office.tables import Cell, ImportRefused, Table, read_tables
from surveys.models import Item, Occasion, Specification, Survey
from surveys.rules import specification
from surveys.selectors.tallies import count_answers
from surveys.services.cells import columns_of, sheet_number
from surveys.services.sealing import keyed

_HEAD_ROWS = 30
Kind = Item.Kind


@dataclass
class AnswerReading:
    """What a workbook of paper sheets holds for one survey.

    ``sheets``: good ones, each ``number`` (份号 or empty), ``group``, ``answers``, ``comment``, ``words`` (by number of
    the question; left out when there are none), ``row``, ``sheet``.
    ``defects`` name a cell each; ``refused`` counts the sheets they keep out. ``repeated``: sheets that are in the
    workbook twice or in the system already, reported and not counted.
    """

    sheets: list[dict[str, Any]] = field(default_factory=list)
    defects: list[CellError] = field(default_factory=list)
    repeated: list[CellError] = field(default_factory=list)
    warnings: list[CellError] = field(default_factory=list)

    @property
    def refused(self) -> int:
        """How many sheets are kept out by a defect."""
        return len({(fault.sheet, fault.row) for fault in self.defects})

    def tallies(self, compiled: Specification) -> dict[str, dict[str, int]]:
        """How often each code occurs, by place (``7``, ``24.2``), over the good sheets."""
        counted = count_answers(((s["group"], "", s["answers"]) for s in self.sheets), compiled.length)[""]
        labels = compiled.labels()
        return {labels[at - 1]: dict(sorted(codes.items())) for at, codes in counted.items()}

    def written(self, compiled: Specification) -> dict[str, int]:
        """How many answered each open question in words, by its number; 0 is the closing one."""
        found = Counter(number for s in self.sheets for number in s.get("words", {}))
        found["0"] = sum(bool(s["comment"]) for s in self.sheets)
        return {str(number): found[str(number)] for number in compiled.words}

    def to_json(self) -> dict[str, Any]:
        """Plain JSON for the preview."""
        lists = {name: getattr(self, name) for name in ("defects", "repeated", "warnings")}
        faults = {
            name: [[f.row, f.column, f.message, f.sheet] for f in found] for name, found in lists.items()
        }
        return {"sheets": self.sheets, **faults}


def read_answers(content: bytes, filename: str, survey: Survey) -> AnswerReading:
    """Read the sheets meant for ``survey`` out of a workbook; raises ``ImportRefused`` when there are none."""
    compiled = specification(survey.questionnaire)
    columns = columns_of(compiled)
    reading = AnswerReading()
    for table in village_tables(content, filename, survey.village.name):
        _take(_find(table, columns), compiled, reading)
    if not reading.sheets and not reading.defects and not reading.repeated:
        raise ImportRefused("表头下面没有答卷，请填写后重新上传。")
    return reading


def village_tables(content: bytes, filename: str, village: str) -> list[Table]:
    """The filled tables of a workbook that are meant for ``village``, errors in cells and numbers in heads as text."""
    tables = _with_errors(read_tables(content, filename), content)
    return [_with_text_head(table) for table in _tables_for(tables, village)]


def _with_errors(tables: list[Table], content: bytes) -> list[Table]:
    """Cells that hold an error come as blank, and blank would count as unanswered: put the error back in."""
    faults = error_cells(content)
    for table in tables:
        for number, column, error in faults.get(table.sheet, []):
            if number < len(table.rows):
                row = table.rows[number]
                row += [""] * (column + 1 - len(row))
                row[column] = error
    return tables


def _tables_for(tables: list[Table], name: str) -> list[Table]:
    """The only filled table; of several those that name the village in their tab or above their head."""
    filled = [table for table in tables if any(table.rows)]
    if len(filled) <= 1:
        return filled
    named = [table for table in filled if name in table.sheet or name in _title(table)]
    if not named:
        raise ImportRefused(
            f"工作簿里有{len(filled)}张表，没有一张写明“{name}”。请把表名改为村（社区）名称。"
        )
    return named


def _find(table: Table, columns: list[Column]) -> TableReading:
    """Without a column of sheet numbers a serial number does: it still tells one sheet from another."""
    found = find_columns(table, columns)
    if "份号" not in _absent(found):
        return found
    serial = Column("number", "份号", ("序号",), parse=sheet_number)
    return find_columns(table, [serial, *columns[1:]])


def _absent(found: TableReading) -> set[str]:
    return {warning.column for warning in found.warnings if "没有这一列" in warning.message}


def _title(table: Table) -> str:
    return " ".join(str(cell) for row in table.rows[:3] for cell in row[:3])


def _with_text_head(table: Table) -> Table:
    """Heads typed as numbers (1, 2, 3 …) as the text people see."""
    head: list[list[Cell]] = [
        [parse.shown(cell) if isinstance(cell, float) else cell for cell in row]
        for row in table.rows[:_HEAD_ROWS]
    ]
    return Table(table.sheet, head + table.rows[_HEAD_ROWS:])


def _take(found: TableReading, compiled: Specification, reading: AnswerReading) -> None:
    """Turn the rows of one table into sheets; rows that repeat each other are set apart."""
    absent = _absent(found)
    optional = {"份号", "意见建议", *(f"第{q.number}题" for q in compiled.questions if q.kind == Kind.TEXT)}
    missing = [title for _, title in found.columns if title in absent - optional and title != "人员类别"]
    if missing:
        raise ImportRefused(
            f"表头里没有{'、'.join(missing[:5])}{'等' if len(missing) > 5 else ''}，请补上后重新上传。"
        )
    reading.defects += found.errors
    reading.warnings += [w for w in found.warnings if w.column not in optional]
    if "份号" in absent:
        reading.warnings.append(CellError(0, "份号", "没有份号，查不出重复录入的问卷。", ""))
    for row in found.rows:
        sheet = _sheet(row, compiled)
        if sheet["answers"].strip("0"):
            reading.sheets.append(sheet)
        elif _is_sheet(sheet):
            reading.defects.append(CellError(row.number, "", "整份没有作答，按无效卷计，不导入。", row.sheet))
        else:
            reading.warnings.append(
                CellError(row.number, "", f"这一行不是答卷，未读取：{sheet['number']}", row.sheet)
            )


def _is_sheet(sheet: dict[str, Any]) -> bool:
    """Is a row without answers a blank sheet, or a line of notes below the table?"""
    said = sheet["group"] or sheet["comment"] or sheet.get("words")
    return bool(said or re.fullmatch(r"[0-9A-Z-]+", sheet["number"]))


def _sheet(row: Row, compiled: Specification) -> dict[str, Any]:
    values = row.values
    answers = "".join(
        values[f"{q.number}.{part}"] or "0"
        if q.kind == Kind.MATRIX
        else values[str(q.number)] or "0" * q.width
        for q in compiled.questions
        if q.width
        for part in range(1, (q.width if q.kind == Kind.MATRIX else 1) + 1)
    )
    words = {str(q.number): values[str(q.number)] for q in compiled.questions if q.kind == Kind.TEXT}
    words = {number: text for number, text in words.items() if text}
    sheet = {
        "number": values["number"] or "",
        "group": values["group"] or "",
        "answers": answers,
        "comment": values["comment"] or "",
        "row": row.number,
        "sheet": row.sheet,
    }
    return sheet | ({"words": words} if words else {})


def content_digest(survey: Survey, where: str | Occasion, sheet: dict[str, Any]) -> str:
    """Keyed digest of one paper sheet: the same paper typed again gives the same digest.

    ``where``: its channel, or its occasion where one is named.
    """
    place = where.pk if isinstance(where, Occasion) else where
    parts = [survey.pk, place, sheet["number"], sheet["group"], sheet["answers"], sheet["comment"]]
    if sheet.get("words"):
        parts.append(json.dumps(sheet["words"], ensure_ascii=False, sort_keys=True))
    return keyed("paper", "\x1f".join(str(part) for part in parts))
