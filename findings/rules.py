"""Who may do what with a workpaper, and what a paper still lacks. Pure predicates; the reasons are shown to people."""

from typing import Any

from core.verdict import ALLOW, Verdict, deny
from findings.models import Finding, FindingStatus, Talk, TalkStatus
from villages.access import has_post, is_office, is_recused, team_role
from villages.models import Role, Stage, TeamRole

# From then on the problems have been told to the inspected side: the papers behind them stand still.
_CLOSED_STAGES = frozenset({Stage.RECTIFY, Stage.FILED})
NOT_MEMBER = deny("只有本巡察组成员可以办理。", visible=False)


def writes_in(user: Any, row: Any) -> Verdict:
    """May ``user`` write papers of the village ``row`` belongs to (a village inspection or any of its rows)?"""
    if not team_role(user, row.team):
        return NOT_MEMBER
    if is_recused(user, row):
        return deny("您须回避该村（社区），不能办理其底稿。", visible=False)
    inspection = getattr(row, "inspection", row)
    if inspection.status in _CLOSED_STAGES:
        return deny(f"该村（社区）处于“{inspection.get_status_display()}”阶段，底稿不再改动。")
    return ALLOW


def can_create(user: Any, inspection: Any) -> Verdict:
    """May ``user`` open a new paper for this village?"""
    return writes_in(user, inspection)


# --- what a problem workpaper still lacks -------------------------------------------------------------------


def missing_parts(finding: Finding) -> list[str]:
    """What must be filled before the first signature (要素齐全), as short nouns; empty when complete."""
    required = [
        (finding.title, "主要特征"),
        (finding.category_id, "一级类别"),
        (finding.subcategory_id, "二级类别"),
        (finding.period_from, "发生时间"),
        (finding.summary.strip(), "问题表现"),
        (finding.facts.strip(), "查证事实"),
        (finding.origins, "问题来源"),
        (finding.basis, "政策依据"),
        (finding.disposal, "处置建议"),
        (finding.evidence_count, "支撑材料（至少1件）"),
        (
            finding.response_of_target.strip() or finding.no_response_reason.strip(),
            "当事人或村反映意见（或未取得的原因）",
        ),
    ]
    missing = [name for value, name in required if not value]
    if not finding.steps.exists():
        missing.append("发现过程（至少1步）")
    return missing + unsigned_talks(finding)


def unsigned_talks(finding: Finding) -> list[str]:
    """Talk records cited as evidence that are not signed themselves yet."""
    cited = finding.evidence.filter(talk__isnull=False).exclude(talk__status=TalkStatus.SIGNED)
    return [f"谈话记录“{item.name}”的签名" for item in cited]


def missing_sentence(missing: list[str]) -> str:
    """The missing parts as the sentence a person reads."""
    return f"底稿还不能提交，缺少：{'、'.join(missing)}。"


# --- steps of a problem workpaper ---------------------------------------------------------------------------


def can_edit(user: Any, finding: Finding) -> Verdict:
    """May ``user`` change the paper? Under signatures only those who answer for it, and the signatures fall."""
    if not (verdict := writes_in(user, finding)):
        return verdict
    if finding.deleted_at:
        return deny("底稿已删除，恢复后才能改动。")
    if finding.status == FindingStatus.FILED:
        return deny("底稿已备案，只读；确需改动，由巡察办退回本组。")
    if finding.status == FindingStatus.WITHDRAWN:
        return deny("底稿已撤销，只读。")
    if finding.status in Finding.OPEN or user.pk == finding.handler_id:
        return ALLOW
    if has_post(user, finding, TeamRole.DEPUTY, TeamRole.LEADER):
        return ALLOW
    return deny("底稿已有签名，只有经办人、副组长、组长可以改动。")


def can_delete(user: Any, finding: Finding) -> Verdict:
    """May ``user`` put an unsigned draft aside? A numbered paper is withdrawn instead: its number must not vanish."""
    if not (verdict := can_edit(user, finding)):
        return verdict
    if finding.no:
        return deny("底稿已编号，不能删除；不成立的由组长按组务会意见撤销。")
    return _own_or_lead(user, finding)


