"""The way of a hand-over: drafted, handed over, signed for; taken back only before."""

from core.verbs import name_verbs
from core.workflow import Transition, Workflow
from surveys.models import RatingHandover
from surveys.rules import handover as rules

S = RatingHandover.Status

HANDOVER = Workflow(
    field="status",
    states=S,
    verb_prefix="surveys.handover",
    transitions=[
        Transition(
            "hand_over", "移交", frozenset({S.DRAFT}), S.HANDED, rules.can_hand_over, style="primary",
            confirm="移交后编号，接收单位即可看到全部内容；签收前可以收回。",
        ),
        Transition(
            "receive", "签收", frozenset({S.HANDED}), S.RECEIVED, rules.can_receive, style="primary"
        ),
        Transition(
            "take_back", "收回", frozenset({S.HANDED}), S.TAKEN_BACK, rules.can_take_back, wants_reason=True,
            style="danger", confirm="收回后接收单位不能再看；编号保留，不再使用。",
        ),
        Transition(
            "void", "作废", frozenset({S.DRAFT}), S.VOID, rules.can_take_back, wants_reason=True, style="danger"
        ),
    ],
)  # fmt: skip

name_verbs({"surveys.handover_draft": "起草移交", "surveys.handover_edit": "修改移交"})
