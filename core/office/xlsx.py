"""Lists as Excel workbooks: declared columns, rows from any iterable, flat memory.

XlsxWriter makes the workbook, its formats and its print set-up; the rows are streamed between, cell by cell
through ``core.office.cells``. That is several times faster than any cell API and leaves one gate for text.
"""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import xlsxwriter
from django.utils import timezone
from xlsxwriter.utility import xl_col_to_name

from core.office.cells import ColumnWriter, count_lines, render_text
from core.office.package import Package

MAX_ROWS = 1_048_000
_KINDS = ("text", "center", "int", "number", "money", "percent", "date", "datetime")
_SHEET_NAME_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_ROWS_PER_WRITE = 500
_PROBE = 2000  # the column at which formats are asked for their numbers
_LINE_HEIGHT, _TALLEST = 15, 400  # points

_BODY = {"font_name": "宋体", "font_size": 11, "border": 1, "valign": "vcenter"}
FORMATS: dict[str, dict[str, Any]] = {
    "title": {
        "font_name": "方正小标宋简体",
        "font_size": 18,
        "align": "center",
        "valign": "vcenter",
        "text_wrap": True,
    },
    "heading": {
        "font_name": "仿宋_GB2312",
        "font_size": 12,
        "align": "left",
        "valign": "vcenter",
        "text_wrap": True,
    },
    "head": _BODY | {"font_name": "黑体", "align": "center", "text_wrap": True, "bg_color": "#F2F2F2"},
    "footnote": {"font_name": "仿宋_GB2312", "font_size": 11, "valign": "top", "text_wrap": True},
    # The quote prefix keeps a text a text even after somebody edits the cell.
    "text": _BODY | {"align": "left", "text_wrap": True, "quote_prefix": True, "num_format": 49},
    "center": _BODY | {"align": "center", "text_wrap": True, "quote_prefix": True, "num_format": 49},
    "int": _BODY | {"align": "center", "num_format": 1},
    "number": _BODY | {"align": "right"},
    "money": _BODY | {"align": "right", "num_format": 4},
    "percent": _BODY | {"align": "right", "num_format": "0.0%"},
    "date": _BODY | {"align": "center", "num_format": "yyyy-mm-dd"},
    "datetime": _BODY | {"align": "center", "num_format": "yyyy-mm-dd hh:mm"},
}


@dataclass(frozen=True)
class Col:
    """One column: its title, its width in characters of 11 pt, and the kind of its values.

    Kinds: text (left, wrapped), center, int, number, money (two decimals), percent (0.5 shows 50.0%), date,
    datetime. A value of another type is written by its own type, never converted.
    """

    title: str
    width: float = 12
    kind: str = "text"

    def __post_init__(self) -> None:
        if self.kind not in _KINDS:
            raise ValueError(f"unknown column kind {self.kind!r}")


@dataclass(frozen=True)
class Chart:
    """A native chart below the rows of a sheet, drawn from its own cells.

    ``labels``: column whose values name the points; ``values``: one series for each of these columns. ``stacked``:
    bars of 100 % instead of columns side by side. ``top``: highest value of the axis, where it has one.
    """

    title: str
    labels: int
    values: Sequence[int]
    stacked: bool = False
    top: float | None = None


@dataclass(frozen=True)
class Sheet:
    """One worksheet. ``rows`` yields sequences in the order of ``columns`` and is read once."""

    name: str
    columns: Sequence[Col]
    rows: Iterable[Sequence[Any]] = field(default=())
    title: str = ""
    heading: str = ""
    footnote: str = ""
    landscape: bool = True
    chart: Chart | None = None

    @property
    def head_row(self) -> int:
        """1-based row of the column titles."""
        return 1 + bool(self.title) + bool(self.heading)


def write_bytes(sheets: Sequence[Sheet], *, created: dt.date, author: str = "") -> bytes:
    """Return the workbook. Equal input gives equal bytes; ``created`` is the only time in it."""
    stream = io.BytesIO()
    write_workbook(stream, sheets, created=created, author=author)
    return stream.getvalue()


def write_path(path: Path, sheets: Sequence[Sheet], *, created: dt.date, author: str = "") -> list[str]:
    """Write the workbook to ``path``; see :func:`write_workbook`."""
    with path.open("wb") as stream:
        return write_workbook(stream, sheets, created=created, author=author)


