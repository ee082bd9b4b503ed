"""The way of an outline: written, made final, followed by a newer one; a draft may be put aside."""

from core.verbs import name_verbs
from core.verdict import ALLOW
from core.workflow import Transition, Workflow
from prep.models import OutlineStatus
from prep.rules import outline as rules

S = OutlineStatus

OUTLINE = Workflow(
    field="status",
    states=OutlineStatus,
    verb_prefix="prep.outline",
    transitions=[
        Transition(
            "finalise",
            "定稿",
            frozenset({S.DRAFT}),
            S.FINAL,
            rules.can_finalise,
            style="primary",
            confirm="定稿后这一版不再改动，谈话记录会注明用的是哪一版。要改可以另起新版。",
        ),
        Transition(
            "drop",
            "弃用草稿",
            frozenset({S.DRAFT}),
            S.DROPPED,
            rules.can_drop,
            wants_reason=True,
            style="danger",
        ),
        # Taken by the service when a newer version is made final, never offered as a button.
        Transition("replace", "以新版替代", frozenset({S.FINAL}), S.REPLACED, lambda user, obj: ALLOW),
    ],
)
BUTTONS = ("finalise", "drop")

name_verbs(
    {
        "prep.draw_outline": "拟提纲",
        "prep.edit_outline": "修改提纲",
        "prep.outline_lines": "题目",
        "prep.supplement_outline": "补充题目",
        "prep.follow_outline": "另起新版",
        "prep.load_question_bank": "启用谈话题库",
        "prep.add_target_kind": "增加谈话对象类别",
        "prep.edit_target_kind": "修改谈话对象类别",
        "prep.seed_target_kinds": "载入谈话对象类别",
        "prep.plan_duty": "安排",
        "prep.count_visits": "登记走访",
        "prep.withdraw_visits": "撤回走访登记",
    }
)
