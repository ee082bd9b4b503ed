"""Villages in preparation: the list, one village, and the end of the stage."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from core import clock
from core.access import demand, get_visible_or_404
from core.listing import capped_count, keyset
from core.submissions import perform, revision_of
from prep import rules, services
from prep.models import AttentionClass, VillageProfile
from prep.selectors.overview import stage_options, villages
from prep.selectors.path import preparation_path
from prep.selectors.profile import village_knowledge
from prep.selectors.watch import WatchFilters, watch_list
from prep.views.profile import profile_parts
from prep.views.shared import crumbs, visible_inspection
from villages.models import Stage, Village
from villages.selectors import ladder
from villages.selectors.rounds import current_round


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Villages of the round with how far their preparation is."""
    demand(rules.can_browse(request.user))
    round_ = current_round(request.user, request.session.get("round", ""))
    stage = request.GET.get("stage", "")
    rows = villages(request.user, round_, stage)
    page = keyset(rows, order=["status", "village"], cursor=request.GET.get("cursor", ""))
    today = clock.today()
    context = {
        "round": round_,
        "may_compare": round_ is not None and bool(rules.can_compare_attention(request.user, round_)),
        "page": page,
        "count": capped_count(rows),
        "stages": stage_options(request.user, round_),
        "lines": [_line(row, today) for row in page.rows],
    }
    return render(request, "prep/index.html", context)


def _line(row: Any, today: Any) -> dict[str, Any]:
    attention = AttentionClass(row.attention) if row.attention else None
    return {
        "row": row,
        "steps": ladder.ladder(row, today),
        "stay": ladder.stay(row, today),
        "attention": attention.label if attention else "",
        "tone": VillageProfile.ATTENTION_TONE[attention] if attention else "neutral",
        "has_profile": row.attention is not None,
        "concluded": row.item_count - row.open_count,
    }


@require_GET
def village(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One village before the team enters it: what is known, what to look for, what is missing."""
    inspection = visible_inspection(request, pk)
    listed = watch_list(request.user, inspection, WatchFilters(), clock.today())
    may_edit, may_finish = (
        rules.can_edit(request.user, inspection),
        rules.can_finish(request.user, inspection),
    )
    parts = profile_parts(request, inspection)
    context = (
        crumbs(inspection)
        | parts
        | {
            "object": inspection,
            "path": preparation_path(request.user, inspection, parts["profile"], listed),
            "steps": ladder.ladder(inspection, clock.today()),
            "stay": ladder.stay(inspection, clock.today()),
            "listed": listed,
            "may_edit": may_edit,
            "may_finish": may_finish,
            "missing": rules.unfinished(inspection) if inspection.status == Stage.PREP else [],
            "in_prep": inspection.status == Stage.PREP,
        }
    )
    return render(request, "prep/village.html", context)


@require_POST
def finish(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Move a village on to the survey."""
    inspection = visible_inspection(request, pk)
    revision = revision_of(request)
    return perform(
        request,
        lambda: services.finish_preparation(actor=request.user, inspection=inspection, revision=revision),
        scope=f"prep.finish:{inspection.pk}",
        success=reverse("prep:village", kwargs={"pk": inspection.pk}),
        message=f"{inspection.village.name}已转入调查测评。",
    )


@require_GET
def village_card(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Part of a village's page: years as charts and the committee; empty for who may not see them."""
    row = get_visible_or_404(Village.objects, request.user, pk=pk)
    return render(
        request, "prep/village_card.html", {"known": village_knowledge(request.user, row), "card": row}
    )
