"""Finds the wanted columns in a table as offices send it, and reads its rows with errors that say where.

Title rows above, notes below, merged heads, full-width signs, ``（必填）`` marks, repeated heads, totals: all are
known here once, so that every import only declares its columns.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from core.office import parse
from core.office.staging import decode, encode
from core.office.tables import Cell, ImportRefused, Table, read_tables

_HEAD_WITHIN = 30
_REMARKS = re.compile(
    r"\((必填项?|选填|可不填|可空|单选|下拉选择|人|户|个|名|位|次|[^()]*(?:位|格式|如|例)[^()]*)\)"
)
_SIGNS = re.compile(r"[\W_]+")
_TOTAL = re.compile(r"^(本页|总)?(合计|小计|总计|共计)数?$")
_NOTE = re.compile(
    r"^(注意?|说明|备注|附注|填表说明|填报说明|填表人|填报人|填表单位|填报单位|填表日期|填报日期|制表人?|审核人?|负责人|"
    r"单位负责人|联系人|联系电话|单位（?盖章）?|以下空白|※|\*)\s*(\d*[:：.、]|$|（|\()"
)
_NOTE_STARTS = frozenset("注说备附填制审负单联以※*本总合小共")
_PROSE = 12


@dataclass(frozen=True)
class Column:
    """One wanted column: ``key`` in the values, ``title`` as shown in errors, other names it goes by.

    A blank cell gives ``None``, or an error when ``required``. ``unique`` refuses a value seen in an earlier row.
    """

    key: str
    title: str
    aliases: tuple[str, ...] = ()
    required: bool = False
    parse: Callable[[Cell], Any] = field(default_factory=parse.text)
    unique: bool = False


class Row(NamedTuple):
    """One good row: its number in the file (from 1), its values by column key, its sheet."""

    number: int
    values: dict[str, Any]
    sheet: str


@dataclass(frozen=True, slots=True)
class CellError:
    """What is wrong where. ``column`` is the title of the column, empty when the row as a whole is meant."""

    row: int
    column: str
    message: str
    sheet: str


@dataclass
class TableReading:
    """What was understood of a file: good rows, errors, warnings, and rows passed over with their text."""

    columns: list[tuple[str, str]] = field(default_factory=list)
    read: list[Row] = field(default_factory=list, repr=False)
    errors: list[CellError] = field(default_factory=list)
    warnings: list[CellError] = field(default_factory=list)
    skipped: list[CellError] = field(default_factory=list)
    _faulty: set[tuple[int, str]] = field(default_factory=set, init=False, repr=False, compare=False)

    @property
    def rows(self) -> list[Row]:
        """The good rows, in the order of the file."""
        if self._faulty:
            faulty, self._faulty = self._faulty, set()
            self.read = [
                row
                for row in self.read
                if (row.number, row.sheet) not in faulty and (row.number, "") not in faulty
            ]
        return self.read

    def add_error(self, number: int, column: str, message: str, sheet: str = "") -> None:
        """Add an error found by the importer itself; the row is no longer among the good ones.

        Without ``sheet`` the rows of that number on every sheet are meant.
        """
        self.errors.append(CellError(number, column, message, sheet))
        self._faulty.add((number, sheet))

    def add_warning(self, number: int, column: str, message: str, sheet: str = "") -> None:
        """Add a remark that keeps nobody from importing the row."""
        self.warnings.append(CellError(number, column, message, sheet))

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON for a staged preview; dates and decimals come back from it as they were."""
        return {
            "columns": [list(column) for column in self.columns],
            "rows": [[row.number, encode(row.values), row.sheet] for row in self.rows],
            **{name: [_listed(remark) for remark in getattr(self, name)] for name in _REMARK_LISTS},
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "TableReading":
        """Return what :meth:`to_json` was made from."""
        return cls(
            columns=[(key, title) for key, title in data["columns"]],
            read=[Row(number, decode(values), sheet) for number, values, sheet in data["rows"]],
            **{name: [CellError(*remark) for remark in data[name]] for name in _REMARK_LISTS},
        )


_REMARK_LISTS = ("errors", "warnings", "skipped")


def _listed(remark: CellError) -> list[Any]:
    return [remark.row, remark.column, remark.message, remark.sheet]


def read_table(content: bytes, filename: str, columns: Sequence[Column]) -> TableReading:
    """Read every sheet whose head has all required columns.

    Raises ``ImportRefused`` when the file cannot be read or no sheet has them.
    """
    tables = read_tables(content, filename)
    found = [(table, _find_head(table, columns)) for table in tables]
    complete = [(table, head) for table, head in found if not head.missing]
    if not complete:
        raise _no_head(columns, [head for _, head in found])
    reading = TableReading(columns=[(column.key, column.title) for column in columns])
    for table, head in complete:
        _SheetReader(table, head, columns, reading).read()
    if not reading.rows and not reading.errors:
        raise ImportRefused("表头下面没有数据，请填写后重新上传。")
    return reading


def find_columns(table: Table, columns: Sequence[Column]) -> TableReading:
    """Read one table; see :func:`read_table`."""
    head = _find_head(table, columns)
    if head.missing:
        raise _no_head(columns, [head])
    reading = TableReading(columns=[(column.key, column.title) for column in columns])
    _SheetReader(table, head, columns, reading).read()
    return reading


@dataclass
class _Head:
    """Where the head is: 0-based row, column index by key, titles of required columns it lacks, unused titles."""

    row: int
    places: dict[str, list[int]]
    missing: list[str]
    unused: list[str]


def normalised(title: Cell) -> str:
    """Return a column title reduced to what counts: half-width, without blanks, signs and ``（必填）`` marks."""
    text = unicodedata.normalize("NFKC", str(title)).lower()
    return _SIGNS.sub("", _REMARKS.sub("", re.sub(r"\s+", "", text)))


def _find_head(table: Table, columns: Sequence[Column]) -> _Head:
    """The row among the first ones that names most of the wanted columns."""
    wanted = {
        normalised(title): column.key for column in columns for title in (column.title, *column.aliases)
    }
    best = _Head(0, {}, [column.title for column in columns if column.required], [])
    for number, row in enumerate(table.rows[:_HEAD_WITHIN]):
        places: dict[str, list[int]] = {}
        unused = []
        for index, cell in enumerate(row):
            key = wanted.get(normalised(cell)) if cell != "" else None
            if key:
                places.setdefault(key, []).append(index)
            elif cell != "":
                unused.append(str(cell).strip())
        if len(places) > len(best.places):
            missing = [column.title for column in columns if column.required and column.key not in places]
            best = _Head(number, places, missing, unused)
    if len(best.places) < min(2, len(columns)) and not best.missing:
        best.missing = [column.title for column in columns[:3]]
    return best


def _no_head(columns: Sequence[Column], heads: Iterable[_Head]) -> ImportRefused:
    best = max(heads, key=lambda head: len(head.places), default=None)
    titles = "、".join(column.title for column in columns if column.required) or columns[0].title
    if best and best.places:
        missing = "、".join(f"“{title}”" for title in best.missing)
        return ImportRefused(
            f"第 {best.row + 1} 行是表头，但缺少{missing}这一列。请补上该列或改正列名后重新上传。"
        )
    return ImportRefused(f"没有找到表头。请在数据上方写明列名，至少要有：{titles}。")


class _SheetReader:
    """Reads the rows under one head into a reading."""

    def __init__(self, table: Table, head: _Head, columns: Sequence[Column], reading: TableReading) -> None:
        self._table = table
        self._head = head
        self._reading = reading
        self._columns = [column for column in columns if column.key in head.places]
        self._absent = {column.key: None for column in columns if column.key not in head.places}
        self._places = [self._place(column) for column in self._columns]
        self._plan = [
            (column.key, place, column.parse, column.required)
            for column, place in zip(self._columns, self._places, strict=True)
        ]
        self._unique = [(column.key, column.title, {}) for column in self._columns if column.unique]
        self._titles = {column.key: column.title for column in columns}

    def _place(self, column: Column) -> int:
        """One title over two columns is fine when only the first holds anything of its own."""
        first, *others = self._head.places[column.key]
        for other in others:
            for row in self._table.rows[self._head.row + 1 :]:
                if len(row) > other and row[other] not in ("", row[first]):
                    raise ImportRefused(f"有两列都叫“{column.title}”，请只保留一列后重新上传。")
        return first

    def read(self) -> None:
        """Read all rows."""
        self._warn_of_titles()
        head = [normalised(cell) for cell in self._table.rows[self._head.row]]
        width = max(self._places) + 1
        for number, row in enumerate(self._table.rows[self._head.row + 1 :], self._head.row + 2):
            if not row:
                continue
            if len(row) < width:
                row = [*row, *[""] * (width - len(row))]
            if self._is_beside_the_point(row, head):
                self._skip(number, row)
                continue
            self._read_row(number, row)

    def _read_row(self, number: int, row: list[Cell]) -> None:
        values: dict[str, Any] = self._absent.copy()
        faults: list[tuple[str, str]] = []
        for key, place, read, required in self._plan:
            cell = row[place]
            try:
                value = None if cell == "" or (type(cell) is str and cell.isspace()) else read(cell)
            except parse.BadCell as fault:
                faults.append((key, str(fault)))
                continue
            if value is None and required:
                faults.append((key, "必填，现为空。"))
            values[key] = value
        if faults and self._is_prose(row):
            self._skip(number, row)
            return
        if not faults and self._unique:
            faults = self._repeated(number, values)
        sheet = self._table.sheet
        if faults:
            self._reading.errors += [
                CellError(number, self._titles[key], fault, sheet) for key, fault in faults
            ]
        else:
            self._reading.read.append(Row(number, values, sheet))

    def _repeated(self, number: int, values: dict[str, Any]) -> list[tuple[str, str]]:
        faults = []
        for key, _, seen in self._unique:
            value = values[key]
            if value is not None and seen.setdefault(value, number) != number:
                faults.append((key, f"“{value}”与第 {seen[value]} 行重复，请核对。"))
        return faults

    def _is_beside_the_point(self, row: list[Cell], head: list[str]) -> bool:
        """Totals, notes and a head repeated on every printed page."""
        first = next((cell for cell in row if cell != ""), "")
        if type(first) is not str:
            return False
        first = first.strip()
        if first[:1] in _NOTE_STARTS:
            return bool(_TOTAL.match(re.sub(r"\s+", "", first)) or _NOTE.match(first))
        return (
            normalised(first) in head and [normalised(cell) for cell in row[: len(head)]] == head[: len(row)]
        )

    @staticmethod
    def _is_prose(row: list[Cell]) -> bool:
        """A line of text across the table: one value only, and longer than a cell of data."""
        values = {cell for cell in row if cell != ""}
        only = next(iter(values)) if len(values) == 1 else ""
        return isinstance(only, str) and len(only) >= _PROSE

    def _skip(self, number: int, row: list[Cell]) -> None:
        text = " ".join(dict.fromkeys(parse.shown(cell) for cell in row if cell != ""))
        self._reading.skipped.append(CellError(number, "", text[:200], self._table.sheet))

    def _warn_of_titles(self) -> None:
        row, sheet = self._head.row + 1, self._table.sheet
        for key in self._absent:
            message = "文件里没有这一列，导入后为空。"
            self._reading.warnings.append(CellError(row, self._titles[key], message, sheet))
        for title in dict.fromkeys(self._head.unused):
            if not re.fullmatch(r"序\s*号|编\s*号|no\.?", title, re.I):
                self._reading.warnings.append(
                    CellError(row, title[:60], "这一列不在导入范围内，未读取。", sheet)
                )
