"""What the plan is worked out from: teams, villages, and the working days there are.

Days are numbers: 0 is the first working day that can be planned, ``horizon`` the number of such days.
"""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Squad:
    """A team: how many serve in it, from which day it is free, the town it stands in by then.

    ``towns`` are those it answers for; it is given others only where that makes the plan shorter.
    """

    key: str
    size: int
    free_from: int = 0
    town: str = ""
    towns: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Job:
    """A village to be placed.

    ``load`` is in working days of a team of standard size; ``teams`` are the keys of those that may take it (recusals
    and a pinned team have been taken into account, the latter in ``held``); ``day`` is a pinned day of entry.
    """

    key: str
    town: str
    load: float
    teams: frozenset[str]
    order: str = ""
    day: int | None = None
    held: bool = False

    @property
    def rank(self) -> tuple[float, str, str]:
        """Easy first; equal loads in the order of the register, so that the result is always the same."""
        return self.load, self.order, self.key


@dataclass(frozen=True)
class Problem:
    """A round: ``travel`` days are lost with each change of town, no stay is shorter than ``least`` days."""

    squads: tuple[Squad, ...]
    jobs: tuple[Job, ...]
    horizon: int
    travel: int = 1
    standard: int = 5
    least: int = 1

    def days(self, job: Job, squad: Squad) -> int:
        """Working days ``squad`` stays in the village: the load shared among more or fewer people, rounded up."""
        # The tenths of a load are exact in people's minds and not in binary: 6.000000001 days are 6.
        return max(self.least, math.ceil(round(job.load * self.standard / max(squad.size, 1), 6)))
