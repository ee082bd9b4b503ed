"""Who decides on common problems: the office on all of them, who leads a team where it sees every paper."""

from typing import Any

from core.audit import SystemActor
from core.verdict import ALLOW, Verdict, deny
from findings.models import CommonGroup, CommonMember, Finding
from findings.rules.finding import can_comment
from findings.rules.membership import writes_in
from prep import rules as prep_rules
from villages.access import is_office
from villages.models import Membership, Round

_CLOSED = "本轮次已结束，共性问题不再改动。"
# A problem of one village is its own.
FEWEST_VILLAGES = 2


def can_propose_common(user: Any, round_: Any) -> Verdict:
    """Have common problems proposed over all villages of a round."""
    if isinstance(user, SystemActor):
        return ALLOW
    if not is_office(user) and not _leads_in(user, round_):
        return deny("横向比对由巡察办和各组组长、副组长进行。", visible=False)
    return deny(_CLOSED) if round_.status == Round.Status.CLOSED else ALLOW


def _leads_in(user: Any, round_: Any) -> bool:
    posts = Membership.objects.filter(round=round_, user=user.pk, role__in=prep_rules.LEADING)
    return bool(user.is_active) and posts.exists()


def can_decide_common(user: Any, group: CommonGroup) -> Verdict:
    """Accept, split, merge, name or give up a group: nobody judges papers he may not read."""
    allowed = can_propose_common(user, group.round)
    if not allowed or isinstance(user, SystemActor) or is_office(user):
        return allowed
    seen = CommonMember.objects.visible_to(user).filter(group=group).count()
    if seen < CommonMember.objects.filter(group=group).count():
        return deny("这组问题涉及其他巡察组的村（社区），由巡察办认定。")
    return ALLOW


def can_accept_common(user: Any, group: CommonGroup) -> Verdict:
    """Say that the papers are one problem of several villages."""
    allowed = can_decide_common(user, group)
    if allowed and group.villages < FEWEST_VILLAGES:
        return deny("至少涉及两个村（社区）才是共性问题。")
    return allowed


def can_group_paper(user: Any, paper: Any) -> Verdict:
    """Put a paper into a group or take it out: who may remark on it, or writes in its village."""
    if paper.round.status == Round.Status.CLOSED:
        return deny(_CLOSED)
    if isinstance(paper, Finding):
        if paper.deleted_at or paper.status in Finding.PUT_ASIDE:
            return deny("底稿已删除、撤销或并入，不再归组。", visible=False)
        return can_comment(user, paper)
    return ALLOW if is_office(user) else writes_in(user, paper)
