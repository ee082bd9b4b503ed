"""What the shared model puts on a person's desk: ties that hit an assignment, rounds that should begin or end."""

from typing import Any

from django.urls import reverse

from core import clock
from core.desk import DeskItem
from villages.access import is_office
from villages.models import Round
from villages.selectors.recusals import assigned_recusals


def desk_items(viewer: Any, round: Round | None) -> list[DeskItem]:
    """The office's own duties towards the round; nothing for anybody else."""
    if round is None or not is_office(viewer):
        return []
    return [*_ties(viewer, round), *_dates(round)]


def _ties(viewer: Any, round_: Round) -> list[DeskItem]:
    return [
        DeskItem(
            kind="回避待处理",
            title=f"{row.village.name} · {recusal.user.display_name}申报回避，该村已分给{row.team.name}",
            detail=f"{recusal.get_relation_display()}；材料已对本人隐藏，请换人或由主任批准例外",
            url=reverse("villages:team", kwargs={"pk": row.team_id}),
            tone="bad",
            action="办理",
            primary=True,
        )
        for recusal, row in assigned_recusals(viewer, round_)
    ]


def _dates(round_: Round) -> list[DeskItem]:
    url = reverse("villages:round", kwargs={"pk": round_.pk})
    if round_.status == Round.Status.PLANNED:
        hint = "组建巡察组、分派村（社区）后启动"
        return [DeskItem("待启动", f"{round_.name}还没有启动", url, hint, "warn", round_.starts_on)]
    if round_.status == Round.Status.OPEN and round_.ends_on < clock.today():
        return [
            DeskItem(
                "待结束", f"{round_.name}已到结束日期", url, "各村归档后结束本轮", "warn", round_.ends_on
            )
        ]
    return []
