"""The decision chain of a report: 组务会 → 组办会商 → 领导小组 → 书记专题会 → 印发, with a way back from each."""

from collections.abc import Callable
from typing import Any

from core.verbs import name_verbs
from core.verdict import Verdict
from core.workflow import Transition, Workflow
from reports import rules
from reports.models import EarlyLetter, Report

S = Report.Status


def _forward(
    name: str, label: str, source: str, target: str, allowed: Callable[[Any, Any], Verdict], confirm: str = ""
) -> Transition:
    return Transition(
        name,
        label,
        frozenset({source}),
        target,
        allowed,
        style="primary",
        confirm=confirm,
    )


REPORT = Workflow(
    field="status",
    states=S,
    verb_prefix="reports",
    transitions=[
        _forward("submit", "送组务会", S.DRAFT, S.TEAM_MEETING, rules.can_submit),
        _forward("pass_team", "送组办会商", S.TEAM_MEETING, S.JOINT_REVIEW, rules.can_pass_team),
        _forward("pass_review", "提请领导小组", S.JOINT_REVIEW, S.LEADING_GROUP, rules.can_pass_review),
        _forward("pass_leading", "报书记专题会", S.LEADING_GROUP, S.SECRETARY, rules.can_pass_leading),
        _forward(
            "issue",
            "印发",
            S.SECRETARY,
            S.ISSUED,
            rules.can_pass_leading,
            confirm="印发后内容固定，不能再改。",
        ),
        Transition(
            "return",
            "退回修改",
            frozenset({S.TEAM_MEETING, S.JOINT_REVIEW, S.LEADING_GROUP, S.SECRETARY}),
            S.DRAFT,
            rules.can_return,
            wants_reason=True,
        ),
    ],
)

E = EarlyLetter.Status

EARLY_LETTER = Workflow(
    field="status",
    states=E,
    verb_prefix="reports.early",
    transitions=[
        Transition(
            "send", "签发", frozenset({E.DRAFT}), E.SENT, rules.can_send_early, style="primary",
            confirm="签发后编号，镇（街道）即可看到，文字不能再改。",
        ),
        Transition(
            "void", "作废", frozenset({E.DRAFT}), E.VOID, rules.can_void_early, wants_reason=True, style="danger",
            confirm="作废后可以重新起草。",
        ),
        Transition(
            "receive", "签收", frozenset({E.SENT}), E.RECEIVED, rules.can_receive_early, style="primary"
        ),
    ],
)  # fmt: skip

name_verbs(
    {
        "reports.early.draft": "起草提示函",
        "reports.early.edit": "修改提示函",
        "reports.open": "建立报告",
        "reports.refresh": "按底稿更新",
        "reports.write": "自动生成语句",
        "reports.follow": "随底稿更新语句",
        "reports.drop": "底稿已撤，语句撤下",
        "reports.rename": "修改标题",
        "reports.edit_statement": "改写语句",
        "reports.cite": "调整依据",
        "reports.keep_wording": "保留原文字",
        "reports.accept_generated": "采用新文字",
        "reports.move_statement": "调整次序",
        "reports.remove_statement": "删除语句",
        "reports.issue_feedback": "印发反馈意见",
        "reports.feedback_items": "列入反馈问题",
    }
)
