"""Surveys in a list, one survey, its plan, its counts, the end of the stage."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.access import demand, get_visible_or_404
from core.listing import capped_count, keyset
from core.submissions import perform, revision_of, submit
from surveys import rules, services
from surveys.forms import CountsForm, SurveyForm
from surveys.models import AnswerImport, Questionnaire, Rating, Survey
from surveys.selectors.comparison import earlier_of
from surveys.selectors.coverage import coverage
from surveys.selectors.overview import (
    leads,
    reconciliation,
    status_options,
    surveys,
    typed_counts,
    without_survey,
)
from surveys.selectors.ratings import scorelines
from surveys.selectors.results import results
from surveys.views.shared import frame, page_of, visible_inspection, visible_survey
from surveys.workflow import SURVEY
from villages.models import Stage, Village
from villages.selectors.rounds import current_round


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Surveys of the round with their counts."""
    demand(rules.can_browse(request.user))
    round_ = current_round(request.user, request.session.get("round", ""))
    status = request.GET.get("status", "")
    rows = surveys(request.user, round_, status if status in Survey.Status.values else "")
    page = keyset(rows, order=["-id"], cursor=request.GET.get("cursor", ""))
    context = {
        "round": round_,
        "page": page,
        "count": capped_count(rows),
        "states": status_options(request.user, round_),
        "without": without_survey(request.user, round_),
        "may_create": leads(request.user, round_),
    }
    return render(request, "surveys/index.html", context)


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Plan the survey of a village."""
    inspection = visible_inspection(request, pk)
    demand(rules.can_create(request.user, inspection))
    questionnaires = Questionnaire.objects.visible_to(request.user)
    form = SurveyForm(
        request.POST or None, questionnaires=questionnaires, initial={"questionnaire": questionnaires.first()}
    )
    return submit(
        request,
        form,
        lambda values: services.create_survey(actor=request.user, inspection=inspection, **values),
        scope=f"surveys.create:{inspection.pk}",
        template="surveys/form.html",
        success=page_of,
        context={
            "heading": f"安排{inspection.village.name}问卷调查",
            "village": inspection.village,
            "cancel_url": reverse("surveys:index"),
            "submit_label": "安排",
        },
        message="已安排。进入调查测评阶段后即可开始。",
    )


@require_GET
def survey(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One survey: counts beside what the system holds, the steps, slips, imports."""
    row = visible_survey(request, pk)
    context = frame(row) | {
        "object": row,
        "offers": SURVEY.available(request.user, row),
        "counted": reconciliation(request.user, row),
        "items": row.questionnaire.items.select_related("aspect"),
        "covered": coverage(row),
        "occasions": row.occasions.all(),
        "batches": row.batches.select_related("first_by", "second_by"),
        "may_plan": rules.can_plan(request.user, row),
        "may_collect": rules.can_collect(request.user, row),
        "may_finish": rules.can_finish(request.user, row.inspection),
        "locked": row.status == Survey.Status.LOCKED,
        "is_open": row.status == Survey.Status.OPEN,
        "in_stage": row.inspection.status == Stage.SURVEY,
        "slips_left": row.slips.count(),
        "imports": AnswerImport.objects.visible_to(request.user).filter(survey=row)[:10],
    }
    return render(request, "surveys/survey.html", context)


@require_POST
def survey_action(request: HttpRequest, pk: UUID, action: str) -> HttpResponse:
    """Open, close or lock."""
    row = visible_survey(request, pk)
    given: dict[str, Any] = {"actor": request.user, "survey": row, "revision": revision_of(request)}
    reason = request.POST.get("reason", "").strip()
    steps = {
        "open": lambda: services.open_survey(**given),
        "close": lambda: services.close_survey(**given),
        "close_anyway": lambda: services.close_survey(**given, reason=reason),
        "lock": lambda: services.lock_results(**given),
    }
    if action not in steps:
        raise Http404
    messages = {"open": "调查已开始。", "lock": "结果已锁定并公布。"}
    return perform(
        request,
        steps[action],
        scope=f"surveys.{action}:{row.pk}",
        success=page_of(row),
        message=messages.get(action, "调查已结束。"),
    )


@require_http_methods(["GET", "POST"])
def counts(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The head counts as a small table."""
    row = visible_survey(request, pk)
    demand(rules.can_collect(request.user, row))
    initial = {"revision": row.revision, "paper_counts": typed_counts(row)}
    form = CountsForm(request.POST or None, survey=row, initial=initial)

    def save(values: dict[str, Any]) -> Survey:
        lines = [
            {**line, "channel": line["channel"][0], "occasion": line["channel"][1]}
            for line in values["paper_counts"]
        ]
        return services.save_counts(
            actor=request.user, survey=row, rows=lines, revision=values["revision"] or 0
        )

    return submit(
        request,
        form,
        save,
        scope=f"surveys.counts:{row.pk}",
        template="surveys/form.html",
        success=page_of,
        context=frame(row) | {"heading": f"{row.village.name}问卷份数", "cancel_url": page_of(row)},
        message="份数已保存。",
    )


@require_GET
def result(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The locked results; before that, a page that says when they come."""
    row = visible_survey(request, pk)
    found = results(request.user, row)
    context = frame(row) | {
        "object": row,
        "results": found,
        "earlier": earlier_of(row) if found else [],
        "may_lead": rules.can_work(request.user, row),
        "counted": reconciliation(request.user, row),
    }
    return render(request, "surveys/results.html", context)


@require_POST
def finish(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Move a village on to finding problems."""
    inspection = visible_inspection(request, pk)
    revision = revision_of(request)
    return perform(
        request,
        lambda: services.finish_survey(actor=request.user, inspection=inspection, revision=revision),
        scope=f"surveys.finish:{inspection.pk}",
        success=reverse("surveys:index"),
        message=f"{inspection.village.name}已转入发现问题。",
    )


@require_GET
def village_card(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Part of a village's page: its surveys with the rates of the seven aspects; empty for who may not see them."""
    row = get_visible_or_404(Village.objects, request.user, pk=pk)
    found = (
        Survey.objects.visible_to(request.user).filter(village=row).select_related("round", "questionnaire")
    )
    lines = [{"survey": one, "results": results(request.user, one)} for one in found[:3]]
    rated = Rating.objects.visible_to(request.user).filter(village=row).select_related("round")[:3]
    context = {"lines": lines, "ratings": rated, "scores": scorelines(rated)}
    return render(request, "surveys/village_card.html", context)
