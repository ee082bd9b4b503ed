"""What clues put on the desk of those who know of them: the next step, and the answer that falls due."""

from typing import Any

from django.urls import reverse

from core import clock
from core.desk import DeskItem
from findings.models import Clue, ClueStatus
from villages.models import Role, Round
from villages.selectors.parameters import parameter

S = ClueStatus
_TEAM = {S.DRAFT: ("线索草稿", "签字"), S.RETURNED: ("线索被退回", "修改")}
_HEAD = {
    S.SIGNED: ("线索待批准", "批准"),
    S.APPROVED: ("线索待移交", "移交"),
    S.ANSWERED: ("线索已反馈", "办结"),
}
_OFFICE = {S.APPROVED: ("线索待移交", "移交"), S.ANSWERED: ("线索已反馈", "办结")}
_COMMISSION = {
    S.HANDED: ("线索待签收", "签收"), S.RECEIVED: ("线索待处置", "分类处置"), S.HANDLING: ("线索办理中", "反馈"),
}  # fmt: skip
_TURN = {
    Role.INSPECTOR: _TEAM, Role.OFFICE_HEAD: _HEAD, Role.OFFICE_CLERK: _OFFICE, Role.DISCIPLINE: _COMMISSION,
}  # fmt: skip
_REMIND = "remind_days"


def desk_items(viewer: Any, round: Round | None) -> list[DeskItem]:
    """Lines of every round, for a reminder must not hide behind the round one looks at. Nothing of the content."""
    turns = _TURN.get(viewer.role)
    if turns is None:
        return []
    rows = Clue.objects.visible_to(viewer).exclude(status__in=Clue.OVER)
    rows = rows.select_related("village", "round").only(
        "status", "due_on", "village__name", "round__name", "round__starts_on"
    )
    remind: dict[Any, list[int]] = {}
    items = []
    for row in rows.order_by("id"):
        if row.deadline is not None and row.round_id not in remind:
            remind[row.round_id] = sorted(int(day) for day in parameter(row.round, _REMIND))
        items += _lines(row, turns, remind.get(row.round_id, []))
    return items


def _lines(row: Clue, turns: dict[Any, tuple[str, str]], levels: list[int]) -> list[DeskItem]:
    kind, action = turns.get(S(row.status), ("", "查看"))
    left = (row.deadline - clock.today()).days if row.deadline else None
    near = left is not None and (left < 0 or any(left <= level for level in levels))
    if not kind and not near:
        return []
    return [
        DeskItem(
            kind=kind or "线索待反馈",
            title=f"{row.village.name} · 问题线索",
            detail=_detail(left) if near else row.round.name,
            url=reverse("findings:clue", kwargs={"pk": row.pk}),
            tone=_tone(left, levels) if near else "warn",
            due_on=row.deadline if near else None,
            action=action,
            primary=bool(kind),
            returned=row.status == S.RETURNED,
        )
    ]


def _detail(left: int | None) -> str:
    if left is None or left < 0:
        return f"办理结果逾期{-(left or 0)}天未反馈"
    return f"办理结果还有{left}天到期" if left else "办理结果今天到期"


def _tone(left: int | None, levels: list[int]) -> str:
    """By level: the last one and after it bad, the one before it warns."""
    reached = [level for level in levels if left is not None and left <= level]
    return "bad" if left is not None and left <= 0 else "warn" if len(reached) > 1 else "info"
