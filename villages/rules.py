"""Who may do what in the shared model. Each answer carries the sentence shown when it is no."""

from typing import Any

from core.audit import SystemActor
from core.verdict import ALLOW, Verdict, deny
from villages.access import has_post, is_inspecting, is_office, team_role
from villages.models import (
    CategoryScheme,
    Membership,
    Role,
    Round,
    Stage,
    Team,
    TeamRole,
    User,
    VillageInspection,
)
from villages.models.roles import CONTENT_ROLES, OFFICE_ROLES

_OFFICE_ONLY = "此事由巡察办办理。"


def is_system(actor: Any) -> bool:
    """Is this work that no person started (first set-up, commands run by the operator)?"""
    return isinstance(actor, SystemActor)


def _office(user: Any, why: str = _OFFICE_ONLY) -> Verdict:
    return ALLOW if is_system(user) or is_office(user) else deny(why, visible=False)


def can_edit_places(user: Any) -> Verdict:
    """Register and import towns and villages: the office."""
    return _office(user, "村（社区）名册由巡察办维护。")


def can_edit_calendar(user: Any) -> Verdict:
    """Say which days are worked: the office, by the yearly notice."""
    return _office(user, "工作日历由巡察办维护。")


def can_manage_offices(user: Any) -> Verdict:
    """Register units: the office and the system administrator."""
    return _people_keeper(user)


def can_manage_rounds(user: Any) -> Verdict:
    """Plan rounds, teams, memberships, assignments and parameters: the office."""
    return _office(user, "轮次和巡察组由巡察办安排。")


def can_change_round(user: Any, round_: Round) -> Verdict:
    """Change a round that has not ended."""
    if round_.status == Round.Status.CLOSED:
        return deny("本轮次已结束，不能再改。")
    return can_manage_rounds(user)


def can_keep_schemes(user: Any) -> Verdict:
    """Copy and change category schemes: the office."""
    return _office(user, "问题分类方案由巡察办维护。")


def can_edit_scheme(user: Any, scheme: CategoryScheme) -> Verdict:
    """Change a scheme while no round has chosen it: problems are filed under its categories."""
    allowed = can_keep_schemes(user)
    if allowed and Round.objects.filter(scheme=scheme).exists():
        return deny("已有轮次采用这一版，只读。要改动请先复制为新版。")
    return allowed


# --- accounts ---------------------------------------------------------------------------------------------


def grantable_roles(user: Any) -> frozenset[str]:
    """Roles ``user`` may give to an account.

    Office roles come from the head of the office only; the system administrator, who must not see content, can
    neither hand out nor take over an account of the office.
    """
    every = frozenset(Role.values)
    if is_system(user):
        return every
    if not getattr(user, "is_active", False):
        return frozenset()
    allowed = {
        Role.OFFICE_HEAD: every,
        Role.OFFICE_CLERK: every - {Role.OFFICE_HEAD, Role.SYSADMIN},
        Role.SYSADMIN: every - OFFICE_ROLES,
    }
    return allowed.get(user.role, frozenset())


def _people_keeper(user: Any) -> Verdict:
    return ALLOW if grantable_roles(user) else deny("账号由巡察办和系统管理员管理。", visible=False)


def can_manage_accounts(user: Any) -> Verdict:
    """Open the account pages at all."""
    return _people_keeper(user)


def can_grant(user: Any, role: str) -> Verdict:
    """Give ``role`` to an account; an empty role takes all rights away."""
    roles = grantable_roles(user)
    if roles and (not role or role in roles):
        return ALLOW
    return deny(f"您不能授予“{dict(Role.choices).get(role, role)}”这一角色，请巡察办主任办理。")


def can_manage_account(user: Any, account: User) -> Verdict:
    """Change, reset, disable or hand over ``account``."""
    keeper = _people_keeper(user)
    if not keeper:
        return keeper
    if account.role and account.role not in grantable_roles(user):
        return deny(f"“{account.get_role_display()}”的账号请巡察办主任办理。")
    return ALLOW


