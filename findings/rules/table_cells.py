"""Reading the cells of survey tables as people type them: one reader for grid, paste and imported files.

A cell is kept as plain text: amounts and areas as decimals, dates to the day, month or year they are known, choices in
the words of the form. Of account and identity numbers only the last four signs and a keyed digest leave this module.
"""

import calendar
import datetime as dt
import re
import secrets
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.crypto import salted_hmac

from core.identity import check_digit
from core.office import parse
from core.text import clean
from findings.models import TableColumn, TableSpec

# One sheet stays one thing that can be looked over and signed; longer lists are counted on several.
MOST_ROWS = 300
TOO_LONG = f"一张表最多{MOST_ROWS}行，多出的请另开一张表登记。"
MASK = "****"
_LONGEST = 300
_TAIL = 4
_MOST = Decimal(10) ** 12
_LARGE = {"万": 4, "亿": 8}
_AMOUNT = re.compile(r"(.*?)(万|亿)元?")
_UNITS = re.compile(r"(亩|平方米|平米|m2|个|间|处|台|辆|口|套|块|座|盏|棵|头)$")
_MONTH = re.compile(r"(\d{4})[-/.年]\s*(\d{1,2})月?")
_YEAR = re.compile(r"(\d{4})年?")
_MASKED = re.compile(r"\*{2,}([0-9X]{4})")
_IDENTITY = re.compile(r"\d{17}[0-9X]|\d{15}|\d{3}[0-9X]")

Rows = list[dict[str, Any]]


class CellFault(NamedTuple):
    """What is wrong where: the row's number from 1, the column's name, a sentence."""

    row: int
    column: str
    message: str


def read_rows(spec: TableSpec, typed: Sequence[dict[str, Any]], before: Rows) -> tuple[Rows, list[CellFault]]:
    """Rows as they are kept, blank ones left out, and what could not be read; ``before``: the rows stored so far.

    A row keeps the ``id`` it had; a masked number left as it stood keeps its digest.
    """
    known = {row["id"]: row for row in before}
    kept: Rows = []
    faults: list[CellFault] = []
    for number, cells in enumerate(typed, 1):
        if is_blank(spec, cells):
            continue
        old = known.pop(str(cells.get("id", "")), {})
        row: dict[str, Any] = {"id": old.get("id") or secrets.token_hex(4)}
        for column in spec.typed:
            try:
                row[column.name] = read_cell(column, cells.get(column.name, ""), old.get(column.name))
            except parse.BadCell as fault:
                faults.append(CellFault(number, column.name, str(fault)))
        kept.append(row)
    return kept, faults


def read_sheet(
    spec: TableSpec, typed: Sequence[dict[str, Any]], before: Rows
) -> tuple[Rows, list[CellFault]]:
    """The rows of one sheet: see :func:`read_rows`; more than one sheet holds is a fault."""
    kept, faults = read_rows(spec, typed, before)
    if len(kept) > MOST_ROWS:
        faults.append(CellFault(MOST_ROWS + 1, "", TOO_LONG))
    return kept, faults


def is_blank(spec: TableSpec, cells: dict[str, Any]) -> bool:
    """Is nothing typed in any cell of the row?"""
    return not any(str(cells.get(column.name, "")).strip() for column in spec.typed)


def fault_sentence(spec: TableSpec, fault: CellFault) -> str:
    """A fault as it is said outside of the grid."""
    return f"第{fault.row}行{spec.column(fault.column).label if fault.column else ''}：{fault.message}"


def read_cell(column: TableColumn, cell: parse.Cell, stored: Any = None) -> Any:
    """One cell as it is kept, empty text for nothing. Raises ``parse.BadCell`` with a sentence."""
    if isinstance(cell, str):
        cell = clean(cell).strip()
    if cell == "":
        return ""
    if column.secret:
        return _secret(column, cell, stored)
    readers = {"money": _money, "number": _number, "date": _date, "choice": _choice}
    return readers.get(column.kind, _text)(column, cell)


def _text(column: TableColumn, cell: parse.Cell) -> str:
    return str(parse.text(_LONGEST)(cell))


def _choice(column: TableColumn, cell: parse.Cell) -> str:
    return str(parse.choice({name: name for name in column.choices})(cell))


def _money(column: TableColumn, cell: parse.Cell) -> str:
    """Yuan with two decimals; ``1.2万`` is understood."""
    large = _AMOUNT.fullmatch(parse.half_width(cell)) if isinstance(cell, str) else None
    if large is None:
        return _decimal(column, cell, 2)
    shift = _LARGE[large[2]]
    return _decimal(column, _shifted(large[1], shift), 2)


