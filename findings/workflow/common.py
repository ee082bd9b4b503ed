"""The way of a common problem: proposed by the machine, accepted by people, given up with a reason."""

from core.verbs import name_verbs
from core.workflow import Transition, Workflow
from findings.models import GroupStatus
from findings.rules.grouping import can_accept_common, can_decide_common

G = GroupStatus

COMMON_FLOW = Workflow(
    field="status",
    states=GroupStatus,
    verb_prefix="findings.common",
    transitions=[
        Transition(
            "accept", "认定为共性问题", frozenset({G.PROPOSED}), G.ACCEPTED, can_accept_common, style="primary",
            confirm="认定后，报告和反馈按一项共性问题表述；各村（社区）的问题底稿仍各自保留。",
        ),
        Transition(
            "dissolve", "撤销", frozenset({G.PROPOSED, G.ACCEPTED}), G.DISSOLVED, can_decide_common,
            wants_reason=True, style="danger",
            confirm="撤销后，组内问题各自单列，系统不再把它们提为同一组。",
        ),
    ],
)  # fmt: skip

name_verbs(
    {
        "findings.common.propose": "提出共性问题",
        "findings.common.name": "修改共性问题名称",
        "findings.common.split": "拆分共性问题",
        "findings.common.merge": "合并共性问题",
        "findings.common.put": "归入共性问题",
        "findings.common.take": "移出共性问题",
        "findings.common.place": "自动归入待认定",
        "findings.common.begin": "新建共性问题",
        "findings.common.judge": "记下共性判断",
    }
)
