"""What this stage puts on a person's desk."""

from typing import Any

from django.db.models import Count, Min
from django.urls import reverse

from core.desk import DeskItem
from rectification.models import RectifyItem
from rectification.rules import VERIFIERS
from rectification.selectors.ledger import items_of
from rectification.selectors.order_desk import order_lines, owner_lines
from rectification.selectors.portal import to_do
from reports.models import Feedback
from villages.access import is_inspected, is_inspecting, is_office
from villages.models import Membership, Round

S = RectifyItem.Status
_SHOWN = 5
_OWNER = {
    S.PENDING: ("待认领", "info", "认领"),
    S.ACKNOWLEDGED: ("待报措施", "neutral", "报送措施"),
    S.IN_PROGRESS: ("正在推进", "neutral", "填报进展"),
    S.RETURNED: ("核验退回", "bad", "重新办理"),
}


def desk_items(viewer: Any, round: Round | None) -> list[DeskItem]:
    """Orders and own items for town and village; for the others what waits to be signed, verified, closed, opened."""
    if is_inspected(viewer):
        return [*owner_lines(viewer), *_owner_items(viewer)]
    if round is None:
        return []
    if is_office(viewer):
        return [
            *order_lines(viewer, round),
            *_without_ledger(round),
            *_waiting(viewer, round, S.REPORTED),
            *_waiting(viewer, round, S.VERIFIED),
        ]
    lines = order_lines(viewer, round) if is_inspecting(viewer) else []
    if Membership.objects.filter(round=round, user=viewer.pk, role__in=VERIFIERS).exists():
        lines += _waiting(viewer, round, S.REPORTED)
    return lines


def _owner_items(viewer: Any) -> list[DeskItem]:
    items = []
    for row in to_do(viewer)[:20]:
        kind, tone, action = _OWNER[S(row.status)]
        items.append(
            DeskItem(
                kind=kind,
                title=f"{row.village.name if row.village else '全镇'} · {row.title}",
                detail=row.returned_reason or f"{row.get_level_display()} · {row.get_term_display()}",
                url=reverse("rectification:portal_item", args=[row.pk]),
                tone=tone,
                due_on=row.due_on,
                action=action,
                primary=row.status in (S.PENDING, S.RETURNED),
                returned=row.status == S.RETURNED,
            )
        )
    return items


def _waiting(viewer: Any, round_: Round, state: RectifyItem.Status) -> list[DeskItem]:
    """One line per town: how many items wait, since when."""
    kind, action = ("待核验", "核验") if state == S.REPORTED else ("待销号", "销号")
    groups = (
        items_of(viewer, round_)
        .filter(status=state)
        .order_by()
        .values("town__code", "town__name")
        .annotate(count=Count("pk"), since=Min("reported_on"))
        .order_by("town__code")[:_SHOWN]
    )
    ledger = reverse("rectification:ledger")
    return [
        DeskItem(
            kind=kind,
            title=f"{group['town__name']} {group['count']}项整改{kind}",
            detail=f"最早{group['since']}报送" if group["since"] else "",
            url=f"{ledger}?status={state}&town={group['town__code']}",
            tone="warn",
            action=action,
            primary=True,
        )
        for group in groups
    ]


def _without_ledger(round_: Round) -> list[DeskItem]:
    made = RectifyItem.objects.filter(round=round_).values("feedback_item__feedback")
    rows = Feedback.objects.filter(round=round_).exclude(pk__in=made).select_related("town")
    return [
        DeskItem(
            kind="待建台账",
            title=f"{row.town.name}反馈意见已印发",
            detail=row.doc_no,
            url=reverse("reports:feedback", args=[row.pk]),
            tone="info",
            action="建立台账",
            primary=True,
        )
        for row in rows
    ]
