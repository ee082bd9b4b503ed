"""The easy-first plan as a workbook, made in the background by the rights of the person who asked."""

import datetime as dt
from uuid import UUID

from core import clock
from core.display import cn_date
from core.errors import ServiceError
from core.jobs import JobContext, job
from core.models import StoredFile
from prep.documents.plan import PlanSheet, StopRow, plan_xlsx
from prep.models import RoundPlan
from prep.selectors.plan_board import Board, Line, plan_board, span
from villages.models import User
from villages.selectors.calendar import is_working_day


def _found(user: User | None, plan: str) -> RoundPlan | None:
    return RoundPlan.objects.visible_to(user).select_related("round", "made_by").filter(pk=plan).first()


def _may_have(user: User, plan: str) -> bool:
    return _found(user, plan) is not None


@job("prep.plan_workbook", title="导出先易后难计划", allowed=_may_have)
def workbook(ctx: JobContext, plan: str) -> StoredFile:
    """The list and the days of a plan, as far as the person may see it."""
    user = User.objects.filter(pk=UUID(ctx.actor_id)).first() if ctx.actor_id else None
    row = _found(user, plan)
    if row is None:
        raise ServiceError("您已不能查看这份计划，未生成文件。")
    ctx.progress(0, 2, "读取计划")
    board = plan_board(user, row)
    ctx.progress(1, 2, "排版")
    return ctx.store(f"{row}.xlsx", plan_xlsx(_sheet(board), created=clock.today()))


def _sheet(board: Board) -> PlanSheet:
    plan = board.plan
    first, last = span(plan, board.lines)
    every = [first + dt.timedelta(days=step) for step in range((last - first).days + 1)]
    return PlanSheet(
        title=f"{plan.round.name}先易后难计划",
        heading=f"第{plan.number}稿（{plan.get_status_display()}）　"
        f"排定：{cn_date(plan.begins_on)}至{cn_date(plan.ends_on)}",
        footnote=f"注：{plan.explanation}最忙的组与下界之比{plan.ratio:.2f}，人工调整{plan.edits}次。",
        rows=tuple(
            _row(line, number) for group in board.groups for number, line in enumerate(group.lines, 1)
        ),
        days=tuple((day, is_working_day(board.calendar, day)) for day in every),
    )


def _row(line: Line, number: int) -> StopRow:
    stop = line.stop
    marks = [("已进驻", stop.begun), ("固定日期", stop.pinned_on), ("固定组", stop.pinned_team)]
    remarks = [word for word, given in marks if given] + [clash.label for clash in line.clashes]
    return StopRow(
        team=stop.team.name,
        position=number,
        town=stop.town.name,
        village=stop.village.name,
        entry_on=stop.entry_on,
        exit_on=stop.exit_on,
        days=stop.days,
        load=float(stop.load),
        makeup="，".join(f"{reason}{days:g}天" for reason, days in stop.makeup),
        remark="、".join(remarks),
        reasons="；".join(line.reasons),
    )
