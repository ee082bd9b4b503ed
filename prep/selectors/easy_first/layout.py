"""One team's villages on its days: the lighter half first, villages of one town together, pinned days kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from prep.selectors.easy_first.problem import Job, Problem, Squad


@dataclass(frozen=True)
class Placed:
    """A village on the days of a team: from day ``start`` up to, not including, day ``end``."""

    job: Job
    squad: str
    start: int
    end: int
    half: str  # "light", "heavy", or "pinned" for a pinned day


def halves(jobs: Iterable[Job]) -> tuple[list[Job], list[Job]]:
    """The lighter and the heavier half of ``jobs``; with an odd number the middle one counts as lighter."""
    ranked = sorted(jobs, key=lambda job: job.rank)
    middle = (len(ranked) + 1) // 2
    return ranked[:middle], ranked[middle:]


def changes(light: set[str], heavy: set[str], town: str) -> int:
    """The fewest changes of town, coming from ``town``, when all of ``light`` is visited before ``heavy``."""
    if not light:
        return 0
    shared = light & heavy
    number = len(light) - 1 + (len(heavy) - bool(shared) if heavy else 0)
    if town and (town not in light or (len(light) > 1 and shared == {town})):
        # Either it begins elsewhere, or the town that should come first is the one that should come last.
        number += 1
    return number


def in_order(jobs: Iterable[Job], town: str) -> list[tuple[Job, str]]:
    """The villages of one team in the order of entry, each with its half."""
    light, heavy = halves(jobs)
    first, second = _by_town(light), _by_town(heavy)
    begin = town if town in first else ""
    shared = [name for name in first if name in second]
    bridge = next((name for name in reversed(shared) if name != begin), "")
    if shared and not bridge and len(first) == 1:
        bridge = begin
    towns = _arranged(list(first), begin, bridge)
    later = _arranged(list(second), bridge or (towns[-1] if towns and towns[-1] in second else ""), "")
    return [(job, "light") for name in towns for job in first[name]] + [
        (job, "heavy") for name in later for job in second[name]
    ]


def _by_town(jobs: Sequence[Job]) -> dict[str, list[Job]]:
    """Villages by town, light ones first; towns with less to do first."""
    found: dict[str, list[Job]] = {}
    for job in jobs:
        found.setdefault(job.town, []).append(job)
    return dict(sorted(found.items(), key=lambda item: (sum(job.load for job in item[1]), item[0])))


def _arranged(towns: list[str], begin: str, end: str) -> list[str]:
    middle = [name for name in towns if name not in (begin, end)]
    head = [begin] if begin and begin in towns else []
    tail = [end] if end and end in towns and end != begin else []
    return head + middle + tail


def lay_out(problem: Problem, squad: Squad, jobs: Iterable[Job]) -> list[Placed]:
    """Give each village its days: one after the other, pinned ones on their day, a change of town between."""
    pinned = sorted((job for job in jobs if job.day is not None), key=lambda job: (job.day, job.rank))
    free = [job for job in jobs if job.day is None]
    return lay_in_order(problem, squad, in_order(free, squad.town), pinned)


def lay_in_order(
    problem: Problem, squad: Squad, ordered: Sequence[tuple[Job, str]], pinned: Sequence[Job]
) -> list[Placed]:
    """Days for villages whose order is given; a pinned one stands where it is, the others fill in before and after."""
    waiting, placed = list(pinned), list[Placed]()
    at, town = squad.free_from, squad.town

    def put(job: Job, start: int, half: str) -> None:
        nonlocal at, town
        end = start + problem.days(job, squad)
        placed.append(Placed(job, squad.key, start, end, half))
        at, town = max(at, end), job.town

    for job, half in ordered:
        while True:
            start = at + _road(problem, town, job.town)
            end = start + problem.days(job, squad)
            if not waiting or end + _road(problem, job.town, waiting[0].town) <= (waiting[0].day or 0):
                put(job, start, half)
                break
            stop = waiting.pop(0)
            put(stop, stop.day or 0, "pinned")
    for stop in waiting:
        put(stop, stop.day or 0, "pinned")
    return placed


def _road(problem: Problem, here: str, there: str) -> int:
    return problem.travel if here and here != there else 0


def collisions(problem: Problem, squad: Squad, placed: Sequence[Placed]) -> int:
    """How many pinned villages begin before the team is free."""
    at, number = squad.free_from, 0
    for stop in sorted(placed, key=lambda stop: (stop.start, stop.end)):
        number += stop.start < at
        at = max(at, stop.end)
    return number
