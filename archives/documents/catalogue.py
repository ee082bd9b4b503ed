"""目录.xlsx: one row per file of the package, with the columns archives ask for and the digest that proves it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from core.office.xlsx import Col, Sheet, write_bytes

_COLUMNS = (
    Col("序号", 6, "int"),
    Col("阶段", 12),
    Col("村（社区）", 12),
    Col("文号", 26, "center"),
    Col("责任者", 22),
    Col("题名", 48),
    Col("日期", 12, "date"),
    Col("页数", 8, "int"),
    Col("保管期限", 10, "center"),
    Col("包内位置", 50),
    Col("大小（字节）", 14, "int"),
    Col("SHA-256", 68),
)


@dataclass(frozen=True)
class CatalogueRow:
    """One filed paper and where it lies in the package."""

    seq: int
    stage: str
    village: str
    doc_no: str
    responsible: str
    title: str
    dated_on: dt.date | None
    pages: int | None
    retention: str
    path: str
    size: int
    sha256: str


def catalogue_xlsx(title: str, office: str, day: dt.date, rows: Iterable[CatalogueRow]) -> bytes:
    """Render the catalogue."""
    listed = list(rows)
    sheet = Sheet(
        name="目录",
        title=f"{title}归档文件目录",
        heading=f"{office}　{day.year}年{day.month}月{day.day}日",
        footnote=f"注：共{len(listed)}件。含反映人、被反映人等个人信息的材料不在本目录内，另行保管。",
        columns=_COLUMNS,
        rows=[
            [
                row.seq, row.stage, row.village, row.doc_no, row.responsible, row.title, row.dated_on, row.pages,
                row.retention, row.path, row.size, row.sha256,
            ]
            for row in listed
        ],
    )  # fmt: skip
    return write_bytes([sheet], created=day, author=office)
