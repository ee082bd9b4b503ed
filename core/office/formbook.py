"""Workbooks people fill in by hand or on screen: ruled empty rows, choices, totals, ready to print on A4.

``core.office.xlsx`` writes lists that are finished; here the rows are empty, each cell knows what may be typed into it,
and everything is laid out for paper. The bytes depend on nothing but the arguments.
"""

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from core.office.cells import count_lines
from core.office.xlsx import FORMATS, sheet_names
from core.text import FORBIDDEN

_KINDS = ("text", "center", "int", "money", "number", "date", "choice")
_LINE = 16
_TALLEST = 400
# Points of each line that is not a row to be written in.
_MARK, _TITLE, _HEAD, _GROUP, _BELOW, _SIGN = 20, 36, 34, 20, 30, 26
# Paper turned, within the margins: its number in Excel, pixels across, points down.
# A column of 宋体 takes 8 pixels a character and 5 more.
_A4, _A3 = (9, 1016, 490), (8, 1480, 735)
_LOWEST, _HIGHEST = 18, 64
_MOST_CHOICE_CHARACTERS = 255
_EARLIEST, _LATEST = dt.date(1949, 10, 1), dt.date(2099, 12, 31)
_MOST = 10**12
_WARNINGS = {
    "int": "请填不小于0的整数。",
    "money": "请填数字，以元为单位，最多两位小数，不写“元”字。",
    "number": "请填数字，不写单位。",
    "date": "请填日期，如 2026-3-5。",
    "choice": "请从下拉列表中选择。",
}


@dataclass(frozen=True)
class FormCol:
    """One column: title, width in characters, the kind of what is typed into it.

    ``choices`` are offered as a list (kind ``choice``); columns of equal ``group`` next to each other share a heading;
    ``total`` puts their sum into the last row.
    """

    title: str
    width: float = 12
    kind: str = "text"
    choices: tuple[str, ...] = ()
    group: str = ""
    total: bool = False

    def __post_init__(self) -> None:
        if self.kind not in _KINDS or (self.kind == "choice") != bool(self.choices):
            raise ValueError(f"column {self.title}: kind {self.kind!r} with {len(self.choices)} choices")
        if len(",".join(self.choices)) > _MOST_CHOICE_CHARACTERS:
            raise ValueError(f"column {self.title}: Excel takes no longer list of choices")


@dataclass(frozen=True)
class FormSheet:
    """One sheet, filling one page of A4 or, when it is ``wide``, of A3: ``given`` rows printed in advance, then
    ``rows`` empty ones.

    A first column titled 序号 is numbered. ``heading`` stands left above the table, ``number`` right; ``mark`` and
    ``edition`` above the title; ``footnote`` and places for ``signers`` below, a name given as ``label：name``.
    """

    name: str
    title: str
    columns: tuple[FormCol, ...]
    rows: int = 12
    given: Sequence[Sequence[Any]] = ()
    mark: str = ""
    edition: str = ""
    heading: str = ""
    number: str = ""
    footnote: str = ""
    signers: tuple[str, ...] = ()
    wide: bool = False

    @property
    def paper(self) -> tuple[int, int, int]:
        """Excel's number of the paper, and its room across and down."""
        return _A3 if self.wide else _A4

    @property
    def grouped(self) -> bool:
        """Do the column titles stand in two rows?"""
        return any(column.group for column in self.columns)

    @property
    def footnote_height(self) -> float:
        """Points the footnote takes."""
        room = int(sum(column.width for column in self.columns)) - 2
        return _LINE * count_lines(self.footnote, room) + 6 if self.footnote else 0

    @property
    def row_height(self) -> float:
        """Points of a row so that the sheet, shrunk to the page's width, also fills its height."""
        _, across, down = self.paper
        scale = min(1.0, across / sum(8 * column.width + 5 for column in self.columns))
        fixed = 2 * _MARK + _TITLE + (_GROUP + _BELOW if self.grouped else _HEAD) + self.footnote_height
        fixed += _SIGN if self.signers else 0
        rows = len(self.given) + self.rows + any(column.total for column in self.columns)
        return round(min(_HIGHEST, max(_LOWEST, (down / scale - fixed) / rows)), 1)


