"""Workbooks as offices send them, made on the spot."""

import csv
import io

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import COUNTY

HEAD = [
    "区划代码",
    "村（社区）名称",
    "所属镇（街道）",
    "类型",
    "户数",
    "人口",
    "党员数",
    "书记",
    "联系电话",
    "备注",
]
RIVER, HILL = f"{COUNTY}101", f"{COUNTY}102"  # first nine digits of two towns


def row(code, name, town="河口镇", kind="村", **over):
    values = {
        "区划代码": code, "村（社区）名称": name, "所属镇（街道）": town, "类型": kind, "户数": 400,
        "人口": 1500, "党员数": 50, "书记": "江予安", "联系电话": "0990-5550101", "备注": None,
    }  # fmt: skip
    return [(values | over)[title] for title in HEAD]


def good_rows():
    return [
        row(f"{RIVER}201", "云溪村"),
        row(f"{RIVER}202", "石塘村"),
        row(f"{RIVER}001", "东岭社区", kind="社区"),
        row(f"{HILL}201", "竹坞村", town="青坪镇"),
    ]


def xlsx(*rows, merge=(), head=HEAD, before=(), after=()):
    """A workbook: lines before the head, the head, rows, lines after; ``merge`` are ranges."""
    book = openpyxl.Workbook()
    sheet = book.active
    for line in (*before, head, *rows, *after):
        sheet.append(line)
    for area in merge:
        sheet.merge_cells(area)
    return saved(book)


def saved(book):
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def csv_bytes(encoding, *rows, head=HEAD, delimiter=","):
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter).writerows([head, *rows])
    return buffer.getvalue().encode(encoding)


def upload(content, name="名册.xlsx"):
    return SimpleUploadedFile(name, content)
