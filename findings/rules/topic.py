"""Topics are set by the office and by those who lead a team; papers are put to them by whoever may remark on them."""

from typing import Any

from core.verdict import ALLOW, Verdict, deny
from findings.models import Finding, Topic
from findings.rules.finding import can_comment
from prep import rules as prep_rules
from villages.access import is_office
from villages.models import Membership


def can_manage_topics(user: Any, round_: Any) -> Verdict:
    """Set, reword or close a topic of a round."""
    if is_office(user):
        return ALLOW
    posts = Membership.objects.filter(round=round_, user=user.pk, role__in=prep_rules.LEADING)
    if user.is_active and posts.exists():
        return ALLOW
    return deny("专题由巡察办和各组组长、副组长设置。", visible=False)


def can_put_to_topic(user: Any, finding: Finding) -> Verdict:
    """Say that a paper belongs to a topic, or no longer does."""
    if finding.deleted_at:
        return deny("底稿已删除。", visible=False)
    return can_comment(user, finding)


def can_collect_for(topic: Topic) -> Verdict:
    """A closed topic takes no more papers."""
    return deny(f"专题“{topic.name}”已停止收集。") if topic.closed_on else ALLOW
