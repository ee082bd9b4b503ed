"""The review list: reading many papers beside the list, signing one by one or several at once."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.errors import ServiceError
from core.ids import key_of
from core.saved_views import opening_query
from core.submissions import revision_in
from findings import services
from findings.models import Finding, FindingStatus
from findings.selectors.basis import flagged_papers
from findings.selectors.paper import with_relations
from findings.selectors.review import (
    MINE,
    ReviewFilters,
    ReviewList,
    is_awaited,
    lost_choices,
    next_paper,
    review_list,
)
from findings.views.findings import pane_context, take_step
from findings.views.shared import (
    list_address,
    list_query,
    visible_finding,
    working_round,
    writable_villages,
)
from villages.models import Round, TeamRole

_MINE = ReviewFilters(status=MINE)

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
    if not request.GET and (opening := _opening(request.user, round_)):
        return redirect(f"{reverse('findings:review')}?{opening}")
    filters = ReviewFilters.read(request.GET)
    listed = review_list(request.user, round_, filters, cursor=request.GET.get("cursor", ""))
    if filters == _MINE and not listed.page.rows:
        return redirect(f"{reverse('findings:review')}?all=1")
    chosen = _chosen(request, listed.page.rows)
    can_write = writable_villages(request.user, round_).exists()
    context = {
        "round": round_,
        "filters": filters,
        "listed": listed,
        "page": listed.page,
        "count": listed.count,
        "states": _state_pills(listed),
        "villages": listed.villages,
        "categories": listed.categories,
        "summary": _summary(listed),
        "lost": lost_choices(round_, request.GET),
        "chosen": chosen,
        "cursor": request.GET.get("cursor", ""),
        "kept": [(name, value) for name, value in request.GET.items() if name not in ("q", "at", "cursor")],
        "can_write": can_write,
        "signature": _signature(listed.post, can_write),
        "can_return_many": listed.post in ("office", TeamRole.LEADER, TeamRole.DEPUTY),
        "can_sign_many": bool(listed.waiting),
        "nothing_waits": listed.mine_count == 0 and listed.post and not filters.narrow,
    }
    if chosen is not None:
        context |= pane_context(request, chosen)
    return render(request, "findings/review.html", context)


def _opening(viewer: Any, round_: Round) -> str:
    """What the list opens with: the person's own choice, else what waits for the person, else everything."""
    if own := opening_query(viewer, "findings:review"):
        return own
    return f"status={MINE}" if is_awaited(viewer, round_) else ""


def _signature(post: str, writes: bool) -> str:
    """In words, which signatures the key for signing can give here; empty for who gives none."""
    given = {"office": "备案", TeamRole.LEADER: "审签", TeamRole.DEPUTY: "复核"}.get(post, "")
    submits = "提交复核" if writes and post != TeamRole.LEADER else ""
    return "、".join(filter(None, [submits, given]))


def _chosen(request: HttpRequest, rows: list[Finding]) -> Finding | None:
    """The paper named in the address, else the first of the list."""
    papers = with_relations(Finding.objects.visible_to(request.user).alive())
    at = key_of(request.GET.get("at", "")) or (rows[0].pk if rows else None)
    return papers.filter(pk=at).first() if at else None


def _state_pills(listed: ReviewList) -> list[dict[str, Any]]:
    """What waits for the viewer, all, and each state that has papers; one that was not counted may have some."""
    pills = [{"value": "", "label": "全部", "count": listed.all_states}]
    if listed.mine_count != 0:
        pills.insert(0, {"value": MINE, "label": "待我办理", "count": listed.mine_count})
    return pills + [
        {"value": state.value, "label": state.label, "count": listed.states[state]}
        for state in _SHOWN_STATES
        if listed.states.get(state, 0) != 0
    ]


def _summary(listed: ReviewList) -> str:
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
    query = list_query(request)
    following = next_paper(request.user, finding.round, ReviewFilters.read(query), finding)
    if following is not None:
        query["at"] = str(following.pk)
    return take_step(request, finding, action, success=f"{reverse('findings:review')}?{query.urlencode()}")


@require_POST
def bulk_sign(request: HttpRequest) -> HttpResponse:
    """Sign every ticked paper whose next signature is this person's; say what was and what was not done."""
    working_round(request)
    papers = _ticked_papers(request)
    doubtful = {row.pk for row in flagged_papers(request.user, [paper for paper, _ in papers])}
    outcome = services.sign_many(actor=request.user, findings=papers)
    if again := [row.short_no for row in outcome.done if row.pk in doubtful][:10]:
        messages.warning(request, f"{'、'.join(again)} 引用的依据与行为发生的时间对不上，请打开底稿看提示。")
    return _told(request, outcome, "已办理")


@require_POST
def bulk_return(request: HttpRequest) -> HttpResponse:
    """Send every ticked paper back with one reason, where this person may; say what was and what was not done."""
    working_round(request)
    reason = request.POST.get("reason", "")
    try:
        outcome = services.return_many(actor=request.user, findings=_ticked_papers(request), reason=reason)
    except ServiceError as error:
        messages.error(request, error.message)
        return redirect(list_address(request))
    return _told(request, outcome, "已退回")


def _ticked_papers(request: HttpRequest) -> list[tuple[Finding, int]]:
    ticked = _ticked(request)
    rows = Finding.objects.visible_to(request.user).alive().filter(pk__in=ticked)
    return [(row, ticked[row.pk]) for row in with_relations(rows).order_by("id")]


def _told(request: HttpRequest, outcome: services.BulkOutcome, word: str) -> HttpResponse:
    """The summary: how many were done, and each that was not with its reason."""
    if outcome.done:
        services.note_own_step(actor=request.user, findings=outcome.done)
        messages.success(request, f"{word} {len(outcome.done)} 份。")
    if outcome.refused:
        reasons = "；".join(f"{row.short_no} {why.rstrip('。')}" for row, why in outcome.refused[:10])
        more = f"等（另有{len(outcome.refused) - 10}份）" if len(outcome.refused) > 10 else ""
        messages.warning(request, f"{len(outcome.refused)} 份未办理：{reasons}{more}。")
    if not outcome.done and not outcome.refused:
        messages.warning(request, "没有勾选底稿。")
    return redirect(list_address(request))


def _ticked(request: HttpRequest) -> dict[UUID, int]:
    """Papers ticked in the list with the revision that was looked at; what is neither is passed over."""
    found = {}
    for pair in request.POST.getlist("paper")[:200]:
        key, _, revision = pair.partition(":")
        if (pk := key_of(key)) and (seen := revision_in(revision)) is not None:
            found[pk] = seen
    return found
