"""Rules of meeting records: the team writes, two people sign, then the record stands."""

from typing import Any

from core.verdict import ALLOW, Verdict, deny
from prep.models import FocusMeeting, MeetingStatus, MeetingVillage
from prep.rules import CLOSED_STAGES
from villages.access import is_inspecting, team_role
from villages.models import Round, Team, TeamRole

_LEADING = (TeamRole.LEADER, TeamRole.DEPUTY)


def can_read_meetings(user: Any) -> Verdict:
    """Open the list of meetings: the inspecting side."""
    return ALLOW if is_inspecting(user) else deny("会议记录只对巡察组和巡察办开放。")


def can_record(user: Any, team: Team) -> Verdict:
    """Open a record for a meeting of ``team``: its sworn members, while the round runs."""
    if not team_role(user, team):
        return deny("由本巡察组成员记录。", visible=False)
    if team.round.status == Round.Status.CLOSED:
        return deny("本轮次已结束，不再新增会议记录。")
    return ALLOW


def can_edit_meeting(user: Any, meeting: FocusMeeting) -> Verdict:
    """Write in the record: the recorder, and those who lead the team, until somebody has signed."""
    if meeting.status != MeetingStatus.DRAFT:
        return deny("记录已签，不能再改；确需修改的，由主持人退回。", visible=False)
    if user.pk == meeting.recorder_id and team_role(user, meeting.team):
        return ALLOW
    if team_role(user, meeting.team) in _LEADING:
        return ALLOW
    return deny("由记录人或组长、副组长修改。", visible=False)


def can_sign_as_recorder(user: Any, meeting: FocusMeeting) -> Verdict:
    """Sign first: the recorder, when the record says something."""
    if user.pk != meeting.recorder_id or not team_role(user, meeting.team):
        return deny("由记录人先签。", visible=bool(team_role(user, meeting.team)))
    lacking = missing_in_meeting(meeting)
    return deny(f"{'；'.join(lacking)}。") if lacking else ALLOW


def can_sign_as_chair(user: Any, meeting: FocusMeeting) -> Verdict:
    """Sign second, or give the record back: whoever presided."""
    if user.pk == meeting.chair_id and team_role(user, meeting.team):
        return ALLOW
    return deny("由主持人签署。", visible=bool(team_role(user, meeting.team)))


def can_take_over(user: Any, row: MeetingVillage) -> Verdict:
    """Put agreed matters of a village one sees on its watch list: the team, until the problems have been told."""
    if not team_role(user, row.team):
        return deny("由本巡察组成员列入清单。", visible=False)
    if row.inspection.status in CLOSED_STAGES:
        return deny("该村（社区）已进入整改，待查问题清单不再增补。")
    return ALLOW


def missing_in_meeting(meeting: FocusMeeting) -> list[str]:
    """What the record lacks before it may be signed."""
    lacking = []
    present = [row for row in meeting.attendance if row.get("present")]
    if len(present) < 2:
        lacking.append("出席情况还没有填写（至少两人到会）")
    if any(not row.get("present") and not row.get("reason") for row in meeting.attendance):
        lacking.append("有缺席人员没有写明原因")
    said = meeting.villages.exclude(analysis="").exists()
    if not meeting.content.strip() and not said:
        lacking.append("会议内容和各村研判都还没有填写")
    return lacking
