"""Who may make sets of papers, name their keeper and sign for them."""

from typing import Any

from core.verdict import ALLOW, Verdict, deny
from prep.models import FormSet
from villages.access import is_office, is_recused, team_role
from villages.models import Round, Team, TeamRole, VillageInspection

_ORGANISING = (TeamRole.LEADER, TeamRole.DEPUTY, TeamRole.LIAISON, TeamRole.ARCHIVIST)


def can_make_set(user: Any, inspection: VillageInspection) -> Verdict:
    """Make the papers of one village: the office, and its team but those who stand aside."""
    if is_office(user):
        return ALLOW
    if not team_role(user, inspection.team) or is_recused(user, inspection):
        return deny("由本巡察组成员或巡察办生成。", visible=False)
    return ALLOW


def can_make_team_set(user: Any, team: Team) -> Verdict:
    """Make the papers of all villages of a team: the office, and of the team those who organise its work."""
    if is_office(user):
        return ALLOW
    if team_role(user, team) not in _ORGANISING:
        return deny("由组长、副组长、联络员、档案管理员或巡察办生成。", visible=False)
    own = VillageInspection.objects.visible_to(user).filter(team=team)
    if own.count() != VillageInspection.objects.filter(team=team).count():
        return deny("本组有您须回避的村（社区），请由其他人生成全组的成套表单。")
    return ALLOW


def can_make_round_set(user: Any, round_: Round) -> Verdict:
    """Make the papers of a whole round: the office."""
    return ALLOW if is_office(user) else deny("全轮的成套表单由巡察办生成。", visible=False)


def can_name_keeper(user: Any, team: Team) -> Verdict:
    """Say who keeps the team's papers: its leader, while the round lasts."""
    if team_role(user, team) != TeamRole.LEADER:
        return deny("由本组组长指定保管人。", visible=False)
    if team.round.status == Round.Status.CLOSED:
        return deny("本轮次已结束，保管人不再变动。")
    return ALLOW


def can_receive(user: Any, form_set: FormSet) -> Verdict:
    """Sign for the papers: their keeper, once."""
    if form_set.received_at is not None:
        return deny("已经签收。", visible=False)
    if form_set.keeper_id is None or form_set.keeper_id != user.pk:
        return deny("由表单保管人签收。", visible=False)
    return ALLOW
