"""What the shared model puts on a person's desk: ties that hit an assignment, rounds that should begin or end."""

from itertools import groupby
from typing import Any

from django.urls import reverse

from core import clock
from core.desk import DeskItem
from core.display import cn_date
from villages.access import is_office
from villages.models import Round
from villages.selectors.pledges import my_unsworn, unsworn
from villages.selectors.recusals import assigned_recusals


def desk_items(viewer: Any, round: Round | None) -> list[DeskItem]:
    """The office's own duties towards the round; for a member who has not signed, that this comes first."""
    if round is None or not is_office(viewer):
        return _own_papers(viewer, round)
    return [*_ties(viewer, round), *_unsigned(round), *_dates(round)]


def _own_papers(viewer: Any, round_: Round | None) -> list[DeskItem]:
    member = my_unsworn(viewer, round_)
    if member is None:
        return []
    again = "承诺书有了新版，请重新签署" if member.pledge_id else "签署后才能看到本组各村的材料"
    reminded = f"；{cn_date(member.reminded_at)}有提醒" if member.reminded_at else ""
    return [
        DeskItem(
            kind="进组手续",
            title="签署保密承诺、申报回避",
            detail=f"{member.round.name}{member.team.name}{member.get_role_display()}：{again}{reminded}",
            url=reverse("villages:pledge", kwargs={"pk": member.pk}),
            tone="bad",
            action="签署",
            primary=True,
        )
    ]


def _unsigned(round_: Round) -> list[DeskItem]:
    if round_.status == Round.Status.CLOSED:
        return []
    lines = []
    for team, group in groupby(unsworn(round_.teams.all()), key=lambda member: member.team):
        names = [member.user.display_name for member in group]
        lines.append(
            DeskItem(
                kind="进组手续",
                title=f"{team.name} · {len(names)}人还没有签署保密承诺、申报回避",
                detail=f"{'、'.join(names[:5])}{'等' if len(names) > 5 else ''}；签署前看不到村的材料",
                url=reverse("villages:team", kwargs={"pk": team.pk}),
                tone="warn",
                action="提醒",
            )
        )
    return lines


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
