"""Reading a workbook of twelve columns to typed cells, past every guard."""

import zipfile
from pathlib import Path
from xml.parsers import expat

import openpyxl
import xlsxwriter

from bench.rows import TITLES, rows
from core.office.tables import read_tables

TITLE = "Excel import, to typed rows"
SIZE = 100_000
REACH = 1.6
PEER = "openpyxl read-only"


def prepare(size: int, folder: Path) -> None:
    """One workbook for all, with shared strings as office programs write them."""
    book = xlsxwriter.Workbook(folder / "input.xlsx")
    page = book.add_worksheet()
    for number, row in enumerate([TITLES, *rows(size)]):
        page.write_row(number, 0, row)
    book.close()


def limit(size: int, folder: Path) -> None:
    """One pass of the XML parser over sheet and strings, doing nothing with what it finds."""
    with zipfile.ZipFile(folder / "input.xlsx") as archive:
        for name in ("xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"):
            parser = expat.ParserCreate()
            parser.StartElementHandler = lambda name, attributes: None
            parser.CharacterDataHandler = lambda text: None
            with archive.open(name) as part:
                parser.ParseFile(part)


def ours(size: int, folder: Path) -> None:
    """The product's one reader, zip guard and separate process included."""
    tables = read_tables((folder / "input.xlsx").read_bytes())
    assert len(tables[0].rows) == size + 1


def peer(size: int, folder: Path) -> None:
    """The usual way to read a large workbook."""
    book = openpyxl.load_workbook(folder / "input.xlsx", read_only=True)
    assert sum(1 for _ in book.active.iter_rows(values_only=True)) == size + 1
