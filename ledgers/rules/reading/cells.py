"""Reads the cells of a row by what their column is."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple

from core.office import parse
from core.office.parse import BadCell
from core.office.tables import Cell
from ledgers.rules.reading import values
from ledgers.rules.reading.heads import Head, Place
from ledgers.rules.reading.identity import Identity, Mark, account_mark, identity_of, without_numbers

_LONGEST_TEXT = 2000
_LONGEST_NAME = 60


class Column(NamedTuple):
    """A column that is read: where, as which field, its title in faults, how."""

    place: int
    key: str
    title: str
    read: Callable[[Cell], Any]


def columns_of(head: Head, year: int | None, mark: Mark) -> list[Column]:
    """The columns of a sheet; ``year`` is that of days written without one."""
    found = []
    for place in head.places:
        known = head.kind.field(place.key)
        read = _reader_of(known.reads, place, head.written[place.column], year, mark)
        found.append(Column(place.column, place.key, known.title, read))
    return found


def _reader_of(reads: str, place: Place, written: str, year: int | None, mark: Mark) -> Callable[[Cell], Any]:
    readers: dict[str, Callable[[Cell], Any]] = {
        "text": _text,
        "name": _name,
        "code": lambda cell: without_numbers(parse.half_width(cell).replace(" ", ""))[:_LONGEST_NAME],
        "amount": lambda cell: values.amount(cell, place.factor),
        "area": lambda cell: _area(cell, written),
        "identity": lambda cell: identity_of(cell, mark),
        "bank": lambda cell: account_mark(cell, mark),
        "day": lambda cell: values.day(cell, year),
        "first_day": lambda cell: values.first_day(cell, year),
        "last_day": lambda cell: values.last_day(cell, year),
        "stated_day": lambda cell: values.stated_day(cell, year),
        "quantity": values.quantity,
        "whole": values.whole,
        "month": values.month_of,
        "day_of_month": values.day_of_month,
        "year": values.year_of,
        "quarter": values.quarter_of,
        "yes_no": values.yes_no,
        "payment": values.payment,
        "period": values.period,
        "side": values.side,
    }
    return readers[reads]


def put(found: dict[str, Any], key: str, value: Any) -> None:
    """Keep a value: most readers give one value; identity numbers and terms give several."""
    if isinstance(value, Identity):
        found[key] = value.mark
        if key == "mark":
            found |= {"number_valid": value.valid, "born_on": value.born_on}
    elif key == "period":
        starts, ends, years = value
        for name, part in (("starts_on", starts), ("ends_on", ends), ("years", years)):
            if part is not None:
                found.setdefault(name, part)
    elif ":" in key:
        base, _, year = key.partition(":")
        found.setdefault(base, {})[int(year)] = value
    else:
        found[key] = value


def said(fault: BadCell, cell: Cell) -> str:
    """What is wrong with the cell, without an identity number that slipped into another column."""
    written = parse.shown(cell)
    return str(fault) if without_numbers(written) == written else "这一格里有证件号，与列名不符，请核对。"


def _text(cell: Cell) -> str:
    return without_numbers(parse.shown(cell))[:_LONGEST_TEXT]


def _name(cell: Cell) -> str:
    return without_numbers(parse.name(_LONGEST_NAME)(cell))


def _area(cell: Cell, head: str) -> Decimal | None:
    """Mu, whatever unit the head or the cell names."""
    number = values.quantity(cell)
    if number is None:
        return None
    unit = f"{head}{cell}"
    if "公顷" in unit:
        number *= 15
    elif re.search(r"平方米|㎡|m2|平米", unit, re.I):
        number = number * 3 / 2000
    return number.quantize(Decimal("0.0001")).normalize() + 0
