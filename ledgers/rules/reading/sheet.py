"""Reads one sheet of a village's books into values with the row each came from.

Rows of data, totals and remarks are told apart; figures are added up while reading. Nothing of the table is copied.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from core.display import years_in_words
from core.office import parse
from core.office.columns import CellError
from core.office.parse import BadCell
from core.office.tables import Cell, ImportRefused, Table
from ledgers.rules.reading import marks, values
from ledgers.rules.reading.cells import columns_of, put, said
from ledgers.rules.reading.heads import Head, Mapping, find_head, label
from ledgers.rules.reading.identity import Mark, without_numbers
from ledgers.rules.reading.kinds import Kind
from ledgers.rules.reading.reconcile import Difference, Reconciler, Total
from ledgers.rules.reading.settle import Settler, ledger_account, sign_of
from ledgers.rules.reading.years import month_in, years_of

_KEPT_NOTE = 200
_NEED_YEAR = frozenset({"entries", "balances", "debts", "benefits", "disclosures"})


class Line(NamedTuple):
    """A row of data: its number in the file (from 1), its values by field; what the row leaves blank is absent."""

    number: int
    values: dict[str, Any]


@dataclass
class Sheet:
    """What was understood of a sheet.

    ``year`` is the sheet's own, ``None`` when its rows are of several; ``account`` code and name of the one account
    a ledger is about. ``notes`` are the rows passed over with their words.
    """

    kind: Kind
    name: str
    title: str
    year: int | None
    month: int | None
    mapping: Mapping
    account: tuple[str, str] = ("", "")
    rows: list[Line] = field(default_factory=list, repr=False)
    totals: list[Total] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    faults: list[CellError] = field(default_factory=list)
    unmapped: list[str] = field(default_factory=list)
    notes: list[CellError] = field(default_factory=list)


def read_sheet(
    table: Table,
    filename: str = "",
    *,
    mark: Mark,
    year: int | None = None,
    learned: Iterable[Mapping] = (),
) -> Sheet:
    """Read one table. ``year`` is the one people chose, ``mark`` the keyed hash that stands for a number.

    Raises ``NoHead`` when no head is known, ``ImportRefused`` when the year is another.
    """
    reader = _Reader(table, filename, find_head(table, filename, learned), mark, year)
    reader.read()
    return reader.sheet


class _Reader:
    """Goes once through the rows under a head."""

    def __init__(self, table: Table, filename: str, head: Head, mark: Mark, chosen: int | None) -> None:
        self._table, self._head, self._chosen = table, head, chosen
        texts = [*head.titles, *head.written, table.sheet, filename]
        self._years = years_of(texts)
        self._check_chosen()
        self._check_side_by_side()
        kind = head.kind
        title = without_numbers(" ".join(head.titles))
        own = self._own_year()
        account = ledger_account(kind, [*head.titles, table.sheet, filename])
        self.sheet = Sheet(
            kind,
            table.sheet,
            title,
            self._one_year(),
            month_in(title),
            head.mapping,
            account,
            unmapped=head.unmapped,
        )
        self._plan = columns_of(head, own, mark)
        self._keys = frozenset(column.key for column in self._plan)
        cells = [cell for row in table.rows[head.top : head.bottom + 1] for cell in row]
        self._head_cells = {"".join(parse.shown(cell).split()) for cell in cells} - {""}
        self._head_labels = {label(cell) for cell in cells} - {""}
        self._figures = {*kind.sums, "balance"}
        self._sums = Reconciler(kind, self._keys)
        self._above: dict[str, Any] = {}
        self._outside: list[CellError] = []
        self._settler = Settler(kind, self._keys, account, own, table.sheet + title)

    def read(self) -> None:
        """Read all rows, then judge the sheet as a whole."""
        start = self._head.bottom + 1
        for index in range(start, len(self._table.rows)):
            row = self._table.rows[index]
            filled = [cell for cell in row if cell != "" and not (isinstance(cell, str) and cell.isspace())]
            if filled:
                self._take(index + 1, row, filled, first=index == start)
        self.sheet.differences = self._sums.finish()
        self._judge()

    def _take(self, number: int, row: Sequence[Cell], filled: Sequence[Cell], *, first: bool) -> None:
        if (first and marks.is_numbering(filled)) or self._is_head(filled):
            return
        found, faults = self._values(number, row)
        scope, words = marks.scope_of(
            row, speaks_for_data=bool(found.keys() & {"voucher", "account", "mark"})
        )
        if scope:
            self._take_total(Total(number, scope, words, self._figures_of(row)), row)
        elif self._is_beside_the_point(found, faults, filled):
            self._note(number, filled)
        else:
            self._take_line(number, found, faults)

    def _take_line(self, number: int, found: dict[str, Any], faults: list[CellError]) -> None:
        if told := self._settler.settle(number, found, self._above):
            faults.append(CellError(number, "日期", told, self._table.sheet))
        self.sheet.rows.append(Line(number, found))
        self.sheet.faults += faults
        self._sums.row(number, found)
        if "day" in found and self.sheet.year not in (None, found["day"].year):
            self._outside.append(
                CellError(number, "日期", _outside(found["day"], self.sheet.year), self.sheet.name)
            )

    def _take_total(self, total: Total, row: Sequence[Cell]) -> None:
        self.sheet.totals.append(total)
        self._sums.total(total)

    # --- cells -----------------------------------------------------------------------------------------------

    def _values(self, number: int, row: Sequence[Cell]) -> tuple[dict[str, Any], list[CellError]]:
        found: dict[str, Any] = {}
        faults: list[CellError] = []
        for column in self._plan:
            cell = row[column.place] if column.place < len(row) else ""
            if cell == "" or (isinstance(cell, str) and cell.isspace()):
                continue
            if marks.is_ditto(cell):
                value = self._above.get(column.key)
            else:
                try:
                    value = column.read(cell)
                except BadCell as fault:
                    self._settler.undated += values.NO_YEAR in str(fault)
                    faults.append(CellError(number, column.title, said(fault, cell), self._table.sheet))
                    continue
            if value is not None and value != "":
                put(found, column.key, value)
                self._above[column.key] = value
        return found, faults

    def _figures_of(self, row: Sequence[Cell]) -> dict[str, Decimal]:
        """The figures of a total row; what cannot be read there is no fault."""
        found = {}
        for column in self._plan:
            if column.key in self._figures and column.place < len(row) and row[column.place] != "":
                try:
                    value = column.read(row[column.place])
                except BadCell:
                    continue
                if value is not None:
                    found[column.key] = value
        return self._signed(found, row)

    def _signed(self, found: dict[str, Decimal], row: Sequence[Cell]) -> dict[str, Decimal]:
        side = next((column for column in self._plan if column.key == "side"), None)
        if "balance" in found and side and side.place < len(row) and row[side.place] != "":
            with suppress(BadCell):
                found["balance"] *= sign_of(side.read(row[side.place]))
        return found

    # --- rows ------------------------------------------------------------------------------------------------

    def _is_head(self, filled: Sequence[Cell]) -> bool:
        """The head again, as printed on every page."""
        first = filled[0]
        if not isinstance(first, str) or "".join(first.split()) not in self._head_cells:
            return False
        labels = {label(cell) for cell in filled}
        return len(labels) > 1 and labels <= self._head_labels

    def _is_beside_the_point(
        self, found: dict[str, Any], faults: Sequence[CellError], filled: Sequence[Cell]
    ) -> bool:
        if marks.is_note(filled) and len(self._plan) > 1:
            return True
        kind = self.sheet.kind
        faulty = {fault.column for fault in faults}
        return not any(key in found or kind.by_key[key].title in faulty for key in kind.row)

    def _note(self, number: int, filled: Sequence[Cell]) -> None:
        words = " ".join(dict.fromkeys(parse.shown(cell) for cell in filled))
        named = marks.account_named([words])
        if self.sheet.kind.code == "entries" and named not in (("", ""), self._settler.account):
            self._settler.account = named
            self._sums.begin_account()
        kept = without_numbers(words)[:_KEPT_NOTE]
        self.sheet.notes.append(CellError(number, "", kept, self._table.sheet))

    # --- the year --------------------------------------------------------------------------------------------

    def _one_year(self) -> int | None:
        return next(iter(self._years)) if len(self._years) == 1 else None

    def _own_year(self) -> int | None:
        """The year of what is written without one: the sheet's, or the chosen one where the sheet names none."""
        return self._one_year() or (None if self._years else self._chosen)

    def _check_chosen(self) -> None:
        if (
            self._chosen
            and self._years
            and self._chosen not in self._years
            and self._head.kind.code in _NEED_YEAR
        ):
            raise ImportRefused(
                f"{self._where()}写的是{years_in_words(self._years)}，没有{self._chosen}年的内容。请核对所选的年度或换一个文件。"
            )

    def _check_side_by_side(self) -> None:
        heads = self._head.mapping.heads
        for width in range(2, len(heads) // 2 + 1):
            if len(heads) % width == 0 and heads == heads[:width] * (len(heads) // width):
                raise ImportRefused(
                    f"{self._where()}左右并排写了{len(heads) // width}栏，一行有几笔，没有一笔一行。"
                    "请把右边各栏移到左边一栏的下面后重新上传。"
                )

    def _judge(self) -> None:
        sheet = self.sheet
        if self._settler.sideless:
            told = "金额没有写明是收入还是支出，读不出借方和贷方。请增加一列“借”或“贷”，或者在标题里写明。"
            sheet.faults.append(CellError(self._settler.sideless, "金额", told, sheet.name))
        if not sheet.rows and not sheet.faults:
            raise ImportRefused(f"{self._where()}表头下面没有数据，请核对后重新上传。")
        if sheet.kind.code not in _NEED_YEAR:
            return
        if self._settler.undated:
            raise ImportRefused(self._undated_sentence())
        if len(self._outside) * 2 <= len(sheet.rows):
            sheet.faults += self._outside
        else:
            sheet.year = None  # the title is of another year than the rows
        if sheet.year is None and not self._years:
            sheet.year = self._chosen
        written = {line.values["day"].year for line in sheet.rows if "day" in line.values}
        written |= {line.values["year"] for line in sheet.rows if "year" in line.values}
        if self._chosen and written and self._chosen not in written:
            raise ImportRefused(
                f"{self._where()}里的日期是{years_in_words(written)}，没有{self._chosen}年的内容。请核对所选的年度或换一个文件。"
            )
        if not written and self._own_year() is None:
            raise ImportRefused(self._undated_sentence())

    def _undated_sentence(self) -> str:
        if self._years:
            return (
                f"{self._where()}有{years_in_words(self._years)}几个年度，行里却没有写年份，分不清属于哪一年。"
                "请补上年份，或者按年分成几个文件后上传。"
            )
        return f"{self._where()}没有写是哪一年的，标题和文件名里也没有。请选择年度，或者在标题里写上年份后重新上传。"

    def _where(self) -> str:
        return f"“{self._table.sheet}”" if self._table.sheet else "这张表"


def _outside(day: dt.date, year: int | None) -> str:
    return f"日期{day.isoformat()}不在{year}年，请核对。"
