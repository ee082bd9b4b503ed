"""The way of a meeting's record: written, signed by the recorder, signed by the chair."""

from core.verbs import name_verbs
from core.workflow import Transition, Workflow
from prep.models import MeetingStatus
from prep.rules import meetings as rules

S = MeetingStatus

MEETING = Workflow(
    field="status",
    states=MeetingStatus,
    verb_prefix="prep.meeting",
    transitions=[
        Transition(
            "sign_recorder", "记录人签署", frozenset({S.DRAFT}), S.RECORDED, rules.can_sign_as_recorder,
            style="primary",
        ),
        Transition(
            "sign_chair", "主持人签署", frozenset({S.RECORDED}), S.SIGNED, rules.can_sign_as_chair,
            style="primary", confirm="签署后记录不能再改。",
        ),
        Transition(
            "give_back", "退回记录人", frozenset({S.RECORDED}), S.DRAFT, rules.can_sign_as_chair, wants_reason=True
        ),
    ],
)  # fmt: skip

name_verbs(
    {
        "prep.meeting_open": "新建会议记录",
        "prep.meeting_edit": "修改会议记录",
        "prep.meeting_village": "记录村的研判",
        "prep.meeting_add_village": "列入研判的村",
        "prep.meeting_drop_village": "移出研判的村",
        "prep.meeting_attach": "添加附件",
    }
)
