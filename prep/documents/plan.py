"""The easy-first plan as an Excel workbook: a list with reasons, and the teams' days as a sheet of squares."""

import datetime as dt
from dataclasses import dataclass

from core.office.xlsx import Col, Sheet, write_bytes

_LIST = (
    Col("巡察组", 14),
    Col("次序", 6, "int"),
    Col("镇（街道）", 14),
    Col("村（社区）", 16),
    Col("进驻日期", 13, "date"),
    Col("离村日期", 13, "date"),
    Col("工作日", 8, "int"),
    Col("工作量", 8, "number"),
    Col("工作量构成", 36),
    Col("备注", 16),
    Col("排在这里的理由", 60),
)
_ON_SITE, _REST = "■", "休"


@dataclass(frozen=True)
class StopRow:
    """One village; ``load`` in working days of a standard team."""

    team: str
    position: int
    town: str
    village: str
    entry_on: dt.date
    exit_on: dt.date
    days: int
    load: float
    makeup: str
    remark: str
    reasons: str


@dataclass(frozen=True)
class PlanSheet:
    """A plan with its days: (day, is it worked)."""

    title: str
    heading: str
    footnote: str
    rows: tuple[StopRow, ...]
    days: tuple[tuple[dt.date, bool], ...]


def plan_xlsx(plan: PlanSheet, *, created: dt.date) -> bytes:
    """The workbook."""
    return write_bytes([_list(plan), _squares(plan)], created=created)


def _list(plan: PlanSheet) -> Sheet:
    rows = [
        [
            row.team, row.position, row.town, row.village, row.entry_on, row.exit_on, row.days, row.load,
            row.makeup, row.remark, row.reasons,
        ]
        for row in plan.rows
    ]  # fmt: skip
    return Sheet("清单", _LIST, rows, title=plan.title, heading=plan.heading, footnote=plan.footnote)


def _squares(plan: PlanSheet) -> Sheet:
    """One row per village, one narrow column per day: a square on site, 休 on days of rest."""
    columns = (Col("巡察组", 14), Col("村（社区）", 16)) + tuple(
        Col(f"{day.month}/{day.day}", 4.5, "center") for day, _ in plan.days
    )
    rows = [
        [row.team, row.village, *(_square(row, day, worked) for day, worked in plan.days)]
        for row in plan.rows
    ]
    footnote = f"注：{_ON_SITE}为驻村工作日，“{_REST}”为休息日。"
    return Sheet("日程", columns, rows, title=plan.title, heading=plan.heading, footnote=footnote)


def _square(row: StopRow, day: dt.date, worked: bool) -> str:
    if not worked:
        return _REST
    return _ON_SITE if row.entry_on <= day <= row.exit_on else ""
