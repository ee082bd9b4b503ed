"""What a plan is worked out from, read in a fixed number of queries however many villages and teams there are."""

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from prep.models import PriorCount, Trait, VillageProfile, YearFigure
from prep.selectors.easy_first import Job, Load, LoadRules, Problem, Squad, VillageFacts, load_of
from villages.models import Membership, Round, Stage, Team, TeamRole, User, Village, VillageInspection
from villages.selectors.assignments import with_papers
from villages.selectors.calendar import WorkCalendar, load_calendar, working_days
from villages.selectors.parameters import parameter_values
from villages.selectors.recusals import Conflict, recusal_conflicts

PARAMETERS = (
    "plan_base_days",
    "plan_size_per_day",
    "plan_class_days",
    "plan_extra_days",
    "plan_stay_limits",
    "plan_travel_days",
    "plan_team_size",
)
# Kinds of village that make the work longer; what an office adds to the list does not, until it is named here.
COMPLEX_TRAITS = frozenset({"market_town", "industry", "merged", "construction", "land"})
YEARS = 3


@dataclass(frozen=True)
class Pin:
    """What people fixed: the team, the day of entry, or both."""

    team: Any = None
    day: dt.date | None = None


@dataclass(frozen=True)
class Place:
    """A village of the round as the plan sees it; ``team`` is the present one, if any."""

    village: Village
    load: Load
    inspection: VillageInspection | None = None
    begun: bool = False
    stays: bool = False
    pin: Pin = Pin()
    blocks: Mapping[Any, list[Conflict]] = field(default_factory=dict)


@dataclass(frozen=True)
class RoundFacts:
    """Teams, villages, days and parameters of one round on one day."""

    round: Round
    teams: tuple[Team, ...]
    sizes: Mapping[Any, int]
    leaderless: tuple[str, ...]
    places: tuple[Place, ...]
    days: tuple[dt.date, ...]
    first: dt.date
    calendar: WorkCalendar
    parameters: dict[str, Any]

    @property
    def open_places(self) -> list[Place]:
        """Villages that can still be placed."""
        return [place for place in self.places if not place.begun]


def round_facts(
    round_: Round, *, villages: Iterable[Village], pins: Mapping[Any, Pin], keep_teams: bool, today: dt.date
) -> RoundFacts:
    """Everything about ``round_``: its assigned villages and the chosen unassigned ``villages``.

    With ``keep_teams`` villages already assigned stay with their team, as far as no tie stands against it.
    """
    calendar = load_calendar()
    first = max(round_.starts_on, today + dt.timedelta(days=1))
    teams = tuple(Team.objects.filter(round=round_).order_by("number").prefetch_related("towns"))
    members = list(Membership.objects.filter(round=round_).select_related("user", "team"))
    parameters = parameter_values(round_, PARAMETERS)
    return RoundFacts(
        round=round_,
        teams=teams,
        sizes={team.pk: sum(row.team_id == team.pk for row in members) for team in teams},
        leaderless=tuple(team.name for team in teams if not _has_leader(team, members)),
        places=tuple(_places(round_, list(villages), members, pins, keep_teams, today, parameters)),
        days=tuple(working_days(calendar, first, round_.ends_on)),
        first=first,
        calendar=calendar,
        parameters=parameters,
    )


def _has_leader(team: Team, members: list[Membership]) -> bool:
    return any(row.team_id == team.pk and row.role == TeamRole.LEADER for row in members)


def _places(
    round_: Round, chosen: list[Village], members: list[Membership], pins: Mapping[Any, Pin], keep_teams: bool,
    today: dt.date, parameters: dict[str, Any],
) -> list[Place]:  # fmt: skip
    rows = VillageInspection.objects.filter(round=round_).select_related("village__town", "team", "town")
    spines = {row.village_id: row for row in rows.order_by("village__code")}
    villages = [row.village for row in spines.values()]
    villages += [village for village in chosen if village.pk not in spines]
    papers = with_papers(spines.values())
    blocks = team_blocks(round_, members, villages)
    loads = village_loads(round_, villages, LoadRules.read(parameters))
    places = []
    for village in villages:
        spine = spines.get(village.pk)
        pin = pins.get(village.pk, Pin())
        if spine is not None and keep_teams and pin.team is None and spine.team_id not in blocks[village.pk]:
            pin = Pin(spine.team_id, pin.day)
        begun = spine is not None and is_begun(spine, today)
        stays = spine is not None and spine.pk in papers
        places.append(Place(village, loads[village.pk], spine, begun, stays, pin, blocks[village.pk]))
    return places


def is_begun(inspection: VillageInspection, today: dt.date) -> bool:
    """Has the work in the village begun, or its day of entry come?"""
    come = inspection.entry_on is not None and inspection.entry_on <= today
    return inspection.status != Stage.PREP or come


