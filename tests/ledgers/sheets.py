"""Builds files as villages send them, and reads them with a hash that shows what it was given."""

import csv
import hashlib
import io
from decimal import Decimal

import openpyxl
import pytest

from core.office.tables import ImportRefused
from ledgers.rules.reading.typed import typed
from ledgers.rules.reading.workbook import read_file

# Heads nobody knows.
STRANGE = [["哪天", "啥事", "花了多少", "给谁"], ["2024-05-06", "买锹", 35, "某五金店"]]

# A list of farmland subsidies with numbers and cards, one of them wrong.
BENEFITS = [
    ["2023年度耕地地力保护补贴发放清册"],
    [
        "序号",
        "户主姓名",
        "补贴对象",
        "身份证号",
        "补贴面积（亩）",
        "补贴金额（元）",
        "一卡通账号",
        "发放日期",
    ],
    [1, "甲 某", "甲某", "110101199003074194", 5.5, 550, "6217000000000000001", "2023.6.15"],
    [2, "乙某", "乙某", "110101199003074191", 3, "300.00", "6217000000000000002", "2023.6.15"],
    [3, "丙某", "丙某", "110101800101123", 2, 200, "6217000000000000002", "2023.6.15"],
    [4, "丁某", "丁某", 1.1010119900307e17, 1, 100, "", ""],
    ["合计", "", "", "", 11.5, 1150, "", ""],
]


def mark(number):
    return hashlib.sha256(f"key {number}".encode()).hexdigest()[:12]


def workbook(rows, merged=(), name="Sheet1", formats=()):
    """An xlsx of rows; ``merged`` are ranges, ``formats`` pairs of a cell and its number format."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = name
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            if value not in (None, ""):
                page.cell(number, column, value)
    for place, pattern in formats:
        page[place].number_format = pattern
    for area in merged:
        page.merge_cells(area)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def text(rows, encoding="gb18030", delimiter=","):
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    return stream.getvalue().encode(encoding)


def read(content, filename="账.xlsx", **options):
    [sheet] = read_file(content, filename, mark=mark, **options).sheets
    return sheet


def told(sheet):
    return [difference.sentence for difference in sheet.differences]


def column(sheet, key):
    return [line.values.get(key) for line in sheet.rows]


def yuan(*amounts):
    return [None if amount is None else Decimal(str(amount)) for amount in amounts]


def kept(sheet):
    return list(typed(sheet, lambda number: f"r{number}"))


def refusal(content, filename="账.xlsx", **options):
    with pytest.raises(ImportRefused) as caught:
        read(content, filename, **options)
    return caught.value.message
