"""Tips: written by the team from what it has confirmed, given out by its leader, tried by the others."""

from typing import Any

from core.verdict import ALLOW, Verdict, deny
from findings.models import Finding, FindingStatus, Tip, TipStatus
from prep import rules as prep_rules
from villages.access import has_post, is_inspecting, is_recused, team_role

_CONFIRMED = frozenset({FindingStatus.SIGNED, FindingStatus.FILED})
_OTHERS = deny("由写出它的巡察组办理。", visible=False)


def can_write_tip(user: Any, finding: Finding) -> Verdict:
    """Write down how a confirmed problem was found: its team."""
    if not team_role(user, finding.team) or is_recused(user, finding):
        return _OTHERS
    if finding.status not in _CONFIRMED:
        return deny("组长审签后再写成经验。", visible=False)
    return ALLOW


def can_edit_tip(user: Any, tip: Tip) -> Verdict:
    """Reword it: the team, while it has not been given out."""
    if not team_role(user, tip.team) or is_recused(user, tip):
        return _OTHERS
    if tip.status == TipStatus.SHARED:
        return deny("已交流，先撤回再改。", visible=False)
    return ALLOW


def can_share_tip(user: Any, tip: Tip) -> Verdict:
    """Give it out to the other teams, or take it back: leader and deputy."""
    if not team_role(user, tip.team) or is_recused(user, tip):
        return _OTHERS
    if not has_post(user, tip, *prep_rules.LEADING):
        return deny("由本组组长、副组长决定是否交流。")
    return ALLOW


def can_rate_tip(user: Any, tip: Tip) -> Verdict:
    """Say whether it helped: anybody on the inspecting side but those who wrote it."""
    if not is_inspecting(user) or tip.status != TipStatus.SHARED:
        return deny("交流出来的经验才能评价。", visible=False)
    if team_role(user, tip.team):
        return deny("本组的经验由别组评价。", visible=False)
    return ALLOW
