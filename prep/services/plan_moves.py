"""People change a draft: one village earlier, later, to another team, on a fixed day. The team is laid out anew."""

import datetime as dt
from typing import Any

from django.db import transaction

from core import clock, records
from core.access import demand
from core.display import cn_date
from core.errors import ServiceError
from prep.models import PlanStop, RoundPlan
from prep.rules import plan as rules
from prep.selectors.plan_days import PlanDays, longest, relaid
from villages.models import Membership, Team
from villages.selectors.calendar import load_calendar


@transaction.atomic
def reorder_stop(*, actor: Any, stop: PlanStop, step: int, revision: int | None = None) -> RoundPlan:
    """Enter a village ``step`` places earlier (negative) or later among its team's villages without a fixed day."""
    plan = _begin(actor, stop)
    if stop.pinned_on is not None:
        raise ServiceError(f"{stop.village.name}固定在{cn_date(stop.pinned_on)}进驻，先取消固定再调整次序。")
    stops = _stops(plan)
    team = [row for row in stops if row.team_id == stop.team_id]
    free = [row for row in team if row.movable and row.pinned_on is None]
    at = next(number for number, row in enumerate(free) if row.pk == stop.pk)
    to = max(0, min(len(free) - 1, at + step))
    if to == at:
        where = "最前" if step < 0 else "最后"
        raise ServiceError(f"{stop.village.name}已经排在{stop.team.name}可调整的{where}。")
    free.insert(to, free.pop(at))
    rest = [row for row in team if row not in free]
    words = f"{stop.village.name}在{stop.team.name}{'提前' if step < 0 else '推后'}"
    return _finish(actor, plan, stops, {stop.team_id: rest + free}, revision, words)


@transaction.atomic
def place_stop(
    *, actor: Any, stop: PlanStop, team: Team, day: dt.date | None = None, revision: int | None = None
) -> RoundPlan:
    """Give a village to ``team`` and stay there when replanned; with ``day`` it is entered on that very day.

    Ties, overlaps and days of rest are shown as conflicts, so that people see what they would have to free.
    """
    plan = _begin(actor, stop)
    if team.round_id != plan.round_id:
        raise ServiceError("只能改派给本轮的巡察组。", "team")
    moving = team.pk != stop.team_id
    if moving and stop.stays:
        raise ServiceError(f"{stop.village.name}已有准备材料，不能换组。", "team")
    if day is not None:
        _check_day(plan, day)
    stops = _stops(plan)
    row = next(found for found in stops if found.pk == stop.pk)
    old = row.team_id
    row.team, row.pinned_on = team, day if day is not None else row.pinned_on
    row.pinned_team = row.pinned_team or (moving and not row.stays)
    groups = {key: [other for other in stops if other.team_id == key] for key in (old, team.pk)}
    if moving and row.pinned_on is None:
        groups[team.pk] = _among(groups[team.pk], row)
    words = f"{row.village.name}改由{team.name}承担" if moving else row.village.name
    if day is not None:
        words += f"，固定{cn_date(day)}进驻"
    return _finish(actor, plan, stops, groups, revision, words)


@transaction.atomic
def pin_team(*, actor: Any, stop: PlanStop, held: bool, revision: int | None = None) -> RoundPlan:
    """Keep a village with its team when the round is planned anew, or let it go."""
    plan = _begin(actor, stop)
    stops = _stops(plan)
    row = next(found for found in stops if found.pk == stop.pk)
    row.pinned_team = held
    words = f"{row.village.name}{'固定在' if held else '不再固定在'}{row.team.name}"
    return _finish(actor, plan, stops, {}, revision, words, also=[row])


@transaction.atomic
def unpin_stop(*, actor: Any, stop: PlanStop, revision: int | None = None) -> RoundPlan:
    """Give a fixed day up: the village takes its place among the others of the team again."""
    plan = _begin(actor, stop)
    if stop.pinned_on is None:
        raise ServiceError(f"{stop.village.name}没有固定日期。")
    stops = _stops(plan)
    row = next(found for found in stops if found.pk == stop.pk)
    row.pinned_on = None
    team = [other for other in stops if other.team_id == row.team_id]
    words = f"{row.village.name}取消固定日期"
    return _finish(actor, plan, stops, {row.team_id: _among(team, row)}, revision, words)


def _among(rows: list[PlanStop], stop: PlanStop) -> list[PlanStop]:
    """The team's villages with ``stop`` before the first one that is heavier."""
    rest = [row for row in rows if row.pk != stop.pk]
    heavier = (
        n for n, row in enumerate(rest) if row.movable and row.pinned_on is None and row.load > stop.load
    )
    at = next(heavier, len(rest))
    return [*rest[:at], stop, *rest[at:]]


def _begin(actor: Any, stop: PlanStop) -> RoundPlan:
    demand(rules.can_change_plan(actor, stop.plan))
    if stop.begun:
        raise ServiceError(f"{stop.village.name}已进驻，不再移动。")
    return stop.plan


def _check_day(plan: RoundPlan, day: dt.date) -> None:
    if day < plan.begins_on:
        raise ServiceError(f"进驻日期不能早于{cn_date(plan.begins_on)}（计划从这天排起）。", "day")
    if day > plan.round.ends_on:
        raise ServiceError(f"进驻日期不能晚于本轮结束（{cn_date(plan.round.ends_on)}）。", "day")


def _stops(plan: RoundPlan) -> list[PlanStop]:
    return list(plan.stops.select_related("village", "team").order_by("team__number", "position"))


_FIELDS = ["team", "position", "entry_on", "exit_on", "days", "pinned_team", "pinned_on", "reasons"]


def _finish(
    actor: Any, plan: RoundPlan, stops: list[PlanStop], groups: dict[Any, list[PlanStop]],
    revision: int | None, words: str, also: list[PlanStop] | None = None,
) -> RoundPlan:  # fmt: skip
    """Lay the changed teams out anew, write their rows under the plan's new revision and the plan's one entry."""
    days = PlanDays.of(plan, load_calendar())
    changed = list(also or [])
    for team, rows in groups.items():
        changed += _relay(plan, rows, _size(team), days)
    edit = {"longest_days": longest(stops, days), "edits": plan.edits + 1}
    records.update(plan, actor=actor, verb="prep.plan.move", revision=revision, changes=edit, reason=words)
    for row in changed:
        row.revision, row.updated_at = row.revision + 1, clock.now()
    PlanStop.objects.bulk_update(changed, [*_FIELDS, "revision", "updated_at"])
    return plan


def _size(team: Any) -> int:
    return Membership.objects.filter(team=team).count()


def _relay(plan: RoundPlan, rows: list[PlanStop], size: int, days: PlanDays) -> list[PlanStop]:
    begun = [row for row in rows if row.begun]
    changed = []
    for position, (row, entry, leave, number) in enumerate(relaid(plan, rows, size, days), len(begun) + 1):
        moved = (entry, leave, position) != (row.entry_on, row.exit_on, row.position)
        row.entry_on, row.exit_on, row.days, row.position = entry, leave, number, position
        if moved:
            row.reasons = [_by_hand(row), *[why for why in row.reasons if why.startswith(PlanStop.TIES)]]
        changed.append(row)
    return changed


def _by_hand(row: PlanStop) -> str:
    if row.pinned_on is not None:
        return f"进驻日期由人工固定在{cn_date(row.pinned_on)}"
    return f"人工调整后在本组排第{row.position}，日期随前后村（社区）顺延"
