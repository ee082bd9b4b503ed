"""The solver against hand-worked rounds, against every assignment there is, and against its own promises."""

import itertools
import time

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from prep.selectors.easy_first import Job, Problem, Squad, lower_bound, obstacles, overlaps, relief, solve


def job(key, load, town="甲镇", teams="AB", day=None):
    return Job(key, town, load, frozenset(teams), key, day)


TWO = (Squad("A", 5), Squad("B", 5))


def round_of(jobs, squads=TWO, horizon=60, **over):
    return Problem(tuple(squads), tuple(jobs), horizon, **over)


def order(solution, team):
    stops = [stop for stop in solution.placed if stop.squad == team]
    return [stop.job.key for stop in sorted(stops, key=lambda stop: stop.start)]


# --- worked by hand ---------------------------------------------------------------------------------------


def test_four_villages_and_two_teams_are_shared_evenly_the_lighter_ones_first():
    # 9 + 4 and 7 + 6 both make 13; any other pairing is longer.
    solution = solve(round_of([job("a", 9), job("b", 7), job("c", 6), job("d", 4)]))
    assert (solution.longest, solution.bound.days, solution.ratio) == (13, 13, 1.0)
    assert {tuple(order(solution, team)) for team in "AB"} == {("d", "a"), ("c", "b")}


def test_a_change_of_town_costs_a_day_so_a_team_stays_in_its_town():
    jobs = [job("a", 5, "甲镇"), job("b", 5, "甲镇"), job("c", 5, "乙镇"), job("d", 5, "乙镇")]
    solution = solve(round_of(jobs))
    assert solution.longest == 10
    towns = {team: {s.job.town for s in solution.placed if s.squad == team} for team in "AB"}
    assert sorted(map(len, towns.values())) == [1, 1]


def test_one_team_changes_town_once_between_the_halves():
    jobs = [
        job("a", 3, "甲镇", "A"),
        job("b", 4, "乙镇", "A"),
        job("c", 6, "乙镇", "A"),
        job("d", 7, "甲镇", "A"),
    ]
    # Lighter half {a, b}, heavier {c, d}: a, then b and c in one town, then d: two changes, 20 + 2 days.
    solution = solve(round_of(jobs, [Squad("A", 5)]))
    assert order(solution, "A") == ["a", "b", "c", "d"]
    assert solution.longest == 22


def test_a_bigger_team_needs_fewer_days():
    # 10 days of a team of five: 5 with ten people, 17 (16.7) with three.
    assert solve(round_of([job("a", 10, teams="A")], [Squad("A", 10)])).longest == 5
    assert solve(round_of([job("a", 10, teams="A")], [Squad("A", 3)])).longest == 17


def test_a_team_that_is_still_elsewhere_begins_when_it_is_free():
    solution = solve(round_of([job("a", 5)], [Squad("A", 5, 12, "甲镇"), Squad("B", 5, 9, "乙镇")]))
    # B is free on day 9 and changes town: 10 + 5; A on day 12 without a change: 12 + 5.
    assert [(s.squad, s.start, s.end) for s in solution.placed] == [("B", 10, 15)]
    assert solution.bound.days == 14  # the change of town is not certain: A could have been there


def test_a_pinned_day_is_kept_and_the_others_fill_in_around_it():
    jobs = [job("a", 5, teams="A"), job("b", 6, teams="A"), job("c", 4, teams="A", day=5)]
    solution = solve(round_of(jobs, [Squad("A", 5)]))
    assert [(s.job.key, s.start, s.end) for s in sorted(solution.placed, key=lambda s: s.start)] == [
        ("a", 0, 5), ("c", 5, 9), ("b", 9, 15),
    ]  # fmt: skip


def test_villages_only_one_team_may_take_make_the_bound():
    jobs = [job("a", 6, teams="A"), job("b", 6, teams="A"), job("c", 2)]
    bound = lower_bound(round_of(jobs))
    assert (bound.days, bound.kind, bound.jobs, bound.teams) == (12, "group", ("a", "b"), frozenset("A"))


