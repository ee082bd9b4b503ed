"""The way of a plan: a draft is applied, and replaced by the next one."""

from typing import Any

from core.verbs import name_verbs
from core.verdict import Verdict
from core.workflow import Transition, Workflow
from prep.models import PlanStatus, RoundPlan
from prep.rules import plan as rules

S = PlanStatus


def _office(user: Any, plan: RoundPlan) -> Verdict:
    return rules.can_plan(user, plan.round)


PLAN = Workflow(
    field="status",
    states=PlanStatus,
    verb_prefix="prep.plan",
    transitions=[
        Transition("apply", "执行计划", frozenset({S.DRAFT}), S.APPLIED, _office, style="primary"),
        Transition("discard", "作废草案", frozenset({S.DRAFT}), S.SUPERSEDED, _office),
        Transition("supersede", "由新计划替代", frozenset({S.DRAFT, S.APPLIED}), S.SUPERSEDED, _office),
    ],
)

name_verbs(
    {
        "prep.plan.make": "编排计划",
        "prep.plan.add_stops": "列入村（社区）",
        "prep.plan.move": "调整计划",
        "prep.plan.download": "下载计划",
    }
)
