"""Pages of what the checks found in the books: a round, a village, one story, the rules; and what people do with it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.access import demand, get_visible_or_404
from core.errors import NotAllowed, ServiceError
from core.idempotency import once
from core.submissions import perform, revision_of
from core.text import clean
from findings import services
from findings.models import FieldKind, Finding, Lead
from findings.rules.ledger import can_lead_story
from findings.selectors.ledger import (
    StoryFilters,
    leads_of_stories,
    related_stories,
    rule_lines,
    shown_hits,
    story_list,
    with_story_relations,
)
from findings.selectors.ledger import (
    overview as overview_lines,
)
from findings.views.shared import refused, working_round
from ledgers import services as ledger_services
from ledgers.models import LedgerStory
from ledgers.rules import handling
from ledgers.rules.pictures.shown_by import picture_of
from ledgers.selectors.stories import dismissal_offers
from villages.models import VillageInspection

_DONE = {
    "explain": "已记为有合理解释。同样的提示再出现时不再提醒，有变化才提醒。",
    "correct": "已记为数据错误。同样的提示再出现时不再提醒，有变化才提醒。",
    "reopen": "已恢复待处理。",
}


def overview(request: HttpRequest) -> HttpResponse:
    """账册比对: the villages of the round that have books, and how many stories each has."""
    round_ = working_round(request)
    lines = overview_lines(request.user, round_)
    context = {
        "round": round_,
        "lines": lines,
        "can_check": handling.can_check(request.user, round_),
        "stale": sum(not line.due.fresh for line in lines),
        "sums": {
            name: sum(getattr(line, name) for line in lines) for name in ("grave", "open", "led", "dismissed")
        },
    }
    return render(request, "findings/ledger/overview.html", context)


@require_POST
def run_checks(request: HttpRequest) -> HttpResponse:
    """Have the checks run in the background; the progress stands on the job's page."""
    round_ = working_round(request)
    demand(handling.can_check(request.user, round_))
    everything = bool(request.POST.get("all"))
    try:
        job = ledger_services.request_check(actor=request.user, round_=round_, everything=everything)
    except ServiceError as refusal:
        return refused(request, refusal, reverse("findings:ledger_overview"))
    return redirect("core:job", pk=job.pk)


def rules_page(request: HttpRequest) -> HttpResponse:
    """Every rule: what it looks for, on what ground, with which limits, and how often it was right so far."""
    round_ = working_round(request)
    lines = rule_lines(round_)
    return render(request, "findings/ledger/rules.html", {"round": round_, "lines": lines})


def stories(request: HttpRequest, pk: Any) -> HttpResponse:
    """The stories of one village."""
    rows = VillageInspection.objects.select_related("round", "team", "village")
    inspection: VillageInspection = get_visible_or_404(rows, request.user, pk=pk)
    demand(handling.can_browse(request.user))
    filters = StoryFilters.read(request.GET)
    listed = story_list(request.user, inspection, filters, cursor=request.GET.get("cursor", ""))
    context = {
        "inspection": inspection,
        "filters": filters,
        "listed": listed,
        "page": listed.page,
        "lines": [(row, listed.leads.get(row.pk)) for row in listed.page.rows],
        "count": listed.count,
        "kept": [(name, value) for name, value in request.GET.items() if name not in ("q", "cursor")],
    }
    return render(request, "findings/ledger/stories.html", context)


def _visible_story(request: HttpRequest, pk: Any) -> LedgerStory:
    return get_visible_or_404(with_story_relations(LedgerStory.objects.all()), request.user, pk=pk)


def address(row: LedgerStory) -> str:
    """The page of a story."""
    return reverse("findings:ledger_story", kwargs={"pk": row.pk})


def story(request: HttpRequest, pk: Any) -> HttpResponse:
    """One story: why it stands out, the rows it rests on, what can be done with it."""
    row = _visible_story(request, pk)
    user = request.user
    lead = leads_of_stories(user, [row]).get(row.pk)
    hits = shown_hits(row)
    context = {
        "object": row,
        "story": row,
        "offers": dismissal_offers(user, row),
        "hits": hits,
        "picture": picture_of(hits[0].hit.rule if hits else ""),
        "gone_hits": shown_hits(row, gone=True),
        "related": related_stories(user, row),
        "lead": lead,
        "can_lead": can_lead_story(user, row) and row.status not in LedgerStory.DISMISSED,
    }
    return render(request, "findings/ledger/story.html", context)


@require_POST
def story_action(request: HttpRequest, pk: Any, action: str) -> HttpResponse:
    """Explain a story, call it an error of the data, or take that back."""
    row = _visible_story(request, pk)
    if action not in _DONE:
        raise Http404
    revision, reason = revision_of(request), request.POST.get("reason", "")

    def do() -> LedgerStory:
        if action == "reopen":
            return ledger_services.reopen_story(
                actor=request.user, story=row, reason=reason, revision=revision
            )
        return ledger_services.dismiss_story(
            actor=request.user, story=row, step=action, reason=reason, revision=revision
        )

    return perform(
        request, do, scope=f"findings.story.{action}:{row.pk}", success=address(row), message=_DONE[action]
    )


@require_POST
def story_lead(request: HttpRequest, pk: Any) -> HttpResponse:
    """Make a story a lead in the inbox."""
    row = _visible_story(request, pk)

    def do() -> Lead:
        return services.lead_from_story(actor=request.user, story=row)

    return perform(
        request,
        do,
        scope=f"findings.story.lead:{row.pk}",
        success=address(row),
        message="已列为疑点，可认领、分派、核查。",
    )


@require_POST
def story_check(request: HttpRequest, pk: Any) -> HttpResponse:
    """Begin a spot check of a story: its lead is made if need be, its rows stand on the form."""
    row = _visible_story(request, pk)
    try:
        lead = services.lead_for_check(actor=request.user, story=row)
    except NotAllowed:
        raise
    except ServiceError as refusal:
        return refused(request, refusal, address(row))
    return redirect(f"{reverse('findings:field_new')}?kind={FieldKind.CHECK}&lead={lead.pk}")


@require_POST
def story_paper(request: HttpRequest, pk: Any) -> HttpResponse:
    """Begin a problem workpaper of a story: its lead is made if need be, its rows are evidence already."""
    row = _visible_story(request, pk)

    def do() -> Finding:
        return services.paper_from_story(actor=request.user, story=row)

    try:
        paper = once(
            scope=f"{request.user.pk}:findings.story.paper:{row.pk}",
            key=clean(request.POST.get("_key", ""))[:64],
            payload={"story": str(row.pk)},
            action=do,
        )
    except NotAllowed:
        raise
    except ServiceError as refusal:
        return refused(request, refusal, address(row))
    return redirect("findings:finding", pk=paper.pk)
