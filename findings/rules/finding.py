"""Steps of a problem workpaper: whose step it is, and why not."""

from typing import Any

from core.verdict import ALLOW, Verdict, deny
from findings.models import Finding, FindingStatus
from findings.rules.content import FILL_FIRST, missing_parts, missing_sentence
from findings.rules.membership import CLOSED_STAGES, NOT_MEMBER, writes_in
from villages.access import has_post, is_office, is_recused, team_role
from villages.models import Role, TeamRole


def can_edit(user: Any, finding: Finding) -> Verdict:
    """May ``user`` change the paper? Under signatures only those who answer for it, and the signatures fall."""
    if not (verdict := writes_in(user, finding)):
        return verdict
    if finding.deleted_at:
        return deny("底稿已删除，恢复后才能改动。")
    if finding.status == FindingStatus.FILED:
        return deny("底稿已备案，只读；确需改动，由巡察办退回本组。")
    if finding.status == FindingStatus.WITHDRAWN:
        return deny("底稿已撤销，只读。")
    if finding.status == FindingStatus.MERGED:
        return deny("底稿已并入另一份，只读。")
    if finding.status in Finding.OPEN or user.pk == finding.handler_id:
        return ALLOW
    if has_post(user, finding, TeamRole.DEPUTY, TeamRole.LEADER):
        return ALLOW
    return deny("底稿已有签名，只有经办人、副组长、组长可以改动。")


def can_delete(user: Any, finding: Finding) -> Verdict:
    """May ``user`` put an unsigned draft aside? A numbered paper is withdrawn instead: its number must not vanish."""
    if not (verdict := can_edit(user, finding)):
        return verdict
    if finding.no:
        return deny("底稿已编号，不能删除；不成立的由组长按组务会意见撤销。")
    return _own_or_lead(user, finding)


def can_restore(user: Any, finding: Finding) -> Verdict:
    """May ``user`` bring a deleted draft back?"""
    if not finding.deleted_at:
        return deny("底稿未删除。", visible=False)
    return writes_in(user, finding) and _own_or_lead(user, finding)


def _own_or_lead(user: Any, finding: Finding) -> Verdict:
    if user.pk == finding.handler_id or has_post(user, finding, TeamRole.DEPUTY, TeamRole.LEADER):
        return ALLOW
    return deny("只有经办人、副组长、组长可以删除和恢复草稿。")


def may_submit(user: Any, finding: Finding) -> Verdict:
    """Is ``user`` the one who submits this paper, complete or not?"""
    if not (verdict := can_edit(user, finding)):
        return verdict
    if user.pk != finding.handler_id:
        return deny(f"应由经办人{finding.handler.display_name}提交复核。")
    if team_role(user, finding.team) == TeamRole.LEADER:
        return deny("组长负责最后审签，不能作经办人，请改由组员经办。")
    return ALLOW


def can_sign_handler(user: Any, finding: Finding) -> Verdict:
    """First signature: the handler's own, under a complete paper."""
    if not (verdict := may_submit(user, finding)):
        return verdict
    missing = missing_parts(finding)
    return deny(missing_sentence(missing), brief=FILL_FIRST) if missing else ALLOW


def can_sign_deputy(user: Any, finding: Finding) -> Verdict:
    """Second signature: a deputy leader who did not write the paper."""
    if not (verdict := writes_in(user, finding)):
        return verdict
    if not has_post(user, finding, TeamRole.DEPUTY):
        return deny("应由副组长复核。")
    if user.pk == finding.handler_id:
        return deny("您是本底稿的经办人，须由另一位副组长复核。")
    return ALLOW


def can_sign_leader(user: Any, finding: Finding) -> Verdict:
    """Third signature: the leader, who neither wrote nor rechecked the paper."""
    if not (verdict := writes_in(user, finding)):
        return verdict
    if not has_post(user, finding, TeamRole.LEADER):
        return deny("应由组长审签。")
    if user.pk in (finding.handler_id, finding.deputy_id):
        return deny("经办、复核、审签须为三人，您已在前面签名。")
    return ALLOW


def can_return(user: Any, finding: Finding) -> Verdict:
    """Send the paper back: inside the team by those who check it; a signed or filed one also by the office."""
    if finding.status in Finding.CONFIRMED and is_office(user):
        return _while_open(finding)
    if finding.status == FindingStatus.FILED:
        return deny("底稿已备案，只有巡察办可以退回。")
    if not (verdict := writes_in(user, finding)):
        return verdict
    posts = (
        (TeamRole.LEADER,) if finding.status == FindingStatus.SIGNED else (TeamRole.DEPUTY, TeamRole.LEADER)
    )
    if not has_post(user, finding, *posts):
        return deny(f"应由{'组长' if len(posts) == 1 else '副组长或组长'}退回。")
    if user.pk == finding.handler_id:
        return deny("您是经办人，可以直接修改，不需退回。")
    return ALLOW


def _while_open(finding: Finding) -> Verdict:
    if finding.inspection.status in CLOSED_STAGES:
        return deny("该村（社区）已进入整改，底稿不再退回。")
    return ALLOW


def can_withdraw(user: Any, finding: Finding) -> Verdict:
    """Drop a numbered paper: the leader, carrying out a decision of the team meeting (个人不得取舍问题)."""
    if not (verdict := writes_in(user, finding)):
        return verdict
    if finding.deleted_at or not finding.no:
        return deny("未编号的草稿可以直接删除，不需撤销。", visible=False)
    if not has_post(user, finding, TeamRole.LEADER):
        return deny("撤销底稿须经组务会研究，由组长办理。")
    return ALLOW


def can_merge(user: Any, finding: Finding) -> Verdict:
    """Let a paper go into another of the same village: deputy or leader, who read all of them side by side."""
    if not (verdict := writes_in(user, finding)):
        return verdict
    if finding.deleted_at:
        return deny("底稿已删除，恢复后才能合并。", visible=False)
    if not has_post(user, finding, TeamRole.DEPUTY, TeamRole.LEADER):
        return deny("合并底稿由副组长或组长办理。")
    return ALLOW


def can_take_in(user: Any, finding: Finding, other: Finding) -> Verdict:
    """May ``finding`` be merged into ``other``? One village, two papers, and the kept one still open to change."""
    if finding.pk == other.pk or finding.inspection_id != other.inspection_id:
        return deny("只能并入同一村（社区）的另一份底稿。")
    return can_edit(user, other)


def can_file(user: Any, finding: Finding) -> Verdict:
    """Take a signed paper on file with the office, after which it is read-only."""
    return ALLOW if is_office(user) else deny("由巡察办备案。", visible=bool(team_role(user, finding.team)))


def can_comment(user: Any, finding: Finding) -> Verdict:
    """Write a remark beside the paper: the team and the office."""
    if is_office(user) or (team_role(user, finding.team) and not is_recused(user, finding)):
        return ALLOW
    return NOT_MEMBER


def can_see_persons(user: Any, finding: Finding) -> Verdict:
    """See names of persons concerned: the own team and the head of the office."""
    head = user.is_active and user.role == Role.OFFICE_HEAD
    if head or (team_role(user, finding.team) and not is_recused(user, finding)):
        return ALLOW
    return deny("涉及人员只对本组成员和巡察办主任开放。")
