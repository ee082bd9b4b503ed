"""A stored plan as the solver's numbers again: to lay out one team anew after people changed it."""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from prep.models import PlanStop, RoundPlan
from prep.selectors.easy_first import Job, Placed, Problem, Squad
from prep.selectors.easy_first.layout import lay_in_order
from villages.selectors.calendar import WorkCalendar, working_days

# A plan people change may run past the end of the round for a while: it is shown, and not applied.
BEYOND = dt.timedelta(days=500)


@dataclass(frozen=True)
class PlanDays:
    """The working days of a plan by number, and back."""

    days: tuple[dt.date, ...]
    calendar: WorkCalendar

    @classmethod
    def of(cls, plan: RoundPlan, calendar: WorkCalendar) -> "PlanDays":
        """The days from the plan's first one on."""
        return cls(tuple(working_days(calendar, plan.begins_on, plan.ends_on + BEYOND)), calendar)

    def number(self, day: dt.date) -> int:
        """The number of the first working day from ``day`` on."""
        return bisect_left(self.days, day)

    def after(self, day: dt.date) -> int:
        """How many working days of the plan are over when ``day`` ends."""
        return bisect_right(self.days, day)

    def stay(self, stop: Placed, pinned: dt.date | None) -> tuple[dt.date, dt.date]:
        """Days of entry and of leaving; a pinned entry is kept even on a day of rest."""
        return pinned or self.days[stop.start], self.days[stop.end - 1]


def relaid(
    plan: RoundPlan, stops: Sequence[PlanStop], size: int, days: PlanDays
) -> list[tuple[PlanStop, dt.date, dt.date, int]]:
    """New days for one team's stops, which are given in the order wanted: (stop, entry, leaving, working days)."""
    problem = _problem(plan)
    squad = _squad(stops, size, days)
    by_key = {str(stop.pk): stop for stop in stops}
    jobs = [_job(stop, days) for stop in stops if stop.movable]
    pinned = sorted((job for job in jobs if job.day is not None), key=lambda job: (job.day, job.rank))
    free = [(job, "") for job in jobs if job.day is None]
    placed = sorted(lay_in_order(problem, squad, free, pinned), key=lambda stop: stop.start)
    return [(by_key[p.job.key], *days.stay(p, by_key[p.job.key].pinned_on), p.end - p.start) for p in placed]


def _problem(plan: RoundPlan) -> Problem:
    travel, standard = plan.parameters["plan_travel_days"], plan.parameters["plan_team_size"]
    return Problem((), (), horizon=0, travel=int(travel), standard=int(standard))


def _squad(stops: Sequence[PlanStop], size: int, days: PlanDays) -> Squad:
    last = max((stop for stop in stops if stop.begun), key=lambda stop: stop.exit_on, default=None)
    if last is None:
        return Squad("", size)
    return Squad("", size, days.after(last.exit_on), str(last.town_id))


def _job(stop: PlanStop, days: PlanDays) -> Job:
    pinned: Any = None if stop.pinned_on is None else days.number(stop.pinned_on)
    return Job(str(stop.pk), str(stop.town_id), float(stop.load), frozenset(), stop.village.code, pinned)


def longest(stops: Sequence[PlanStop], days: PlanDays) -> int:
    """The working days from the plan's first one until the last village is left."""
    return max((days.after(stop.exit_on) for stop in stops if stop.movable), default=0)