def write_workbook(
    stream: IO[bytes], sheets: Sequence[Sheet], *, created: dt.date, author: str = ""
) -> list[str]:
    """Stream the workbook into ``stream`` in flat memory.

    Returns one Chinese sentence per cell whose text had to be changed (control characters, over-long text).
    """
    frame = _Frame(sheets, created, author)
    counts = [0] * len(sheets)
    notes: list[str] = []
    with Package(stream) as package:
        parts, styles = frame.build(counts)
        package.add_all({name: parts.pop(name) for name in ("[Content_Types].xml", "_rels/.rels")})
        for index, sheet in enumerate(sheets):
            name = f"xl/worksheets/sheet{index + 1}.xml"
            with package.streaming(name) as part:
                part.write(_split(parts[name])[0])
                counts[index] = _SheetWriter(sheet, styles, part, notes).write()
                # What follows the rows (filter range, merged footnote) depends on how many there were.
                parts, _ = frame.build(counts)
                part.write(_split(parts[name])[1])
        done = {f"xl/worksheets/sheet{index + 1}.xml" for index in range(len(sheets))}
        done |= {"[Content_Types].xml", "_rels/.rels"}
        package.add_all({name: content for name, content in parts.items() if name not in done})
    return notes


def _split(markup: bytes) -> tuple[bytes, bytes]:
    """Cut a worksheet's markup at its cells, which are ours to write."""
    markup = re.sub(rb'<dimension ref="[^"]*"/>', b"", markup, count=1)
    before, _, after = re.sub(rb"<sheetData/>", b"<sheetData></sheetData>", markup, count=1).partition(
        b"<sheetData>"
    )
    return before + b"<sheetData>", b"</sheetData>" + after.partition(b"</sheetData>")[2]


class _Frame:
    """Everything of the workbook but its cells, made by XlsxWriter."""

    def __init__(self, sheets: Sequence[Sheet], created: dt.date, author: str) -> None:
        self._sheets = sheets
        self._names = sheet_names([sheet.name for sheet in sheets])
        moment = (
            created
            if isinstance(created, dt.datetime)
            else dt.datetime(created.year, created.month, created.day)
        )
        self._created = (
            timezone.localtime(moment).replace(tzinfo=None) if timezone.is_aware(moment) else moment
        )
        self._author = author

    def build(self, counts: Sequence[int]) -> tuple[dict[str, bytes], dict[str, int]]:
        """Return the parts by name, for so many data rows per sheet, and the format numbers by style name."""
        stream = io.BytesIO()
        book = xlsxwriter.Workbook(
            stream, {"in_memory": True, "default_format_properties": {"font_name": "宋体"}}
        )
        book.set_properties({"author": self._author, "created": self._created})
        formats = {name: book.add_format(properties) for name, properties in FORMATS.items()}
        for sheet, name, count in zip(self._sheets, self._names, counts, strict=True):
            page = book.add_worksheet(name)
            _set_up(page, sheet, count)
            if sheet.chart:
                _draw(book, page, sheet, sheet.chart, count)
        # Far to the right in the first row: XlsxWriter walks over every row above one that holds something.
        probe = book.worksheets()[0]
        for position, cell_format in enumerate(formats.values()):
            probe.write_blank(0, _PROBE + position, None, cell_format)
        book.close()
        with zipfile.ZipFile(stream) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        markup = parts["xl/worksheets/sheet1.xml"].partition(f'<c r="{xl_col_to_name(_PROBE)}1"'.encode())
        row = b"".join(markup[1:]).partition(b"</row>")[0]
        numbers = [int(number) for number in re.findall(rb'<c r="[A-Z]+1" s="(\d+)"', row)]
        return parts, dict(zip(formats, numbers, strict=True))


def _set_up(page: Any, sheet: Sheet, count: int) -> None:
    last_column = len(sheet.columns) - 1
    last_row = sheet.head_row + count
    for index, column in enumerate(sheet.columns):
        page.set_column(index, index, column.width)
    page.freeze_panes(sheet.head_row, 0)
    page.repeat_rows(0, sheet.head_row - 1)
    if count:
        page.autofilter(sheet.head_row - 1, 0, last_row - 1, last_column)
    merged = [row for row, text in enumerate(filter(None, (sheet.title, sheet.heading)))]
    if sheet.footnote:
        merged.append(last_row)
    for row in merged if last_column else ():
        page.merge_range(row, 0, row, last_column, "")
    if sheet.landscape:
        page.set_landscape()
    page.set_paper(9)
    page.set_margins(left=0.6, right=0.6, top=0.75, bottom=0.75)
    page.fit_to_pages(1, 0)
    page.center_horizontally()
    page.set_footer("&C第 &P 页，共 &N 页")


