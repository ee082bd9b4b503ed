"""The register of data letters as a workbook. The letters themselves are official papers."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from core.office.xlsx import Col, Sheet, write_bytes

COLUMNS = (
    Col("序号", 6, "int"), Col("部门", 14), Col("发文字号", 20, "center"), Col("发出日期", 12, "date"),
    Col("回复期限", 12, "date"), Col("状态", 10, "center"), Col("逾期天数", 9, "int"), Col("催办次数", 9, "int"),
    Col("回复日期", 12, "date"), Col("回复文件", 9, "int"), Col("涉及的村（社区）", 24), Col("请提供的内容", 50),
    Col("保密标识", 10, "center"),
)  # fmt: skip


@dataclass(frozen=True)
class RegisterLine:
    """One letter, in words and figures."""

    department: str
    doc_no: str
    sent_on: dt.date | None
    due_on: dt.date
    status: str
    days_late: int
    reminders: int
    replied_on: dt.date | None
    files: int
    places: str
    asks: str
    marking: str


def register_xlsx(title: str, lines: Iterable[RegisterLine], today: dt.date, author: str) -> bytes:
    """Render the register as of ``today``."""
    rows = [
        [
            number, line.department, line.doc_no, line.sent_on, line.due_on, line.status, line.days_late,
            line.reminders, line.replied_on, line.files, line.places, line.asks, line.marking,
        ]
        for number, line in enumerate(lines, 1)
    ]  # fmt: skip
    heading = f"截至{today.year}年{today.month}月{today.day}日"
    sheet = Sheet("部门函询", COLUMNS, rows, title=title, heading=heading)
    return write_bytes([sheet], created=today, author=author)
