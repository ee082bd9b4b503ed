"""An issue list as a styled workbook of twelve columns."""

import datetime as dt
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl

from bench.rows import TITLES, rows
from core.office.xlsx import Col, Sheet, write_path

TITLE = "Excel list"
SIZE = 100_000
REACH = 5
PEER = "openpyxl, as commonly written"

NUMBERS = {0: "int", 6: "int", 7: "money"}


def prepare(size: int, folder: Path) -> None:
    """Nothing: every contestant makes its rows while it writes."""


def limit(size: int, folder: Path) -> None:
    """The sheet's XML written straight into the zip, nothing styled: nobody can be faster with the same library."""
    with (
        zipfile.ZipFile(folder / "limit.xlsx", "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part,
    ):
        part.write(b"<worksheet><sheetData>")
        for row in rows(size):
            part.write(f"<row>{''.join(map(_cell, row))}</row>".encode())
        part.write(b"</sheetData></worksheet>")


def _cell(value: object) -> str:
    if isinstance(value, str):
        return f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f"<c><v>{value}</v></c>"


def ours(size: int, folder: Path) -> None:
    """The product's one writer."""
    columns = [Col(title, 14, NUMBERS.get(index, "text")) for index, title in enumerate(TITLES)]
    write_path(folder / "ours.xlsx", [Sheet("清单", columns, rows(size))], created=dt.date(2026, 1, 1))


def peer(size: int, folder: Path) -> None:
    """What most programs do."""
    book = openpyxl.Workbook()
    page = book.active
    page.append(TITLES)
    for row in rows(size):
        page.append(row)
    book.save(folder / "peer.xlsx")
