"""Who may plan a round, and who may read the plan."""

from typing import Any

from core.verdict import ALLOW, Verdict, deny
from prep.models import PlanStatus, RoundPlan
from villages import rules as village_rules
from villages.access import is_inspecting
from villages.models import Round


def can_read_plans(user: Any) -> Verdict:
    """Open the plan pages at all: the inspecting side."""
    return ALLOW if is_inspecting(user) else deny("先易后难计划只对巡察办和巡察组开放。", visible=False)


def can_plan(user: Any, round_: Round) -> Verdict:
    """Make a plan of a round that has not ended: the office."""
    return village_rules.can_change_round(user, round_)


def can_change_plan(user: Any, plan: RoundPlan) -> Verdict:
    """Change, apply or drop a draft: the office."""
    allowed = can_plan(user, plan.round)
    if allowed and plan.status != PlanStatus.DRAFT:
        return deny(f"第{plan.number}稿“{plan.get_status_display()}”，不能再改；请重新编排一稿。")
    return allowed
