"""Who has the checks run, and who decides on what they found."""

from typing import Any

from core.verdict import ALLOW, Verdict, deny
from prep import rules as prep_rules
from villages.access import is_inspecting, is_office
from villages.models import Round
from villages.rules import is_system


def can_browse(user: Any) -> Verdict:
    """Look at what the checks found: the inspecting side, each its own villages."""
    return ALLOW if is_inspecting(user) else deny("账册比对只对巡察组和巡察办开放。")


def can_check(user: Any, round_: Round) -> Verdict:
    """Have the checks run: the office, members of a team of the round (over their own villages), and the operator."""
    if is_system(user) or is_office(user):
        return ALLOW
    if user.is_active and round_.memberships.filter(user=user.pk).sworn().exists():
        return ALLOW
    return deny("账册比对由巡察办或本轮次巡察组成员发起。", visible=False)


def can_settle(user: Any, story: Any) -> Verdict:
    """Explain a story, make a lead of it, take that back: the team, unrecused, while the village is not closed."""
    return prep_rules.can_edit(user, story)


def can_reopen_changed(user: Any, story: Any) -> Verdict:
    """Open a dismissed story again because the books changed: the checks themselves."""
    return ALLOW if is_system(user) else deny("由比对自动恢复。", visible=False)
