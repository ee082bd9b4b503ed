"""Who may do what with a report and its feedback: pure predicates, each refusal with its reason."""

from typing import Any

from core.digests import digest
from core.verdict import ALLOW, Verdict, deny
from findings.models import CommonGroup, GroupStatus
from reports.models import EarlyLetter, Report
from villages.access import is_inspecting, is_office, team_role
from villages.models import Role, Team, TeamRole

WRITERS = (TeamRole.LEADER, TeamRole.DEPUTY, TeamRole.LIAISON, TeamRole.MEMBER)
CHECKERS = (TeamRole.LEADER, TeamRole.DEPUTY)
_OPEN_TO_WRITERS = {
    Report.Status.DRAFT: WRITERS,
    # While the team discusses the draft only its leaders hold the pen.
    Report.Status.TEAM_MEETING: CHECKERS,
}


def can_open_report(user: Any, team: Team) -> Verdict:
    """A report is opened by its team."""
    if team_role(user, team) in WRITERS:
        return ALLOW
    return deny("报告由本组人员建立。", visible=False)


def can_edit_report(user: Any, report: Report) -> Verdict:
    """Text changes while the team holds the draft; later the report has to come back first."""
    if report.is_issued:
        return deny("报告已印发，内容已固定，不能修改。")
    posts = _OPEN_TO_WRITERS.get(Report.Status(report.status))
    if posts is None:
        return deny("报告正在会商审议，需退回起草后才能修改。")
    if team_role(user, report.team) in posts:
        return ALLOW
    return deny("当前环节只有本组组长、副组长可以修改。" if len(posts) == 2 else "只有本组人员可以修改报告。")


def can_submit(user: Any, report: Report) -> Verdict:
    """Draft → team meeting: leader, deputy or liaison of the team."""
    if team_role(user, report.team) in (*CHECKERS, TeamRole.LIAISON):
        return ALLOW
    return deny("由本组组长、副组长或联络员送组务会。", visible=bool(team_role(user, report.team)))


def can_pass_team(user: Any, report: Report) -> Verdict:
    """Team meeting → joint review: the leader answers for the draft."""
    if team_role(user, report.team) == TeamRole.LEADER:
        return ALLOW
    return deny("组务会通过后由组长送组办会商。", visible=bool(team_role(user, report.team)))


def can_pass_review(user: Any, report: Report) -> Verdict:
    """Joint review → leading group: the office."""
    if is_office(user):
        return ALLOW
    return deny("由巡察办提请领导小组。")


def can_pass_leading(user: Any, report: Report) -> Verdict:
    """Leading group → secretary's meeting, and issuing: the head of the office."""
    if user.is_active and user.role == Role.OFFICE_HEAD:
        return ALLOW
    return deny("由巡察办主任办理。", visible=is_office(user))


def can_return(user: Any, report: Report) -> Verdict:
    """Whoever holds the report may send it back: the leader at the team's meeting, the office afterwards."""
    if report.status == Report.Status.TEAM_MEETING:
        return can_pass_team(user, report)
    return ALLOW if is_office(user) else deny("由巡察办退回。", visible=False)


def can_issue_feedback(user: Any, report: Report) -> Verdict:
    """The office sends feedback, after the report is issued."""
    if not is_office(user):
        return deny("反馈意见由巡察办印发。", visible=False)
    if not report.is_issued:
        return deny("报告印发后才能反馈。")
    return ALLOW


def can_finish_report(user: Any, report: Report) -> Verdict:
    """The step to rectification belongs to the office."""
    return ALLOW if is_office(user) else deny("由巡察办转入整改。", visible=False)


def can_print(user: Any, row: Any) -> Verdict:
    """Word and Excel are made for the office and the team that wrote them."""
    if is_office(user) or team_role(user, row.team):
        return ALLOW
    return deny("由巡察办或本组人员生成文件。", visible=False)


def can_browse(user: Any) -> Verdict:
    """Lists of reports are for office and teams; what they show is narrowed row by row."""
    return ALLOW if is_inspecting(user) else deny("巡察报告由巡察办和巡察组使用。", visible=False)


# --- early letters ----------------------------------------------------------------------------------------


def can_read_early(user: Any) -> Verdict:
    """Open the office's early letters at all."""
    return ALLOW if is_office(user) else deny("共性问题提示函由巡察办起草、签发。")


def can_draft_early(user: Any, group: CommonGroup) -> Verdict:
    """Draft a letter about an accepted common problem."""
    allowed = can_read_early(user)
    if allowed and group.status != GroupStatus.ACCEPTED:
        return deny("先认定为共性问题，再起草提示函。")
    return allowed


def can_edit_early(user: Any, letter: EarlyLetter) -> Verdict:
    """Change the words of a draft."""
    allowed = can_read_early(user)
    if allowed and letter.status != EarlyLetter.Status.DRAFT:
        return deny("发出或作废后不再修改。", visible=False)
    return allowed


def can_send_early(user: Any, letter: EarlyLetter) -> Verdict:
    """Send it: the head of the office, with the figures it was drafted with."""
    if not user.is_active or user.role != Role.OFFICE_HEAD:
        return deny("由巡察办主任签发。")
    if digest(letter.figures) != letter.figures_hash:
        return deny("采用的数据与起草时的摘要不一致，请勿签发，并告知系统管理员核查。")
    return ALLOW


def can_void_early(user: Any, letter: EarlyLetter) -> Verdict:
    """Give up a letter that was not sent."""
    return can_read_early(user)


def can_receive_early(user: Any, letter: EarlyLetter) -> Verdict:
    """Sign for it: the town it was sent to."""
    here = (
        user.is_active and user.role == Role.TOWN and user.office_id and user.office.town_id == letter.town_id
    )
    return ALLOW if here else deny("由主送的镇（街道）签收。", visible=False)
