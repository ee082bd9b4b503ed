"""Steps of a lead: opened by whoever meets it, given to a member of the team, concluded with a reason."""

from typing import Any

from core.verdict import ALLOW, Verdict, deny
from findings.models import Lead
from findings.rules.membership import CLOSED_STAGES, writes_in
from prep import rules as prep_rules
from villages.access import has_post, is_office
from villages.models import Stage, VillageInspection
from villages.rules import is_system

# While the team is still to finish its checks there; afterwards a conclusion stands.
_CHECKING = frozenset({Stage.PREP, Stage.SURVEY, Stage.FINDING})


def can_open_lead(user: Any, inspection: VillageInspection) -> Verdict:
    """Register a suspicion: the team, the office through which petitions come, and work that runs by itself."""
    if is_system(user) or is_office(user):
        if inspection.status in CLOSED_STAGES:
            return deny(
                f"该村（社区）处于“{inspection.get_status_display()}”阶段，不再登记疑点。", visible=False
            )
        return ALLOW
    return writes_in(user, inspection)


def can_write_lead(user: Any, lead: Lead) -> Verdict:
    """Reword a lead, say what checks it: the team, while it is open."""
    if not (verdict := writes_in(user, lead)):
        return verdict
    if lead.status != Lead.Status.OPEN:
        return deny("疑点已有结论，先恢复待核再改。", visible=False)
    return ALLOW


def can_assign_lead(user: Any, lead: Lead) -> Verdict:
    """Give an open lead to somebody else: leader and deputy."""
    if not (verdict := can_write_lead(user, lead)):
        return verdict
    if not has_post(user, lead, *prep_rules.LEADING):
        return deny("由本组组长、副组长分派；自己可以认领没有承办人的疑点。", visible=False)
    return ALLOW


def can_claim_lead(user: Any, lead: Lead) -> Verdict:
    """Take a lead nobody holds."""
    if not (verdict := can_write_lead(user, lead)):
        return verdict
    if lead.handler is not None:
        return deny(f"已由{lead.handler.display_name}承办。", visible=False)
    return ALLOW


def can_conclude_lead(user: Any, lead: Lead) -> Verdict:
    """Say what came of it: who holds it, or leader and deputy; what nobody holds is anybody's of the team."""
    if not (verdict := writes_in(user, lead)):
        return verdict
    if lead.handler_id not in (None, user.pk) and not has_post(user, lead, *prep_rules.LEADING):
        return deny("由承办人或本组组长、副组长下结论。")
    return ALLOW


def can_prove_lead(user: Any, lead: Lead) -> Verdict:
    """Call it true: only on what was checked."""
    verdict = can_conclude_lead(user, lead)
    if verdict and not lead.checks.standing().exists():
        return deny("先关联核查它的底稿、谈话记录或待查问题，再记属实。")
    return verdict


def can_hand_over_lead(user: Any, lead: Lead) -> Verdict:
    """Hand it to somebody outside of the team: leader and deputy."""
    if not (verdict := writes_in(user, lead)):
        return verdict
    if not has_post(user, lead, *prep_rules.LEADING):
        return deny("移交由本组组长、副组长决定。")
    return ALLOW


def can_reopen_lead(user: Any, lead: Lead) -> Verdict:
    """Take a conclusion back while the team still checks in the village."""
    if lead.inspection.status not in _CHECKING:
        return deny(
            f"该村（社区）处于“{lead.inspection.get_status_display()}”阶段，结论不再改动。", visible=False
        )
    return can_conclude_lead(user, lead)
