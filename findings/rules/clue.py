"""Clues about persons: who may know of one, who leads it through which step. Nobody else is told that there is one."""

from typing import Any

from core.verdict import ALLOW, Verdict, deny
from findings.models import Clue, ClueFile, ClueReader, ClueStatus
from findings.rules.membership import heads_village
from villages.access import has_post, is_inspecting, is_office, team_role
from villages.models import Role, Stage, TeamRole

S = ClueStatus
_NOT_NAMED = deny("只有确定的知悉人可以办理。", visible=False)
# Whose step it is to open it again; what was handed over comes back from its receiver only.
_UNCHANGED = {
    S.SIGNED: "线索已签字，内容不再改动；要改的，请组长先收回修改。",
    S.APPROVED: "线索已批准，内容不再改动；要改的，请巡察办主任退回修改。",
    S.HANDED: "线索已移交，不能收回；要改的，由接收方退回。",
    S.RECEIVED: "线索已移交，不能收回；要改的，由接收方退回。",
}
_OPENING = (TeamRole.LEADER, TeamRole.DEPUTY)


def can_browse_clues(user: Any) -> Verdict:
    """Open the page on which one's own clues would stand: the inspecting side and the commission, clues or none."""
    if is_inspecting(user) or (user.is_active and user.role == Role.DISCIPLINE):
        return ALLOW
    return deny("这一页只对巡察干部和区纪委监委开放。")


def can_open_clue(user: Any, row: Any) -> Verdict:
    """Write a clue about somebody in a village (its inspection, or a paper of it): leader and deputies."""
    inspection = getattr(row, "inspection", row)
    if not has_post(user, row, *_OPENING):
        return deny("问题线索由本组组长、副组长建立。", visible=False)
    if inspection.status == Stage.FILED:
        return deny("该村（社区）已归档，不再建立问题线索。", visible=False)
    return ALLOW


def knows(user: Any, clue: Clue) -> bool:
    """Is this person one of those who may know of the clue?"""
    return Clue.objects.visible_to(user).filter(pk=clue.pk).exists()


def _in_team(user: Any, clue: Clue) -> Verdict:
    return ALLOW if team_role(user, clue.team) and knows(user, clue) else _NOT_NAMED


def _heading(user: Any, clue: Clue) -> Verdict:
    if not knows(user, clue):
        return _NOT_NAMED
    return (
        ALLOW if heads_village(user, clue) else deny("由本组组长办理。", visible=bool(_in_team(user, clue)))
    )


def _by_head(user: Any, clue: Clue) -> Verdict:
    if not knows(user, clue):
        return _NOT_NAMED
    if user.role != Role.OFFICE_HEAD:
        return deny("由巡察办主任办理。", visible=is_office(user))
    return ALLOW


def _by_office(user: Any, clue: Clue) -> Verdict:
    return ALLOW if is_office(user) and knows(user, clue) else _NOT_NAMED


def _by_commission(user: Any, clue: Clue) -> Verdict:
    return ALLOW if user.role == Role.DISCIPLINE and knows(user, clue) else _NOT_NAMED


def can_edit_clue(user: Any, clue: Clue) -> Verdict:
    """Change what it says, until it is signed: those of the team who know it."""
    if not (verdict := _in_team(user, clue)):
        return verdict
    if clue.status not in Clue.OPEN:
        return deny(_UNCHANGED.get(S(clue.status), "线索内容不再改动。"), visible=False)
    return ALLOW


def missing_of_clue(clue: Clue) -> list[str]:
    """What a clue lacks before it can be signed."""
    wanted = (
        ("title", "线索名称"), ("persons", "被反映人"), ("facts", "具体问题"), ("disciplines", "违反纪律"),
        ("sources", "线索来源"),
    )  # fmt: skip
    return [words for name, words in wanted if not clue.read(name)]