# --- recusal ----------------------------------------------------------------------------------------------


def can_read_board(user: Any) -> Verdict:
    """See how a round stands: the inspecting side."""
    inspecting = bool(user.is_active) and user.role in CONTENT_ROLES
    return ALLOW if inspecting else deny("轮次总览只对巡察办和巡察组开放。", visible=False)


def can_read_recusals(user: Any) -> Verdict:
    """Open the page of declarations: inspectors for their own, the office for all."""
    inspecting = bool(user.is_active) and user.role in CONTENT_ROLES
    return ALLOW if inspecting else deny("回避申报只用于巡察干部和巡察办。", visible=False)


def can_declare_recusal(user: Any, person: User) -> Verdict:
    """Declare for oneself as an inspector, or for anybody as the office."""
    if getattr(user, "pk", None) == person.pk and user.is_active and user.role == Role.INSPECTOR:
        return ALLOW
    return _office(user, "只能申报本人的回避事项。")


def can_withdraw_recusal(user: Any) -> Verdict:
    """Take a declaration back: the office, with a reason."""
    return _office(user, "撤销回避申报由巡察办审核办理。")


def can_approve_exception(user: Any, person: User | None = None) -> Verdict:
    """Approve that somebody serves in spite of a tie: the head of the office, never for oneself."""
    if not (getattr(user, "is_active", False) and user.role == Role.OFFICE_HEAD):
        return deny("回避例外由巡察办主任批准。", visible=getattr(user, "role", "") in OFFICE_ROLES)
    if person is not None and person.pk == user.pk:
        return deny("不能批准本人的回避例外。")
    return ALLOW


# --- pledge and declaration of a member ---------------------------------------------------------------------


def can_read_pledge_texts(user: Any) -> Verdict:
    """Read the versions of the pledge: those who may have to sign it."""
    return ALLOW if is_inspecting(user) else deny("保密承诺书只用于巡察干部和巡察办。", visible=False)


def can_edit_pledge(user: Any) -> Verdict:
    """Put a new wording into force: the office."""
    return _office(user, "保密承诺书由巡察办修订。")


def can_sign_pledge(user: Any, member: Membership) -> Verdict:
    """Sign for a post in a team: the one who holds it."""
    own = bool(user.is_active) and user.role == Role.INSPECTOR and user.pk == member.user_id
    return ALLOW if own else deny("保密承诺和回避申报由本人签署。", visible=False)


def can_read_pledge(user: Any, member: Membership) -> Verdict:
    """Read and print a member's two papers: the member and the office."""
    return ALLOW if can_sign_pledge(user, member) else _office(user, "承诺书和申报表由本人和巡察办查看。")


def can_watch_pledges(user: Any, team: Team) -> Verdict:
    """See who of a team has signed, and remind the others: its leader and the office."""
    if team_role(user, team) == TeamRole.LEADER:
        return ALLOW
    return _office(user, "由本组组长或巡察办提醒。")


# --- stages -----------------------------------------------------------------------------------------------


def can_advance_stage(user: Any, inspection: VillageInspection) -> Verdict:
    """Move a village to the next stage: leader, deputy or liaison of its team, or the office.

    The archivist of the team closes the last one. What a stage demands before it ends is that stage's own rule.
    """
    if is_system(user) or is_office(user):
        return ALLOW
    posts = [TeamRole.LEADER, TeamRole.DEPUTY, TeamRole.LIAISON]
    if inspection.status == Stage.RECTIFY:
        posts.append(TeamRole.ARCHIVIST)
    return ALLOW if has_post(user, inspection, *posts) else deny("由本组组长、副组长或联络员办理。")


def can_step_back(user: Any, inspection: VillageInspection) -> Verdict:
    """Send a village back one stage: the office, with a reason."""
    return _office(user, "退回上一阶段由巡察办办理。")