def form_book(sheets: Sequence[FormSheet], *, created: dt.date, author: str = "") -> bytes:
    """Return the workbook; ``created`` is the only time in it."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "default_format_properties": {"font_name": "宋体"}}
    )
    book.set_properties(
        {"author": _safe(author), "created": dt.datetime(created.year, created.month, created.day)}
    )
    formats = {name: book.add_format(properties) for name, properties in _formats().items()}
    for sheet, name in zip(sheets, sheet_names([sheet.name for sheet in sheets]), strict=True):
        _SheetMaker(book.add_worksheet(name), sheet, formats).make()
    book.close()
    return stream.getvalue()


def _formats() -> dict[str, dict[str, Any]]:
    line = FORMATS["heading"]
    return FORMATS | {
        "choice": FORMATS["center"],
        "mark": line | {"font_name": "黑体"},
        "right": line | {"align": "right"},
        # A sum of nothing prints nothing.
        "total": FORMATS["money"] | {"bold": True, "num_format": "#,##0.00;-#,##0.00;"},
        "total_int": FORMATS["int"] | {"bold": True, "num_format": "0;-0;"},
        "total_label": FORMATS["head"],
    }


def _safe(text: str) -> str:
    return FORBIDDEN.sub("", text)


class _SheetMaker:
    """Lays out one sheet from top to bottom."""

    def __init__(self, page: Any, sheet: FormSheet, formats: dict[str, Any]) -> None:
        self._page = page
        self._sheet = sheet
        self._formats = formats
        self._last = len(sheet.columns) - 1
        self._row = 0

    def make(self) -> None:
        """Write the sheet."""
        sheet = self._sheet
        for index, column in enumerate(sheet.columns):
            self._page.set_column(index, index, column.width)
        self._ends(sheet.mark, sheet.edition, "mark")
        self._across(sheet.title, "title", _TITLE)
        self._ends(sheet.heading, sheet.number, "heading")
        self._head()
        first = self._row
        self._page.freeze_panes(first, 0)
        self._page.repeat_rows(0, first - 1)
        self._lines()
        self._offer(first, self._row - 1)
        self._totals(first, self._row - 1)
        if sheet.footnote:
            self._across(sheet.footnote, "footnote", sheet.footnote_height)
        self._signers()
        self._print()

    def _across(self, text: str, style: str, height: float) -> None:
        self._page.set_row(self._row, height)
        self._merge(self._row, 0, self._row, self._last, text, style)
        self._row += 1

    def _merge(self, top: int, left: int, bottom: int, right: int, text: str, style: str) -> None:
        if (top, left) == (bottom, right):
            self._page.write_string(top, left, _safe(text), self._formats[style])
        else:
            self._page.merge_range(top, left, bottom, right, "", self._formats[style])
            self._page.write_string(top, left, _safe(text), self._formats[style])

    def _ends(self, left: str, right: str, style: str) -> None:
        """One line with a text at each end; the longer one gets the more room."""
        if not (left or right):
            return
        widths = [column.width for column in self._sheet.columns]
        share = (len(left) + 1) / (len(left) + len(right) + 2) * sum(widths)
        middle = min(range(1, self._last + 1), key=partial(_distance, widths, share))
        self._page.set_row(self._row, _MARK)
        self._merge(self._row, 0, self._row, middle - 1, left, style)
        self._merge(self._row, middle, self._row, self._last, right, "right")
        self._row += 1

    def _head(self) -> None:
        """Column titles; with groups in two rows, the ungrouped ones over both."""
        columns = list(enumerate(self._sheet.columns))
        if not self._sheet.grouped:
            self._page.set_row(self._row, _HEAD)
            for index, column in columns:
                self._page.write_string(self._row, index, column.title, self._formats["head"])
            self._row += 1
            return
        top, below = self._row, self._row + 1
        self._page.set_row(top, _GROUP)
        self._page.set_row(below, _BELOW)
        for group, members in groupby(columns, key=lambda entry: entry[1].group):
            found = list(members)
            if group:
                self._merge(top, found[0][0], top, found[-1][0], group, "head")
            for index, column in found:
                if group:
                    self._page.write_string(below, index, column.title, self._formats["head"])
                else:
                    self._merge(top, index, below, index, column.title, "head")
        self._row += 2

    def _lines(self) -> None:
        """The given rows, then the empty ones; a column 序号 counts on."""
        numbered = self._sheet.columns[0].title == "序号"
        empty = [None] * len(self._sheet.columns)
        for position, values in enumerate([*self._sheet.given, *([empty] * self._sheet.rows)], 1):
            self._page.set_row(self._row, max(self._sheet.row_height, self._height(values)))
            for index, (column, value) in enumerate(zip(self._sheet.columns, values, strict=True)):
                own = position if numbered and index == 0 and value is None else value
                self._cell(index, column, own)
            self._row += 1

    def _height(self, values: Sequence[Any]) -> float:
        """Points the longest text of a row takes; an empty row takes none."""
        texts = [(v, c.width) for v, c in zip(values, self._sheet.columns, strict=True) if isinstance(v, str)]
        lines = [count_lines(text, max(2, int(width) - 1)) for text, width in texts]
        return min(_TALLEST, _LINE * max(lines, default=0) + 2)

    def _cell(self, index: int, column: FormCol, value: Any) -> None:
        style = self._formats[column.kind]
        if value is None:
            self._page.write_blank(self._row, index, None, style)
        elif isinstance(value, int | float):
            self._page.write_number(self._row, index, value, style)
        elif isinstance(value, dt.date):
            self._page.write_datetime(
                self._row, index, dt.datetime(value.year, value.month, value.day), style
            )
        else:
            self._page.write_string(self._row, index, _safe(str(value)), style)

    def _offer(self, first: int, last: int) -> None:
        """Say what each column takes; a wrong entry is refused with a sentence."""
        for index, column in enumerate(self._sheet.columns):
            if column.kind in _WARNINGS and column.title != "序号":
                self._page.data_validation(first, index, last, index, _validation(column))

    def _totals(self, first: int, last: int) -> None:
        summed = [index for index, column in enumerate(self._sheet.columns) if column.total]
        if not summed:
            return
        self._page.set_row(self._row, self._sheet.row_height)
        self._merge(self._row, 0, self._row, summed[0] - 1, "合计", "total_label")
        for index in range(summed[0], self._last + 1):
            style = self._formats["total_int" if self._sheet.columns[index].kind == "int" else "total"]
            if index in summed:
                self._total(index, first, last, style)
            else:
                self._page.write_blank(self._row, index, None, style)
        self._row += 1

    def _total(self, index: int, first: int, last: int, style: Any) -> None:
        """A sum that follows what is written in; of a sheet without empty rows the sum as it is."""
        if self._sheet.rows:
            name = xl_col_to_name(index)
            formula = f"=SUM({name}{first + 1}:{name}{last + 1})"
            self._page.write_formula(self._row, index, formula, style, 0)
        else:
            numbers = [v[index] for v in self._sheet.given if isinstance(v[index], int | float)]
            self._page.write_number(self._row, index, round(sum(numbers), 2), style)

    def _signers(self) -> None:
        """One line with as many places to sign, about equally wide."""
        names = self._sheet.signers
        if not names:
            return
        widths = [column.width for column in self._sheet.columns]
        self._page.set_row(self._row, _SIGN)
        left = 0
        for position, name in enumerate(names, 1):
            goal = sum(widths) * position / len(names)
            rest = len(names) - position
            cuts = range(left + 1, self._last + 2 - rest)
            right = min(cuts, key=partial(_distance, widths, goal)) if rest else self._last + 1
            self._merge(
                self._row, left, self._row, right - 1, name if "：" in name else f"{name}：", "heading"
            )
            left = right
        self._row += 1

    def _print(self) -> None:
        page = self._page
        page.set_landscape()
        page.set_paper(self._sheet.paper[0])
        page.set_margins(left=0.55, right=0.55, top=0.65, bottom=0.65)
        page.print_area(0, 0, self._row - 1, self._last)
        page.fit_to_pages(1, 0)
        page.center_horizontally()
        page.set_footer("&C第 &P 页，共 &N 页")


def _distance(widths: Sequence[float], goal: float, cut: int) -> float:
    """How far the first ``cut`` columns end from ``goal``."""
    return abs(sum(widths[:cut]) - goal)


def _validation(column: FormCol) -> dict[str, Any]:
    shared = {
        "ignore_blank": True,
        "error_title": "填写有误",
        "error_message": f"“{column.title[:20]}”{_WARNINGS[column.kind]}",
    }
    if column.kind == "choice":
        return shared | {"validate": "list", "source": list(column.choices)}
    if column.kind == "date":
        return shared | {
            "validate": "date", "criteria": "between", "minimum": _EARLIEST, "maximum": _LATEST,
        }  # fmt: skip
    if column.kind == "int":
        return shared | {"validate": "integer", "criteria": ">=", "value": 0}
    return shared | {"validate": "decimal", "criteria": "between", "minimum": -_MOST, "maximum": _MOST}
