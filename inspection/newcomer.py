"""What somebody new to a team does first: shown on the desk while they have left no trace in its round."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from core import clock
from findings.models import Talk
from prep.models import WatchItem
from villages.models import Round, Stage, TeamRole, VillageInspection
from villages.selectors import ladder
from villages.selectors.rounds import my_membership

# From here on the team has left the village: there is nothing for a beginner to begin.
_OVER = (Stage.REPORT, Stage.RECTIFY, Stage.FILED)
_LEADING = (TeamRole.LEADER, TeamRole.DEPUTY)


@dataclass(frozen=True)
class FirstStep:
    """One step: what, what for, and its links (label, address); without links it waits for an earlier one.

    The pledge never has one: it stands among what waits.
    """

    title: str
    why: str
    links: tuple[tuple[str, str], ...] = ()
    done: bool = False


def first_steps(viewer: Any, round_: Round, spines: list[VillageInspection]) -> list[FirstStep]:
    """The steps of a member who has no trace in the round yet; nothing for everybody else. Three queries."""
    member: Any = my_membership(viewer, round_)
    if member is None or member.role in _LEADING or round_.status == Round.Status.CLOSED:
        return []
    if _has_begun(viewer, round_):
        return []
    sworn, village = member.is_sworn, _where_to_begin(spines)
    if sworn and village is None:
        return []
    why = "签署后才能看到本组各村的材料。" if sworn else "在“等我处理”里签署，签署后才能看到本组各村的材料。"
    return [FirstStep("签署保密承诺、申报回避", why, done=sworn), *_in_village(village)]


def _has_begun(viewer: Any, round_: Round) -> bool:
    """Has the viewer checked something or talked to somebody in this round?"""
    talks = Talk.objects.filter(Q(talker=viewer.pk) | Q(recorder=viewer.pk), round=round_)
    return talks.exists() or WatchItem.objects.filter(round=round_, assignee=viewer.pk).exists()


def _where_to_begin(spines: list[VillageInspection]) -> VillageInspection | None:
    """The village the team is in today, else the one it enters first."""
    today = clock.today()
    rows = [row for row in spines if row.status not in _OVER]
    return min(
        rows, key=lambda row: (not ladder.on_site(row, today), row.entry_on or dt.date.max), default=None
    )


def _in_village(village: VillageInspection | None) -> list[FirstStep]:
    name = village.village.name if village else "所到村"
    texts = (
        (f"读{name}的村情档案", "户数、班子、近三年账目和项目，先知道村里是什么样。"),
        ("看待查问题清单和谈话提纲", "清单写着这个村查什么，提纲写着找谁谈、问什么。"),
        ("谈第一次话", "由副组长或老组员带着谈，一人问、一人记，当天写好记录。"),
    )
    links = _links(village) if village else ((), (), ())
    return [FirstStep(title, why, link) for (title, why), link in zip(texts, links, strict=True)]


def _links(village: VillageInspection) -> tuple[tuple[tuple[str, str], ...], ...]:
    at = {"pk": village.pk}
    talk = f"{reverse('findings:talk_new')}?{urlencode({'village': village.village.code})}"
    return (
        (("看档案", reverse("prep:village", kwargs=at)),),
        (("清单", reverse("prep:watch_list", kwargs=at)), ("提纲", reverse("prep:outlines", kwargs=at))),
        (("写谈话记录", talk),),
    )