def test_the_longest_village_makes_the_bound():
    bound = lower_bound(round_of([job("a", 20), job("b", 2), job("c", 2)]))
    assert (bound.days, bound.kind, bound.jobs) == (20, "village", ("a",))


def test_a_village_comes_to_the_team_that_answers_for_its_town_where_that_costs_nothing():
    squads = [Squad("A", 5, towns=frozenset({"乙镇"})), Squad("B", 5, towns=frozenset({"甲镇"}))]
    solution = solve(round_of([job("a", 5, "甲镇"), job("b", 5, "乙镇")], squads))
    assert {s.squad: s.job.town for s in solution.placed} == {"A": "乙镇", "B": "甲镇"}


# --- what cannot be planned -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("problem", "expected"),
    [
        (round_of([job("a", 5)], squads=()), [("no_teams", "", 0)]),
        (round_of([]), [("no_villages", "", 0)]),
        (round_of([job("a", 5)], horizon=0), [("no_days", "", 0)]),
        (round_of([job("a", 5, teams=""), job("b", 5)]), [("nobody", "a", 0)]),
        (round_of([job("a", 5, day=58)]), [("pin_outside", "a", 5)]),
        (round_of([job("a", 5, day=-1)]), [("pin_outside", "a", 5)]),
        (round_of([job("a", 5, day=2)], [Squad("A", 5, 6)]), [("pin_busy", "a", 4)]),
        # Three of five days over the second one's first, and the day to change town.
        (round_of([job("a", 5, teams="A", day=2), job("b", 5, "乙镇", "A", 4)]), [("pin_clash", "a", 4)]),
    ],
)  # fmt: skip
def test_what_stands_in_the_way_is_named_with_its_figure(problem, expected):
    assert [(found.kind, found.job, found.need) for found in obstacles(problem)] == expected


def test_two_pins_no_team_can_keep_together_are_found_after_the_search():
    problem = round_of([job("a", 5, day=3), job("b", 5, day=4), job("c", 5, day=5)])
    found = overlaps(problem, solve(problem))
    assert obstacles(problem) == []
    assert [(f.kind, f.need) for f in found] in ([("pin_clash", 4)], [("pin_clash", 3)])


def test_too_much_work_says_how_many_days_or_teams_are_missing():
    problem = round_of([job(str(n), 10) for n in range(8)], horizon=30)
    solution = solve(problem)  # eight times ten for two teams: forty days each
    freed = relief(problem, solution)
    assert not solution.fits
    assert (freed.missing, freed.certain, freed.teams) == (
        10,
        10,
        1,
    )  # three teams: three villages, thirty days


# --- every assignment there is ----------------------------------------------------------------------------


