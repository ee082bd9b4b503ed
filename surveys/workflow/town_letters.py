"""The way of a feedback letter: written, handed to the head, signed."""

from core.verbs import name_verbs
from core.workflow import Transition, Workflow
from surveys.models import TownLetter
from surveys.rules import town_letters as rules

S = TownLetter.Status

TOWN_LETTER = Workflow(
    field="status",
    states=S,
    verb_prefix="surveys.town_letter",
    transitions=[
        Transition("submit", "提交签发", frozenset({S.DRAFT}), S.REVIEW, rules.can_submit, style="primary"),
        Transition(
            "approve", "签发", frozenset({S.REVIEW}), S.APPROVED, rules.can_approve, style="primary",
            confirm="签发后编号，文字和数据固定，不能再改。",
        ),
        Transition(
            "return", "退回修改", frozenset({S.REVIEW}), S.DRAFT, rules.can_decide, wants_reason=True
        ),
        Transition(
            "void", "作废", frozenset({S.DRAFT, S.REVIEW}), S.VOID, rules.can_void, wants_reason=True,
            style="danger", confirm="作废后可以按最新锁定的结果重新起草。",
        ),
    ],
)  # fmt: skip

name_verbs({"surveys.town_letter_draft": "起草反馈函", "surveys.town_letter_edit": "修改反馈函"})
