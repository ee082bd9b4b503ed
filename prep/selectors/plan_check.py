"""What is wrong with a plan as it stands: conflicts of its villages, and what moved since it was made."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from core.display import cn_date
from prep.models import PlanStop, RoundPlan
from prep.selectors.plan_facts import is_begun, team_blocks
from villages.models import Membership, VillageInspection
from villages.selectors.calendar import WorkCalendar, is_working_day, load_calendar, working_days_between

RECUSAL, OVERLAP, OUTSIDE, REST, ORDER, ROAD = "recusal", "overlap", "outside", "rest", "order", "road"
LABELS = {
    RECUSAL: "应当回避",
    OVERLAP: "日期重叠",
    OUTSIDE: "超出本轮",
    REST: "休息日进驻",
    ORDER: "先重后轻",
    ROAD: "转场不足",
}
# With these a plan is not carried out; the others are for people to weigh.
BLOCKING = frozenset({RECUSAL, OVERLAP, OUTSIDE})


@dataclass(frozen=True)
class Clash:
    """One conflict of one village of the plan, in a sentence."""

    kind: str
    sentence: str

    @property
    def label(self) -> str:
        """Its kind in a word."""
        return LABELS[self.kind]

    @property
    def tone(self) -> str:
        """Red where the plan cannot be carried out, yellow otherwise."""
        return "bad" if self.kind in BLOCKING else "warn"


def clashes(
    plan: RoundPlan, stops: Sequence[PlanStop], calendar: WorkCalendar, *, ties: bool = True
) -> dict[Any, list[Clash]]:
    """By village of the plan (key of the stop): its conflicts. Five queries with ``ties``, none without."""
    found: dict[Any, list[Clash]] = defaultdict(list)
    if ties:
        _ties(plan, stops, found)
    by_team = defaultdict(list)
    for stop in stops:
        by_team[stop.team_id].append(stop)
    for rows in by_team.values():
        rows.sort(key=lambda stop: (stop.entry_on, stop.position))
        _overlaps(rows, found)
        _order(rows, found)
        _roads(plan, rows, calendar, found)
    for stop in stops:
        if stop.movable:
            _days(plan, stop, calendar, found)
    return found


def _ties(plan: RoundPlan, stops: Sequence[PlanStop], found: dict[Any, list[Clash]]) -> None:
    members = list(Membership.objects.filter(round=plan.round_id).select_related("user"))
    movable = [stop for stop in stops if stop.movable]
    blocks = team_blocks(plan.round, members, [stop.village for stop in movable])
    for stop in movable:
        for conflict in blocks[stop.village_id].get(stop.team_id, []):
            found[stop.pk].append(Clash(RECUSAL, f"应当回避：{conflict.sentence}"))


def _overlaps(rows: list[PlanStop], found: dict[Any, list[Clash]]) -> None:
    for at, stop in enumerate(rows):
        for other in rows[at + 1 :]:
            if other.entry_on > stop.exit_on:
                break
            if stop.begun and other.begun:
                continue
            for one, two in ((stop, other), (other, stop)):
                if one.movable:
                    words = f"与{two.village.name}的驻村日期重叠（{_days_of(two)}）"
                    found[one.pk].append(Clash(OVERLAP, words))


def _days_of(stop: PlanStop) -> str:
    return f"{stop.entry_on.month}月{stop.entry_on.day}日至{stop.exit_on.month}月{stop.exit_on.day}日"


def _order(rows: list[PlanStop], found: dict[Any, list[Clash]]) -> None:
    """Of the villages whose day is free: a heavier one that stands among the first half."""
    free = [stop for stop in rows if stop.movable and stop.pinned_on is None]
    middle = (len(free) + 1) // 2
    if not middle or len(free) < 2:
        return
    most = sorted(stop.load for stop in free)[middle - 1]
    for stop in free[:middle]:
        if stop.load > most:
            words = f"工作量{stop.load:g}天属本组较重的一半，却排在前一半"
            found[stop.pk].append(Clash(ORDER, words))


def _roads(
    plan: RoundPlan, rows: list[PlanStop], calendar: WorkCalendar, found: dict[Any, list[Clash]]
) -> None:
    travel = int(plan.parameters.get("plan_travel_days", 0))
    for before, stop in pairwise(rows):
        if stop.begun or stop.town_id == before.town_id or stop.entry_on <= before.exit_on:
            continue
        first, last = before.exit_on + dt.timedelta(days=1), stop.entry_on - dt.timedelta(days=1)
        if working_days_between(calendar, first, last) < travel:
            words = f"从{before.village.name}换镇（街道）过来，没有留出{travel}个工作日转场"
            found[stop.pk].append(Clash(ROAD, words))


def _days(plan: RoundPlan, stop: PlanStop, calendar: WorkCalendar, found: dict[Any, list[Clash]]) -> None:
    if stop.entry_on < plan.round.starts_on or stop.exit_on > plan.round.ends_on:
        words = f"不在本轮起止日期之内（{cn_date(plan.round.starts_on)}至{cn_date(plan.round.ends_on)}）"
        found[stop.pk].append(Clash(OUTSIDE, words))
    if not is_working_day(calendar, stop.entry_on):
        name = calendar.rest.get(stop.entry_on, "双休日")
        found[stop.pk].append(Clash(REST, f"进驻日{cn_date(stop.entry_on)}是休息日（{name}）"))


def blocking(plan: RoundPlan, stops: Sequence[PlanStop]) -> list[str]:
    """Sentences on the conflicts with which the plan is not carried out."""
    found = clashes(plan, stops, load_calendar())
    return [
        f"{stop.village.name}{clash.sentence}。"
        for stop in stops
        for clash in found.get(stop.pk, [])
        if clash.kind in BLOCKING
    ]


def moved_since(
    plan: RoundPlan, stops: Iterable[PlanStop], spines: Mapping[Any, VillageInspection], today: dt.date
) -> list[str]:
    """Sentences on every village that is no longer as the plan saw it."""
    stops = list(stops)
    found = []
    for stop in stops:
        words = _moved(stop, spines.get(stop.village_id), today)
        if words:
            found.append(f"{stop.village.name}{words}，请重新编排。")
    planned = {stop.village_id for stop in stops}
    found += [
        f"{spine.village.name}在编排之后分给了{spine.team.name}，请重新编排。"
        for spine in spines.values()
        if spine.village_id not in planned and not is_begun(spine, today)
    ]
    return found


def _moved(stop: PlanStop, spine: VillageInspection | None, today: dt.date) -> str:
    if spine is None:
        if stop.seen_revision is not None:
            return "的分工在编排之后被撤回"
        return "的进驻日期已过" if stop.entry_on <= today else ""
    if stop.begun:
        return ""
    if stop.seen_revision is None:
        return f"在编排之后已分给{spine.team.name}"
    if spine.revision != stop.seen_revision:
        return f"在编排之后有变动（现为{spine.team.name}、“{spine.get_status_display()}”阶段）"
    if is_begun(spine, today):
        return "已经进驻"
    return "的进驻日期已过" if stop.entry_on <= today else ""
