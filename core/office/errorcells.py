"""Finds cells that hold an error (#REF!, #N/A …) or a formula nobody computed in an xlsx: the quick reader gives them
as blank.

Where blank means something of its own – an unanswered question – neither must pass for it. The sheets are
scanned as a stream, so memory stays flat whatever their size. Old ``.xls`` files are not looked into.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from html import unescape
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_PIECE = 1024 * 1024
# Longer than any cell tag with its value: a cell cut by the end of a piece is found in the next.
_OVERLAP = 4096
_CELL = re.compile(
    rb"<(?:\w+:)?c\s([^>]*\bt=\"e\"[^>]*)>(?:<(?:\w+:)?f.{0,2000}?)?<(?:\w+:)?v>([^<]{1,20})<", re.S
)
# A formula without a stored result: the file was written by a program that does not compute.
_FORMULA = re.compile(
    rb"<(?:\w+:)?c\s([^>]*)>\s*<(?:\w+:)?f(?:\s[^>]*)?>([^<]{0,500})</(?:\w+:)?f>"
    rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_PLACE = re.compile(rb"\br=\"([A-Z]{1,3})(\d{1,7})\"")

ErrorCell = tuple[int, int, str]


def error_cells(content: bytes) -> dict[str, list[ErrorCell]]:
    """Return ``(row, column, error)``, both from 0, by sheet name. ``content`` has passed the check of uploads."""
    return _found(content, _CELL)


def unfinished_formulas(content: bytes) -> dict[str, list[ErrorCell]]:
    """Return ``(row, column, formula)`` of formulas without a stored result, as :func:`error_cells` does."""
    return _found(content, _FORMULA)


def _found(content: bytes, pattern: re.Pattern[bytes]) -> dict[str, list[ErrorCell]]:
    if not content.startswith(b"PK"):
        return {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        found = {name: sorted(set(_scan(archive, part, pattern))) for name, part in _sheets(archive)}
    return {name: cells for name, cells in found.items() if cells}


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    targets = {
        relation.get("Id"): relation.get("Target", "")
        for relation in _parse(archive, "xl/_rels/workbook.xml.rels").iter(_RELATION)
    }
    names = set(archive.namelist())
    for sheet in _parse(archive, "xl/workbook.xml").iter(f"{_MAIN}sheet"):
        target = targets.get(sheet.get(_REL_ID), "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part in names:
            yield sheet.get("name", ""), part


def _parse(archive: zipfile.ZipFile, name: str) -> Element:
    return fromstring(archive.read(name), forbid_dtd=True) if name in archive.namelist() else Element("none")


def _scan(archive: zipfile.ZipFile, part: str, pattern: re.Pattern[bytes]) -> Iterator[ErrorCell]:
    with archive.open(part) as stream:
        held = b""
        while piece := stream.read(_PIECE):
            held += piece
            for match in pattern.finditer(held):
                place = _PLACE.search(match.group(1))
                if place:
                    yield int(place.group(2)) - 1, _column(place.group(1)), unescape(match.group(2).decode())
            held = held[-_OVERLAP:]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
