"""Desk lines of the round's papers, meetings and letters."""

import datetime as dt
from typing import Any

from django.urls import reverse

from core import clock
from core.desk import DeskItem
from prep.models import FocusMeeting, MeetingStatus
from prep.selectors.letters import late_letters
from prep.selectors.official import lacking
from villages.access import is_office
from villages.models import Round


def office_desk_items(viewer: Any, round_: Round) -> list[DeskItem]:
    """For the office: late letters, papers not drafted yet. For a chair: a record that waits for the signature."""
    if not is_office(viewer):
        return _to_sign(viewer, round_)
    if round_.status == Round.Status.CLOSED:
        return []
    today = clock.today()
    return [*_late(viewer, round_, today), *_undrafted(round_, today)]


def _late(viewer: Any, round_: Round, today: dt.date) -> list[DeskItem]:
    rows = late_letters(viewer, round_, today)
    if not rows:
        return []
    names = "、".join(row.department.name for row in rows[:4])
    return [
        DeskItem(
            kind="部门函询",
            title=f"{len(rows)}份函逾期没有答全：{names}{'等' if len(rows) > 4 else ''}",
            detail=f"最久的已逾期{rows[0].days_late(today)}天，催办{rows[0].reminders}次",
            url=f"{reverse('prep:letters')}?status=late",
            tone="bad",
            due_on=rows[0].due_on,
            action="催办",
        )
    ]


def _undrafted(round_: Round, today: dt.date) -> list[DeskItem]:
    count = len(lacking(round_)) if round_.ends_on >= today else 0
    if not count:
        return []
    return [
        DeskItem(
            kind="巡察公文",
            title=f"{round_.name}还缺{count}份公文",
            detail="授权决定、进驻通知、巡察公告",
            url=reverse("prep:papers"),
            tone="warn",
            action="起草",
        )
    ]


def _to_sign(viewer: Any, round_: Round) -> list[DeskItem]:
    rows = FocusMeeting.objects.visible_to(viewer).filter(
        round=round_, chair=viewer.pk, status=MeetingStatus.RECORDED
    )
    return [
        DeskItem(
            kind="会议记录",
            title=f"{row.name}等我签署",
            detail=f"记录人{row.recorder.display_name}已签",
            url=reverse("prep:focusmeeting", kwargs={"pk": row.pk}),
            tone="info",
            action="签署",
            primary=True,
        )
        for row in rows.select_related("recorder")
    ]
