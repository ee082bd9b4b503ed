"""Who hands a rating over to the organisation department, who signs for it, and what keeps it here."""

from typing import Any

from core.digests import digest
from core.verdict import ALLOW, Verdict, deny
from surveys.models import Rating, RatingHandover
from villages.access import is_inspecting, is_office
from villages.models import Role


def can_browse(user: Any) -> Verdict:
    """Open the list of hand-overs: the inspecting side, and the department that receives them."""
    if is_inspecting(user) or (user.is_active and user.role == Role.ORGANISATION):
        return ALLOW
    return deny("测评结果移交只对巡察办、巡察组和组织部门开放。")


def can_send(user: Any) -> Verdict:
    """Draft, hand over, take back: the office."""
    return ALLOW if is_office(user) else deny("测评结果由巡察办移交。", visible=False)


def can_draft(user: Any, rating: Rating) -> Verdict:
    """Draft the hand-over of a rating whose results are locked."""
    allowed = can_send(user)
    if allowed and rating.status != Rating.Status.LOCKED:
        return deny("测评结果锁定以后才能移交。")
    return allowed


def can_edit(user: Any, handover: RatingHandover) -> Verdict:
    """Change to whom and with which words, until it is handed over."""
    allowed = can_send(user)
    if allowed and handover.status != RatingHandover.Status.DRAFT:
        return deny("已经移交的不能再改；要改的，签收前先收回。", visible=False)
    return allowed


def can_hand_over(user: Any, handover: RatingHandover) -> Verdict:
    """Hand over what is still what was drafted and what was locked."""
    allowed = can_send(user)
    if not allowed:
        return allowed
    if digest(handover.contents) != handover.content_hash:
        return deny("移交内容与起草时的摘要不一致，请勿移交，并告知系统管理员核查。")
    if handover.contents.get("digest") != handover.rating.result_hash:
        return deny("测评结果的摘要与起草时不一致，请勿移交，并告知系统管理员核查。")
    return ALLOW


def can_receive(user: Any, handover: RatingHandover) -> Verdict:
    """Sign for it: the department it was handed over to."""
    if user.is_active and user.role == Role.ORGANISATION and user.office_id == handover.to_office_id:
        return ALLOW
    return deny("由接收单位签收。", visible=is_office(user))


def can_take_back(user: Any, handover: RatingHandover) -> Verdict:
    """Take back what nobody has signed for, or give up a draft."""
    return can_send(user)
