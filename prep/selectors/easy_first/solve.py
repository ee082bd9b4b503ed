"""The heuristic: fill the teams town by town up to the bound, then move and swap villages while it helps.

A round of a few villages is tried in every way instead: there one village is much of a team's work, and moves that
must each help by themselves may end far from the best.

Moves and swaps first shorten the longest team, then save changes of town, then bring villages to the team that
answers for their town. Nothing is left to chance, so equal input gives an equal plan; how good it is, the ratio to
the lower bound says.
"""

from bisect import insort
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import NamedTuple

from prep.selectors.easy_first.bound import Bound, lower_bound
from prep.selectors.easy_first.layout import Placed, changes, collisions, lay_out
from prep.selectors.easy_first.problem import Problem

_COLLISION = 100_000  # days: two pinned villages on one day are worse than any length
_ROUNDS = 4
_FILLS = (1.0, 1.08)
_FEW = 5_000  # ways to deal out a round that are all tried


@dataclass(frozen=True)
class Solution:
    """A complete plan: every village placed. It may still be longer than the round; see ``fits``."""

    placed: tuple[Placed, ...]
    longest: int
    bound: Bound
    horizon: int

    @property
    def fits(self) -> bool:
        """Does the plan end within the round?"""
        return self.longest <= self.horizon

    @property
    def ratio(self) -> float:
        """How many times the lower bound the plan takes; 1.0 cannot be bettered."""
        return self.longest / self.bound.days if self.bound.days else 1.0


def solve(problem: Problem) -> Solution:
    """Place every village. ``checks.obstacles`` must have found nothing in the way."""
    bound = lower_bound(problem)
    best = min(
        (_Search(problem, bound.days, fill) for fill in _FILLS), key=lambda search: search.improve().score
    )
    placed = best.layout()
    longest = max((stop.end for stop in placed), default=0)
    return Solution(tuple(placed), longest, bound, problem.horizon)


