"""Orders on people's desks: to sign, verify, answer, mend, and every deadline that comes near or has passed."""

import datetime as dt
from typing import Any

from django.db.models import Count, Q, QuerySet, Window
from django.urls import reverse

from core import clock
from core.desk import DeskItem
from rectification.models import ExtensionStatus, FixOrder, OrderExtension
from rectification.rules.order import REMIND_DAYS, pressing_word
from rectification.selectors.order_portal import portal_orders
from rectification.selectors.orders import order_matches
from villages.access import is_inspected, is_office
from villages.models import Membership, Round, TeamRole

S = FixOrder.Status
_SHOWN = 5
_OWNER = {
    S.ISSUED: ("交办单待签收", "info", "签收"),
    S.RECEIVED: ("交办单整改中", "neutral", "拍照上报"),
    S.RETURNED: ("交办单核验退回", "bad", "重新办理"),
}


def owner_lines(viewer: Any) -> list[DeskItem]:
    """The inspected side: every order it has to act on."""
    lines = []
    for row in portal_orders(viewer).to_do[:20]:
        kind, tone, action = _OWNER[S(row.status)]
        lines.append(
            DeskItem(
                kind=kind,
                title=f"{row.village.name} · {row.title}",
                detail=row.doc_no,
                url=reverse("rectification:portal_order", args=[row.pk]),
                tone=tone,
                due_on=row.due_on,
                action=action,
                primary=row.status in (S.ISSUED, S.RETURNED),
                returned=row.status == S.RETURNED,
            )
        )
    return lines


def order_lines(viewer: Any, round_: Round) -> list[DeskItem]:
    """The inspecting side. The office sees what is late, and nothing of the teams' daily steps."""
    rows = FixOrder.objects.visible_to(viewer).filter(round=round_).select_related("village", "to_office")
    if is_office(viewer):
        return _reminders(rows.filter(due_on__lt=clock.today()))
    posts = Membership.objects.filter(round=round_, user=viewer.pk).values_list("role", flat=True)
    leads = TeamRole.LEADER in list(posts)
    lines = _verify(viewer, rows)
    if leads:
        lines += [*_to_sign(viewer, rows), *_extensions(viewer, round_), *_reminders(rows)]
    else:
        own = rows.filter(drafter=viewer.pk)
        lines += [*_drafts(own), *_reminders(own)]
    return lines


def _line(row: FixOrder, kind: str, detail: str, tone: str, action: str, **more: Any) -> DeskItem:
    return DeskItem(
        kind=kind,
        title=f"{row.village.name} · {row.title}",
        detail=detail,
        url=reverse("rectification:order", args=[row.pk]),
        tone=tone,
        action=action,
        **more,
    )


def _first(rows: QuerySet[FixOrder]) -> tuple[list[Any], int]:
    """The first of ``rows`` and how many are behind them, in one query."""
    found = list(rows.annotate(in_all=Window(Count("*")))[:_SHOWN])
    return found, found[0].in_all - len(found) if found else 0


def _rest(left: int, kind: str, query: str) -> list[DeskItem]:
    """One line for what does not fit."""
    if not left:
        return []
    url = f"{reverse('rectification:orders')}?{query}"
    return [DeskItem(kind=kind, title=f"其余{left}份交办单", url=url, tone="neutral")]


def _to_sign(viewer: Any, rows: QuerySet[FixOrder]) -> list[DeskItem]:
    found, left = _first(rows.filter(status=S.SIGNING).exclude(drafter=viewer.pk).order_by("id"))
    lines = [
        _line(row, "交办单待签发", f"交{row.to_office.name}", "warn", "签发", primary=True) for row in found
    ]
    return [*lines, *_rest(left, "交办单待签发", f"status={S.SIGNING}")]


def _verify(viewer: Any, rows: QuerySet[FixOrder]) -> list[DeskItem]:
    waiting = rows.filter(status=S.REPORTED).exclude(drafter=viewer.pk)
    found, left = _first(waiting.order_by("due_on", "id"))
    lines = [
        _line(
            row,
            "交办单待核验",
            f"{row.doc_no} · {row.to_office.name}已报告整改",
            "warn",
            "核验",
            primary=True,
        )
        for row in found
    ]
    return [*lines, *_rest(left, "交办单待核验", f"status={S.REPORTED}")]


def _drafts(rows: QuerySet[FixOrder]) -> list[DeskItem]:
    drafts = rows.filter(status=S.DRAFT).order_by("id")[:_SHOWN]
    return [
        _line(row, "交办单退回修改", row.sent_back_reason[:60], "bad", "修改", primary=True, returned=True)
        if row.sent_back_reason
        else _line(row, "交办单草稿", "写好后送组长签发", "neutral", "继续")
        for row in drafts
    ]


def _extensions(viewer: Any, round_: Round) -> list[DeskItem]:
    rows = OrderExtension.objects.visible_to(viewer).filter(order__round=round_, status=ExtensionStatus.ASKED)
    found = rows.select_related("order__village").order_by("due_before", "id")[:_SHOWN]
    return [
        _line(
            row.order,
            "延期待答复",
            f"申请延至{row.wanted_on.month}月{row.wanted_on.day}日",
            "warn",
            "答复",
            primary=True,
            due_on=row.due_before,
        )
        for row in found
    ]


def _reminders(rows: QuerySet[FixOrder]) -> list[DeskItem]:
    """A week before, on the day, and after it: the addressee has still to act, whatever it was told."""
    today = clock.today()
    near = Q(status__in=FixOrder.PRESSING, due_on__lte=today + dt.timedelta(days=REMIND_DAYS))
    found, left = _first(rows.filter(near).order_by("due_on", "id"))
    lines = []
    for row in found:
        kind, tone = pressing_word(row, today)
        detail = f"{row.doc_no} · {row.get_status_display()}，请提醒{row.to_office.name}"
        lines.append(_line(row, kind, detail, tone, "查看", due_on=row.due_on))
    return [*lines, *_rest(left, "交办单将到期或逾期", "")]


def search_orders(viewer: Any, text: str, limit: int) -> list[dict[str, str]]:
    """Hits for the search box, each leading to the viewer's own side."""
    page = "rectification:portal_order" if is_inspected(viewer) else "rectification:order"
    rows = FixOrder.objects.visible_to(viewer).filter(order_matches(text)).select_related("village")
    return [
        {
            "title": row.title,
            "detail": f"{row.doc_no or '未编号'} · {row.village.name} · {row.get_status_display()}",
            "url": reverse(page, args=[row.pk]),
        }
        for row in rows.order_by("-id")[:limit]
    ]