def end_of(jobs, town=""):
    """The shortest a team of five takes when its lighter half comes first, tried in every order."""
    ranked = sorted(jobs, key=lambda j: (j.load, j.order))
    half = (len(ranked) + 1) // 2
    best = None
    for first in itertools.permutations(ranked[:half]):
        for second in itertools.permutations(ranked[half:]):
            towns = [town] * bool(town) + [j.town for j in first + second]
            roads = sum(a != b for a, b in itertools.pairwise(towns))
            total = sum(-(-j.load // 1) for j in ranked) + roads
            best = total if best is None else min(best, total)
    return best or 0


def best_of_all(problem):
    names = [squad.key for squad in problem.squads]
    choices = [[name for name in names if name in j.teams] for j in problem.jobs]
    best = None
    for pick in itertools.product(*choices):
        ends = [
            end_of([j for j, team in zip(problem.jobs, pick, strict=True) if team == name]) for name in names
        ]
        best = max(ends) if best is None else min(best, max(ends))
    return int(best)


SMALL = st.lists(
    st.tuples(
        st.integers(3, 12),
        st.sampled_from(["甲镇", "乙镇", "丙镇"]),
        st.sampled_from(["AB", "ABC", "A", "BC"]),
    ),
    min_size=2,
    max_size=6,
)


@settings(max_examples=60, deadline=None)
@given(SMALL)
@example([(3, "甲镇", "AB"), (3, "甲镇", "ABC"), (5, "甲镇", "AB"), (5, "甲镇", "BC")])
def test_a_small_round_is_planned_as_well_as_it_can_be_and_the_bound_never_lies(rows):
    squads = [Squad(key, 5) for key in "ABC"]
    jobs = [job(str(n), load, town, teams) for n, (load, town, teams) in enumerate(rows)]
    problem = round_of(jobs, squads, horizon=200)
    solution, best = solve(problem), best_of_all(problem)
    assert solution.bound.days <= best == solution.longest


# --- promises ---------------------------------------------------------------------------------------------

ROWS = st.lists(
    st.tuples(
        st.floats(2, 15), st.sampled_from("甲乙丙丁"), st.sets(st.sampled_from("ABC"), min_size=1),
        st.one_of(st.none(), st.none(), st.integers(10, 40)),
    ),
    min_size=1,
    max_size=14,
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(
    ROWS,
    st.lists(st.tuples(st.integers(2, 8), st.integers(0, 10)), min_size=3, max_size=3),
    st.integers(0, 2),
)
def test_ties_days_halves_and_pins_hold_whatever_the_round(rows, teams, travel):
    squads = [Squad(key, size, free, "甲") for key, (size, free) in zip("ABC", teams, strict=True)]
    jobs = [job(f"{n:02}", load, town, may, day) for n, (load, town, may, day) in enumerate(rows)]
    problem = round_of(jobs, squads, horizon=500, travel=travel)
    assume(obstacles(problem) == [])
    solution = solve(problem)
    assume(overlaps(problem, solution) == [])
    assert sorted(stop.job.key for stop in solution.placed) == sorted(j.key for j in jobs)
    assert solution == solve(problem)
    assert solution.longest >= solution.bound.days
    for squad in squads:
        keeps_its_promises(problem, squad, [stop for stop in solution.placed if stop.squad == squad.key])


def keeps_its_promises(problem, squad, stops):
    stops = sorted(stops, key=lambda stop: stop.start)
    for stop in stops:
        assert squad.key in stop.job.teams
        assert stop.end - stop.start == problem.days(stop.job, squad)
        assert stop.job.day in (None, stop.start)
    free = [stop for stop in stops if stop.job.day is None]
    middle = (len(free) + 1) // 2
    assert all(a.job.load <= b.job.load for a in free[:middle] for b in free[middle:])
    for before, after in itertools.pairwise(stops):
        road = problem.travel * (before.job.town != after.job.town)
        # Between two pinned days people leave as much road as they leave.
        both = before.job.day is not None and after.job.day is not None
        assert after.start >= before.end + (0 if both else road)
    assert all(stop.start >= squad.free_from for stop in free)


# --- a round as large as they come ------------------------------------------------------------------------


def large():
    """300 villages in 24 towns, 20 teams of five to seven, every fourth village with ties to two teams."""
    squads = [Squad(f"T{n:02}", 5 + n % 3) for n in range(20)]
    every = [squad.key for squad in squads]
    jobs = []
    for n in range(300):
        tied = {every[n % 20], every[(n * 7 + 3) % 20]} if n % 4 == 0 else set()
        load = 5 + (n * 37 % 101) / 10
        jobs.append(Job(f"{n:03}", f"{n * 5 % 24}镇", load, frozenset(every) - tied, f"{n:03}"))
    return Problem(tuple(squads), tuple(jobs), 150)


def test_three_hundred_villages_and_twenty_teams():
    problem = large()
    began = time.process_time()
    solution = solve(problem)
    spent = time.process_time() - began
    assert obstacles(problem) == [] and solution.fits
    assert len(solution.placed) == 300
    for squad in problem.squads:
        keeps_its_promises(problem, squad, [stop for stop in solution.placed if stop.squad == squad.key])
    assert solution.ratio <= 1.06
    assert spent < 15  # seconds of work; a few on a quiet machine
