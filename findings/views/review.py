"""The review list: reading many papers beside the list, signing one by one or several at once."""

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.ids import key_of
from findings import services
from findings.models import Finding, FindingStatus
from findings.selectors.paper import with_relations
from findings.selectors.review import ReviewFilters, next_paper, review_list
from findings.views.findings import pane_context, take_step
from findings.views.shared import visible_finding, working_round, writable_villages

_SHOWN_STATES = [
    FindingStatus.CHECKING,
    FindingStatus.SIGNING,
    FindingStatus.RETURNED,
    FindingStatus.SIGNED,
    FindingStatus.FILED,
    FindingStatus.DRAFT,
    FindingStatus.WITHDRAWN,
    FindingStatus.MERGED,
]


def review(request: HttpRequest) -> HttpResponse:
    """问题审核: the list with its filters, and the chosen paper beside it."""
    round_ = working_round(request)
    filters = ReviewFilters.read(request.GET)
    listed = review_list(request.user, round_, filters, cursor=request.GET.get("cursor", ""))
    chosen = _chosen(request, listed.page.rows)
    context = {
        "round": round_,
        "filters": filters,
        "listed": listed,
        "page": listed.page,
        "count": listed.count,
        "states": _state_pills(listed.states),
        "villages": listed.villages,
        "categories": listed.categories,
        "summary": _summary(listed),
        "chosen": chosen,
        "cursor": request.GET.get("cursor", ""),
        "kept": [(name, value) for name, value in request.GET.items() if name not in ("q", "at", "cursor")],
        "can_write": writable_villages(request.user, round_).exists(),
        "can_sign_many": bool(listed.waiting),
    }
    if chosen is not None:
        context |= pane_context(request, chosen)
    return render(request, "findings/review.html", context)


def _chosen(request: HttpRequest, rows: list[Finding]) -> Finding | None:
    """The paper named in the address, else the first of the list."""
    papers = with_relations(Finding.objects.visible_to(request.user).alive())
    at = key_of(request.GET.get("at", "")) or (rows[0].pk if rows else None)
    return papers.filter(pk=at).first() if at else None


def _state_pills(counts: dict[str, int]) -> list[dict[str, Any]]:
    pills = [{"value": "", "label": "全部", "count": sum(counts.values())}]
    return pills + [
        {"value": state.value, "label": state.label, "count": counts[state]}
        for state in _SHOWN_STATES
        if counts.get(state)
    ]


def _summary(listed: Any) -> str:
    """One line over the list: how many there are and how many wait, the viewer's own first."""
    parts = [f"{listed.total}条"]
    order = sorted(_SHOWN_STATES[:5], key=lambda state: state != listed.waiting)
    for state in order:
        if listed.states.get(state):
            mine = "待我" if state == listed.waiting and state != FindingStatus.SIGNED else ""
            parts.append(
                f"{mine}{state.label.removeprefix('待') if mine else state.label}{listed.states[state]}"
            )
    return " · ".join(parts)


@require_POST
def review_action(request: HttpRequest, pk: Any, action: str) -> HttpResponse:
    """A step taken beside the list; the next paper of the same list opens."""
    finding = visible_finding(request, pk)
    query = _list_query(request)
    following = next_paper(request.user, finding.round, ReviewFilters.read(query), finding)
    if following is not None:
        query["at"] = str(following.pk)
    return take_step(request, finding, action, success=f"{reverse('findings:review')}?{query.urlencode()}")


def _list_query(request: HttpRequest) -> QueryDict:
    """The choices of the list the button stood beside: the page it was pressed on, if that was this list."""
    came_from = urlsplit(request.headers.get("referer", ""))
    query = QueryDict(mutable=True)
    if came_from.path == reverse("findings:review"):
        query.update(dict(parse_qsl(came_from.query)))
    query.pop("cursor", None)
    return query


@require_POST
def bulk_sign(request: HttpRequest) -> HttpResponse:
    """Sign every ticked paper whose next signature is this person's; say what was and what was not done."""
    working_round(request)
    ticked = _ticked(request)
    rows = Finding.objects.visible_to(request.user).alive().filter(pk__in=ticked)
    papers = list(with_relations(rows).order_by("id"))
    outcome = services.sign_many(actor=request.user, findings=[(row, ticked[row.pk]) for row in papers])
    if outcome.done:
        messages.success(request, f"已办理 {len(outcome.done)} 份。")
    if outcome.refused:
        reasons = "；".join(f"{row.short_no} {why.rstrip('。')}" for row, why in outcome.refused[:10])
        messages.warning(request, f"{len(outcome.refused)} 份未办理：{reasons}。")
    if not papers:
        messages.warning(request, "没有勾选底稿。")
    return redirect(f"{reverse('findings:review')}?{urlencode(dict(_list_query(request).items()))}")


def _ticked(request: HttpRequest) -> dict[UUID, int]:
    """Papers ticked in the list with the revision that was looked at; what is neither is passed over."""
    found = {}
    for pair in request.POST.getlist("paper")[:200]:
        key, _, revision = pair.partition(":")
        if (pk := key_of(key)) and len(revision) < 10 and revision.isascii() and revision.isdigit():
            found[pk] = int(revision)
    return found