def _shifted(text: str, places: int) -> str:
    value = parse.decimal(places + 2)(text.strip() or "?")
    return str(value.scaleb(places).quantize(Decimal("0.01"))) if value is not None else "-"


def _number(column: TableColumn, cell: parse.Cell) -> str:
    if isinstance(cell, str):
        cell = _UNITS.sub("", parse.half_width(cell)).strip() or cell
    text = _decimal(column, cell, 4)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _decimal(column: TableColumn, cell: parse.Cell, places: int) -> str:
    value = parse.decimal(places)(cell)
    if value is None:
        return ""
    if value < 0 and not column.signed:
        raise parse.BadCell(f"不能小于0，现为“{parse.shown(cell)[:30]}”。")
    if abs(value) >= _MOST:
        raise parse.BadCell("数字过大，请核对。")
    return str(value + 0)


def _date(column: TableColumn, cell: parse.Cell) -> str:
    """A day, or a month or a year where no more is known."""
    if isinstance(cell, float) and round(cell % 1, 4) == 0.1:
        # Excel drops the last nought of 2023.10.
        raise parse.BadCell(f"“{cell:g}”分不清是1月还是10月，请写成“{int(cell)}年1月”或“{int(cell)}年10月”。")
    text = parse.half_width(cell).replace(" 00:00:00", "")
    month, year = _MONTH.fullmatch(text), _YEAR.fullmatch(text)
    if month:
        first = parse.day(1949)(f"{month[1]}-{month[2]}-1")
        return f"{first:%Y-%m}"
    if year:
        return f"{parse.day(1949)(f'{year[1]}-1-1'):%Y}"
    day = parse.day(1949)(text)
    return day.isoformat() if day else ""


def first_day(text: str) -> dt.date | None:
    """The day a kept date begins with; ``None`` for nothing."""
    parts = [int(part) for part in text.split("-")] if text else []
    return dt.date(*(parts + [1, 1])[:3]) if parts else None


def last_day(text: str) -> dt.date | None:
    """The day a kept date ends with: of a month or a year the last one."""
    first = first_day(text)
    if first is None or len(text) > 7:
        return first
    month = first.month if len(text) == 7 else 12
    return first.replace(month=month, day=calendar.monthrange(first.year, month)[1])


# --- numbers of which only the end is kept ----------------------------------------------------------------


def _secret(column: TableColumn, cell: parse.Cell, stored: Any) -> dict[str, str] | str:
    masked = _MASKED.fullmatch(parse.half_width(cell).upper())
    if masked:
        # Left as it stood, or brought back from a draft, which never holds more than the end.
        same = bool(stored) and stored["tail"] == masked[1]
        return {"tail": masked[1], "key": stored["key"] if same else ""}
    number = _identity(cell) if column.kind == "identity" else _account(cell)
    if len(number) == _TAIL:
        return {"tail": number, "key": ""}
    return {"tail": number[-_TAIL:], "key": _digest(column.kind, number)}


def _digest(kind: str, number: str) -> str:
    """Equal numbers give equal digests; without the key of this installation nobody can try numbers out."""
    return salted_hmac(f"findings.table.{kind}", number, algorithm="sha256").hexdigest()


def _account(cell: parse.Cell) -> str:
    text = cell if isinstance(cell, float) else parse.half_width(cell).replace("-", "")
    number = str(parse.digits(_TAIL, 30)(text))
    if _TAIL < len(number) < 8:
        raise parse.BadCell("账号应填全号，或者只填后四位。")
    return number


def _identity(cell: parse.Cell) -> str:
    if isinstance(cell, float) and cell >= 10**15:
        raise parse.BadCell("数字过长，末几位已被 Excel 改成 0。请把这一列设为“文本”格式，或只填后四位。")
    number = parse.half_width(cell).replace(" ", "").upper()
    if not _IDENTITY.fullmatch(number):
        raise parse.BadCell("证件号应填18位全号，或者只填后四位。")
    if len(number) == 18 and check_digit(number) != number[17]:
        raise parse.BadCell("证件号校验位不对，请对照证件核对，或者只填后四位。")
    return number


def shown_cell(column: TableColumn, kept: Any) -> str:
    """A kept cell as it is typed again: numbers masked, the rest as it is kept."""
    return f"{MASK}{kept['tail']}" if column.secret and kept else str(kept or "")


def typed_rows(spec: TableSpec, rows: Iterable[dict[str, Any]]) -> list[dict[str, str]]:
    """Kept rows as the grid takes them."""
    return [{"id": row["id"]} | {c.name: shown_cell(c, row.get(c.name)) for c in spec.typed} for row in rows]
