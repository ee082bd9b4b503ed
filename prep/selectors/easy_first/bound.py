"""How short a plan could be at best: no assignment of the villages, however clever, ends earlier."""

from collections.abc import Iterable
from dataclasses import dataclass

from prep.selectors.easy_first.problem import Job, Problem, Squad


@dataclass(frozen=True)
class Bound:
    """A day before which no plan can end, and why: ``average``, ``group`` (of ``teams``) or ``village``."""

    days: int
    kind: str = "average"
    jobs: tuple[str, ...] = ()
    teams: frozenset[str] = frozenset()


def lower_bound(problem: Problem) -> Bound:
    """The largest of three: all work shared evenly, the work only some teams may do, the longest single village.

    Work is counted in days of one person, each village with the fewest that any team that may take it spends there.
    Every town beyond one per team costs at least one change of town.
    """
    squads = {squad.key: squad for squad in problem.squads}
    work = {job.key: _least(problem, job, squads) for job in problem.jobs}
    towns = {job.town for job in problem.jobs}
    smallest = min((_people(squad) for squad in squads.values()), default=0)
    roads = problem.travel * max(0, len(towns) - len(squads)) * smallest
    found = [Bound(_share(squads.values(), sum(work.values()) + roads))]
    found += _groups(problem, squads, work)
    found += [Bound(_alone(problem, job, squads), "village", (job.key,)) for job in problem.jobs]
    return max(found, key=lambda bound: bound.days)


def _people(squad: Squad) -> int:
    return max(squad.size, 1)


def _may(job: Job, squads: dict[str, Squad]) -> list[Squad]:
    return [squad for key, squad in squads.items() if key in job.teams]


def _least(problem: Problem, job: Job, squads: dict[str, Squad]) -> int:
    return min((problem.days(job, squad) * _people(squad) for squad in _may(job, squads)), default=0)


def _alone(problem: Problem, job: Job, squads: dict[str, Squad]) -> int:
    """When the village is finished if it comes first, or on its pinned day."""
    ends = [
        (squad.free_from if job.day is None else job.day) + problem.days(job, squad)
        for squad in _may(job, squads)
    ]
    return min(ends, default=0)


def _groups(problem: Problem, squads: dict[str, Squad], work: dict[str, int]) -> list[Bound]:
    """For each set of teams that some village is restricted to: what only these teams may do, shared among them."""
    every = frozenset(squads)
    sets = {job.teams & every for job in problem.jobs} - {every}
    found = []
    for group in sorted(sets, key=sorted):
        inside = [job.key for job in problem.jobs if job.teams & every <= group]
        days = _share([squads[key] for key in group], sum(work[key] for key in inside))
        found.append(Bound(days, "group", tuple(inside), group))
    return found


def _share(squads: Iterable[Squad], work: int) -> int:
    """The first day by which the teams together, each from the day it is free, have done ``work`` days of a person."""
    rows = sorted(squads, key=lambda squad: squad.free_from)
    if not rows or not work:
        return 0
    people = spent = 0
    for number, squad in enumerate(rows, 1):
        people += _people(squad)
        spent += _people(squad) * squad.free_from
        # With these at work: people * day - spent >= work.
        day = -(-(work + spent) // people)
        if number == len(rows) or day <= rows[number].free_from:
            return day
    return 0
