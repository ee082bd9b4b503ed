"""From 待认领 to 已销号, with the way back from a failed verification."""

from core.verbs import name_verbs
from core.workflow import Transition, Workflow
from rectification import rules
from rectification.models import RectifyItem

S = RectifyItem.Status

ITEM = Workflow(
    field="status",
    states=S,
    verb_prefix="rectification",
    transitions=[
        Transition(
            "acknowledge",
            "认领签收",
            frozenset({S.PENDING}),
            S.ACKNOWLEDGED,
            rules.can_acknowledge,
            style="primary",
        ),
        Transition(
            "plan",
            "报送整改措施",
            frozenset({S.ACKNOWLEDGED}),
            S.IN_PROGRESS,
            rules.can_acknowledge,
            style="primary",
        ),
        Transition(
            "report",
            "报完成",
            frozenset({S.IN_PROGRESS, S.RETURNED}),
            S.REPORTED,
            rules.can_acknowledge,
            style="primary",
        ),
        Transition(
            "verify", "核验通过", frozenset({S.REPORTED}), S.VERIFIED, rules.can_verify, style="primary"
        ),
        Transition(
            "return",
            "核验退回",
            frozenset({S.REPORTED}),
            S.RETURNED,
            rules.can_verify,
            wants_reason=True,
        ),
        Transition(
            "close",
            "对账销号",
            frozenset({S.VERIFIED}),
            S.CLOSED,
            rules.can_close,
            style="primary",
            confirm="销号后本事项不再改动。",
        ),
    ],
)

name_verbs(
    {
        "rectification.open": "建立整改台账",
        "rectification.assign_village": "落实责任村（社区）",
        "rectification.report_progress": "填报进展",
    }
)
