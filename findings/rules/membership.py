"""Who writes papers of a village at all: its own team, unrecused, until the village is in rectification."""

from typing import Any

from core.audit import SystemActor
from core.verdict import ALLOW, Verdict, deny
from prep import rules as prep_rules
from villages.access import has_post, is_inspecting, is_office, is_recused, team_role
from villages.models import Membership, Stage, TeamRole

# From then on the problems have been told to the inspected side: the papers behind them stand still.
CLOSED_STAGES = frozenset({Stage.RECTIFY, Stage.FILED})
LEADING = (TeamRole.LEADER, TeamRole.DEPUTY, TeamRole.LIAISON)
NOT_MEMBER = deny("只有本巡察组成员可以办理。", visible=False)


def writes_in(user: Any, row: Any) -> Verdict:
    """May ``user`` write papers of the village ``row`` belongs to (a village inspection or any of its rows)?"""
    if not team_role(user, row.team):
        return NOT_MEMBER
    if is_recused(user, row):
        return deny("您须回避该村（社区），不能办理其底稿。", visible=False)
    return _still_open(getattr(row, "inspection", row))


def _still_open(inspection: Any) -> Verdict:
    if inspection.status in CLOSED_STAGES:
        return deny(f"该村（社区）处于“{inspection.get_status_display()}”阶段，底稿不再改动。")
    return ALLOW


def can_create(user: Any, inspection: Any) -> Verdict:
    """May ``user`` open a new paper for this village?"""
    return writes_in(user, inspection)


def can_print(user: Any) -> Verdict:
    """May ``user`` print what is collected in a village? Those who see its papers one by one."""
    return can_browse(user)


def leads(user: Any, team: Any) -> bool:
    """Is ``user`` among those who lead ``team``? Enough for showing a button; the step itself checks more."""
    return team_role(user, team) in LEADING


def heads_village(user: Any, row: Any) -> bool:
    """Does ``user`` decide for the team in this village? The leader; a deputy where the leader stands aside."""
    if has_post(user, row, TeamRole.LEADER):
        return True
    if not has_post(user, row, TeamRole.DEPUTY):
        return False
    posts = Membership.objects.filter(team=row.team_id, role=TeamRole.LEADER).select_related("user")
    return all(is_recused(post.user, row) for post in posts)


def can_finish(user: Any, inspection: Any) -> Verdict:
    """End the stage of this village: who decides for the team there."""
    if not heads_village(user, inspection):
        return deny(
            "由本组组长转入下一阶段；组长须回避的村，由副组长转入。",
            visible=bool(team_role(user, inspection.team)),
        )
    if inspection.status != Stage.FINDING:
        return deny(f"该村（社区）处于“{inspection.get_status_display()}”阶段。", visible=False)
    return ALLOW


def can_browse(user: Any) -> Verdict:
    """Open the pages of this stage at all: the inspecting side."""
    return ALLOW if is_inspecting(user) else deny("问题底稿只对巡察组和巡察办开放。")


def can_import(user: Any, round_: Any) -> Verdict:
    """Take in a list of problems: the office, whoever runs the command, and members of a team of the round."""
    if isinstance(user, SystemActor) or is_office(user):
        return ALLOW
    if user.is_active and round_.memberships.filter(user=user.pk).exists():
        return ALLOW
    return deny("问题清单由巡察办或本轮次巡察组成员导入。")


def can_import_into(user: Any, inspection: Any) -> Verdict:
    """Take in rows of one village."""
    if isinstance(user, SystemActor) or is_office(user):
        return _still_open(inspection)
    return writes_in(user, inspection)


def can_take_over(user: Any, inspection: Any) -> Verdict:
    """See the problems of earlier rounds in this village and put them on its list: who prepares or writes there."""
    return prep_rules.can_edit(user, inspection)
