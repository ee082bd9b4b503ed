"""The way of what somebody wrote: read, perhaps put back, perhaps turned into a lead."""

from core.verbs import name_verbs
from core.workflow import Transition, Workflow
from surveys.models import AnswerMark
from surveys.rules import opinions as rules

S = AnswerMark.Status

MARK = Workflow(
    field="status",
    states=S,
    verb_prefix="surveys.opinion",
    transitions=[
        Transition("read", "标为已阅", frozenset({S.UNREAD}), S.READ, rules.can_step),
        Transition("unread", "改回未阅", frozenset({S.READ}), S.UNREAD, rules.can_step),
        Transition("lead", "转为疑点", frozenset({S.UNREAD, S.READ}), S.LEAD, rules.can_step),
    ],
)

name_verbs({"surveys.read_opinions": "阅看意见建议"})
