"""Petitions that wait for a person: to propose, to decide, to handle; and what waits around the sealed parts."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils import timezone

from core import clock
from core.desk import DeskItem
from core.display import cn_date
from findings import rules
from findings.models import Opening, OpeningStatus, Petition, PetitionStatus, RecoveryKey
from findings.rules.sealed import GRANT
from findings.selectors.custodians import recovery_card
from villages.models import Round, TeamRole

_SHOWN = 5


def petitions_waiting(viewer: Any, round_: Round, post: str) -> list[DeskItem]:
    """For the team: those to propose as one line, to decide for its leader, the own ones each by itself."""
    rows = Petition.objects.visible_to(viewer).filter(round=round_)
    items = []
    if count := rows.filter(status=PetitionStatus.REGISTERED).count():
        items.append(_line("信访待拟办", f"{count}件信访还没有拟办", PetitionStatus.REGISTERED, "拟办"))
    to_decide = rows.filter(status=PetitionStatus.PROPOSED).exclude(proposed_by=viewer.pk)
    if post == TeamRole.LEADER and (count := to_decide.count()):
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


# --- the sealed parts; never a word of what a petition says ------------------------------------------------


def openings_waiting(viewer: Any, round_: Round) -> list[DeskItem]:
    """Requests to read for exactly those who may consent, and for who asked what became of the own one."""
    own_key = rules.keeper(viewer)
    heads = bool(rules.can_manage_custodians(viewer))
    if own_key is None and not heads:
        return []
    rows = Opening.objects.visible_to(viewer).filter(petition__round=round_).order_by("id")
    rows = rows.select_related("petition__village", "requested_by")
    waiting = rows.filter(status=OpeningStatus.REQUESTED).exclude(requested_by=viewer.pk)
    items = [_to_consent(row) for row in waiting[:_SHOWN]]
    if own_key is not None:
        # What was not read within a day is no news any more.
        since = clock.now() - dt.timedelta(days=1)
        allowed = rows.filter(status=OpeningStatus.APPROVED, requested_by=viewer.pk, approved_at__gt=since)
        items += [_allowed(row) for row in allowed[:_SHOWN]]
    return items + _recovery(heads, own_key is not None)


def _to_consent(row: Opening) -> DeskItem:
    return DeskItem(
        kind="查阅待批准",
        title=f"{row.petition.village.name} · {row.petition.no} 查阅封存内容的申请",
        detail=f"{row.requested_by.display_name} {cn_date(timezone.localdate(row.created_at))}提出",
        url=_opening(row),
        tone="warn",
        action="办理",
        primary=True,
    )


def _allowed(row: Opening) -> DeskItem:
    until = timezone.localtime(row.approved_at + GRANT) if row.approved_at else None
    expired = until is None or until < clock.now()
    return DeskItem(
        kind="查阅已过期" if expired else "查阅已批准",
        title=f"{row.petition.village.name} · {row.petition.no} 查阅封存内容的申请",
        detail="批准已过时限，确需查阅的请重新申请" if expired else f"请在{until:%H:%M}前查阅，过时失效",
        url=_opening(row),
        tone="neutral" if expired else "bad",
        action="查看" if expired else "查阅",
        primary=not expired,
        returned=True,
    )


def _opening(row: Opening) -> str:
    return reverse("findings:opening", kwargs={"pk": row.pk})


def _recovery(heads: bool, keeps: bool) -> list[DeskItem]:
    """The key in the safe: missing or opened for the head, not holding everything yet for a custodian."""
    card = recovery_card()
    key: RecoveryKey | None = card["key"]
    url = reverse("findings:custodians")
    if heads and key is None:
        detail = "保密管理人都忘了口令时，封存内容只能靠它打开"
        return [DeskItem("恢复密钥", "还没有恢复密钥", url, detail, tone="warn", action="生成")]
    if heads and key is not None and key.used_on:
        detail = f"{cn_date(key.used_on)}启用过，信封已拆开"
        return [DeskItem("恢复密钥", "恢复密钥应更换", url, detail, tone="bad", action="更换")]
    if keeps and card["lacks"]:
        title = f"{card['lacks']}件封存内容还没有授给恢复密钥"
        return [DeskItem("恢复密钥", title, url, tone="warn", action="补授")]
    return []
