"""Marks of open answers. The answers themselves never change, and no mark says anything about who wrote them."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from core import records
from core.access import demand
from core.errors import ServiceError
from surveys.models import AnswerMark, OpenAnswer, Survey
from surveys.rules import opinions as rules
from surveys.workflow.opinions import MARK

S = AnswerMark.Status


@transaction.atomic
def read_opinions(*, actor: Any, answers: Iterable[OpenAnswer]) -> Survey:
    """Mark answers as read; those that are marked already stay as they are. Returns one of their surveys."""
    by_survey: dict[Any, list[OpenAnswer]] = defaultdict(list)
    for answer in answers:
        by_survey[answer.survey].append(answer)
    if not by_survey:
        raise ServiceError("没有可以标记的意见，请刷新页面再试。")
    for survey, mine in by_survey.items():
        _read(actor, survey, mine)
    return next(iter(by_survey))


def _read(actor: Any, survey: Survey, answers: list[OpenAnswer]) -> None:
    demand(rules.can_mark(actor, survey))
    # One after the other for a survey: who comes second finds what the first one marked.
    Survey.objects.select_for_update().get(pk=survey.pk)
    known = {row.answer_id: row for row in AnswerMark.objects.filter(answer__in=answers)}
    fresh = [AnswerMark(survey=survey, answer=answer) for answer in answers if answer.pk not in known]
    records.bulk_create(
        fresh, actor=actor, verb="surveys.read_opinions", target=survey, summary=f"{survey.village.name}意见建议"
    )  # fmt: skip
    for mark in known.values():
        if mark.status == S.UNREAD:
            mark.survey = survey
            MARK.apply(mark, "read", actor=actor)


@transaction.atomic
def step_opinion(*, actor: Any, answer: OpenAnswer, step: str) -> AnswerMark:
    """Put a read answer back among the unread (``unread``), or note that it became a lead (``lead``)."""
    demand(rules.can_mark(actor, answer.survey))
    if step == "lead":
        _read(actor, answer.survey, [answer])
    mark = AnswerMark.objects.filter(answer=answer).first()
    if mark is None:
        raise ServiceError("这条意见还没有人看过。")
    mark.survey = answer.survey
    return MARK.apply(mark, step, actor=actor)
