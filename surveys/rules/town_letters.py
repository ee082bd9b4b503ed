"""Who writes and signs a letter to a town's party secretary, and what keeps one from going out."""

from typing import Any

from core.digests import digest
from core.verdict import ALLOW, Verdict, deny
from prep.models import CommitteeMember
from surveys.models import RatingSubject, TownLetter
from villages.access import is_office
from villages.models import Role, Round


def can_read_letters(user: Any) -> Verdict:
    """Open the letters at all: the office."""
    return ALLOW if is_office(user) else deny("测评反馈函由巡察办起草、签发。")


def can_draft(user: Any, round_: Round) -> Verdict:
    """Draft a letter of a round that has not ended."""
    allowed = can_read_letters(user)
    if allowed and round_.status == Round.Status.CLOSED:
        return deny("本轮次已结束，不再起草反馈函。")
    return allowed


def can_edit(user: Any, letter: TownLetter) -> Verdict:
    """Change the words of a draft."""
    allowed = can_read_letters(user)
    if allowed and letter.status != TownLetter.Status.DRAFT:
        return deny("提交签发后不再修改；要改的，由主任退回。", visible=False)
    return allowed


def can_submit(user: Any, letter: TownLetter) -> Verdict:
    """Hand a draft to the head: when nobody is named in it."""
    allowed = can_read_letters(user)
    return fit(letter) if allowed else allowed


def can_decide(user: Any, letter: TownLetter) -> Verdict:
    """Sign or give back: the head of the office."""
    if not user.is_active or user.role != Role.OFFICE_HEAD:
        return deny("由巡察办主任签发或退回。")
    return ALLOW


def can_approve(user: Any, letter: TownLetter) -> Verdict:
    """Sign a letter that names nobody and whose figures are those it was drafted with."""
    allowed = can_decide(user, letter)
    return fit(letter) if allowed else allowed


def can_void(user: Any, letter: TownLetter) -> Verdict:
    """Give up a letter that was not signed."""
    return can_read_letters(user)


def fit(letter: TownLetter) -> Verdict:
    """May the letter go out? A town never learns how anybody was rated by name."""
    if named := people_named(letter):
        return deny(f"函件不写个人姓名，请把{'、'.join(named)}改为职务或删去。")
    if digest(letter.figures) != letter.figures_hash:
        return deny("采用的数据与起草时的摘要不一致，请勿签发，并告知系统管理员核查。")
    return ALLOW


def people_named(letter: TownLetter) -> list[str]:
    """Members of the town's village committees, and who was rated there, as far as the letter names them."""
    members = CommitteeMember.objects.filter(village__town=letter.town_id).values_list("name", flat=True)
    rated = RatingSubject.objects.filter(rating__town=letter.town_id, kind=RatingSubject.Kind.MEMBER)
    words = f"{letter.title}\n{letter.addressee}\n{letter.body}"
    names = {*members, *rated.values_list("name", flat=True)}
    return sorted(name for name in names if len(name) > 1 and name in words)
