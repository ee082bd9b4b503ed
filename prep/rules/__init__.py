"""Who may do what in preparation. Each answer carries the sentence shown when it is no."""

from typing import Any

from core.verdict import ALLOW, Verdict, deny
from prep.models import VillageProfile, WatchItem, WatchStatus
from villages.access import has_post, is_inspecting, is_office, is_recused, team_role
from villages.models import Membership, Round, Stage, TeamRole, User, VillageInspection
from villages.selectors.pledges import unsworn

# From then on the problems have been told to the inspected side: what was looked for stands still.
CLOSED_STAGES = frozenset({Stage.RECTIFY, Stage.FILED})
LEADING = (TeamRole.LEADER, TeamRole.DEPUTY)


def can_browse(user: Any) -> Verdict:
    """Open the pages of this stage at all: the inspecting side."""
    return ALLOW if is_inspecting(user) else deny("准备材料只对巡察组和巡察办开放。")


def can_keep_traits(user: Any) -> Verdict:
    """Add, rename, order and retire the kinds of village: the office."""
    return ALLOW if is_office(user) else deny("村情类型由巡察办维护。", visible=False)


def can_edit(user: Any, row: Any) -> Verdict:
    """Edit profile and list of the village that ``row`` (its inspection or one of its rows) belongs to."""
    if not team_role(user, row.team):
        return deny("由本巡察组成员办理。", visible=False)
    if is_recused(user, row):
        return deny("您须回避该村（社区）。", visible=False)
    inspection = getattr(row, "inspection", row)
    if inspection.status in CLOSED_STAGES:
        return deny(f"该村（社区）处于“{inspection.get_status_display()}”阶段，准备材料不再改动。")
    return ALLOW


def can_assign(user: Any, row: Any) -> Verdict:
    """Say who verifies what: leader and deputy."""
    allowed = can_edit(user, row)
    if allowed and not has_post(user, row, *LEADING):
        return deny("由本组组长、副组长分工。")
    return allowed


def can_decide_attention(user: Any, row: Any) -> Verdict:
    """Decide how closely the village is looked at: leader and deputy."""
    allowed = can_edit(user, row)
    if allowed and not has_post(user, row, *LEADING):
        return deny("关注类别由本组组长、副组长确定。")
    return allowed


def can_compare_attention(user: Any, round_: Round) -> Verdict:
    """See proposals and decisions of a whole round: the office, and those who lead one of its teams."""
    if is_office(user) or Membership.objects.filter(round=round_, user=user.pk, role__in=LEADING).exists():
        return ALLOW
    return deny("关注类别总览由巡察办和各组组长、副组长查看。")


def can_receive_portrait(user: Any, row: Any) -> Verdict:
    """Put a filled portrait in and mend what could not be read: the team, and the office through which papers come."""
    inspection = getattr(row, "inspection", row)
    if is_office(user) and inspection.status not in CLOSED_STAGES:
        return ALLOW
    return can_edit(user, row)


def can_take(person: User, inspection: VillageInspection) -> Verdict:
    """Be given items of this village: a member of its team who need not stand aside."""
    if not team_role(person, inspection.team):
        return deny(f"{person.display_name}不是{inspection.team.name}成员，或者还没有签署保密承诺。")
    if is_recused(person, inspection):
        return deny(f"{person.display_name}须回避该村（社区），不能承办。")
    return ALLOW


def can_conclude(user: Any, item: WatchItem) -> Verdict:
    """Say what was found: the one it was given to, or leader and deputy; an item nobody holds is anybody's."""
    allowed = can_edit(user, item)
    if allowed and item.assignee_id not in (None, user.pk) and not has_post(user, item, *LEADING):
        return deny("由承办人或组长、副组长填写查核结果。")
    return allowed


def can_hand_over(user: Any, item: WatchItem) -> Verdict:
    """Hand an item to the village to be put right at once: leader and deputy."""
    return can_assign(user, item)


def can_finish(user: Any, inspection: VillageInspection) -> Verdict:
    """End the preparation of a village: those who lead its team."""
    allowed = can_edit(user, inspection)
    if not allowed:
        return allowed
    if not has_post(user, inspection, *LEADING, TeamRole.LIAISON):
        return deny("由本组组长、副组长或联络员转入下一阶段。")
    if inspection.status != Stage.PREP:
        return deny(f"该村（社区）处于“{inspection.get_status_display()}”阶段。", visible=False)
    return ALLOW


def unfinished(inspection: VillageInspection) -> list[str]:
    """What is still missing before the team may enter the village, as sentences; empty when nothing is."""
    missing = []
    if not VillageProfile.objects.filter(inspection=inspection).exists():
        missing.append("村情档案还没有填写")
    items = WatchItem.objects.filter(inspection=inspection)
    if not items.exists():
        missing.append("待查问题清单还没有生成")
    unassigned = items.filter(status=WatchStatus.OPEN, assignee=None).count()
    if unassigned:
        missing.append(f"还有{unassigned}条待查问题没有承办人")
    waiting = [member.user.display_name for member in unsworn([inspection.team_id])]
    if waiting:
        missing.append(f"{'、'.join(waiting)}还没有签署保密承诺、申报回避")
    return missing


def open_items(inspection: VillageInspection) -> int:
    """Items without a conclusion; none may be left when the work in the village ends."""
    return WatchItem.objects.filter(inspection=inspection, status=WatchStatus.OPEN).count()
