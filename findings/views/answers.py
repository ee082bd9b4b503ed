"""From what a survey said to a lead."""

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from core.access import demand, get_visible_or_404
from core.submissions import submit
from findings import services
from findings.forms.answers import SurveyLeadForm
from findings.models import Lead
from findings.rules import answers as rules
from findings.selectors.answers import LeadStart, answer_start, known_lead, result_start
from surveys.models import Survey
from surveys.selectors.opinions import readable_answer
from villages.models import Category


@require_http_methods(["GET", "POST"])
def answer_lead(request: HttpRequest, pk: UUID) -> HttpResponse:
    """An open answer as it was written, and the lead that is made of it."""
    answer = readable_answer(request.user, pk)
    if answer is None:
        raise Http404
    demand(rules.can_lead_answer(request.user, answer.survey))
    start = answer_start(answer)
    return _lead_form(
        request,
        answer.survey,
        start,
        lambda values: services.lead_from_answer(actor=request.user, answer=answer, **values),
        # Form keys and drafts are kept: they know the digest, as the lead does, and not the answer.
        scope=f"findings.answer_lead:{start.key[:32]}",
        back=f"{reverse('surveys:opinions')}?village={answer.survey.village.code}",
        back_label="问卷意见",
    )


@require_http_methods(["GET", "POST"])
def result_lead(request: HttpRequest, pk: UUID, number: str) -> HttpResponse:
    """One item of the locked results, and the lead that is made of it."""
    rows = Survey.objects.select_related("inspection", "round", "team", "village", "questionnaire")
    survey = get_visible_or_404(rows, request.user, pk=pk)
    demand(rules.can_lead_result(request.user, survey))
    item = int(number) if re.fullmatch("[0-9]{1,3}", number) else 0
    start = result_start(request.user, survey, item)
    if start is None:
        raise Http404
    return _lead_form(
        request,
        survey,
        start,
        lambda values: services.lead_from_result(
            actor=request.user, survey=survey, number=item, **values
        ),
        scope=f"findings.result_lead:{pk}:{number}",
        back=reverse("surveys:results", kwargs={"pk": pk}),
        back_label="调查结果",
    )  # fmt: skip


def _lead_form(
    request: HttpRequest, survey: Survey, start: LeadStart, save: Callable[[dict[str, Any]], Lead], *,
    scope: str, back: str, back_label: str,
) -> HttpResponse:  # fmt: skip
    context = {
        "survey": survey, "village": survey.village, "start": start, "cancel_url": back, "back_label": back_label,
        "submit_label": "转为疑点",
    }  # fmt: skip
    known = known_lead(start)
    if known is not None and request.method != "POST":
        return render(request, "findings/answer_lead.html", context | {"lead": known})
    form = SurveyLeadForm(
        request.POST or None,
        initial={"title": start.title, "text": start.text},
        categories=Category.objects.filter(scheme=survey.round.scheme_id).order_by("order"),
    )
    return submit(
        request, form, save, scope=scope, template="findings/answer_lead.html", context=context,
        success=lambda _: back, message="已转为疑点。",
    )  # fmt: skip
