"""Who turns what a survey said into a lead: the team, from results that are locked and may be shown."""

from typing import Any

from core.verdict import Verdict, deny
from findings.rules.membership import writes_in
from surveys.models import Survey
from surveys.rules import opinions as opinion_rules


def can_lead_answer(user: Any, survey: Survey) -> Verdict:
    """Turn an open answer into a lead."""
    allowed = writes_in(user, survey)
    return opinion_rules.can_mark(user, survey) if allowed else allowed


def can_lead_result(user: Any, survey: Survey) -> Verdict:
    """Turn a result into a lead."""
    allowed = writes_in(user, survey)
    if allowed and survey.status != Survey.Status.LOCKED:
        return deny("结果锁定以后才能提为疑点。")
    return allowed
