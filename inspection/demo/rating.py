"""Ratings in the demo villages: most counted per group by two people, some typed in one by one, one still running."""

import random
from typing import Any

from inspection.demo import cast
from surveys import services
from surveys.models import Rating
from villages.access import is_recused
from villages.models import User, VillageInspection

# Ballots by group; a village's own number of them varies a little.
VOTERS = {"cadre": 12, "party": 24, "representative": 30, "villager": 22}
# In these villages the villagers' ballots are typed in one by one.
SINGLE = {"枫桥湾村", "云溪村", "新港社区"}
# How many of those who answer by phone go on to the ballot.
SHARE = 0.85
MOODS = (0.88, 0.8, 0.72, 0.62, 0.5)


def begin(inspection: VillageInspection, *, end: bool) -> Rating:
    """One village's rating: opened and counted twice; only half counted where it will not ``end``."""
    plan = cast.plan_of(inspection.team)
    leader = cast.person(plan.leader)
    first, second = _counters(inspection, [plan.deputy, *plan.members, plan.archivist])
    rating = services.create_rating(actor=leader, inspection=inspection)
    rating = services.open_rating(actor=leader, rating=rating)
    rng = random.Random(f"{inspection.village.code}{inspection.round.number}")  # noqa: S311  (made-up ballots, repeatable)
    moods = _moods(rng, rating.subjects.count())
    groups = list(VOTERS) if end else list(VOTERS)[:2]
    for group in groups:
        ballots = [_ballot(rng, moods) for _ in range(VOTERS[group] + rng.randint(-2, 4))]
        single = group == "villager" and inspection.village.name in SINGLE
        _collect(rating, group, ballots, single, first, second if end or group == "cadre" else None)
    return rating


def finish(inspection: VillageInspection) -> Rating:
    """Closed and locked, once no phone brings ballots any more."""
    leader = cast.person(cast.plan_of(inspection.team).leader)
    rating = services.close_rating(actor=leader, rating=_fresh(inspection.ratings.get()))
    return services.lock_rating(actor=leader, rating=_fresh(rating))


def by_phone(inspection: VillageInspection, number: int) -> list[str]:
    """What so many phones say of the people on the ballot; some leave it out, none can spoil it."""
    rng = random.Random(f"{inspection.village.code}{inspection.round.number}")  # noqa: S311  (made-up ballots, repeatable)
    moods = _moods(rng, inspection.ratings.get().subjects.count())
    ballots = [_ballot(rng, moods).replace("0", "5") for _ in range(number)]
    return [marks if rng.random() < SHARE else "" for marks in ballots]


def _fresh(rating: Rating) -> Rating:
    return Rating.objects.select_related("inspection", "round", "team", "village").get(pk=rating.pk)


def _counters(inspection: VillageInspection, names: list[str]) -> list[User]:
    """Two members who need not stand aside from the village."""
    return [person for person in map(cast.person, names) if not is_recused(person, inspection)][:2]


def _moods(rng: random.Random, subjects: int) -> list[float]:
    """How well each subject is thought of: the committee somewhere in the middle."""
    members = [MOODS[(at + rng.randint(0, 2)) % len(MOODS)] for at in range(subjects - 1)]
    return [rng.uniform(0.66, 0.84), *members]


def _ballot(rng: random.Random, moods: list[float]) -> str:
    marks = ""
    for mood in moods:
        weights = [mood, (1 - mood) * 0.55, (1 - mood) * 0.27, (1 - mood) * 0.1, 0.03, 0.01]
        marks += rng.choices("123450", weights)[0]
    return marks


def _collect(
    rating: Rating, group: str, ballots: list[str], single: bool, first: User, second: User | None
) -> None:
    counted = len(ballots)
    figures = {"issued": counted + 4, "returned": counted + 1, "missing": 3, "valid": counted, "void": 1}
    given: dict[str, Any] = {"figures": figures}
    if single:
        rows = [{"number": str(number), "marks": marks} for number, marks in enumerate(ballots, 1)]
        services.enter_ballots(actor=first, rating=_fresh(rating), channel="entry", group=group, ballots=rows)
    else:
        given["marks"] = {
            str(at + 1): [sum(ballot[at] == mark for ballot in ballots) for mark in "123450"]
            for at in range(len(ballots[0]))
        }
    way = "single" if single else "counted"
    sheet = services.add_count(
        actor=first, rating=_fresh(rating), channel="entry", group=group, way=way, **given
    )
    if second is not None:
        services.sign_count(actor=second, sheet=sheet, **given)
