"""Identity numbers and account numbers: what may be kept of them is a keyed hash, never the number.

The hash is the caller's (``mark``); here numbers are brought to one form, judged by their check digit (GB 11643),
and taken out of free text.
"""

import datetime as dt
import re
from collections.abc import Callable
from typing import NamedTuple

from core.identity import check_digit
from core.office.parse import BadCell, Cell, half_width

Mark = Callable[[str], str]

_WHOLE = re.compile(r"^\d{17}[\dX]$")
_OLD = re.compile(r"^\d{15}$")
_WITHIN = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|\d{15})(?!\d)")
_LOST = re.compile(r"^\d(\.\d+)?E\+?\d+$")
_EXACT = 10**15
_LEFT_OUT = "（证件号略）"


class Identity(NamedTuple):
    """What is kept of a number: hash, whether its check digit holds (``None``: it has none), day of birth."""

    mark: str
    valid: bool | None
    born_on: dt.date | None


def identity_of(cell: Cell, mark: Mark) -> Identity:
    """Read a cell with an identity number; messages never repeat it."""
    number = re.sub(r"[\s\-]", "", half_width(cell)).upper()
    if (isinstance(cell, float) and cell >= _EXACT) or _LOST.match(number):
        raise BadCell("证件号末几位已被 Excel 改成 0，不能用来比对。请把这一列设为“文本”格式后重新填写。")
    if "*" in number:
        raise BadCell("证件号有几位被遮住，不能用来比对。")
    if _OLD.match(number):
        number = f"{number[:6]}19{number[6:]}"
        return Identity(mark(number + check_digit(number)), None, _born(number))
    if not _WHOLE.match(number):
        raise BadCell(f"证件号应为18位，现为{len(number)}位，不能用来比对。")
    return Identity(mark(number), number[-1] == check_digit(number), _born(number))


def account_mark(cell: Cell, mark: Mark) -> str:
    """The hash of a bank account's number."""
    if isinstance(cell, float) and cell >= _EXACT:
        raise BadCell("账号末几位已被 Excel 改成 0，不能用来比对。请把这一列设为“文本”格式后重新填写。")
    number = re.sub(r"[\s\-]", "", half_width(cell))
    if "*" in number:
        raise BadCell("账号有几位被遮住，不能用来比对。")
    return mark(number)


def without_numbers(text: str) -> str:
    """The text without what looks like an identity number: the right length and a day of birth inside."""
    return _WITHIN.sub(lambda found: _LEFT_OUT if _looks_real(found.group()) else found.group(), text)


def _looks_real(number: str) -> bool:
    return _born(number if len(number) > 15 else f"{number[:6]}19{number[6:]}") is not None


def _born(number: str) -> dt.date | None:
    try:
        born = dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
    return born if 1900 <= born.year < 2100 else None
