"""Instant-fix orders: whose step it is. Drafter, issuer, reporter and verifier are kept apart.

A member drafts, the leader issues what somebody else drafted, the addressee's account signs for it and reports, and
somebody of the team or the office who neither drafted nor reported verifies. Leader and drafter being two, a team
always has somebody left to verify.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from core import clock
from core.verdict import ALLOW, Verdict, deny
from findings.rules import writes_in
from rectification.models import FixOrder, OrderExtension, OrderFile, OrderReport, PhotoSide
from villages.access import has_post, is_inspected, is_office, is_recused, team_role
from villages.models import TeamRole
from villages.selectors.calendar import WorkCalendar, add_working_days

S = FixOrder.Status
_LEADER_DRAFTS_NOT = deny("组长负责签发，不起草交办单，请由组员起草。")
# The days a reminder begins before the deadline.
REMIND_DAYS = 7


def default_due(calendar: WorkCalendar, day: dt.date, days: int) -> dt.date:
    """``days`` calendar days after ``day``; where that is a day of rest, the next working day.

    The limit is counted in days (domain 3.2, ``instant_fix_default_days``), and a period that ends on a holiday ends
    on the day after it (Civil Code, article 203).
    """
    return add_working_days(calendar, day + dt.timedelta(days=days), 0)


def pressing_word(order: FixOrder, today: dt.date) -> tuple[str, str]:
    """What a reminder says and its tone: a week before the deadline, on the day, after it; otherwise nothing."""
    if order.is_done or order.due_on is None:
        return "", "neutral"
    left = (order.due_on - today).days
    if left < 0:
        return "交办单逾期", "bad"
    if left == 0:
        return "交办单今天到期", "bad"
    return ("交办单将到期", "warn") if left <= REMIND_DAYS else ("", "neutral")


def can_draft(user: Any, inspection: Any) -> Verdict:
    """Draft an order about this village: its team without the leader, until the village is in rectification."""
    if not (verdict := writes_in(user, inspection)):
        return verdict
    return _LEADER_DRAFTS_NOT if team_role(user, inspection.team) == TeamRole.LEADER else ALLOW


def can_edit(user: Any, order: FixOrder) -> Verdict:
    """Change the words: the drafter, while it is a draft."""
    if not (verdict := writes_in(user, order)):
        return verdict
    if order.status != S.DRAFT:
        return deny("交办单已送签，内容不再改动；需要改的，由组长退回或撤回更正。")
    return can_submit(user, order)


def can_submit(user: Any, order: FixOrder) -> Verdict:
    """Send it to the leader: the drafter's own."""
    if not (verdict := writes_in(user, order)):
        return verdict
    if team_role(user, order.team) == TeamRole.LEADER:
        return _LEADER_DRAFTS_NOT
    if user.pk != order.drafter_id:
        return deny(f"由经办人{order.drafter.display_name}修改、送签。")
    return ALLOW


def can_discard(user: Any, order: FixOrder) -> Verdict:
    """Drop a draft that was never sent: its drafter or the leader."""
    if not (verdict := _own_row(user, order)):
        return verdict
    if user.pk == order.drafter_id or has_post(user, order, TeamRole.LEADER):
        return ALLOW
    return deny("由经办人或组长作废。")


def can_issue(user: Any, order: FixOrder) -> Verdict:
    """Sign and issue, or send back: the leader, who did not draft it."""
    if not (verdict := writes_in(user, order)):
        return verdict
    if not has_post(user, order, TeamRole.LEADER):
        return deny("由组长签发。")
    return deny("经办人不能签发自己起草的交办单。") if user.pk == order.drafter_id else ALLOW


def can_lead(user: Any, order: FixOrder) -> Verdict:
    """Withdraw what was issued, and answer for its days: the leader, also when the village has moved on."""
    if not (verdict := _own_row(user, order)):
        return verdict
    return ALLOW if has_post(user, order, TeamRole.LEADER) else deny("由组长办理。")


def _own_row(user: Any, order: FixOrder) -> Verdict:
    if is_inspected(user) or not (is_office(user) or team_role(user, order.team)):
        return deny("由本巡察组办理。", visible=False)
    return deny("您须回避该村（社区）。", visible=False) if is_recused(user, order) else ALLOW


def is_addressee(user: Any, order: FixOrder) -> bool:
    """Is ``user`` an account of the office the order was issued to?"""
    return is_inspected(user) and bool(user.office_id) and user.office_id == order.to_office_id


def can_answer(user: Any, order: FixOrder) -> Verdict:
    """Sign for it, show pictures, report: the addressee. Who got a copy reads along."""
    if is_addressee(user, order):
        return ALLOW
    return deny(f"由{order.to_office.name}办理。", visible=is_inspected(user))


def can_show(user: Any, order: FixOrder) -> Verdict:
    """Add and take away pictures: the addressee, between receipt or return and report."""
    if not (verdict := can_answer(user, order)):
        return verdict
    if order.status not in (S.RECEIVED, S.RETURNED):
        return deny(f"当前状态为“{order.get_status_display()}”，不能增减照片和材料。")
    return ALLOW


def can_take_away(user: Any, row: OrderFile) -> Verdict:
    """Take a file out of the report that is being made; what was sent in stays."""
    if row.report.reported_by_id is not None:
        return deny("已随报告送出，不能再删除。")
    return can_show(user, row.report.order)


def can_ask_extension(user: Any, order: FixOrder) -> Verdict:
    """Ask for more days: the addressee, before the day itself, as long as it is being worked on."""
    if not (verdict := can_show(user, order)):
        return verdict
    if order.due_on is None or clock.today() >= order.due_on:
        return deny("延期须在办结期限之前申请，期限当天和逾期后不再受理。")
    return ALLOW


def can_decide_extension(user: Any, extension: OrderExtension) -> Verdict:
    """Answer a request for more days: the leader."""
    return can_lead(user, extension.order)


def can_end_extension(user: Any, extension: OrderExtension) -> Verdict:
    """A request nobody answered falls with its order: whoever closes or withdraws that."""
    return _own_row(user, extension.order)


def can_verify(user: Any, order: FixOrder) -> Verdict:
    """Verify: team or office, never the addressee's side, nor who drafted the order, nor who ever reported on it."""
    if not (verdict := _own_row(user, order)):
        return verdict
    if user.pk == order.drafter_id:
        return deny("您是经办人，须由另一位同志核验。")
    if OrderReport.objects.filter(order=order, reported_by=user.pk).exists():
        return deny("报告整改的人不能核验。")
    return ALLOW


def missing_proof(files: Iterable[OrderFile]) -> str:
    """What a report lacks before it can be sent in, as a sentence; empty when nothing."""
    if any(file.side in (PhotoSide.AFTER, PhotoSide.PAPER) for file in files):
        return ""
    return "请先上传整改后的照片，或能证明整改到位的材料，再报告整改。"