class _Search:
    """Teams and villages as numbers; villages are numbered by load, so a sorted list of them has its halves."""

    def __init__(self, problem: Problem, target: int, fill: float) -> None:
        self.problem = problem
        self.jobs = sorted(problem.jobs, key=lambda job: job.rank)
        self.squads = problem.squads
        self.days = [[problem.days(job, squad) for squad in self.squads] for job in self.jobs]
        keys = [squad.key for squad in self.squads]
        self.may = [[t for t, key in enumerate(keys) if key in job.teams] for job in self.jobs]
        self.town = [job.town for job in self.jobs]
        self.pinned = {i for i, job in enumerate(self.jobs) if job.day is not None}
        answers = [squad.towns for squad in self.squads]
        self.strange = [[bool(a) and job.town not in a for a in answers] for job in self.jobs]
        self.limit = 0
        self.teams: list[list[int]] = [[] for _ in self.squads]
        self._fill(int(target * fill))
        self.ends = [self._end(t, members) for t, members in enumerate(self.teams)]

    @property
    def score(self) -> tuple[int, int, int]:
        """The longest team, then the days of all, then villages of towns their team does not answer for."""
        strange = sum(self.strange[i][t] for t, members in enumerate(self.teams) for i in members)
        return max(self.ends, default=0), sum(self.ends), strange

    def layout(self) -> list[Placed]:
        """The days of every team."""
        return [
            stop
            for squad, members in zip(self.squads, self.teams, strict=True)
            for stop in lay_out(self.problem, squad, [self.jobs[i] for i in members])
        ]

    def _work(self, team: int, members: list[int]) -> int:
        return self.squads[team].free_from + sum(self.days[i][team] for i in members)

    def _end(self, team: int, members: list[int], work: int = -1) -> int:
        """The day on which the team has done ``members`` (sorted); ``work`` is the day without changes of town."""
        squad = self.squads[team]
        if not members:
            return squad.free_from
        if not self.pinned.isdisjoint(members):
            placed = lay_out(self.problem, squad, [self.jobs[i] for i in members])
            bad = collisions(self.problem, squad, placed)
            return max(stop.end for stop in placed) + _COLLISION * bad
        middle = (len(members) + 1) // 2
        light = set(map(self.town.__getitem__, members[:middle]))
        heavy = set(map(self.town.__getitem__, members[middle:]))
        if work < 0:
            work = self._work(team, members)
        return work + self.problem.travel * changes(light, heavy, squad.town)

    # --- a first plan ---------------------------------------------------------------------------------------

    def _fill(self, target: int) -> None:
        """Villages with few choices first; then town by town, each town to as few teams as the target allows."""
        count = len(self.squads)
        narrow = [i for i in range(len(self.jobs)) if i in self.pinned or len(self.may[i]) * 2 <= count]
        for i in sorted(narrow, key=lambda i: (i not in self.pinned, len(self.may[i]), -i)):
            self._give(i, min(self.may[i], key=lambda t: (self._end(t, self._with(t, i)), t)))
        narrowed = set(narrow)
        towns: dict[str, list[int]] = {}
        for i in range(len(self.jobs)):
            if i not in narrowed:
                towns.setdefault(self.town[i], []).append(i)
        heaviest = sorted(towns.values(), key=lambda rows: (-sum(self.jobs[i].load for i in rows), rows))
        for rows in heaviest:
            for i in reversed(rows):
                self._give(i, self._choose(i, target))

    def _choose(self, job: int, target: int) -> int:
        """A team with room that answers for the town or is already there, else the one that is free the earliest."""

        def cost(team: int) -> tuple[bool, bool, bool, int, int]:
            end = self._end(team, self._with(team, job))
            there = any(self.town[i] == self.town[job] for i in self.teams[team])
            return end > target, self.strange[job][team], not there, end, team

        return min(self.may[job], key=cost)

    def _give(self, job: int, team: int) -> None:
        self.teams[team] = self._with(team, job)

    def _with(self, team: int, job: int) -> list[int]:
        return sorted([*self.teams[team], job])

    # --- making it better -----------------------------------------------------------------------------------

    def improve(self) -> "_Search":
        """Shorten the longest team, save changes of town, and again, until neither helps; a few villages exactly."""
        if prod(map(len, self.may)) <= _FEW:
            self._try_all()
            return self
        for _ in range(_ROUNDS):
            before = self.score
            while self._shorten() or self._shorten_by_three():
                pass
            self._save_roads()
            if self.score == before:
                break
        return self

    def _try_all(self) -> None:
        """The best of all ways to deal the villages out; of equally good ones the first."""
        best = self.score, self.teams, self.ends
        for teams in product(*self.may):
            self.teams = [[i for i, t in enumerate(teams) if t == team] for team in range(len(self.squads))]
            self.ends = [self._end(t, members) for t, members in enumerate(self.teams)]
            best = min(best, (self.score, self.teams, self.ends), key=lambda found: found[0])
        _, self.teams, self.ends = best

    def _shorten(self) -> bool:
        """The best move or swap that takes days from the longest team; False when there is none."""
        worst = max(range(len(self.ends)), key=lambda t: (self.ends[t], -t), default=-1)
        if worst < 0:
            return False
        best: tuple[tuple[int, int], _Change] | None = None
        # A team ends no earlier than its work alone: what cannot beat the best so far is not looked at.
        self.limit = self.ends[worst]
        for mine, yours in self._trades(worst):
            first, second = self._side(mine, self.limit), self._side(yours, self.limit)
            if first is None or second is None:
                continue
            key = (max(first[1], second[1]), first[1] + second[1])
            if best is None or key < best[0]:
                best = (key, (first, second))
                self.limit = min(key[0] + 1, self.limit)
        if best is not None:
            self._apply(best[1])
        return best is not None

    def _shorten_by_three(self) -> bool:
        """Pass a village of the longest team on to a second one that passes one of its own on to a third."""
        worst = max(range(len(self.ends)), key=lambda t: (self.ends[t], -t), default=-1)
        if worst < 0:
            return False
        limit = self.ends[worst]
        work = [self._work(t, members) for t, members in enumerate(self.teams)]
        for i, second, j, third in self._chains(worst, work, limit):
            takes = (
                _Take(worst, i, -1, work[worst] - self.days[i][worst]),
                _Take(second, j, i, work[second] + self.days[i][second] - self.days[j][second]),
                _Take(third, -1, j, work[third] + self.days[j][third]),
            )
            sides = [side for take in takes if (side := self._side(take, limit)) is not None]
            if len(sides) == len(takes):
                self._apply(tuple(sides))
                return True
        return False

    def _chains(self, team: int, work: list[int], limit: int) -> Iterator[tuple[int, int, int, int]]:
        """Chains after which the work of the second and the third team ends before ``limit``."""
        for second in range(len(self.teams)):
            # Where the second team's villages could go is looked up once, not for each village it would get.
            leaving = [
                (j, third)
                for j in reversed(self.teams[second])
                for third in self.may[j]
                if third not in (team, second) and work[third] + self.days[j][third] < limit
            ]
            if second == team or not leaving:
                continue
            for i in reversed(self.teams[team]):
                if second in self.may[i]:
                    most = limit - work[second] - self.days[i][second]
                    yield from ((i, second, j, third) for j, third in leaving if -self.days[j][second] < most)

    def _save_roads(self) -> None:
        """Moves and swaps that bring villages of one town together, or home, and make no team the longest."""
        longest = max(self.ends, default=0)
        for team in range(len(self.teams)):
            while self._save_road(team, longest):
                pass

    def _save_road(self, team: int, longest: int) -> bool:
        towns = [{self.town[i] for i in members} for members in self.teams]
        self.limit = longest + 1
        for mine, yours in self._trades(team):
            home = self._homecomers(mine, yours)
            gains = self.town[yours.takes] in towns[yours.team]
            if not gains and not home and (mine.takes < 0 or self.town[mine.takes] not in towns[team]):
                continue
            # Fewer days together, or as many with more villages where their team answers for them.
            together = self.ends[team] + self.ends[yours.team] + (home > 0)
            first = self._side(mine, min(self.limit, together - yours.work))
            second = self._side(yours, min(self.limit, together - first[1])) if first else None
            if first and second:
                self._apply((first, second))
                return True
        return False

    def _homecomers(self, mine: "_Take", yours: "_Take") -> int:
        """How many more villages a trade brings to a team that answers for their town."""
        here, there = self.strange[mine.gives][mine.team], self.strange[yours.takes][yours.team]
        number = here - there
        if mine.takes >= 0:
            number += self.strange[mine.takes][yours.team] - self.strange[mine.takes][mine.team]
        return number

    def _trades(self, team: int) -> Iterator[tuple["_Take", "_Take"]]:
        """Every move from ``team`` and every swap with it after which the work of both ends before ``self.limit``."""
        work = [self._work(t, members) for t, members in enumerate(self.teams)]
        for i in reversed(self.teams[team]):
            left = work[team] - self.days[i][team]
            for other in self.may[i]:
                if other == team:
                    continue
                more = work[other] + self.days[i][other]
                if more < self.limit:
                    yield _Take(team, i, -1, left), _Take(other, -1, i, more)
                for j in reversed(self.teams[other]):
                    mine, yours = left + self.days[j][team], more - self.days[j][other]
                    if mine < self.limit and yours < self.limit and team in self.may[j]:
                        yield _Take(team, i, j, mine), _Take(other, j, i, yours)

    def _side(self, take: "_Take", limit: int) -> "_Side | None":
        """The team after the trade; nothing when it would not end before ``limit``."""
        members = [i for i in self.teams[take.team] if i != take.gives]
        if take.takes >= 0:
            insort(members, take.takes)
        end = self._end(take.team, members, take.work)
        return (take.team, end, members) if end < limit else None

    def _apply(self, change: "_Change") -> None:
        for team, end, members in change:
            self.teams[team], self.ends[team] = members, end


class _Take(NamedTuple):
    """One team's side of a trade: the village it gives away, the one it takes (-1 for none), its work afterwards."""

    team: int
    gives: int
    takes: int
    work: int


# For each team of a trade: which one, the day it would end, the villages it would have.
_Side = tuple[int, int, list[int]]
_Change = tuple[_Side, ...]