def can_sign_clue(user: Any, clue: Clue) -> Verdict:
    """Sign it for the team, once it is complete."""
    if not (verdict := _heading(user, clue)):
        return verdict
    if missing := missing_of_clue(clue):
        return deny(f"还缺：{'、'.join(missing)}。补全后再签字。")
    return ALLOW


def can_recall_clue(user: Any, clue: Clue) -> Verdict:
    """Take the signature back, to change it."""
    return _heading(user, clue)


def can_approve_clue(user: Any, clue: Clue) -> Verdict:
    """Approve the hand-over, or send it back: the head of the office."""
    return _by_head(user, clue)


def can_hand_over_clue(user: Any, clue: Clue) -> Verdict:
    """Sign the transfer sheet as the handing side: those of the office who know it."""
    return _by_office(user, clue)


def can_receive_clue(user: Any, clue: Clue) -> Verdict:
    """Sign the receipt: the receiver alone, by the own account."""
    if not knows(user, clue):
        return _NOT_NAMED
    if user.pk != clue.receiver_id:
        return deny("由移交单上的接收人本人签收。", visible=user.role == Role.DISCIPLINE)
    return ALLOW


def can_give_back_clue(user: Any, clue: Clue) -> Verdict:
    """Return what is no clue or not complete."""
    return _by_commission(user, clue)


def can_handle_clue(user: Any, clue: Clue) -> Verdict:
    """Class it, and feed back what came of it: those of the commission who know it."""
    return _by_commission(user, clue)


def can_close_clue(user: Any, clue: Clue) -> Verdict:
    """Take note of the result, or ask for more of it: those of the office who know it."""
    return _by_office(user, clue)


def can_withdraw_clue(user: Any, clue: Clue) -> Verdict:
    """Give it up before it is handed over: the team while it lies there, then the head of the office."""
    if clue.status == S.APPROVED:
        return _by_head(user, clue)
    if clue.status == S.SIGNED and user.role == Role.OFFICE_HEAD:
        return _by_head(user, clue)
    return _heading(user, clue)


def can_name_readers(user: Any, clue: Clue) -> Verdict:
    """Say who else may know of it: who heads the team for its members, the head for office and commission."""
    if not knows(user, clue):
        return _NOT_NAMED
    if clue.status in Clue.OVER:
        return deny("线索已经办完，不再增减知悉人。", visible=False)
    if user.role == Role.OFFICE_HEAD or heads_village(user, clue):
        return ALLOW
    return deny("知悉人由本组组长、巡察办主任确定。", visible=False)


def can_remove_reader(user: Any, reader: ClueReader) -> Verdict:
    """Take somebody off the list: whoever names persons of that side."""
    if not (verdict := can_name_readers(user, reader.clue)):
        return verdict
    if not names_side_of(user, reader.user):
        return deny("本组人员由组长取消，巡察办和纪委监委人员由巡察办主任取消。", visible=False)
    return ALLOW


def names_side_of(user: Any, person: Any) -> bool:
    """Inspectors are named by who heads their team, the others by the head of the office."""
    return (person.role == Role.INSPECTOR) != (user.role == Role.OFFICE_HEAD)


def can_remove_clue_file(user: Any, file: ClueFile) -> Verdict:
    """Take material away while the clue may be changed."""
    return can_edit_clue(user, file.clue)


def can_see_sheet(user: Any, clue: Clue) -> Verdict:
    """Show and print the transfer sheet, and open originals: who signs on it or answers for it."""
    if not knows(user, clue):
        return _NOT_NAMED
    if clue.status not in Clue.WITH_COMMISSION | {S.APPROVED}:
        return deny("移交单在巡察办主任批准后生成。", visible=False)
    if is_office(user) or user.role == Role.DISCIPLINE or heads_village(user, clue):
        return ALLOW
    return deny("移交单只对组长、巡察办和接收方的知悉人开放。", visible=False)


def sees_number(user: Any, clue: Clue) -> bool:
    """Numbers count: they are shown only to those who know how many there are anyway."""
    return user.role in (Role.OFFICE_HEAD, Role.DISCIPLINE) or heads_village(user, clue)
