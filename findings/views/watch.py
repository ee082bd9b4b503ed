"""Parts this stage shows on pages of preparation: papers of an item or a rule, earlier problems to be taken over."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from core.access import demand, get_visible_or_404
from core.submissions import perform
from findings import rules, services
from findings.selectors.basis import papers_citing
from findings.selectors.leads import leads_checked_by
from findings.selectors.tips import tips_at
from findings.selectors.watch import earlier_problems, papers_of_item
from prep.models import Regulation, WatchItem
from villages.models import VillageInspection


@require_GET
def of_watch_item(request: HttpRequest, pk: Any) -> HttpResponse:
    """Part of a watch item's page: the papers written from it, and the way to a new one."""
    rows = WatchItem.objects.select_related("inspection", "team", "village", "round", "check_point")
    item = get_visible_or_404(rows, request.user, pk=pk)
    context = {
        "item": item,
        "papers": papers_of_item(request.user, item),
        "tips": tips_at(request.user, item),
        "leads": leads_checked_by(request.user, watch_item=item),
        "may_write": rules.can_create(request.user, item.inspection),
    }
    return render(request, "findings/parts/of_watch_item.html", context)


@require_GET
def of_regulation(request: HttpRequest, pk: Any) -> HttpResponse:
    """Part of a rule's page: the papers that cite it, as far as one may see them."""
    regulation = get_visible_or_404(Regulation.objects, request.user, pk=pk)
    page = papers_citing(request.user, regulation, cursor=request.GET.get("cursor", ""))
    return render(request, "findings/parts/of_regulation.html", {"regulation": regulation, "page": page})


def _inspection(request: HttpRequest, pk: Any) -> VillageInspection:
    rows = VillageInspection.objects.select_related("round", "team", "village", "town")
    return get_visible_or_404(rows, request.user, pk=pk)


@require_GET
def earlier_card(request: HttpRequest, pk: Any) -> HttpResponse:
    """Part of a village's page in preparation: how many earlier problems there are, and how many wait."""
    inspection = _inspection(request, pk)
    found = earlier_problems(inspection)
    context = {
        "inspection": inspection,
        "total": len(found),
        "waiting": sum(row.item is None for row in found),
        "may_take": rules.can_take_over(request.user, inspection),
    }
    return render(request, "findings/parts/earlier_card.html", context)


@require_http_methods(["GET", "POST"])
def earlier(request: HttpRequest, pk: Any) -> HttpResponse:
    """Earlier problems of the village with a tick before each; posted, the ticked ones go on the watch list."""
    inspection = _inspection(request, pk)
    demand(rules.can_take_over(request.user, inspection))
    if request.method == "GET":
        context = {
            "inspection": inspection,
            "village": inspection.village,
            "found": earlier_problems(inspection),
        }
        return render(request, "findings/earlier.html", context)
    chosen = request.POST.getlist("paper")

    def action() -> VillageInspection:
        services.take_over_earlier(actor=request.user, inspection=inspection, papers=chosen)
        return inspection

    return perform(
        request,
        action,
        scope=f"findings.earlier:{inspection.pk}",
        success=f"{reverse('prep:watch_list', kwargs={'pk': inspection.pk})}?origin=earlier",
        message="勾选的上轮问题已带入待查问题清单，带入过的没有重复。",
    )
