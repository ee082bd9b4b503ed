"""Petitions that wait for a person: to propose, to decide, to handle."""

from typing import Any

from django.urls import reverse

from core.desk import DeskItem
from findings.models import Petition, PetitionStatus
from villages.models import Membership, Round, TeamRole

_SHOWN = 5


def petitions_waiting(viewer: Any, round_: Round) -> list[DeskItem]:
    """For the team: those to propose as one line, to decide for its leader, the own ones each by itself."""
    rows = Petition.objects.visible_to(viewer).filter(round=round_)
    items = []
    if count := rows.filter(status=PetitionStatus.REGISTERED).count():
        items.append(_line("信访待拟办", f"{count}件信访还没有拟办", PetitionStatus.REGISTERED, "拟办"))
    leads = Membership.objects.filter(round=round_, user=viewer.pk, role=TeamRole.LEADER).exists()
    to_decide = rows.filter(status=PetitionStatus.PROPOSED).exclude(proposed_by=viewer.pk)
    if leads and (count := to_decide.count()):
        items.append(_line("信访待批示", f"{count}件信访待批示", PetitionStatus.PROPOSED, "批示"))
    own = rows.filter(status=PetitionStatus.HANDLING, handler=viewer.pk).select_related("village")
    return items + [_own(row) for row in own.order_by("due_on", "id")[:_SHOWN]]


def _line(kind: str, title: str, status: str, action: str) -> DeskItem:
    url = f"{reverse('findings:petitions')}?status={status}"
    return DeskItem(kind=kind, title=title, url=url, tone="warn", action=action, primary=True)


def _own(row: Petition) -> DeskItem:
    return DeskItem(
        kind="信访办理",
        title=f"{row.village.name} · {row.get_disposal_display()}",
        detail=row.summary[:40],
        due_on=row.due_on,
        url=reverse("findings:petition", kwargs={"pk": row.pk}),
        tone="info",
        action="办理",
        primary=True,
    )
