"""Leads out of a survey. The lead keeps the words, without persons; nothing in it leads to who could have said them."""

from typing import Any

from django.db import transaction

from core.access import demand
from core.errors import ServiceError
from findings.models import Lead
from findings.rules import answers as rules
from findings.selectors.answers import LeadStart, answer_start, known_lead, result_start, without_persons
from findings.services.leads import open_lead
from surveys.models import OpenAnswer, Survey
from surveys.services import step_opinion
from villages.models import Category


@transaction.atomic
def lead_from_answer(
    *, actor: Any, answer: OpenAnswer, title: str, text: str, category: Category | None = None
) -> Lead:
    """Turn an open answer into a lead, worded by whoever read it; persons are masked once more before it is kept."""
    demand(rules.can_lead_answer(actor, answer.survey))
    lead = _open(actor, answer.survey, answer_start(answer), title, text, category)
    step_opinion(actor=actor, answer=answer, step="lead")
    return lead


@transaction.atomic
def lead_from_result(
    *, actor: Any, survey: Survey, number: int, title: str, text: str, category: Category | None = None
) -> Lead:
    """Turn a low result of one item into a lead."""
    demand(rules.can_lead_result(actor, survey))
    start = result_start(actor, survey, number)
    if start is None:
        raise ServiceError("这一题没有可以公布的结果，不能提为疑点。")
    return _open(actor, survey, start, title, text, category)


def _open(
    actor: Any, survey: Survey, start: LeadStart, title: str, text: str, category: Category | None
) -> Lead:
    if known_lead(start) is not None:
        raise ServiceError("已经转为疑点，请刷新页面查看。")
    return open_lead(
        actor=actor, inspection=survey.inspection, source=start.source, source_key=start.key,
        title=without_persons(title, survey), text=without_persons(text, survey), origin=start.origin,
        category=category,
    )  # fmt: skip
