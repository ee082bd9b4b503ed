"""Reads a filled portrait wherever its labels stand: moved rows, extra columns and merged cells are all known."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from core.office.errorcells import error_cells, unfinished_formulas
from core.office.parse import shown
from core.office.tables import Cell, ImportRefused, Table, read_tables
from prep.models import PortraitKind
from prep.selectors.portraits import fields
from prep.selectors.portraits.cells import PortraitCell, read_cell
from prep.selectors.portraits.fields import ABOUT, SCALARS, TABLES, Ask, AskTable, plain_label

_SECTION = re.compile(r"^[一二三四五六七八九十]+[、.．]")
# A head must show at least so many columns of its list: one label alone may stand anywhere.
_HEAD = 3
_FEWEST_LABELS = 6
_CODES = {code: kind for kind, code in fields.FORM_CODES.items()}
_FIXED = frozenset(
    plain_label(text) for text in (*fields.TITLES.values(), *fields.WHO.values(), *fields.SECTIONS)
)  # fmt: skip
_SCALAR = {name: ask for ask in (*SCALARS, *ABOUT) for name in ask.names}
_COLUMN = {table.key: {name: ask for ask in table.columns for name in ask.names} for table in TABLES}


@dataclass
class PortraitReading:
    """What was found: the kind and edition of the form, its cells by key, remarks, and text outside of every field."""

    kind: PortraitKind
    edition: int
    cells: dict[str, PortraitCell] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    strays: list[dict[str, str]] = field(default_factory=list)


def read_portrait(
    content: bytes, filename: str, code: str, name: str, traits: Mapping[str, str]
) -> PortraitReading:
    """Read the sheet of the village with ``code`` and ``name``; ``traits``: codes of the traits by name.

    Raises ``ImportRefused`` when it is no portrait, another village's, or of a later edition than this system knows.
    """
    sheets = [_Sheet(table, content, traits) for table in read_tables(content, filename)]
    best = max(sheets, key=lambda sheet: sheet.label_count)
    if best.label_count < _FEWEST_LABELS:
        raise ImportRefused("这不是村情画像表：没有找到“户数”“户籍人口”等栏目。请用系统下载的表填写后上传。")
    reading = PortraitReading(*_identity(best, code, name))
    best.read(reading)
    if reading.edition < fields.EDITION:
        _say_older(reading)
    others = [sheet for sheet in sheets if sheet is not best and any(sheet.table.rows)]
    reading.remarks += [f"工作表“{sheet.table.sheet}”没有读取，里面还有内容，请核对。" for sheet in others]
    return reading


def _identity(sheet: "_Sheet", code: str, name: str) -> tuple[PortraitKind, int]:
    """Which form this is and whose; the village is told by its code, and by the name in the title when that is gone."""
    text = "\n".join(sheet.texts())
    form = fields.FORM_CODE.search(text)
    kind = _CODES.get(form.group(1)) if form else None
    if kind is None:
        why = f"表号是“{form.group(1)}”，" if form else "找不到表号，"
        raise ImportRefused(
            f"{why}不能确定是自画像还是预画像。请用系统下载的表填写，不要删去表头的表号一行。"
        )
    codes = set(fields.VILLAGE_CODE.findall(text))
    if codes and code not in codes:
        raise ImportRefused(
            f"这是另一个村（社区）的表（代码{min(codes)}），不是{name}（{code}）的，没有接收。"
        )
    if not codes:
        raise ImportRefused(f"表头没有村（社区）代码，不能确定是不是{name}的表。请补上代码{code}后重新上传。")
    found = fields.FORM_EDITION.search(text)
    edition = int(found.group(1)) if found else 0
    if edition > fields.EDITION:
        raise ImportRefused(f"表格是第{edition}版，系统只认得到第{fields.EDITION}版，请用系统下载的表填写。")
    return kind, edition


def _say_older(reading: PortraitReading) -> None:
    lacking = [
        ask.label for ask in SCALARS if ask.since > reading.edition and ask.key not in reading.cells
    ]  # fmt: skip
    version = f"第{reading.edition}版" if reading.edition else "没有版次的"
    tail = f"，没有这些栏目：{'、'.join(lacking)}" if lacking else ""
    reading.remarks.insert(0, f"这是{version}旧表，现行是第{fields.EDITION}版{tail}。")


class _Sheet:
    """One worksheet with what is wrong in single cells."""

    def __init__(self, table: Table, content: bytes, traits: Mapping[str, str]) -> None:
        self.table = table
        self._traits = traits
        self._broken = {(r, c): text for r, c, text in error_cells(content).get(table.sheet, ())}
        self._formulas = {(r, c): text for r, c, text in unfinished_formulas(content).get(table.sheet, ())}
        self._used: set[tuple[int, int]] = set()

    @property
    def label_count(self) -> int:
        """How many different labels of the form stand in the sheet."""
        names = {plain_label(text) for text in self.texts()}
        return len(names & (_SCALAR.keys() | {name for known in _COLUMN.values() for name in known}))

    def texts(self) -> Iterator[str]:
        """Every text of the sheet."""
        return (cell for row in self.table.rows for cell in row if isinstance(cell, str) and cell)

    def read(self, reading: PortraitReading) -> None:
        """Lists first, so that their heads are not taken for labels; then single values; then what is left."""
        for number in range(len(self.table.rows)):
            found = self._head(number)
            if found is not None:
                self._read_list(number, *found, reading)
        for number, row in enumerate(self.table.rows):
            for column, cell in enumerate(row):
                self._read_scalar(number, column, cell, reading)
        absent = [
            ask.label for ask in SCALARS if ask.key not in reading.cells and ask.since <= reading.edition
        ]
        if absent:
            reading.remarks.append(f"表里没有找到这些栏目：{'、'.join(absent)}。")
        reading.strays += list(self._strays())

    # --- lists --------------------------------------------------------------------------------------------

    def _head(self, number: int) -> tuple[AskTable, dict[int, Ask]] | None:
        """The list whose head this row is, with its columns; ``None`` for any other row."""
        best: tuple[AskTable, dict[int, Ask]] | None = None
        for table in TABLES:
            places: dict[int, Ask] = {}
            for column, cell in enumerate(self.table.rows[number]):
                ask = _COLUMN[table.key].get(plain_label(cell)) if isinstance(cell, str) else None
                if ask is not None and ask not in places.values():
                    places[column] = ask
            if len(places) >= _HEAD and (best is None or len(places) > len(best[1])):
                best = table, places
        return best

    def _read_list(
        self, head: int, table: AskTable, places: dict[int, Ask], reading: PortraitReading
    ) -> None:
        self._use_row(head, places)
        titles = self.table.rows[head]
        wan = {column for column in places if "万元" in str(titles[column])}
        start = len({key.split("/")[1] for key in reading.cells if key.startswith(f"{table.key}/")})
        for number in range(head + 1, len(self.table.rows)):
            if self._ends_list(number):
                break
            if self._is_total(number):
                continue
            if not self._has_data(number, table, places):
                self._use_row(number, places)
                continue
            for column, ask in places.items():
                cell = self._cell(ask, number, column, in_wan=column in wan)
                reading.cells[f"{table.key}/{start}/{ask.key}"] = cell
            self._use_row(number, places)
            start += 1

    def _ends_list(self, number: int) -> bool:
        """A section title, another head, or a single label begins."""
        row = self.table.rows[number]
        first = next((cell for cell in row if cell != ""), "")
        if not isinstance(first, str):
            return False
        begins = bool(_SECTION.match(first.strip())) or first.startswith(("填表说明", fields.TRAIT_LEAD))
        return begins or plain_label(first) in _SCALAR or self._head(number) is not None

    def _has_data(self, number: int, table: AskTable, places: dict[int, Ask]) -> bool:
        """Does the row say anything besides the year that was printed there?"""
        printed = {"year"} if table.key == "year" else set()
        return any(
            self._at(number, column) != "" or self._marked(number, column)
            for column, ask in places.items()
            if ask.key not in printed
        )

    def _is_total(self, number: int) -> bool:
        """A total is no row of the list; its figures are kept as text outside of every field."""
        first = next((cell for cell in self.table.rows[number] if cell != ""), "")
        return isinstance(first, str) and bool(re.fullmatch(r"(合|小|总|共)\s*计", first.strip()))

    def _use_row(self, number: int, places: dict[int, Ask]) -> None:
        """The cells under the columns, and the further cells of each merged one, are accounted for."""
        row = self.table.rows[number]
        for column in places:
            self._used.add((number, column))
            following = column + 1
            while (
                following < len(row)
                and following not in places
                and row[following] == self._at(number, column)
            ):
                self._used.add((number, following))
                following += 1

    # --- single values ------------------------------------------------------------------------------------

    def _read_scalar(self, number: int, column: int, cell: Cell, reading: PortraitReading) -> None:
        if (number, column) in self._used or not isinstance(cell, str) or not cell:
            return
        label = plain_label(cell)
        ask = _SCALAR.get(label)
        if ask is None:
            return
        self._used.add((number, column))
        place = column + 1
        row = self.table.rows[number]
        while place < len(row) and isinstance(row[place], str) and plain_label(str(row[place])) == label:
            self._used.add((number, place))
            place += 1
        value = self._at(number, place)
        if isinstance(value, str) and plain_label(value) in _SCALAR:
            found = PortraitCell(place=_address(number, place))
        else:
            found = self._cell(ask, number, place)
            self._use_block(number, place, value)
        known = reading.cells.get(ask.key)
        if known is None or (not known.text and found.text):
            reading.cells[ask.key] = found
        elif found.text and found.text != known.text:
            both = f"在{known.place}和{found.place}填了两个数：{known.text}、{found.text}"
            fault = f"“{ask.label}”{both}，请写明以哪个为准。"
            reading.cells[ask.key] = PortraitCell(known.text, fault=fault, place=known.place)

    def _use_block(self, number: int, column: int, value: Cell) -> None:
        """A value over several merged cells stands in each of them."""
        for line in range(number, len(self.table.rows)):
            if self._at(line, column) != value or (line > number and value == ""):
                break
            place = column
            while self._at(line, place) == value and place < len(self.table.rows[line]):
                self._used.add((line, place))
                place += 1

    # --- cells --------------------------------------------------------------------------------------------

    def _at(self, number: int, column: int) -> Cell:
        row = self.table.rows[number] if number < len(self.table.rows) else []
        return row[column] if column < len(row) else ""

    def _marked(self, number: int, column: int) -> bool:
        return (number, column) in self._broken or (number, column) in self._formulas

    def _cell(self, ask: Ask, number: int, column: int, *, in_wan: bool = False) -> PortraitCell:
        place = _address(number, column)
        error = self._broken.get((number, column))
        if error:
            return PortraitCell(error, fault=f"是表格的错误值{error}，没有数，请填写实际数字。", place=place)
        formula = self._formulas.get((number, column))
        if formula:
            fault = "是公式，文件里没有存下计算结果，请填写算出的数字。"
            return PortraitCell(f"={formula}", fault=fault, place=place)
        return read_cell(ask, self._at(number, column), place, in_wan=in_wan, traits=self._traits)

    def _strays(self) -> Iterator[dict[str, Any]]:
        """Text nobody asked for: kept and shown, so that nothing that was written is lost."""
        seen = set()
        for number, row in enumerate(self.table.rows):
            for column, cell in enumerate(row):
                text = shown(cell) if cell != "" else ""
                if not text or (number, column) in self._used or _is_printed(text):
                    continue
                if (number, text) not in seen:
                    seen.add((number, text))
                    yield {"place": _address(number, column), "text": text}


def _is_printed(text: str) -> bool:
    """Is it part of the form itself?"""
    lead = ("填表说明", fields.TRAIT_LEAD, "表号")
    return (
        text.startswith(lead) or plain_label(text) in _FIXED or bool(_SECTION.match(text)) or _is_label(text)
    )


def _is_label(text: str) -> bool:
    label = plain_label(text)
    return label in _SCALAR or any(label in known for known in _COLUMN.values())


def _address(number: int, column: int) -> str:
    """``C12`` for the third column of the twelfth row."""
    letters, left = "", column + 1
    while left:
        left, rest = divmod(left - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{number + 1}"
