"""Steps of a talk record: written by the recorder, checked and signed by the talker."""

from typing import Any

from core.verdict import ALLOW, Verdict, deny
from findings.models import Finding, FindingStatus, Talk, TalkStatus
from findings.rules.content import missing_talk_parts
from findings.rules.membership import writes_in


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
