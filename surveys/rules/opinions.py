"""Who may read what people wrote, and mark it. Too few sheets stay closed: words tell more than ticks."""

from typing import Any

from core.verdict import Verdict, deny
from surveys.models import AnswerMark, Survey
from surveys.rules import can_browse, can_work
from villages.selectors import parameter


def can_read_opinions(user: Any, survey: Survey) -> Verdict:
    """Read the open answers of a survey one may see: once it is locked, and where results are shown at all."""
    allowed = can_browse(user)
    if allowed and survey.status != Survey.Status.LOCKED:
        return deny("结果锁定以后才能看意见建议。")
    if allowed and survey.sheets.count() < int(parameter(survey.round, "small_group_min")):
        return deny("有效答卷太少，列出意见可能认出是谁写的。")
    return allowed


def can_mark(user: Any, survey: Survey) -> Verdict:
    """Say what was read: the team."""
    allowed = can_work(user, survey)
    return can_read_opinions(user, survey) if allowed else allowed


def can_step(user: Any, mark: AnswerMark) -> Verdict:
    """Read, unread, or turned into a lead."""
    return can_mark(user, mark.survey)
