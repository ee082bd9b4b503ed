"""目录.xlsx of a set of papers: what lies in it, how many copies, who keeps it, and the digest that proves it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from core.office.xlsx import Col, Sheet, write_bytes

_COLUMNS = (
    Col("序号", 6, "int"),
    Col("阶段", 14),
    Col("表号", 9, "center"),
    Col("编号前缀", 26, "center"),
    Col("题名", 30),
    Col("形式", 8, "center"),
    Col("样式版本", 12, "date"),
    Col("份数", 7, "int"),
    Col("保管人", 12, "center"),
    Col("专人保管", 9, "center"),
    Col("包内位置", 46),
    Col("SHA-256", 68),
)
_TOTALS = (
    Col("序号", 6, "int"),
    Col("巡察组", 16),
    Col("镇（街道）", 16),
    Col("村（社区）", 18),
    Col("文件数", 9, "int"),
    Col("保管人", 12, "center"),
    Col("目录位置", 50),
    Col("目录的SHA-256", 68),
)


@dataclass(frozen=True)
class CatalogueLine:
    """One paper of a village's set. ``version`` and ``copies`` are empty for a filled one."""

    stage: str
    designation: str
    number: str
    title: str
    medium: str
    version: dt.date | None
    copies: int | None
    keeper: str
    sealed: bool
    path: str
    sha256: str


@dataclass(frozen=True)
class VillageLine:
    """One village in the catalogue of a larger package."""

    team: str
    town: str
    village: str
    papers: int
    keeper: str
    path: str
    sha256: str


def catalogue_xlsx(title: str, office: str, day: dt.date, lines: Sequence[CatalogueLine]) -> bytes:
    """The catalogue of one village's set."""
    copies = sum(line.copies or 0 for line in lines)
    sheet = Sheet(
        name="目录",
        title=f"{title}表单目录",
        heading=f"{office}　{day.year}年{day.month}月{day.day}日",
        footnote=(
            f"注：共{len(lines)}种，印制{copies}份。编号的末四位在首次签名时取得，本目录只列前缀；"
            "“专人保管”的另行存放，不与其他表单混放。"
        ),
        columns=_COLUMNS,
        rows=[
            [
                number, line.stage, line.designation, line.number, line.title, line.medium, line.version, line.copies,
                line.keeper, "是" if line.sealed else "", line.path, line.sha256,
            ]
            for number, line in enumerate(lines, 1)
        ],
    )  # fmt: skip
    return write_bytes([sheet], created=day, author=office)


def overview_xlsx(title: str, office: str, day: dt.date, lines: Sequence[VillageLine]) -> bytes:
    """The catalogue of a package of many villages; each one's own catalogue is named with its digest."""
    sheet = Sheet(
        name="总目录",
        title=f"{title}表单总目录",
        heading=f"{office}　{day.year}年{day.month}月{day.day}日",
        footnote=f"注：共{len(lines)}个村（社区），{sum(line.papers for line in lines)}个文件；各村文件见各自的目录。",
        columns=_TOTALS,
        rows=[
            [number, line.team, line.town, line.village, line.papers, line.keeper, line.path, line.sha256]
            for number, line in enumerate(lines, 1)
        ],
    )
    return write_bytes([sheet], created=day, author=office)
