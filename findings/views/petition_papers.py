"""Buttons that have papers of petitions made: the sheet, the register, the poster of a box."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.access import demand, get_visible_or_404
from core.submissions import perform
from findings import rules, services
from findings.models import PetitionBox
from findings.selectors.petitions import PetitionFilters
from findings.views.petitions import visible_petition
from findings.views.shared import working_round


@require_POST
def petition_word(request: HttpRequest, pk: Any) -> HttpResponse:
    """Ask for the filled sheet as Word; the progress stands on the job's page."""
    job = services.request_petition_sheet(actor=request.user, petition=visible_petition(request, pk))
    return redirect("core:job", pk=job.pk)


@require_POST
def petition_register(request: HttpRequest) -> HttpResponse:
    """Ask for the register as Excel, narrowed as the page was."""
    demand(rules.can_browse(request.user))
    round_, filters = working_round(request), PetitionFilters.read(request.POST)
    back = f"{reverse('findings:petitions')}?{filters.as_query()}"
    return perform(
        request,
        lambda: services.request_petition_register(actor=request.user, round=round_, filters=filters),
        scope="findings.petition.export",
        success=back,
        message="已交后台生成，完成后在“任务”里下载。",
    )


@require_POST
def box_word(request: HttpRequest, pk: Any) -> HttpResponse:
    """Ask for the poster as Word, in usual or in large type."""
    rows = PetitionBox.objects.select_related("village")
    box = get_visible_or_404(rows, request.user, pk=pk)
    link = request.build_absolute_uri(reverse("findings:box", kwargs={"token": box.token}))
    large = request.POST.get("large") == "1"
    job = services.request_box_poster(actor=request.user, box=box, link=link, large=large)
    return redirect("core:job", pk=job.pk)
