"""The five stages of one village as the ladder shows them: one shape, the same on every page."""

import datetime as dt
from typing import Any

from core.display import cn_date
from villages.models import Stage, VillageInspection

# The word of the method for each stage, and what it is called on the rail.
STEPS = (
    (Stage.PREP, "细", "准备"),
    (Stage.SURVEY, "广", "调查"),
    (Stage.FINDING, "谋", "发现"),
    (Stage.REPORT, "准", "报告"),
    (Stage.RECTIFY, "实", "整改"),
)
ON_SITE = (Stage.PREP, Stage.SURVEY, Stage.FINDING)
_POSITION = {stage: position for position, (stage, _, _) in enumerate(STEPS)} | {Stage.FILED: len(STEPS)}


def ladder(inspection: VillageInspection, today: dt.date) -> list[dict[str, Any]]:
    """Steps for ``{% stage_ladder %}``: done, now (late when the stay is over and the work is not), to do."""
    reached = _POSITION[Stage(inspection.status)]
    steps = []
    for position, (_, char, label) in enumerate(STEPS):
        state, note = "todo", ""
        if position < reached:
            state = "done"
        elif position == reached:
            state = "late" if is_late(inspection, today) else "now"
            note = f"原定{cn_date(inspection.exit_on)}离村" if state == "late" else ""
        steps.append({"char": char, "label": label, "state": state, "note": note})
    return steps


def is_late(inspection: VillageInspection, today: dt.date) -> bool:
    """Is the stay over while the work in the village is not?"""
    return inspection.status in ON_SITE and inspection.exit_on is not None and inspection.exit_on < today


def stay(inspection: VillageInspection, today: dt.date) -> tuple[str, str]:
    """How the stay stands, in words and as a tone: 3月18日进驻 / 余6天 / 逾期1天 / 已离村."""
    entry, leave = inspection.entry_on, inspection.exit_on
    if entry is None or leave is None:
        return ("待定", "neutral") if inspection.status in ON_SITE else ("—", "neutral")
    if inspection.status not in ON_SITE:
        return "已离村", "ok"
    if today < entry:
        return f"{entry.month}月{entry.day}日进驻", "neutral"
    left = (leave - today).days
    if left < 0:
        return f"逾期{-left}天", "bad"
    if left == 0:
        return "今天离村", "warn"
    return f"余{left}天", "warn" if left <= 3 else "ok"


def on_site(inspection: VillageInspection, today: dt.date) -> bool:
    """Is the team in the village today?"""
    entry, leave = inspection.entry_on, inspection.exit_on
    return inspection.status in ON_SITE and bool(entry and leave and entry <= today <= leave)