def team_blocks(
    round_: Round, members: list[Membership], villages: list[Village]
) -> dict[Any, dict[Any, list[Conflict]]]:
    """By village and team: the ties without an exception that keep the team away. Four queries."""
    team_of = {row.user_id: row.team_id for row in members}
    users: list[User] = [row.user for row in members]
    found: dict[Any, dict[Any, list[Conflict]]] = defaultdict(lambda: defaultdict(list))
    for conflict in recusal_conflicts(round_, users, villages):
        if not conflict.excepted:
            found[conflict.village.pk][team_of[conflict.user.pk]].append(conflict)
    return found


# --- how much work each village is ------------------------------------------------------------------------


def village_loads(round_: Round, villages: list[Village], rules: LoadRules) -> dict[Any, Load]:
    """The load of each village from its newest profile, its last years and what was found before: four queries."""
    keys = [village.pk for village in villages]
    profiles: dict[Any, VillageProfile] = {}
    for row in VillageProfile.objects.filter(village__in=keys).order_by("created_at"):
        if row.village_id not in profiles or profiles[row.village_id].round_id != round_.pk:
            profiles[row.village_id] = row
    years = defaultdict(list)
    for figure in YearFigure.objects.filter(village__in=keys).order_by("-year"):
        years[figure.village_id].append(figure)
    found = PriorCount.objects.filter(village__in=keys).exclude(round=round_).order_by("created_at")
    prior = dict(found.values_list("village", "problems"))
    labels = dict(Trait.objects.filter(code__in=COMPLEX_TRAITS).values_list("code", "label"))
    return {
        village.pk: load_of(
            _facts(
                village, profiles.get(village.pk), years[village.pk][:YEARS], prior.get(village.pk, 0), labels
            ),
            rules,
        )
        for village in villages
    }


def _facts(
    village: Village, profile: VillageProfile | None, years: list[YearFigure], prior: int,
    labels: Mapping[str, str],
) -> VillageFacts:  # fmt: skip
    known = profile or VillageProfile()
    if not prior:
        prior = known.prior_count or (-1 if known.prior_problems.strip() else 0)
    return VillageFacts(
        households=known.households or village.households,
        population=known.population or village.population,
        attention=known.attention_class,
        petitions=_average([row.petitions for row in years]),
        cases=_average([row.cases for row in years]),
        prior_problems=prior,
        traits=tuple(labels[code] for code in known.traits if code in labels),
    )


def _average(numbers: list[int | None]) -> float | None:
    given = [number for number in numbers if number is not None]
    return sum(given) / len(given) if given else None


# --- the problem in numbers -------------------------------------------------------------------------------


def problem_of(facts: RoundFacts) -> Problem:
    """The round as the solver takes it; keys are those of teams and villages."""
    squads = tuple(squad_of(facts, team) for team in facts.teams if facts.sizes[team.pk])
    everyone = frozenset(squad.key for squad in squads)
    jobs = tuple(_job(facts, place, everyone) for place in facts.open_places)
    return Problem(
        squads,
        jobs,
        horizon=len(facts.days),
        travel=int(facts.parameters["plan_travel_days"]),
        standard=int(facts.parameters["plan_team_size"]),
    )


def squad_of(facts: RoundFacts, team: Team) -> Squad:
    """A team with the day it is free and the town it is in, after the villages already begun."""
    ends = [
        (place.inspection.exit_on, place.village.town_id)
        for place in facts.places
        if place.begun
        and place.inspection is not None
        and place.inspection.team_id == team.pk
        and place.inspection.exit_on is not None
    ]
    towns = frozenset(str(town.pk) for town in team.towns.all())
    if not ends:
        return Squad(str(team.pk), facts.sizes[team.pk], towns=towns)
    last, town = max(ends, key=lambda end: (end[0], str(end[1])))
    return Squad(str(team.pk), facts.sizes[team.pk], bisect_right(facts.days, last), str(town), towns)


def _job(facts: RoundFacts, place: Place, everyone: frozenset[str]) -> Job:
    may = everyone - {str(team) for team in place.blocks}
    bound_to = place.inspection.team_id if place.stays and place.inspection else place.pin.team
    if bound_to is not None:
        may &= {str(bound_to)}
    return Job(
        key=str(place.village.pk),
        town=str(place.village.town_id),
        load=place.load.days,
        teams=may,
        order=place.village.code,
        day=None if place.pin.day is None else day_number(facts.days, place.pin.day, facts.first),
        held=bound_to is not None,
    )


def day_number(days: tuple[dt.date, ...], day: dt.date, first: dt.date) -> int:
    """The number of the first working day from ``day`` on; -1 before ``first``."""
    return -1 if day < first else bisect_right(days, day - dt.timedelta(days=1))
