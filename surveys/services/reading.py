"""Reads typed-in paper sheets from a workbook. A cell that is not plainly one answer is named, never guessed."""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from core.office import parse
from core.office.columns import CellError, Column, Row, TableReading, find_columns
from core.office.errorcells import error_cells
from core.office.tables import Cell, ImportRefused, Table, read_tables
from core.text import clean
from surveys.models import Group, Item, Level, Survey
from surveys.models.anonymous import OPEN_ANSWER_LIMIT
from surveys.selectors.tallies import count_answers
from surveys.services.sealing import keyed

_HEAD_ROWS = 30
_LEVELS = {label: digit for digit, label in Level.choices} | {digit: digit for digit in Level.values}
_NUMBER = re.compile(r"(\d+)\.0*")
_SEVERAL = re.compile(r"[1-5](?:[\s,，、;；/和+]|或|-)+[1-5]")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_GROUPS = {label: value for value, label in Group.choices} | {
    "镇干部": Group.CADRE,
    "村组干部": Group.CADRE,
    "党员": Group.PARTY,
    "群众": Group.VILLAGER,
    "村民": Group.VILLAGER,
    "居民": Group.VILLAGER,
    "居民代表": Group.REPRESENTATIVE,
}


@dataclass
class AnswerReading:
    """What a workbook of paper sheets holds for one survey.

    ``sheets``: good ones, each ``number`` (份号 or empty), ``group``, ``answers``, ``comment``, ``row``, ``sheet``.
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

    def tallies(self, items: int) -> dict[int, dict[str, int]]:
        """How often each answer occurs, by item, over the good sheets."""
        counted = count_answers(((s["group"], s["answers"]) for s in self.sheets), items)[""]
        return {number: dict(sorted(digits.items())) for number, digits in counted.items()}

    def to_json(self) -> dict[str, Any]:
        """Plain JSON for the preview."""
        lists = {name: getattr(self, name) for name in ("defects", "repeated", "warnings")}
        faults = {
            name: [[f.row, f.column, f.message, f.sheet] for f in found] for name, found in lists.items()
        }
        return {"sheets": self.sheets, **faults}


def read_answers(content: bytes, filename: str, survey: Survey) -> AnswerReading:
    """Read the sheets meant for ``survey`` out of a workbook; raises ``ImportRefused`` when there are none."""
    items = list(survey.questionnaire.items.order_by("number"))
    columns = _columns(items)
    reading = AnswerReading()
    tables = _with_errors(read_tables(content, filename), content)
    for table in _tables_for(tables, survey):
        _take(_find(_with_text_head(table), columns), items, reading)
    if not reading.sheets and not reading.defects and not reading.repeated:
        raise ImportRefused("表头下面没有答卷，请填写后重新上传。")
    return reading


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


def _tables_for(tables: list[Table], survey: Survey) -> list[Table]:
    """The only filled table; of several those that name the village in their tab or above their head."""
    filled = [table for table in tables if any(table.rows)]
    if len(filled) <= 1:
        return filled
    name = survey.village.name
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
    serial = Column("number", "份号", ("序号",), parse=_sheet_number)
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


def _columns(items: list[Item]) -> list[Column]:
    return [
        Column("number", "份号", ("问卷编号", "编号", "卷号", "问卷号"), parse=_sheet_number),
        Column("group", "人员类别", ("类别", "身份", "填答人类别", "人员身份"), parse=_group),
        *(
            Column(
                str(item.number),
                f"第{item.number}题",
                (
                    f"题{item.number}", f"{item.number}", f"{item.number}题", f"问题{item.number}",
                    f"Q{item.number}", item.text, f"{item.number}{item.text}",
                ),
                required=False,
                parse=_answer,
            )
            for item in items
        ),
        Column("comment", "意见建议", ("意见", "建议", "意见和建议", "开放题"), parse=_comment),
    ]  # fmt: skip


def _plain(cell: Cell) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", parse.shown(cell)))


def _answer(cell: Cell) -> str:
    """One level as its digit. Case, width, blanks, a trailing dot and the label itself are harmless."""
    if isinstance(cell, bool):
        raise parse.BadCell(f"“{parse.shown(cell)}”不是答案，应为1至5。")
    text = _plain(cell)
    if _DAY.match(text):
        raise parse.BadCell("这一格是日期，可能是输入“1-2”时被表格软件改的，请对照纸卷改正。")
    number = _NUMBER.fullmatch(text)
    text = number.group(1) if number else text.rstrip(".。、")
    if text in _LEVELS:
        return _LEVELS[text]
    if text.startswith("#"):
        raise parse.BadCell(f"这一格是公式错误（{text[:12]}），请填写答案。")
    if _SEVERAL.search(parse.shown(cell)) or (len(text) > 1 and set(text) <= set(Level.values)):
        raise parse.BadCell(f"“{text[:20]}”是两个答案，一题只能选一项，请对照纸卷处理。")
    if re.fullmatch(r"-?\d+(\.\d+)?", text):
        raise parse.BadCell(f"“{text[:20]}”超出范围，应为1至5。")
    raise parse.BadCell(f"“{text[:20]}”不是答案，应为1至5或好、较好、一般、差、不了解。")


def _group(cell: Cell) -> str:
    text = _plain(cell).rstrip(".。、")
    if text not in _GROUPS:
        raise parse.BadCell(f"“{text[:20]}”不在人员类别之内，应为{'、'.join(Group.labels)}。")
    return str(_GROUPS[text])


def _sheet_number(cell: Cell) -> str:
    text = _plain(cell)
    number = _NUMBER.fullmatch(text)
    text = (number.group(1) if number else text).upper()
    if len(text) > 20:
        raise parse.BadCell("份号最多20个字符。")
    return text.lstrip("0") or "0"


def _comment(cell: Cell) -> str:
    text = clean(parse.shown(cell)).strip()
    if len(text) > OPEN_ANSWER_LIMIT:
        raise parse.BadCell(f"意见建议{len(text)}字，超过{OPEN_ANSWER_LIMIT}字，请摘要填写。")
    return text


def _take(found: TableReading, items: list[Item], reading: AnswerReading) -> None:
    """Turn the rows of one table into sheets; rows that repeat each other are set apart."""
    absent = _absent(found)
    missing = [f"第{item.number}题" for item in items if f"第{item.number}题" in absent]
    if missing:
        raise ImportRefused(
            f"表头里没有{'、'.join(missing[:5])}{'等' if len(missing) > 5 else ''}，请补上后重新上传。"
        )
    reading.defects += found.errors
    reading.warnings += [w for w in found.warnings if w.column not in ("份号", "意见建议")]
    if "份号" in absent:
        reading.warnings.append(CellError(0, "份号", "没有份号，查不出重复录入的问卷。", ""))
    for row in found.rows:
        sheet = _sheet(row, items)
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
    return bool(sheet["group"] or sheet["comment"] or re.fullmatch(r"[0-9A-Z-]+", sheet["number"]))


def _sheet(row: Row, items: list[Item]) -> dict[str, Any]:
    return {
        "number": row.values["number"] or "",
        "group": row.values["group"] or "",
        "answers": "".join(row.values[str(item.number)] or "0" for item in items),
        "comment": row.values["comment"] or "",
        "row": row.number,
        "sheet": row.sheet,
    }


def content_digest(survey: Survey, channel: str, sheet: dict[str, Any]) -> str:
    """Keyed digest of one paper sheet: the same paper typed again gives the same digest."""
    parts = (survey.pk, channel, sheet["number"], sheet["group"], sheet["answers"], sheet["comment"])
    return keyed("paper", "\x1f".join(str(part) for part in parts))
