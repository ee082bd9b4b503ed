"""What this stage puts on a person's desk, and what the search box finds in it."""

from itertools import groupby
from typing import Any

from django.urls import reverse

from core.desk import DeskItem
from prep.models import WatchItem
from prep.selectors.office_desk import office_desk_items
from prep.selectors.overview import villages
from prep.selectors.watch import open_of
from villages.access import is_inspecting, is_office
from villages.models import Membership, Round, Stage, TeamRole

_LEADING = (TeamRole.LEADER, TeamRole.DEPUTY, TeamRole.LIAISON)


def desk_items(viewer: Any, round: Round | None) -> list[DeskItem]:
    """Items to verify, one line a village; villages to prepare, for those who lead the team; the round's papers."""
    if round is None or not is_inspecting(viewer):
        return []
    papers = office_desk_items(viewer, round)
    return papers if is_office(viewer) else [*papers, *_to_verify(viewer, round), *_to_prepare(viewer, round)]


def _to_verify(viewer: Any, round_: Round) -> list[DeskItem]:
    rows = sorted(open_of(viewer, round_), key=lambda item: item.village.code)
    lines = []
    for village, group in groupby(rows, key=lambda item: item.village):
        items = list(group)
        days = [item.due_on for item in items if item.due_on]
        lines.append(
            DeskItem(
                kind="待查问题",
                title=f"{village.name} · 待查问题{len(items)}条等我查核",
                detail=items[0].title if len(items) == 1 else f"{items[0].title}等",
                url=_list_url(items[0], viewer),
                tone="info",
                due_on=min(days, default=None),
                action="查核",
            )
        )
    return lines


def _list_url(item: WatchItem, viewer: Any) -> str:
    address = reverse("prep:watch_list", kwargs={"pk": item.inspection_id})
    return f"{address}?status=open&holder={viewer.pk}"


def _to_prepare(viewer: Any, round_: Round) -> list[DeskItem]:
    """For every member what is still missing; that all is ready is said to those who move the village on."""
    post = Membership.objects.filter(round=round_, user=viewer.pk).values_list("role", flat=True).first()
    if post is None:
        return []
    rows = villages(viewer, round_, Stage.PREP).order_by("entry_on", "village__code")
    items = [_preparing(row) for row in rows]
    return [item for item in items if post in _LEADING or not item.primary]


def _preparing(row: Any) -> DeskItem:
    missing = []
    if row.attention is None:
        missing.append("村情档案未填")
    if not row.item_count:
        missing.append("待查清单未生成")
    elif row.held_count < row.item_count:
        missing.append(f"{row.item_count - row.held_count}条没有承办人")
    return DeskItem(
        kind="进驻前准备",
        title=f"{row.village.name} · {'、'.join(missing) if missing else '准备就绪，可转入调查测评'}",
        url=reverse("prep:village", kwargs={"pk": row.pk}),
        detail="进驻前完成档案、清单和分工",
        tone="warn" if missing else "ok",
        due_on=row.entry_on,
        action="准备" if missing else "转入",
        primary=not missing,
    )


def search(viewer: Any, q: str, limit: int = 8) -> list[dict[str, str]]:
    """Watch items whose words hold ``q``: ``{"kind", "title", "detail", "url"}``."""
    text = q.strip()
    if not text:
        return []
    rows = WatchItem.objects.visible_to(viewer).filter(title__contains=text)
    return [
        {
            "kind": "待查问题",
            "title": row.title,
            "detail": f"{row.village.name} · {row.round.name} · {row.get_status_display()}",
            "url": reverse("prep:watchitem", kwargs={"pk": row.pk}),
        }
        for row in rows.select_related("village", "round").order_by("-id")[:limit]
    ]
