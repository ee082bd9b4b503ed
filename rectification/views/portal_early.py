"""In the portal of a town: letters about common problems, read and signed for."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from core import clock
from core.access import demand, get_visible_or_404
from core.submissions import perform, posted_revision
from reports.models import EarlyLetter
from reports.rules import can_receive_early
from reports.selectors.early import early_text
from reports.services import step_early_letter
from villages.access import is_inspected


def _letter(request: HttpRequest, pk: UUID) -> EarlyLetter:
    if not is_inspected(request.user):
        raise Http404
    return get_visible_or_404(
        EarlyLetter.objects.select_related("round__district", "town"), request.user, pk=pk
    )


@require_GET
def portal_early(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The letter as it was sent."""
    row = _letter(request, pk)
    context = {
        "object": row,
        "text": early_text(row, clock.today()),
        "may_receive": row.status == EarlyLetter.Status.SENT and bool(can_receive_early(request.user, row)),
    }
    return render(request, "rectification/portal_early.html", context)


@require_POST
def portal_early_receive(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Sign for a letter."""
    row = _letter(request, pk)
    demand(can_receive_early(request.user, row))
    revision = posted_revision(request)
    return perform(
        request,
        lambda: step_early_letter(actor=request.user, letter=row, step="receive", revision=revision),
        scope=f"rectification.early.receive:{pk}",
        success=reverse("rectification:portal_early", kwargs={"pk": pk}),
        message="已签收，签收人和日期已记录。",
    )
