"""Steps of a paper by two people: written by the recorder, checked and signed by who was there too."""

from typing import Any

from core.verdict import ALLOW, Verdict, deny
from findings.models import Finding, FindingStatus, Minutes, TalkStatus
from findings.rules.content import FILL_FIRST, missing_minutes
from findings.rules.membership import writes_in


def can_edit_minutes(user: Any, paper: Minutes) -> Verdict:
    """Change the paper. Once it supports a signed workpaper it stands still with that one."""
    if not (verdict := writes_in(user, paper)):
        return verdict
    if paper.deleted_at:
        return deny(f"{paper.noun}已删除，恢复后才能改动。")
    if paper.status != TalkStatus.DRAFT:
        if user.pk not in _people(paper):
            return deny(f"记录已有签名，只有记录人、{paper.other_label}可以改动。")
        if _supports_signed_paper(paper):
            return deny("本记录已作为签名底稿的支撑材料，须先退回有关底稿。")
    return ALLOW


def _people(paper: Minutes) -> tuple[Any, Any]:
    return paper.recorder_id, paper.other.pk


def _supports_signed_paper(paper: Any) -> bool:
    signed = Finding.UNDER_SIGNATURE | {FindingStatus.FILED}
    return bool(paper.cited.filter(finding__status__in=signed).exists())


def can_delete_minutes(user: Any, paper: Any) -> Verdict:
    """Put an unnumbered draft aside."""
    if not (verdict := can_edit_minutes(user, paper)):
        return verdict
    if paper.no:
        return deny(f"{paper.noun}已编号，不能删除。")
    if paper.cited.exists():
        return deny("本记录已列入底稿的支撑材料，请先从底稿中移除。")
    return ALLOW if user.pk in _people(paper) else deny(f"只有记录人、{paper.other_label}可以删除。")


def can_restore_minutes(user: Any, paper: Minutes) -> Verdict:
    """Bring a deleted draft back."""
    if not paper.deleted_at:
        return deny(f"{paper.noun}未删除。", visible=False)
    return writes_in(user, paper)


def can_submit_minutes(user: Any, paper: Minutes) -> Verdict:
    """First signature: the recorder's, under a complete paper."""
    if not (verdict := can_edit_minutes(user, paper)):
        return verdict
    if user.pk != paper.recorder_id:
        return deny(f"应由记录人{paper.recorder.display_name}提交。")
    missing = missing_minutes(paper)
    if not missing:
        return ALLOW
    return deny(f"{paper.noun}还不能提交，缺少：{'、'.join(missing)}。", brief=FILL_FIRST)


def can_sign_minutes(user: Any, paper: Minutes) -> Verdict:
    """Second signature: of the one who was there too."""
    if not (verdict := writes_in(user, paper)):
        return verdict
    if user.pk != paper.other.pk:
        return deny(f"应由{paper.other_label}{paper.other.display_name}复核签名。")
    return ALLOW


def can_return_minutes(user: Any, paper: Minutes) -> Verdict:
    """Hand a submitted paper back to its recorder."""
    return can_sign_minutes(user, paper)
