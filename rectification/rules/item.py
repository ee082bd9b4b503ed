"""Who may do what with a rectification item: the owner acts, somebody else verifies, the office closes."""

from typing import Any

from core.verdict import ALLOW, Verdict, deny
from rectification.models import RectifyItem
from villages.access import is_inspected, is_inspecting, is_office, is_recused, team_role
from villages.models import Role, TeamRole

IMMEDIATE_DAYS_PARAMETER = "instant_fix_default_days"
MONTHS_PARAMETER = "rectify_due_months"
VERIFIERS = (TeamRole.LEADER, TeamRole.DEPUTY, TeamRole.LIAISON)


def is_owner(user: Any, item: RectifyItem) -> bool:
    """Is ``user`` the town committee the item was addressed to?"""
    return bool(
        user.is_active and user.role == Role.TOWN and user.office_id and user.office.town_id == item.town_id
    )


def is_assigned_village(user: Any, item: RectifyItem) -> bool:
    """Is ``user`` the village branch the item is assigned to?"""
    return bool(
        user.is_active
        and user.role == Role.VILLAGE
        and user.office_id
        and item.village_id
        and user.office.village_id == item.village_id
    )


def can_acknowledge(user: Any, item: RectifyItem) -> Verdict:
    """Signing for an item, planning it and reporting it done are the town's: it carries the main responsibility."""
    if is_owner(user, item):
        return ALLOW
    return deny("由镇（街道）党委办理。", visible=is_assigned_village(user, item))


def can_report_progress(user: Any, item: RectifyItem) -> Verdict:
    """Town and assigned village tell what was done, as long as the item is being worked on."""
    if not (is_owner(user, item) or is_assigned_village(user, item)):
        return deny("由责任单位填报进展。", visible=False)
    if item.status not in (RectifyItem.Status.IN_PROGRESS, RectifyItem.Status.RETURNED):
        return deny(f"当前状态为“{item.get_status_display()}”，不能填报进展。")
    return ALLOW


def can_assign_village(user: Any, item: RectifyItem) -> Verdict:
    """The town names the village that has to do the work, until it has been reported done."""
    if not is_owner(user, item):
        return deny("由镇（街道）党委落实责任村（社区）。", visible=False)
    if item.status in (RectifyItem.Status.REPORTED, *_DONE):
        return deny("事项已报完成，不能再改责任村（社区）。")
    return ALLOW


def can_verify(user: Any, item: RectifyItem) -> Verdict:
    """Verification is by the office or the team, by somebody other than the reporter."""
    if is_inspected(user):
        return deny("由巡察办或巡察组核验。", visible=False)
    if item.reported_by_id == user.pk:
        return deny("报送人不能核验自己报送的事项。")
    if is_office(user):
        return ALLOW
    if item.village_id and is_recused(user, item):
        return deny("您对该村（社区）须回避。")
    if team_role(user, item.team) in VERIFIERS:
        return ALLOW
    return deny("由巡察办，或本组组长、副组长、联络员核验。", visible=bool(team_role(user, item.team)))


def can_close(user: Any, item: RectifyItem) -> Verdict:
    """Closing is the office's."""
    return ALLOW if is_office(user) else deny("由巡察办销号。", visible=not is_inspected(user))


def can_make_items(user: Any) -> Verdict:
    """The office opens the ledger when it sends feedback."""
    return ALLOW if is_office(user) else deny("由巡察办建立整改台账。", visible=False)


_DONE = (RectifyItem.Status.VERIFIED, RectifyItem.Status.CLOSED)


def can_browse(user: Any) -> Verdict:
    """The ledger, on the page and as a workbook, is for office and teams; the inspected side has its own pages."""
    return ALLOW if is_inspecting(user) else deny("整改台账由巡察办和巡察组使用。", visible=False)


def can_use_portal(user: Any) -> Verdict:
    """The portal is the inspected side's alone."""
    return ALLOW if is_inspected(user) else deny("此页面供被巡察单位使用。", visible=False)
