"""Reading a workbook of twelve columns to checked values, with row and column for every fault."""

from pathlib import Path

import openpyxl
from django import forms

from bench.excel_read import limit, prepare
from bench.rows import TITLES
from core.office import parse
from core.office.columns import Column, read_table

__all__ = ["limit", "prepare"]

TITLE = "Excel import, to checked values"
SIZE = 100_000
REACH = 3
PEER = "openpyxl and a Django form a row"

PARSERS = {
    "序号": parse.whole(1, 1_000_000),
    "年度": parse.whole(1990, 2100),
    "金额": parse.decimal(2, minimum=0),
    "是否共性": parse.choice({"共性": True, "个性": False}),
    "责任人": parse.name(),
    "期限": parse.day(),
}
COLUMNS = [
    Column(
        f"c{number}", title, required=title not in ("备注", "金额"), parse=PARSERS.get(title, parse.text(200))
    )
    for number, title in enumerate(TITLES)
]


def ours(size: int, folder: Path) -> None:
    """The product's one reader of imports."""
    reading = read_table((folder / "input.xlsx").read_bytes(), "input.xlsx", COLUMNS)
    assert len(reading.rows) == size


class RowForm(forms.Form):
    """The same rules as a form."""

    c0 = forms.IntegerField(min_value=1)
    c1, c2, c3, c4, c5 = (forms.CharField(max_length=200) for _ in range(5))
    c6 = forms.IntegerField(min_value=1990, max_value=2100)
    c7 = forms.DecimalField(decimal_places=2, required=False)
    c8 = forms.ChoiceField(choices=[("共性", ""), ("个性", "")])
    c9 = forms.CharField(max_length=60)
    c10 = forms.DateField()
    c11 = forms.CharField(required=False)


def peer(size: int, folder: Path) -> None:
    """The usual way: every row through a form."""
    book = openpyxl.load_workbook(folder / "input.xlsx", read_only=True)
    keys = [f"c{number}" for number in range(len(TITLES))]
    rows = book.active.iter_rows(min_row=2, values_only=True)
    good = sum(1 for row in rows if RowForm(dict(zip(keys, row, strict=True))).is_valid())
    assert good == size
