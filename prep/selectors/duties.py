"""Whom one must talk to and whom one must visit in a village: targets by the round's parameters, plans, what is done.

Talks are counted by the stage that holds them; it takes the targets from here. Visits are counted from the notes of
``VisitCount``: signed visit papers add theirs, what was only written on paper is added by hand.
"""

import datetime as dt
import math
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from core import clock
from core.display import cn_date, percent
from prep.models import DutyPart, DutyPlan, TargetKind, VillageProfile, VisitCount
from prep.selectors.facts import both_posts, committee, target_kinds
from prep.selectors.posts import holders
from villages.models import VillageInspection
from villages.selectors.parameters import parameter

# How the line for all households together is called; its subject is empty.
HOUSEHOLDS = "入户走访"


@dataclass(frozen=True)
class Duty:
    """One line: how many are wanted, who is meant, when it is planned and by whom.

    ``counts_as``: talk categories that count for it. ``why`` says how the number came about.
    """

    part: str
    subject: str
    name: str
    target: int
    plan: DutyPlan | None = None
    people: tuple[str, ...] = ()
    counts_as: tuple[str, ...] = ()
    kind: TargetKind | None = None
    why: str = ""


@dataclass(frozen=True)
class DutyLine:
    """A line with what is done, and in words how it stands."""

    duty: Duty
    done: int
    word: str
    tone: str
    begun: int = 0

    @property
    def finished(self) -> bool:
        """Is nothing missing?"""
        return self.done >= self.duty.target


@dataclass(frozen=True)
class DutyBoard:
    """One half of the checklist. ``missing`` names in one sentence what is not done yet."""

    lines: list[DutyLine]
    missing: str
    notes: list[VisitCount] = field(default_factory=list)

    @property
    def finished(self) -> int:
        """How many lines are done."""
        return sum(line.finished for line in self.lines)


def subjects(inspection: VillageInspection, part: str) -> set[str]:
    """What may be planned or counted under ``part``."""
    if part == DutyPart.TALK:
        return set(parameter(inspection.round, "must_talk"))
    return {"", *parameter(inspection.round, "must_visit")}


def talk_duties(viewer: Any, inspection: VillageInspection) -> list[Duty]:
    """Whom one must talk to. Where one person is secretary and director, one talk serves both."""
    wanted: dict[str, int] = parameter(inspection.round, "must_talk")
    kinds = target_kinds(viewer)
    named = {kind.name: kind for kind in kinds.values()}
    people = committee(viewer, inspection)
    both = both_posts(people, kinds)
    plans = _plans(viewer, inspection, DutyPart.TALK)
    return [
        _talk_duty(name, int(target), named.get(name), people, both, plans.get(name))
        for name, target in wanted.items()
        if int(target) > 0
    ]


def _talk_duty(
    name: str, target: int, kind: TargetKind | None, people: list[Any], both: tuple[str, ...],
    plan: DutyPlan | None,
) -> Duty:  # fmt: skip
    if kind is None:
        why = "对象类别里没有这个名称，请更正轮次参数或对象类别"
        return Duty(DutyPart.TALK, name, name, target, plan, why=why)
    counts: tuple[str, ...] = (kind.talk_category,)
    why = ""
    if both and kind.code in ("secretary", "director"):
        counts, why = ("secretary", "director"), f"{'、'.join(both)}一人兼任书记、主任，谈一次两项都计"
    return Duty(DutyPart.TALK, name, kind.name, target, plan, tuple(holders(kind, people)), counts, kind, why)


def visit_board(viewer: Any, inspection: VillageInspection) -> DutyBoard:
    """Households visited against the quota, and the groups that must be among them."""
    notes = list(
        VisitCount.objects.visible_to(viewer)
        .filter(inspection=inspection, deleted_at__isnull=True)
        .select_related("visitor")
        .order_by("-visited_on", "-id")
    )
    done: Counter[str] = Counter()
    for note in notes:
        done[note.group] += note.households
    plans = _plans(viewer, inspection, DutyPart.VISIT)
    target, why = household_quota(viewer, inspection)
    duties = [Duty(DutyPart.VISIT, "", HOUSEHOLDS, target, plans.get(""), why=why)]
    duties += [
        Duty(DutyPart.VISIT, name, name, int(least), plans.get(name))
        for name, least in parameter(inspection.round, "must_visit").items()
        if int(least) > 0
    ]
    lines = [stand(duty, done.total() if not duty.subject else done[duty.subject]) for duty in duties]
    return DutyBoard(lines, missing_words(lines, "户"), notes)


def household_quota(viewer: Any, inspection: VillageInspection) -> tuple[int, str]:
    """How many households to visit and why: the share of all households and the least number must both be reached,
    but a village cannot have more visited than live there.
    """
    ratio = parameter(inspection.round, "visit_household_ratio")
    least = int(parameter(inspection.round, "visit_household_min"))
    profile = VillageProfile.objects.visible_to(viewer).filter(inspection=inspection).first()
    households = (profile.households if profile else None) or inspection.village.households
    if not households:
        return least, f"户数不详，先按下限{least}户计"
    share = math.ceil(round(households * ratio, 6))
    target = min(max(share, least), households)
    return target, f"全村{households}户的{percent(ratio, digits=0)}为{share}户，下限{least}户，两项同时达到"


def stand(duty: Duty, done: int, begun: int = 0) -> DutyLine:
    """How a line stands today, in words."""
    left, planned = duty.target - done, duty.plan.planned_on if duty.plan else None
    if left <= 0:
        return DutyLine(duty, done, "已完成", "ok", begun)
    if planned is None:
        return DutyLine(duty, done, f"还差{left}，未安排日期", "warn", begun)
    late = (clock.today() - planned).days
    if late > 0:
        return DutyLine(duty, done, f"逾期{late}天，还差{left}", "bad", begun)
    return DutyLine(duty, done, f"还差{left}，{_day(planned)}办", "info", begun)


def _day(planned: dt.date) -> str:
    return cn_date(planned).partition("年")[2]


def missing_words(lines: list[DutyLine], unit: str) -> str:
    """What is not done yet, in one sentence; empty when nothing is missing."""
    left = [f"{line.duty.name}{line.duty.target - line.done}{unit}" for line in lines if not line.finished]
    return f"还差：{'、'.join(left)}" if left else ""


def _plans(viewer: Any, inspection: VillageInspection, part: str) -> dict[str, DutyPlan]:
    rows = DutyPlan.objects.visible_to(viewer).filter(inspection=inspection, part=part)
    return {row.subject: row for row in rows.select_related("assignee")}
