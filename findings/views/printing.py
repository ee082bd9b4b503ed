"""Papers asked for as Word or PDF; the progress stands on the job's page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.access import demand, get_visible_or_404
from core.days import read_day
from core.errors import ServiceError
from findings import rules, services
from findings.views.shared import refused
from villages.models import VillageInspection


def _village(request: HttpRequest, pk: Any) -> VillageInspection:
    rows = VillageInspection.objects.select_related("round", "team", "village")
    inspection = get_visible_or_404(rows, request.user, pk=pk)
    demand(rules.can_print(request.user))
    return inspection


@require_POST
def village_set(request: HttpRequest, pk: Any) -> HttpResponse:
    """All signed papers of a village as one print."""
    inspection = _village(request, pk)
    try:
        job = services.request_village_set(
            actor=request.user, inspection=inspection, pdf=request.POST.get("as") == "pdf"
        )
    except ServiceError as refusal:
        return refused(request, refusal, reverse("findings:progress"))
    return redirect("core:job", pk=job.pk)


@require_POST
def loan_list(request: HttpRequest, pk: Any) -> HttpResponse:
    """The documents asked for in a village, of the day chosen or all."""
    inspection = _village(request, pk)
    try:
        job = services.request_loan_list(
            actor=request.user,
            inspection=inspection,
            day=read_day(request.POST.get("day", "")),
            pdf=request.POST.get("as") == "pdf",
        )
    except ServiceError as refusal:
        return refused(request, refusal, reverse("findings:loans"))
    return redirect("core:job", pk=job.pk)
