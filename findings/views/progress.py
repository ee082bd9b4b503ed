"""The team's board of this stage, the end of the stage, and drafts that were put aside."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from core import clock
from core.access import get_visible_or_404
from core.days import read_day
from core.submissions import perform
from findings import rules, services
from findings.models import Finding, Talk
from findings.selectors.board import DAYS, GAPS, board
from findings.selectors.progress import evidence_strength_summary, heat, team_progress
from findings.views.shared import working_round, writable_villages
from villages.models import Round, Stage, VillageInspection
from villages.selectors.ladder import ladder


def progress(request: HttpRequest) -> HttpResponse:
    """Each village with its papers and talks, the heat map, and how well problems are supported."""
    round_ = working_round(request)
    rows = team_progress(request.user, round_)
    context = {
        "round": round_,
        "rows": [
            (row, ladder(row.inspection, clock.today()), _may_finish(request.user, row.inspection))
            for row in rows
        ],
        "heat": heat(request.user, round_),
        **_board(request, round_, [row.inspection for row in rows]),
        "strengths": evidence_strength_summary(request.user, round_),
        "writable": set(writable_villages(request.user, round_).values_list("pk", flat=True)),
    }
    return render(request, "findings/progress.html", context)


def _board(request: HttpRequest, round_: Round, inspections: list[VillageInspection]) -> dict[str, Any]:
    """The daily board of the week up to the day in the address, today without one."""
    today = clock.today()
    until = min(read_day(request.GET.get("day", "")) or today, today)
    week = dt.timedelta(days=DAYS)
    return {
        "board": board(request.user, round_, inspections, until),
        "days": [until - dt.timedelta(days=back) for back in range(DAYS - 1, -1, -1)],
        "gaps": GAPS,
        "earlier": until - week,
        "later": min(until + week, today) if until < today else None,
    }


def _may_finish(user: Any, inspection: VillageInspection) -> bool:
    """Show the button that ends the stage; rows of villages one stands aside from are not in the list at all."""
    return inspection.status == Stage.FINDING and rules.leads(user, inspection.team)


@require_POST
def finish(request: HttpRequest, pk: Any) -> HttpResponse:
    """Move a village on to writing the report."""
    rows = VillageInspection.objects.select_related("round", "team", "village")
    inspection = get_visible_or_404(rows, request.user, pk=pk)
    return perform(
        request,
        lambda: services.finish_findings(actor=request.user, inspection=inspection),
        scope=f"findings.finish:{inspection.pk}",
        success=reverse("findings:progress"),
        message=f"{inspection.village.name}已转入撰写报告。",
    )


def deleted(request: HttpRequest) -> HttpResponse:
    """Drafts that were put aside and can be restored."""
    round_ = working_round(request)
    papers = Finding.objects.visible_to(request.user).filter(round=round_, deleted_at__isnull=False)
    talks = Talk.objects.visible_to(request.user).filter(round=round_, deleted_at__isnull=False)
    context = {
        "round": round_,
        "papers": papers.select_related("village", "team").order_by("-deleted_at")[:100],
        "talks": talks.select_related("village").order_by("-deleted_at")[:100],
    }
    return render(request, "findings/deleted.html", context)
