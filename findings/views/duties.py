"""Parts of preparation's pages: how far the talks are, and which were held by an outline."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from core.access import get_visible_or_404
from findings import rules
from findings.selectors.duties import talk_board, talks_by
from prep.models import Outline
from villages.models import VillageInspection


@require_GET
def duty_talks(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The half of the checklist that counts talks; ``?part=card`` for the short form."""
    rows = VillageInspection.objects.select_related("round", "team", "village", "town")
    inspection = get_visible_or_404(rows, request.user, pk=pk)
    context = {
        "inspection": inspection,
        "board": talk_board(request.user, inspection),
        "may_edit": rules.can_create(request.user, inspection),
    }
    short = request.GET.get("part") == "card"
    return render(request, f"findings/duty_{'card' if short else 'talks'}.html", context)


@require_GET
def outline_talks(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Talks held by an outline, by whichever of its versions; empty before the first."""
    outline = get_visible_or_404(Outline.objects, request.user, pk=pk)
    return render(request, "findings/outline_talks.html", {"talks": talks_by(request.user, outline)})
