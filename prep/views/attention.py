"""How closely villages are looked at: the decision on one, and a round's villages side by side."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from core.access import demand
from core.submissions import submit
from prep import rules, services
from prep.forms import AttentionForm
from prep.models import AttentionDecision, VillageProfile
from prep.selectors.attention import AttentionFilters, attention_overview, proposals
from prep.views.shared import crumbs, visible_inspection
from villages.selectors.rounds import current_round


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The proposal with its reasons, the decision, and earlier decisions."""
    inspection = visible_inspection(request, pk)
    demand(rules.can_decide_attention(request.user, inspection))
    proposal, _ = proposals(inspection.round, [inspection])[inspection.pk]
    profile = VillageProfile.objects.filter(inspection=inspection).first()
    decisions = AttentionDecision.objects.visible_to(request.user).filter(inspection=inspection)
    initial = {
        "revision": profile.revision if profile else 0,
        "seen": proposal.attention,
        "attention_class": (profile and profile.attention_class) or proposal.attention,
    }
    form = AttentionForm(request.POST or None, initial=initial)

    def save(_: dict[str, Any]) -> AttentionDecision:
        return services.decide_attention(actor=request.user, inspection=inspection, **form.parts())

    back = reverse("prep:village", kwargs={"pk": inspection.pk})
    context = crumbs(inspection) | {
        "cancel_url": back, "proposal": proposal, "profile": profile, "submit_label": "确定",
        "decisions": list(decisions.select_related("decided_by")[:20]),
    }  # fmt: skip
    return submit(
        request, form, save, scope=f"prep.attention:{inspection.pk}", template="prep/attention_form.html",
        success=lambda _: back, context=context, message="关注类别已确定。",
    )  # fmt: skip


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Every village of the round: proposed, decided, why."""
    round_ = current_round(request.user, request.session.get("round", ""))
    demand(rules.can_browse(request.user))
    if round_ is None:
        return render(request, "prep/attention_overview.html", {"round": None})
    demand(rules.can_compare_attention(request.user, round_))
    filters = AttentionFilters.read(request.GET)
    seen = attention_overview(request.user, round_, filters)
    return render(request, "prep/attention_overview.html", {"round": round_, "seen": seen})
