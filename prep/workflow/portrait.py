"""The way of a portrait: it waits, is taken from, or is put aside."""

from core.verbs import name_verbs
from core.workflow import Transition, Workflow
from prep import rules
from prep.models import PortraitStatus

S = PortraitStatus

PORTRAIT = Workflow(
    field="status",
    states=PortraitStatus,
    verb_prefix="prep.portrait",
    transitions=[
        # Taken from once, a portrait may be taken from again: the state stays, the trail grows.
        Transition("adopt", "采用", frozenset({S.STAGED, S.ADOPTED}), S.ADOPTED, rules.can_edit),
        Transition(
            "discard", "放弃", frozenset({S.STAGED}), S.DISCARDED, rules.can_receive_portrait, wants_reason=True,
            confirm="放弃后不再与档案对照；原文件和读出的内容仍然保留。",
        ),
    ],
)  # fmt: skip

name_verbs(
    {
        "prep.stage_portrait": "收到画像",
        "prep.mend_portrait": "订正画像",
        "prep.decide_attention": "确定关注类别",
        "prep.record_prior_counts": "记录往轮问题数",
    }
)
