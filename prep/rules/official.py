"""Rules of official papers: the office writes and issues, and nothing leaves while something is missing."""

import re
from typing import Any

from core.verdict import ALLOW, Verdict, deny
from prep.models import OfficialPaper, PaperKind, PaperStatus, TeamContact
from villages.access import is_inspecting, is_office, team_role
from villages.models import Round, Team, TeamRole

# Stands in a composed text where the round's data had nothing to say.
BLANK = "（待填写）"
NUMBER = re.compile(r"\S+〔\d{4}〕[1-9]\d*号")
_CONTACT_KEEPERS = (TeamRole.LEADER, TeamRole.DEPUTY, TeamRole.LIAISON)
# What an announcement must tell, and how the field is called when it is missing.
REACHED_BY = {
    "hotline": "举报电话",
    "hours": "接听时间",
    "message_number": "短信号码",
    "post_box": "邮政信箱",
    "email": "电子邮箱",
    "boxes": "意见箱位置",
    "reception": "来访接待地点和时间",
    "supervision": "监督电话",
}


def can_read_papers(user: Any) -> Verdict:
    """Open the register of official papers: the inspecting side."""
    return ALLOW if is_inspecting(user) else deny("巡察公文登记只对巡察办和巡察组开放。")


def can_write_papers(user: Any) -> Verdict:
    """Draft, issue and void official papers: the office."""
    return ALLOW if is_office(user) else deny("巡察公文由巡察办起草印发。", visible=False)


def can_draft(user: Any, round_: Round) -> Verdict:
    """Draft a paper of a round that has not ended."""
    if round_.status == Round.Status.CLOSED:
        return deny("本轮次已结束，不再起草公文。")
    return can_write_papers(user)


def can_edit_paper(user: Any, paper: OfficialPaper) -> Verdict:
    """Change a draft; what was issued stands."""
    if paper.status != PaperStatus.DRAFT:
        return deny("已印发的公文不能再改；有错的，作废后重新起草。", visible=False)
    return can_write_papers(user)


def can_issue_paper(user: Any, paper: OfficialPaper) -> Verdict:
    """Issue a paper in which nothing is missing."""
    allowed = can_write_papers(user)
    lacking = missing_in(paper) if allowed else []
    return deny(f"{'；'.join(lacking)}。") if lacking else allowed


def can_keep_contact(user: Any, team: Team) -> Verdict:
    """Say how a team is reached: the office, and those who lead the team."""
    if team.round.status == Round.Status.CLOSED:
        return deny("本轮次已结束，联系方式不再修改。")
    if is_office(user) or team_role(user, team) in _CONTACT_KEEPERS:
        return ALLOW
    return deny("由巡察办，或本组组长、副组长、联络员填写。", visible=False)


def missing_in(paper: OfficialPaper) -> list[str]:
    """What keeps a draft from being issued, each in words; empty when it is complete."""
    lacking = []
    if not paper.doc_no:
        lacking.append("还没有填写发文字号")
    elif not NUMBER.fullmatch(paper.doc_no):
        lacking.append("发文字号应写成“青巡办〔2026〕5号”的样子，年份用六角括号，序号前不加“第”和0")
    if paper.dated_on is None:
        lacking.append("还没有填写成文日期")
    if paper.kind == PaperKind.NOTICE and not paper.addressee.strip():
        lacking.append("还没有填写主送机关")
    if paper.kind == PaperKind.ANNOUNCEMENT:
        lacking += missing_contact(TeamContact.objects.filter(team=paper.team).first())
    blanks = (paper.body + str(paper.annexes)).count(BLANK)
    if blanks:
        lacking.append(f"正文或附件中还有{blanks}处“{BLANK}”")
    return lacking


def missing_contact(contact: TeamContact | None) -> list[str]:
    """What an announcement could not tell yet."""
    return [f"还没有填写{label}" for name, label in REACHED_BY.items() if not getattr(contact, name, None)]
