"""The way of a watch item: from "to be verified" to a conclusion, and back when the conclusion does not hold."""

from core.verbs import name_verbs
from core.workflow import Transition, Workflow
from prep import rules
from prep.models import WatchStatus

S = WatchStatus
_UNSETTLED = frozenset({S.OPEN, S.SUSPECTED})

WATCH = Workflow(
    field="status",
    states=WatchStatus,
    verb_prefix="prep.watch",
    transitions=[
        Transition("clear", "未发现", _UNSETTLED, S.CLEARED, rules.can_conclude, wants_reason=True),
        Transition(
            "suspect", "疑点", frozenset({S.OPEN}), S.SUSPECTED, rules.can_conclude, wants_reason=True
        ),
        Transition(
            "confirm", "属实", _UNSETTLED, S.CONFIRMED, rules.can_conclude, wants_reason=True, style="primary"
        ),
        Transition(
            "hand_over",
            "交办村里",
            _UNSETTLED | {S.CONFIRMED},
            S.HANDED_OVER,
            rules.can_hand_over,
            wants_reason=True,
            confirm="交给村（社区）立行立改，请写明交办的事项和期限。",
        ),
        Transition(
            "reopen",
            "重新查核",
            frozenset(S.values) - {S.OPEN},
            S.OPEN,
            rules.can_conclude,
            wants_reason=True,
        ),
    ],
)

# Which step leads to a conclusion.
STEP_TO = {S.CLEARED: "clear", S.SUSPECTED: "suspect", S.CONFIRMED: "confirm", S.HANDED_OVER: "hand_over"}

name_verbs(
    {
        "prep.profile_begin": "填写档案",
        "prep.profile_save": "修改档案",
        "prep.add_trait": "新增村情类型",
        "prep.edit_trait": "修改村情类型",
        "prep.load_library": "启用要点库",
        "prep.draw_watch_list": "生成待查问题清单",
        "prep.add_watch_item": "增补待查问题",
        "prep.edit_watch_item": "修改",
        "prep.assign_watch_item": "分派",
        "prep.seed_watch_items": "带入待查问题",
    }
)
