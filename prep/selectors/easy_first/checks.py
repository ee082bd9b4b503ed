"""What stands in the way of any plan, and what would free it: in figures, before and after the search."""

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise

from prep.selectors.easy_first.problem import Job, Problem, Squad
from prep.selectors.easy_first.solve import Solution, solve

_MOST_TEAMS = 30
_TRIES = 3


@dataclass(frozen=True)
class Obstacle:
    """One constraint that cannot be met.

    ``kind``: ``no_teams``, ``no_villages``, ``no_days``; ``nobody`` (no team may take the village); ``pin_outside``
    (the pinned day leaves ``need`` of ``have`` days); ``pin_clash`` (two pinned villages of one team overlap by
    ``need`` days); ``pin_busy`` (the team is still elsewhere for ``need`` days).
    """

    kind: str
    job: str = ""
    other: str = ""
    squad: str = ""
    need: int = 0
    have: int = 0


@dataclass(frozen=True)
class Relief:
    """What would make room for a plan that is too long.

    ``missing``: days by which the plan found exceeds the round; ``certain``: days by which every plan would;
    ``teams``: how many more teams of standard size would do, 0 when even thirty would not.
    """

    missing: int
    certain: int
    teams: int


def obstacles(problem: Problem) -> list[Obstacle]:
    """Everything that makes a plan impossible before the first village is placed; empty when nothing does."""
    found = []
    if not problem.squads:
        found.append(Obstacle("no_teams"))
    if not problem.jobs:
        found.append(Obstacle("no_villages"))
    if problem.horizon <= 0:
        found.append(Obstacle("no_days"))
    if found:
        return found
    squads = {squad.key: squad for squad in problem.squads}
    found = [Obstacle("nobody", job.key) for job in problem.jobs if not job.teams & squads.keys()]
    return found + _pins(problem, squads)


def _pins(problem: Problem, squads: dict[str, Squad]) -> list[Obstacle]:
    found, by_team = [], defaultdict(list)
    for job in sorted(problem.jobs, key=lambda job: job.rank):
        may = [squads[key] for key in sorted(job.teams & squads.keys())]
        if job.day is None or not may:
            continue
        shortest = min(problem.days(job, squad) for squad in may)
        free = min(squad.free_from for squad in may)
        if job.day < 0 or job.day + shortest > problem.horizon:
            left = problem.horizon - job.day if 0 <= job.day < problem.horizon else 0
            found.append(Obstacle("pin_outside", job.key, need=shortest, have=left))
        elif job.day < free:
            squad = min(may, key=lambda squad: (squad.free_from, squad.key))
            found.append(Obstacle("pin_busy", job.key, squad=squad.key, need=free - job.day))
        elif len(may) == 1:
            by_team[may[0].key].append(job)
    return found + [clash for key, jobs in by_team.items() for clash in _clashes(problem, squads[key], jobs)]


def _clashes(problem: Problem, squad: Squad, jobs: list[Job]) -> list[Obstacle]:
    ordered = sorted(jobs, key=lambda job: (job.day or 0, job.rank))
    found = []
    for before, after in pairwise(ordered):
        road = problem.travel if before.town != after.town else 0
        overlap = (before.day or 0) + problem.days(before, squad) + road - (after.day or 0)
        if overlap > 0:
            found.append(Obstacle("pin_clash", before.key, after.key, squad.key, need=overlap))
    return found


def overlaps(problem: Problem, solution: Solution) -> list[Obstacle]:
    """Pinned villages for which no team was found that is free on their day: each with the one in its way."""
    found, squads = [], {squad.key: squad for squad in problem.squads}
    by_team = defaultdict(list)
    for stop in solution.placed:
        by_team[stop.squad].append(stop)
    for key, stops in sorted(by_team.items()):
        stops.sort(key=lambda stop: (stop.start, stop.end))
        if stops[0].start < squads[key].free_from:
            need = squads[key].free_from - stops[0].start
            found.append(Obstacle("pin_busy", stops[0].job.key, squad=key, need=need))
        for before, after in pairwise(stops):
            if after.start < before.end:
                need = before.end - after.start
                found.append(Obstacle("pin_clash", before.job.key, after.job.key, key, need))
    return found


def relief(problem: Problem, solution: Solution) -> Relief:
    """By how much a plan that does not fit is too long, and how many more teams would make it fit."""
    missing = solution.longest - problem.horizon
    certain = max(0, solution.bound.days - problem.horizon)
    return Relief(missing, certain, _teams_needed(problem, solution))


def _teams_needed(problem: Problem, solution: Solution) -> int:
    """Tried out from the number the shares suggest; a few tries, each a plan of its own."""
    total = sum(stop.end - stop.start for stop in solution.placed)
    spare = max(problem.horizon, 1)
    have = sum(max(0, problem.horizon - squad.free_from) for squad in problem.squads)
    number = max(1, -(-(total - have) // spare))
    for extra in range(number, min(number + _TRIES, _MOST_TEAMS + 1)):
        if solve(_with_teams(problem, extra)).fits:
            return extra
    return 0


def _with_teams(problem: Problem, extra: int) -> Problem:
    """The same round with ``extra`` teams of standard size that have no ties; villages held by a team stay there."""
    new = tuple(Squad(f"+{number}", problem.standard) for number in range(extra))
    keys = frozenset(squad.key for squad in new)
    jobs = tuple(job if job.held else replace(job, teams=job.teams | keys) for job in problem.jobs)
    return replace(problem, squads=problem.squads + new, jobs=jobs)
