"""The rule book as a workbook the office can work on without the network and read in again."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from core.office.xlsx import Col, Sheet, write_bytes

_COLUMNS = (
    Col("名称", 34),
    Col("简称", 20),
    Col("层级", 11, "center"),
    Col("制定机关", 20),
    Col("类别代码", 9, "center"),
    Col("版本", 12, "center"),
    Col("文号", 20),
    Col("施行日期", 13, "date"),
    Col("最后施行日", 13, "date"),
    Col("被何替代", 28),
    Col("常用条款", 40),
    Col("版本说明", 24),
    Col("说明", 24),
)


@dataclass(frozen=True)
class BookRow:
    """One edition with its rule, in words."""

    title: str
    aliases: str
    level: str
    issuer: str
    category: str
    name: str
    doc_no: str
    from_day: dt.date
    until_day: dt.date | None
    successor: str
    articles: str
    edition_note: str
    note: str


@dataclass(frozen=True)
class BookSheet:
    """The book on a day; without rows it is the form to fill in."""

    day: dt.date
    office: str
    rows: Sequence[BookRow]


def rule_book_xlsx(data: BookSheet) -> bytes:
    """Render the workbook; the same data give the same bytes."""
    sheet = Sheet(
        name="法规制度",
        title="法规制度库",
        heading=f"共{len(data.rows)}个版本，一行一个版本" if data.rows else "一行一个版本，名称、施行日期必填",
        footnote="注：同一件有几版的分行填写，简称、层级等以第一行为准。层级：党内法规、法律、行政法规、部门规章、地方性法规、规范性文件、"
        "区级制度、村规民约。施行日期是第一天，最后施行日是最后一天，现行的不填。常用条款一行一条，只写管什么，不抄原文。",
        columns=_COLUMNS,
        rows=[
            [
                row.title, row.aliases, row.level, row.issuer, row.category, row.name, row.doc_no, row.from_day,
                row.until_day, row.successor, row.articles, row.edition_note, row.note,
            ]
            for row in data.rows
        ],
    )  # fmt: skip
    return write_bytes([sheet], created=data.day, author=data.office)