def can_restore(user: Any, finding: Finding) -> Verdict:
    """May ``user`` bring a deleted draft back?"""
    if not finding.deleted_at:
        return deny("底稿未删除。", visible=False)
    return writes_in(user, finding) and _own_or_lead(user, finding)


def _own_or_lead(user: Any, finding: Finding) -> Verdict:
    if user.pk == finding.handler_id or has_post(user, finding, TeamRole.DEPUTY, TeamRole.LEADER):
        return ALLOW
    return deny("只有经办人、副组长、组长可以删除和恢复草稿。")


def may_submit(user: Any, finding: Finding) -> Verdict:
    """Is ``user`` the one who submits this paper, complete or not?"""
    if not (verdict := can_edit(user, finding)):
        return verdict
    if user.pk != finding.handler_id:
        return deny(f"应由经办人{finding.handler.display_name}提交复核。")
    if team_role(user, finding.team) == TeamRole.LEADER:
        return deny("组长负责最后审签，不能作经办人，请改由组员经办。")
    return ALLOW


def can_sign_handler(user: Any, finding: Finding) -> Verdict:
    """First signature: the handler's own, under a complete paper."""
    if not (verdict := may_submit(user, finding)):
        return verdict
    missing = missing_parts(finding)
    return deny(missing_sentence(missing)) if missing else ALLOW


def can_sign_deputy(user: Any, finding: Finding) -> Verdict:
    """Second signature: a deputy leader who did not write the paper."""
    if not (verdict := writes_in(user, finding)):
        return verdict
    if not has_post(user, finding, TeamRole.DEPUTY):
        return deny("应由副组长复核。")
    if user.pk == finding.handler_id:
        return deny("您是本底稿的经办人，须由另一位副组长复核。")
    return ALLOW


def can_sign_leader(user: Any, finding: Finding) -> Verdict:
    """Third signature: the leader, who neither wrote nor rechecked the paper."""
    if not (verdict := writes_in(user, finding)):
        return verdict
    if not has_post(user, finding, TeamRole.LEADER):
        return deny("应由组长审签。")
    if user.pk in (finding.handler_id, finding.deputy_id):
        return deny("经办、复核、审签须为三人，您已在前面签名。")
    return ALLOW


def can_return(user: Any, finding: Finding) -> Verdict:
    """Send the paper back: inside the team by those who check it; a signed or filed one also by the office."""
    if finding.status in Finding.CONFIRMED and is_office(user):
        return _while_open(finding)
    if finding.status == FindingStatus.FILED:
        return deny("底稿已备案，只有巡察办可以退回。")
    if not (verdict := writes_in(user, finding)):
        return verdict
    posts = (
        (TeamRole.LEADER,) if finding.status == FindingStatus.SIGNED else (TeamRole.DEPUTY, TeamRole.LEADER)
    )
    if not has_post(user, finding, *posts):
        return deny(f"应由{'组长' if len(posts) == 1 else '副组长或组长'}退回。")
    if user.pk == finding.handler_id:
        return deny("您是经办人，可以直接修改，不需退回。")
    return ALLOW


def _while_open(finding: Finding) -> Verdict:
    if finding.inspection.status in _CLOSED_STAGES:
        return deny("该村（社区）已进入整改，底稿不再退回。")
    return ALLOW


def can_withdraw(user: Any, finding: Finding) -> Verdict:
    """Drop a numbered paper: the leader, carrying out a decision of the team meeting (个人不得取舍问题)."""
    if not (verdict := writes_in(user, finding)):
        return verdict
    if finding.deleted_at or not finding.no:
        return deny("未编号的草稿可以直接删除，不需撤销。", visible=False)
    if not has_post(user, finding, TeamRole.LEADER):
        return deny("撤销底稿须经组务会研究，由组长办理。")
    return ALLOW


