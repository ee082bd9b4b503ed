"""Villages of a round compared, and the summary workbook of a round or a village."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from core.access import demand
from core.submissions import perform
from surveys import rules, services
from surveys.models import Survey
from surveys.rules.noise import METHOD
from surveys.selectors.comparison import comparison, town_options
from surveys.views.shared import visible_survey
from villages.models import Round
from villages.selectors.rounds import current_round


@require_GET
def compare(request: HttpRequest) -> HttpResponse:
    """各村对比: rates of the aspects village by village, with earlier rounds below."""
    demand(rules.can_browse(request.user))
    round_ = current_round(request.user, request.session.get("round", ""))
    town = request.GET.get("town", "")[:12]
    context = {
        "round": round_,
        "compared": comparison(request.user, round_, town),
        "towns": town_options(request.user, round_),
        "method": METHOD,
    }
    return render(request, "surveys/comparison.html", context)


@require_POST
def summary_round(request: HttpRequest) -> HttpResponse:
    """Ask for the summary workbook of all villages of the round the viewer may see."""
    demand(rules.can_browse(request.user))
    round_ = current_round(request.user, request.session.get("round", ""))
    if round_ is None:
        raise Http404
    return _ask(request, round_, None, reverse("surveys:compare"))


@require_POST
def summary_village(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for the summary workbook of one village."""
    row = visible_survey(request, pk)
    return _ask(request, row.round, row, reverse("surveys:results", kwargs={"pk": row.pk}))


def _ask(request: HttpRequest, round_: Round, survey: Survey | None, back: str) -> HttpResponse:
    return perform(
        request,
        lambda: services.request_summary(actor=request.user, round=round_, survey=survey),
        scope=f"surveys.summary:{survey.pk if survey else round_.pk}",
        success=back,
        message="已交后台生成，完成后在“任务”里下载。",
    )
