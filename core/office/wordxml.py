"""The few shapes of WordprocessingML that our documents consist of, written as text.

Every text passes :func:`runs`, which escapes it: this module is the one gate between typed text and a Word file.
Building markup as text and not as elements is what keeps a report of 5,000 findings within a second.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from core.office.chinese import width
from core.text import FORBIDDEN

TWIPS_PER_MM = 1440 / 25.4
_SPECIAL = re.compile(f"[&<>\t\r\n]|{FORBIDDEN.pattern}")
_BREAKS = re.compile("[\t\n]")
_TABLE_CHARACTER = 240  # twips: 小四, the size of table text
_SHORT = 8.0  # characters a column may have and still not be squeezed
_CHARACTER = 316  # twips: one of the 28 characters of a 156 mm line


def twips(millimetres: float) -> int:
    """Return millimetres in twentieths of a point."""
    return round(millimetres * TWIPS_PER_MM)


def plain_text(value: Any) -> str:
    """Return what is shown for a value: nothing for ``None``, otherwise its text."""
    return "" if value is None else str(value)


def runs(text: str, properties: str = "") -> str:
    """Return ``text`` as runs; line ends and tabs become the elements Word has for them.

    ``properties`` is the inside of ``w:rPr``, our own markup.
    """
    formatting = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    if not _SPECIAL.search(text):
        return f'<w:r>{formatting}<w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    text = escape(FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")), quote=False)
    pieces = _BREAKS.split(text)
    marks = ["", *("<w:br/>" if mark == "\n" else "<w:tab/>" for mark in _BREAKS.findall(text))]
    content = "".join(
        mark + (f'<w:t xml:space="preserve">{piece}</w:t>' if piece else "")
        for mark, piece in zip(marks, pieces, strict=True)
    )
    return f"<w:r>{formatting}{content}</w:r>"


def paragraph(style: str, content: str = "", properties: str = "") -> str:
    """Return a paragraph; ``properties`` is what follows ``w:pStyle`` inside ``w:pPr``, in schema order."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


def indent(*, left: float = 0, right: float = 0, hanging: float = 0, first: float = 0) -> str:
    """Return ``w:ind`` in characters of 3号, with twips beside them for programs that ignore characters."""
    parts = []
    for name, value in (("left", left), ("right", right), ("hanging", hanging), ("firstLine", first)):
        if value or name in ("left", "right"):
            parts.append(f'w:{name}Chars="{round(value * 100)}" w:{name}="{round(value * _CHARACTER)}"')
    if not hanging and not first:
        parts.append('w:firstLineChars="0" w:firstLine="0"')
    return f"<w:ind {' '.join(parts)}/>"


@dataclass(frozen=True)
class Geometry:
    """Widths of a table's columns in twips and the alignment letter (l, c, r) of each."""

    widths: tuple[int, ...]
    align: str


def fit_widths(
    headers: Sequence[str], rows: Sequence[Sequence[Any]], widths_mm: Sequence[float] | None, room_mm: float
) -> tuple[int, ...]:
    """Return column widths in twips that fill ``room_mm`` exactly.

    Given widths are kept in proportion. Without them each column gets what its longest text among the first
    rows needs; where that is too much together, short columns keep theirs and the long ones share the rest.
    """
    room = twips(room_mm)
    weights = list(widths_mm or _needs(headers, rows))
    if widths_mm is None and sum(weights) > room / _TABLE_CHARACTER:
        short = sum(weight for weight in weights if weight <= _SHORT)
        rest = max(room / _TABLE_CHARACTER - short, 1)
        long = sum(weight for weight in weights if weight > _SHORT)
        weights = [weight if weight <= _SHORT else weight * rest / long for weight in weights]
    result = [int(weight * room / sum(weights)) for weight in weights]
    result[-1] += room - sum(result)
    return tuple(result)


def _needs(headers: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[float]:
    """Widths in characters, with one more for the cell's own margins."""
    needs = []
    for index, header in enumerate(headers):
        texts = [header, *(plain_text(row[index]) for row in rows[:200])]
        needs.append(1.0 + min(max(map(width, texts)), 30.0))
    return needs


_JC = {"l": "left", "c": "center", "r": "right"}


def table(headers: Sequence[str], rows: Iterable[Sequence[Any]], geometry: Geometry) -> str:
    """Return a bordered table of fixed layout; its head repeats on every page and no row is split."""
    grid = "".join(f'<w:gridCol w:w="{size}"/>' for size in geometry.widths)
    opening = [
        f'<w:tc><w:tcPr><w:tcW w:w="{size}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="TableText"/><w:jc w:val="{_JC[letter]}"/></w:pPr>'
        for size, letter in zip(geometry.widths, geometry.align, strict=True)
    ]
    head = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{size}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f"{paragraph('TableHead', runs(header))}</w:tc>"
        for size, header in zip(geometry.widths, headers, strict=True)
    )
    pieces = [
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="{sum(geometry.widths)}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"
    ]
    for row in rows:
        pieces.append("<w:tr><w:trPr><w:cantSplit/></w:trPr>")
        for start, value in zip(opening, row, strict=True):
            text = value if type(value) is str else plain_text(value)
            if _SPECIAL.search(text):
                pieces.append(f"{start}{runs(text)}</w:p></w:tc>")
            else:
                pieces.append(f'{start}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p></w:tc>')
        pieces.append("</w:tr>")
    pieces.append("</w:tbl>")
    return "".join(pieces)
