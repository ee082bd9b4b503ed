"""Steps of a petition: registered by whoever received it, proposed by one, decided by the leader, handled, finished."""

from typing import Any

from core.verdict import ALLOW, Verdict, deny
from findings.models import Lead, LeadSource, LeadStatus, Petition, PetitionDisposal, PetitionStatus
from findings.rules.box import BOX_SUMMARY
from findings.rules.membership import CLOSED_STAGES, LEADING, writes_in
from villages.access import has_post, is_office
from villages.models import TeamRole, VillageInspection
from villages.rules import is_system

_DECIDING = (TeamRole.LEADER, TeamRole.DEPUTY)


def can_register_petition(user: Any, inspection: VillageInspection) -> Verdict:
    """Enter a petition: the team, and the office to which letters come."""
    if is_system(user) or is_office(user):
        if inspection.status in CLOSED_STAGES:
            return deny(
                f"该村（社区）处于“{inspection.get_status_display()}”阶段，不再登记信访件。", visible=False
            )
        return ALLOW
    return writes_in(user, inspection)


def _takes_part(user: Any, petition: Petition) -> Verdict:
    return can_register_petition(user, petition.inspection) if is_office(user) else writes_in(user, petition)


def can_edit_petition(user: Any, petition: Petition) -> Verdict:
    """Correct an entry before it is proposed: who made it, and those who lead the team."""
    if not (verdict := _takes_part(user, petition)):
        return verdict
    if petition.status != PetitionStatus.REGISTERED:
        return deny("信访件已拟办，登记内容不再改动；确有错误的，请组长退回后再改。", visible=False)
    if user.pk != petition.registered_by_id and not has_post(user, petition, *LEADING):
        return deny("由登记人或本组组长、副组长、联络员修改。", visible=False)
    return ALLOW


def can_propose(user: Any, petition: Petition) -> Verdict:
    """Say what should be done: any member of the team, once the petition is put into words."""
    if not (verdict := writes_in(user, petition)):
        return verdict
    if petition.summary == BOX_SUMMARY:
        return deny("意见箱来件先由保密管理人查阅原文，登记里补写脱敏摘要后再拟办。")
    return ALLOW


def can_review(user: Any, petition: Petition) -> Verdict:
    """The deputy's opinion on a proposal somebody else made."""
    if not (verdict := writes_in(user, petition)):
        return verdict
    if not has_post(user, petition, TeamRole.DEPUTY):
        return deny("副组长意见由本组副组长填写。", visible=False)
    if user.pk == petition.proposed_by_id:
        return deny("拟办是您写的，副组长意见由另一人填写或留空。")
    return ALLOW


def can_decide(user: Any, petition: Petition) -> Verdict:
    """The leader's instruction: never by who proposed it."""
    if not (verdict := writes_in(user, petition)):
        return verdict
    if not has_post(user, petition, TeamRole.LEADER):
        return deny("由本组组长批示。")
    if user.pk == petition.proposed_by_id:
        return deny("拟办和批示不能是同一人。请先退回，由组员拟办后再批示。")
    return ALLOW


def can_return_petition(user: Any, petition: Petition) -> Verdict:
    """Have the proposal written anew."""
    return _by_those_who_decide(user, petition, "由本组组长、副组长退回。")


def can_reassign(user: Any, petition: Petition) -> Verdict:
    """Give the handling to somebody else or another day."""
    return _by_those_who_decide(user, petition, "由本组组长、副组长改派。")


def can_reopen_petition(user: Any, petition: Petition) -> Verdict:
    """Take a finished petition up again."""
    return _by_those_who_decide(user, petition, "由本组组长、副组长决定重新办理。")


def can_merge_petition(user: Any, petition: Petition) -> Verdict:
    """Handle it together with another one about the same matter."""
    if petition.duplicates.exists():
        return deny("已有别的信访件并入本件，不能再并入他件。", visible=False)
    return _by_those_who_decide(user, petition, "由本组组长、副组长并案。")


def can_split_petition(user: Any, petition: Petition) -> Verdict:
    """Handle it by itself again."""
    return _by_those_who_decide(user, petition, "由本组组长、副组长取消并案。")


def _by_those_who_decide(user: Any, petition: Petition, why: str) -> Verdict:
    if not (verdict := writes_in(user, petition)):
        return verdict
    return ALLOW if has_post(user, petition, *_DECIDING) else deny(why, visible=False)


def can_close_petition(user: Any, petition: Petition) -> Verdict:
    """Finish it: who handles it, or those who decide; what is checked only when its lead is concluded."""
    if not (verdict := writes_in(user, petition)):
        return verdict
    if user.pk != petition.handler_id and not has_post(user, petition, *_DECIDING):
        return deny("由承办人或本组组长、副组长办结。")
    if petition.disposal == PetitionDisposal.VERIFY and lead_of(petition, open_only=True):
        return deny("由本件转出的疑点还没有核查结论，先对疑点下结论再办结。")
    return ALLOW


def can_relate(user: Any, petition: Petition) -> Verdict:
    """Say which other petition has to do with it."""
    return writes_in(user, petition)


def lead_of(petition: Petition, *, open_only: bool = False) -> Lead | None:
    """The lead this petition was turned into, if there is one."""
    rows = Lead.objects.filter(source=LeadSource.PETITION, source_key=str(petition.pk))
    return (rows.filter(status=LeadStatus.OPEN) if open_only else rows).first()
