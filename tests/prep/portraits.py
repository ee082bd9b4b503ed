"""Portrait sheets for tests, laid out by hand in openpyxl: not the form's own layout, with all that people do to it."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from core.audit import SYSTEM
from core.files.store import store_bytes
from prep.models import Portrait, PortraitKind
from villages.models import spine

HEAD_YEARS = ["年度", "集体收入（元）", "备注", "集体支出", "年末债务", "信访件数", "违纪案件数"]
HEAD_MEMBERS = [
    "序号",
    "姓名",
    "所在班子",
    "职务",
    "性别",
    "出生年月",
    "任职起",
    "任职止",
    "一肩挑",
    "亲属关系",
]
HEAD_PROJECTS = ["年度", "项目名称", "资金来源", "合同金额（万元）", "承建单位", "进展"]


def sheet(code, *, form="HX-1", edition=2, lines=()):
    """A workbook with the line that names form and village, then ``lines`` (lists of cells; ``None`` skips one)."""
    book = Workbook()
    page = book.active
    page.title = "Sheet1"
    page.append(["村情画像"])
    page.append([f"表号：{form}　版次：第{edition}版　云溪村　代码：{code}"])
    for line in lines:
        page.append(list(line))
    return book


def content(book):
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def upload(book, name="云溪村自画像.xlsx"):
    return SimpleUploadedFile(name, content(book))


BASICS = [
    [None, "户籍人口：", "２１４３人", None, "户数", "612户"],
    [None, "常住人口", "一千六百", None, "党员数", 78.0],
    [None, "村（居）民代表数", "约45", None, "党支部数", 3],
    [None, "村情类型", "农业型，合并村", None, "低保户", True],
]


def nasty(code):
    """What comes back in the worst case; the tests say cell by cell what must be understood of it."""
    lines = [
        [],
        *BASICS,
        [],
        ["三、历年数据"],
        HEAD_YEARS,
        [2021, 856000, "含租金", "790,000.50", 0, 3, 0],
        ["2022年", "86.5万", None, "￥801000", "无", "２", 1],
        ["二〇二三", 900000, None, None, None, 1, 0],
        [2024, 91.2, None, 905000, "=1+1", 6, "没有"],
        [2025, "#REF!", None, 812000.004, 120000, -1, 2],
        ["合计", 2700000],
        [],
        HEAD_MEMBERS,
        [1, "江 予安", "党支部", "党总支书记", "男性", "1975.3", "2021年3月", "至今", "√", None],
        [2, "许晚舟", "村委会", "村委会委员", "女", "19780501", 44256, None, None, "与江予安系表亲"],
        [3, "江予安", "党组织", "党总支书记", "男", None, "2021-03-01", None, None, None],
        [4, "柏春和", "监委会", "村务监督委员会主任", "男", "1966", 2021.1, "2020/13", None, None],
        [],
        HEAD_PROJECTS,
        [2024, "村道硬化", "镇补助", 46.5, "同和公司", "竣工"],
        ["2025年度", "路灯更换", "村自筹", "120000元", None, "在建"],
        [],
        ["画像结论", "收入主要靠鱼塘发包。\n群众意见集中在道路。"],
        [None, None, None, None, None, None, None, "书记电话已换"],
    ]
    book = sheet(code, lines=lines)
    page = book.active
    for row in page.iter_rows():
        for cell in row:
            if cell.value == "#REF!":
                cell.data_type = "e"
    return book


def make_portrait(inspection, kind=PortraitKind.SELF, **over):
    """A portrait written straight into its table."""
    file = store_bytes(actor=SYSTEM, name="画像.xlsx", content=content(sheet("990101101201")))
    cells = {"households": {"text": "620", "value": 620, "place": "C5"}}
    return Portrait.objects.create(**spine(inspection), **{"kind": kind, "file": file, "cells": cells} | over)
