"""An easy-first plan of 300 villages for 20 teams, from rows on disk to days for every village."""

import json
from pathlib import Path

from prep.selectors.easy_first import Job, Problem, Squad, lower_bound, solve

TITLE = "Easy-first plan"
SIZE = 300
REACH = 60
PEER = "dealt out, heaviest first, to the team that is free the earliest"

TEAMS, TOWNS = 20, 24


def prepare(size: int, folder: Path) -> None:
    """A made-up round: teams of five to seven, every fourth village with ties to two of them."""
    names = [f"T{n:02}" for n in range(TEAMS)]
    rows = []
    for n in range(size):
        tied = {names[n % TEAMS], names[(n * 7 + 3) % TEAMS]} if n % 4 == 0 else set()
        may = [name for name in names if name not in tied]
        rows.append([f"{n:04}", f"{n * 5 % TOWNS}", 5 + (n * 37 % 101) / 10, may])
    (folder / "round.json").write_text(json.dumps(rows), encoding="utf-8")


def _read(folder: Path) -> Problem:
    rows = json.loads((folder / "round.json").read_text("utf-8"))
    squads = tuple(Squad(f"T{n:02}", 5 + n % 3) for n in range(TEAMS))
    jobs = tuple(Job(key, town, load, frozenset(may), key) for key, town, load, may in rows)
    return Problem(squads, jobs, horizon=400)


def limit(size: int, folder: Path) -> None:
    """Read, bound, deal out, then look once at every move and every swap there is, by bare sums without towns."""
    problem = _read(folder)
    lower_bound(problem)
    taken, days = _dealt(problem)
    ends = [sum(days[i][t] for i, team in enumerate(taken) if team == t) for t in range(TEAMS)]
    for i, mine in enumerate(taken):
        for t in range(TEAMS):
            max(ends[mine] - days[i][mine], ends[t] + days[i][t])
        for j in range(i):
            yours = taken[j]
            left, right = days[j][mine] - days[i][mine], days[i][yours] - days[j][yours]
            max(ends[mine] + left, ends[yours] + right)


def ours(size: int, folder: Path) -> None:
    """The product's solver."""
    solve(_read(folder))


def peer(size: int, folder: Path) -> None:
    """What a spreadsheet does: no towns, no halves, no second look."""
    _dealt(_read(folder))


def _dealt(problem: Problem) -> tuple[list[int], list[list[int]]]:
    """By village: its team, the heaviest villages first; and the days it takes each team."""
    days = [[problem.days(job, squad) for squad in problem.squads] for job in problem.jobs]
    ends, taken = [0] * len(problem.squads), [0] * len(problem.jobs)
    for i in sorted(range(len(problem.jobs)), key=lambda i: -problem.jobs[i].load):
        may = [t for t, squad in enumerate(problem.squads) if squad.key in problem.jobs[i].teams]
        taken[i] = min(may, key=lambda t: ends[t] + days[i][t])
        ends[taken[i]] += days[i][taken[i]]
    return taken, days
