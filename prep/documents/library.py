"""A version of the library as a workbook the office can work on without the network and read in again."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from core.office.xlsx import Col, Sheet, write_bytes

_COLUMNS = (
    Col("编号", 9, "center"),
    Col("类别代码", 9, "center"),
    Col("要点", 34),
    Col("依据", 28),
    Col("查法", 40),
    Col("看什么材料", 34),
    Col("适用类型", 16),
    Col("关注类别", 12),
    Col("启用", 7, "center"),
    Col("查结村次", 9, "int"),
    Col("其中属实", 9, "int"),
    Col("最近属实", 20),
)


@dataclass(frozen=True)
class LibraryRow:
    """One point in words; ``used`` villages verified it, ``hits`` of them with a problem."""

    code: str
    category: str
    title: str
    basis: str
    method: str
    evidence_hint: str
    traits: str
    attention: str
    active: str
    used: int
    hits: int
    last_hit: str


@dataclass(frozen=True)
class LibrarySheet:
    """A version with its points."""

    name: str
    version: int
    status: str
    day: dt.date
    office: str
    rows: Sequence[LibraryRow]


def library_xlsx(data: LibrarySheet) -> bytes:
    """Render the workbook; the same data give the same bytes."""
    sheet = Sheet(
        name=f"第{data.version}版",
        title=data.name,
        heading=f"第{data.version}版（{data.status}）　共{len(data.rows)}条",
        footnote="注：编号不改；新增要点编号可留空，由系统编号。适用类型、关注类别多项用顿号隔开，填“所有”表示不限。"
        "改好后在草稿版本的“导入”中上传；后三列为统计，导入时不读取。",
        columns=_COLUMNS,
        rows=[
            [
                row.code, row.category, row.title, row.basis, row.method, row.evidence_hint, row.traits or "所有",
                row.attention or "所有", row.active, row.used, row.hits, row.last_hit,
            ]
            for row in data.rows
        ],
    )  # fmt: skip
    return write_bytes([sheet], created=data.day, author=data.office)
