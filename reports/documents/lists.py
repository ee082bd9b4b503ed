"""问题清单: the list of one village, and the merged list of a town, as Excel workbooks."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.display import money
from core.office.xlsx import Col, Sheet, write_bytes

# The four columns the method asks for, framed by what an office needs to find the paper again.
ISSUE_COLUMNS = (
    Col("序号", 6, "int"),
    Col("问题类别", 16),
    Col("主要特征", 26),
    Col("问题表现", 52),
    Col("问题出处", 22),
    Col("重点/一般", 10, "center"),
    Col("涉及金额", 14, "money"),
    Col("年度", 12, "center"),
    Col("底稿编号", 28, "center"),
    Col("备注", 14),
)
_COMMON_COLUMNS = (
    Col("序号", 6, "int"),
    Col("问题类别", 16),
    Col("主要特征", 34),
    Col("涉及村（社区）", 40),
    Col("村数", 8, "int"),
    Col("占比", 10, "percent"),
    Col("底稿份数", 10, "int"),
    Col("涉及金额", 16, "money"),
)


@dataclass(frozen=True)
class IssueRow:
    """One problem of one village; ``amount`` in yuan."""

    village: str
    category: str
    title: str
    summary: str
    origin: str
    severity: str
    amount: Decimal | None
    years: str
    number: str
    remark: str


@dataclass(frozen=True)
class CommonRow:
    """One problem seen in several villages; ``share`` of the villages of the town's report."""

    category: str
    title: str
    villages: tuple[str, ...]
    share: float
    papers: int
    amount: Decimal


@dataclass(frozen=True)
class IssueSheet:
    """The problems of one village in the order of the report."""

    place: str
    team: str
    day: dt.date
    rows: tuple[IssueRow, ...]

    @property
    def total(self) -> Decimal:
        """Sum of the amounts in yuan."""
        return sum((row.amount or Decimal(0) for row in self.rows), Decimal(0))


def _cells(number: int, row: IssueRow) -> list[object]:
    return [
        number,
        row.category,
        row.title,
        row.summary,
        row.origin,
        row.severity,
        row.amount,
        row.years,
        row.number,
        row.remark,
    ]


def _sheet(issues: IssueSheet, name: str) -> Sheet:
    key = sum(row.severity == "重点" for row in issues.rows)
    return Sheet(
        name=name,
        title=f"{issues.place}问题清单",
        heading=f"巡察组：{issues.team}　日期：{issues.day.year}年{issues.day.month}月{issues.day.day}日　单位：元",
        footnote=f"注：共{len(issues.rows)}项，其中重点{key}项；涉及金额合计{money(issues.total)}元。",
        columns=ISSUE_COLUMNS,
        rows=[_cells(number, row) for number, row in enumerate(issues.rows, 1)],
    )


def issue_list_xlsx(issues: IssueSheet) -> bytes:
    """The list of one village."""
    return write_bytes([_sheet(issues, "问题清单")], created=issues.day, author=issues.team)


def town_list_xlsx(town: IssueSheet, commons: Sequence[CommonRow]) -> bytes:
    """The merged list of a town: common problems first, then every problem with its village in the remark column."""
    common = Sheet(
        name="共性问题",
        title=f"{town.place}共性问题汇总表",
        heading=f"巡察组：{town.team}　单位：元",
        footnote="注：占比＝存在该问题的村（社区）数÷报告所涉村（社区）总数；金额为所列底稿金额之和。",
        columns=_COMMON_COLUMNS,
        rows=[
            [
                number,
                row.category,
                row.title,
                "、".join(row.villages),
                len(row.villages),
                row.share,
                row.papers,
                row.amount,
            ]
            for number, row in enumerate(commons, 1)
        ],
    )
    columns = (Col("序号", 6, "int"), Col("村（社区）", 14), *ISSUE_COLUMNS[1:])
    every = _sheet(town, "问题明细")
    rows = [[number, row.village, *_cells(number, row)[1:]] for number, row in enumerate(town.rows, 1)]
    detail = Sheet(
        name=every.name,
        title=every.title,
        heading=every.heading,
        footnote=every.footnote,
        columns=columns,
        rows=rows,
    )
    return write_bytes([common, detail], created=town.day, author=town.team)