def _draw(book: Any, page: Any, sheet: Sheet, chart: Chart, count: int) -> None:
    """The chart two rows below the table; without rows over the empty first one, so that the parts stay the same."""
    first, last = sheet.head_row, sheet.head_row + max(count, 1) - 1
    kind = {"type": "bar", "subtype": "percent_stacked"} if chart.stacked else {"type": "column"}
    drawn = book.add_chart(kind)
    for column in chart.values:
        drawn.add_series(
            {
                "name": [page.get_name(), sheet.head_row - 1, column],
                "categories": [page.get_name(), first, chart.labels, last, chart.labels],
                "values": [page.get_name(), first, column, last, column],
            }
        )
    drawn.set_title({"name": chart.title, "name_font": {"name": "黑体", "size": 12}, "overlay": False})
    drawn.set_legend({"position": "bottom"})
    value_axis, name_axis = drawn.set_y_axis, drawn.set_x_axis
    # The first bar of a lying chart stands at the bottom: turned, it reads like the table.
    (name_axis if not chart.stacked else value_axis)({"reverse": chart.stacked})
    if chart.top is not None:
        value_axis({"max": chart.top, "min": 0})
    width = min(1100, max(560, int(sum(column.width for column in sheet.columns) * 7)))
    height = max(320, 22 * max(count, 1) + 120) if chart.stacked else 340
    page.insert_chart(last + 3, 0, drawn, {"x_scale": width / 480, "y_scale": height / 288})


def sheet_names(wanted: Sequence[str]) -> list[str]:
    """Names as Excel allows them: at most 31 characters, none of ``[]:*?/\\``, no two alike."""
    names: list[str] = []
    for number, text in enumerate(wanted, 1):
        name = _SHEET_NAME_FORBIDDEN.sub(" ", text).strip(" '")[:31] or f"表{number}"
        if name.lower() in (other.lower() for other in names):
            name = f"{name[:27]}（{number}）"
        names.append(name)
    return names


class _SheetWriter:
    """Streams the cells of one sheet."""

    def __init__(self, sheet: Sheet, styles: dict[str, int], part: IO[bytes], notes: list[str]) -> None:
        self._sheet = sheet
        self._styles = styles
        self._part = part
        self._notes = notes

    def write(self) -> int:
        """Write title, heading, column titles, rows and footnote; return the number of data rows."""
        sheet = self._sheet
        lines = [("title", sheet.title, 36.0), ("heading", sheet.heading, 22.0)]
        for row, (style, text, height) in enumerate((line for line in lines if line[1]), 1):
            self._write_line(row, style, text, height)
        self._write_head()
        count = self._write_rows()
        if sheet.footnote:
            self._write_line(
                sheet.head_row + count + 1, "footnote", sheet.footnote, self._height(sheet.footnote)
            )
        return count

    def _height(self, text: str) -> float:
        """Height for a merged row of ``text``: no program fits merged rows by itself."""
        room = max(10, int(sum(column.width for column in self._sheet.columns)) - 2)
        return min(_TALLEST, 16.0 * count_lines(text, room) + 4)

    def _write_line(self, row: int, style: str, text: str, height: float) -> None:
        content = render_text(text, lambda change: self._notes.append(f"“{text[:20]}”{change}。"))
        self._part.write(
            f'<row r="{row}" ht="{height:g}" customHeight="1"><c r="A{row}" s="{self._styles[style]}" t="inlineStr">'
            f'<is><t xml:space="preserve">{content}</t></is></c></row>'.encode()
        )

    def _write_head(self) -> None:
        row, style = self._sheet.head_row, self._styles["head"]
        cells = [
            f'<c r="{xl_col_to_name(index)}{row}" s="{style}" t="inlineStr"><is><t>'
            f"{render_text(column.title, self._notes.append)}</t></is></c>"
            for index, column in enumerate(self._sheet.columns)
        ]
        self._part.write(f'<row r="{row}" ht="30" customHeight="1">{"".join(cells)}</row>'.encode())

    def _write_rows(self) -> int:
        columns = [
            ColumnWriter(xl_col_to_name(index), column.kind, column.width, self._styles)
            for index, column in enumerate(self._sheet.columns)
        ]
        where = _Place(self._sheet, self._notes)
        first = row = self._sheet.head_row + 1
        pieces: list[str] = []
        for values in self._sheet.rows:
            if row - first >= MAX_ROWS:
                raise ValueError("more rows than a worksheet holds")
            where.row, where.lines = row, 1
            cells = [column.render(row, value, where) for column, value in zip(columns, values, strict=True)]
            if where.lines > 1:
                # Not a custom height: Excel fits the row anew when somebody edits it.
                pieces.append(f'<row r="{row}" ht="{min(_TALLEST, _LINE_HEIGHT * where.lines)}">')
            else:
                pieces.append(f'<row r="{row}">')
            pieces += cells
            pieces.append("</row>")
            row += 1
            if (row - first) % _ROWS_PER_WRITE == 0:
                self._part.write("".join(pieces).encode())
                pieces.clear()
        self._part.write("".join(pieces).encode())
        return row - first


class _Place:
    """Turns a cell's remark into a sentence that says where."""

    def __init__(self, sheet: Sheet, notes: list[str]) -> None:
        self._sheet = sheet
        self._notes = notes
        self.row = 0
        self.lines = 1

    def __call__(self, remark: str) -> None:
        self._notes.append(f"“{self._sheet.name}”第 {self.row} 行{remark}。")