def can_file(user: Any, finding: Finding) -> Verdict:
    """Take a signed paper on file with the office, after which it is read-only."""
    return ALLOW if is_office(user) else deny("由巡察办备案。", visible=bool(team_role(user, finding.team)))


def can_comment(user: Any, finding: Finding) -> Verdict:
    """Write a remark beside the paper: the team and the office."""
    if is_office(user) or (team_role(user, finding.team) and not is_recused(user, finding)):
        return ALLOW
    return NOT_MEMBER


def can_see_persons(user: Any, finding: Finding) -> Verdict:
    """See names of persons concerned: the own team and the head of the office."""
    head = user.is_active and user.role == Role.OFFICE_HEAD
    if head or (team_role(user, finding.team) and not is_recused(user, finding)):
        return ALLOW
    return deny("涉及人员只对本组成员和巡察办主任开放。")


# --- talk records -------------------------------------------------------------------------------------------


def can_edit_talk(user: Any, talk: Talk) -> Verdict:
    """Change a talk record. Once it supports a signed paper it stands still with that paper."""
    if not (verdict := writes_in(user, talk)):
        return verdict
    if talk.deleted_at:
        return deny("谈话记录已删除，恢复后才能改动。")
    if talk.status != TalkStatus.DRAFT:
        if user.pk not in (talk.recorder_id, talk.talker_id):
            return deny("记录已有签名，只有记录人、谈话人可以改动。")
        if _supports_signed_paper(talk):
            return deny("本记录已作为签名底稿的支撑材料，须先退回有关底稿。")
    return ALLOW


def _supports_signed_paper(talk: Talk) -> bool:
    signed = Finding.UNDER_SIGNATURE | {FindingStatus.FILED}
    return talk.cited.filter(finding__status__in=signed).exists()


def can_delete_talk(user: Any, talk: Talk) -> Verdict:
    """Put an unnumbered talk draft aside."""
    if not (verdict := can_edit_talk(user, talk)):
        return verdict
    if talk.no:
        return deny("谈话记录已编号，不能删除。")
    if talk.cited.exists():
        return deny("本记录已列入底稿的支撑材料，请先从底稿中移除。")
    return ALLOW if user.pk in (talk.recorder_id, talk.talker_id) else deny("只有记录人、谈话人可以删除。")


def can_restore_talk(user: Any, talk: Talk) -> Verdict:
    """Bring a deleted talk draft back."""
    if not talk.deleted_at:
        return deny("谈话记录未删除。", visible=False)
    return writes_in(user, talk)


def can_submit_talk(user: Any, talk: Talk) -> Verdict:
    """First signature under a talk: the recorder's."""
    if not (verdict := can_edit_talk(user, talk)):
        return verdict
    if user.pk != talk.recorder_id:
        return deny(f"应由记录人{talk.recorder.display_name}提交。")
    missing = missing_talk_parts(talk)
    return deny(f"谈话记录还不能提交，缺少：{'、'.join(missing)}。") if missing else ALLOW


def missing_talk_parts(talk: Talk) -> list[str]:
    """What a talk record lacks before it may be signed."""
    required = [
        (talk.target_name.strip(), "谈话对象"),
        (talk.place.strip(), "谈话地点"),
        (talk.ended_at, "结束时间"),
        (talk.points.exclude(answer="").exists(), "谈话内容（至少1项有回答）"),
        (talk.read_back, "宣读核对"),
    ]
    return [name for value, name in required if not value]


def can_sign_talk(user: Any, talk: Talk) -> Verdict:
    """Second signature under a talk: the talker's."""
    if not (verdict := writes_in(user, talk)):
        return verdict
    if user.pk != talk.talker_id:
        return deny(f"应由谈话人{talk.talker.display_name}复核签名。")
    return ALLOW


def can_return_talk(user: Any, talk: Talk) -> Verdict:
    """Hand a submitted talk record back to its recorder."""
    return can_sign_talk(user, talk)
