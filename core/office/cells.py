"""The one gate every spreadsheet cell passes on its way out.

A string is always written as a string, whatever it begins with, so nothing a person typed can become a formula.
Numbers and dates are typed. What XML cannot carry is removed and reported.
"""

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from html import escape
from typing import Any, Protocol

from django.utils import timezone

from core.text import FORBIDDEN

MAX_UTF16_UNITS = 32_767
_CUT = "……（内容过长，此处截断）"
# Excel keeps 15 significant digits; a longer whole number is an identifier and must keep all of them.
_EXACT = 10**15
_SPECIAL = re.compile(f"[&<>\r]|_x[0-9A-Fa-f]{{4}}_|{FORBIDDEN.pattern}")
_ESCAPE_LOOKALIKE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
# Excel's day 60 is 29 February 1900, which never was; dates from March 1900 on count from here.
_EPOCH = dt.datetime(1899, 12, 30)
_FIRST_DATE = dt.date(1900, 3, 1)

Report = Callable[[str], None]


class Place(Protocol):
    """The row being written: hears remarks on its cells and how many lines of text its tallest cell has."""

    lines: int

    def __call__(self, remark: str) -> None: ...


def render_text(text: str, report: Report) -> str:
    """Return ``text`` escaped for an inline string; ``report`` hears what had to be left out."""
    if len(text) * 2 > MAX_UTF16_UNITS:
        text = _within_limit(text, report)
    if _SPECIAL.search(text):
        kept = FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
        removed = len(FORBIDDEN.findall(text))
        if removed:
            report(f"去掉了 {removed} 个无法显示的控制字符")
        text = escape(_ESCAPE_LOOKALIKE.sub("_x005F_", kept), quote=False)
    return text


def _within_limit(text: str, report: Report) -> str:
    units = len(text.encode("utf-16-le", "surrogatepass")) // 2
    if units <= MAX_UTF16_UNITS:
        return text
    report(f"内容超过 {MAX_UTF16_UNITS} 字，Excel 单元格放不下，已截断")
    room = (MAX_UTF16_UNITS - len(_CUT)) * 2
    return text.encode("utf-16-le", "surrogatepass")[:room].decode("utf-16-le", "ignore") + _CUT


def count_lines(text: str, room: int) -> int:
    """Return how many lines ``text`` fills where a line holds ``room`` half characters."""
    if "\n" in text:
        return sum(count_lines(line, room) for line in text.split("\n"))
    # UTF-8 has one byte for an ASCII character and three for a Chinese one: with the count, twice their widths.
    return max(0, (len(text.encode("utf-8", "replace")) + len(text)) // 2 - 1) // room + 1


def serial(value: dt.date) -> float | None:
    """Return Excel's day number of a date or a (local, when aware) time; ``None`` before March 1900."""
    if isinstance(value, dt.datetime):
        moment = timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value
    else:
        moment = dt.datetime(value.year, value.month, value.day)
    if moment.date() < _FIRST_DATE:
        return None
    return (moment - _EPOCH) / dt.timedelta(days=1)


class ColumnWriter:
    """Renders the cells of one column.

    ``letter`` is the column's letter, ``kind`` the declared kind, ``width`` its width in half characters, ``styles``
    maps style names to the workbook's format numbers. A value of another type than the column's is written by its
    own type.
    """

    def __init__(self, letter: str, kind: str, width: float, styles: Mapping[str, int]) -> None:
        self._room = max(2, int(width) - 1)
        self._open = f'<c r="{letter}'
        self._styles = styles
        text_style = kind if kind in ("text", "center") else "center"
        self._text = f'" s="{styles[text_style]}" t="inlineStr"><is><t>'
        self._text_kept = self._text[:-1] + ' xml:space="preserve">'
        self._blank = f'" s="{styles[text_style]}"/>'
        self._number = f'" s="{styles[kind if kind in NUMBER_KINDS else "number"]}"><v>'
        self._date_style = kind if kind in ("date", "datetime") else None

    def render(self, row: int, value: Any, place: Place) -> str:
        """Return the ``<c>`` element for ``value`` in the 1-based ``row``."""
        kind = type(value)
        if kind is str:
            if not value:
                return f"{self._open}{row}{self._blank}"
            broken = "\n" in value
            if broken or len(value) * 2 > self._room:
                place.lines = max(place.lines, count_lines(value, self._room))
            spaced = broken or value[0].isspace() or value[-1].isspace()
            opening = self._text_kept if spaced else self._text
            return f"{self._open}{row}{opening}{render_text(value, place)}</t></is></c>"
        if value is None:
            return f"{self._open}{row}{self._blank}"
        if kind is int and -_EXACT < value < _EXACT:
            return f"{self._open}{row}{self._number}{value}</v></c>"
        return self._render_other(row, value, place)

    def _render_other(self, row: int, value: Any, place: Place) -> str:
        if isinstance(value, bool):
            return self.render(row, "是" if value else "否", place)
        if isinstance(value, float | Decimal) and math.isfinite(value):
            return f"{self._open}{row}{self._number}{value}</v></c>"
        if isinstance(value, dt.date):
            number = serial(value)
            if number is not None:
                style = self._date_style or ("datetime" if isinstance(value, dt.datetime) else "date")
                return f'{self._open}{row}" s="{self._styles[style]}"><v>{number!r}</v></c>'
        # ``str()`` of a str subclass (a lazy translation, a choice) gives the plain string.
        return self.render(row, str(value), place)


NUMBER_KINDS = ("int", "number", "money", "percent")
