"""From 草稿 to 已办结, with the ways back from the leader and from a failed verification, and what ends it early."""

from core.verbs import name_verbs
from core.workflow import Transition, Workflow
from rectification.models import ExtensionStatus, OrderStatus
from rectification.rules import order as rules

S, E = OrderStatus, ExtensionStatus


def _from(*states: OrderStatus) -> frozenset[str]:
    return frozenset(states)


ORDER = Workflow(
    field="status",
    states=OrderStatus,
    verb_prefix="rectification.order",
    transitions=[
        Transition("submit", "送组长签发", _from(S.DRAFT), S.SIGNING, rules.can_submit, style="primary"),
        Transition(
            "issue",
            "签发",
            _from(S.SIGNING),
            S.ISSUED,
            rules.can_issue,
            style="primary",
            confirm="签发后编号并送到对方账号，内容不再改动。",
        ),
        Transition("send_back", "退回修改", _from(S.SIGNING), S.DRAFT, rules.can_issue, wants_reason=True),
        Transition(
            "discard",
            "作废草稿",
            _from(S.DRAFT, S.SIGNING),
            S.WITHDRAWN,
            rules.can_discard,
            wants_reason=True,
            style="danger",
        ),
        Transition("receive", "签收", _from(S.ISSUED), S.RECEIVED, rules.can_answer, style="primary"),
        Transition(
            "report",
            "报告整改",
            _from(S.RECEIVED, S.RETURNED),
            S.REPORTED,
            rules.can_answer,
            style="primary",
        ),
        Transition("close", "核验：已改", _from(S.REPORTED), S.CLOSED, rules.can_verify, style="primary"),
        Transition(
            "return", "核验：退回再改", _from(S.REPORTED), S.RETURNED, rules.can_verify, wants_reason=True
        ),
        Transition(
            "correct",
            "撤回更正",
            _from(S.ISSUED),
            S.WITHDRAWN,
            rules.can_lead,
            wants_reason=True,
            confirm="对方还没有签收：原单撤回、文号保留，同时生成一份内容相同的草稿，由经办人改好后重新送签。",
        ),
        Transition(
            "withdraw",
            "撤回",
            _from(S.ISSUED, S.RECEIVED, S.RETURNED),
            S.WITHDRAWN,
            rules.can_lead,
            wants_reason=True,
            style="danger",
            confirm="撤回后对方不再办理，文号保留，不再使用。",
        ),
    ],
)

EXTENSION = Workflow(
    field="status",
    states=ExtensionStatus,
    verb_prefix="rectification.extension",
    transitions=[
        Transition(
            "grant",
            "同意延期",
            frozenset({E.ASKED}),
            E.GRANTED,
            rules.can_decide_extension,
            wants_reason=True,
            style="primary",
        ),
        Transition(
            "refuse",
            "不同意延期",
            frozenset({E.ASKED}),
            E.REFUSED,
            rules.can_decide_extension,
            wants_reason=True,
        ),
        # Taken by the step that ends the order, for whoever takes it.
        Transition("lapse", "延期申请失效", frozenset({E.ASKED}), E.LAPSED, rules.can_end_extension),
    ],
)

name_verbs(
    {
        "rectification.order.draft": "起草交办单",
        "rectification.order.edit": "修改交办单",
        "rectification.order.show": "上传照片和材料",
        "rectification.order.take_away": "删除照片或材料",
        "rectification.order.verify": "核验",
        "rectification.order.extended": "延长期限",
        "rectification.order.next_round": "开始整改",
        "rectification.extension.ask": "申请延期",
    }
)
