"""Three hundred villages and twenty teams through the database: declared ties, one bulk reading, days of each team."""

import datetime as dt
import itertools

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import clock
from prep import services
from tests.factories import make_pledge, make_town
from villages.models import (
    Membership,
    Recusal,
    RecusalException,
    Role,
    Round,
    Team,
    Ties,
    User,
    Village,
    VillageInspection,
    WorkHistory,
)

pytestmark = pytest.mark.django_db
TEAMS, VILLAGES, TOWNS = 20, 300, 15


@pytest.fixture
def large(cast):
    """A round of its own: five people a team, each fourth person tied to a village, some to a whole town."""
    cast.large = Round.objects.create(
        district=cast.district, scheme=cast.scheme, term=5, year=2026, number=90, name="大轮次", status="planned",
        starts_on=dt.date(2026, 3, 2), ends_on=dt.date(2026, 11, 30),
    )  # fmt: skip
    towns = [make_town(cast.district) for _ in range(TOWNS)]
    cast.villages = Village.objects.bulk_create(
        Village(
            town=towns[n % TOWNS], code=f"{towns[n % TOWNS].code[:9]}{n:03}", name=f"大轮{n}村",
            households=200 + n * 37 % 900, population=800 + n * 113 % 3000,
        )
        for n in range(VILLAGES)
    )  # fmt: skip
    teams = Team.objects.bulk_create(
        Team(round=cast.large, number=n, name=f"大轮第{n}组") for n in range(1, TEAMS + 1)
    )
    people = User.objects.bulk_create(
        User(username=f"large{n}", display_name=f"组员{n}", role=Role.INSPECTOR, password="!")
        for n in range(TEAMS * 5)
    )
    pledge = make_pledge()
    Membership.objects.bulk_create(
        Membership(
            round=cast.large, team=teams[n // 5], user=user, role="member" if n % 5 else "leader",
            pledge=pledge, sworn_at=clock.now(), ties=Ties.NONE,
        )
        for n, user in enumerate(people)
    )  # fmt: skip
    Recusal.objects.bulk_create(
        Recusal(user=user, village=cast.villages[n * 7 % VILLAGES], relation="kin")
        for n, user in enumerate(people)
        if n % 4 == 0
    )
    Recusal.objects.bulk_create(
        Recusal(user=people[n], town=towns[n % TOWNS], relation="work") for n in (3, 18, 41, 66)
    )
    WorkHistory.objects.create(
        user=people[7], village=cast.villages[5], post="第一书记", from_on=dt.date(2024, 1, 1)
    )
    RecusalException.objects.create(
        round=cast.large,
        user=people[0],
        village=cast.villages[0],
        reason="人手",
        approved_by=cast.office_head,
    )
    cast.people = people
    return cast


def tied_pairs(cast):
    """Person and village, straight from the tables, without the code under test."""
    pairs = {(row.user_id, row.village_id) for row in Recusal.objects.exclude(village=None)}
    for row in Recusal.objects.exclude(town=None):
        pairs |= {(row.user_id, village.pk) for village in cast.villages if village.town_id == row.town_id}
    pairs |= {(row.user_id, row.village_id) for row in WorkHistory.objects.all()}
    return pairs - {(row.user_id, row.village_id) for row in RecusalException.objects.all()}


def test_a_large_round_is_planned_within_the_bound_and_no_tie_is_broken(large, client):
    with clock.held(dt.date(2026, 2, 1)), CaptureQueriesContext(connection) as captured:
        plan = services.make_plan(actor=large.office_clerk, round_=large.large, villages=large.villages)
    assert len(captured) < 80
    stops = list(plan.stops.select_related("team", "village"))
    assert len(stops) == VILLAGES
    team_of = dict(Membership.objects.filter(round=large.large).values_list("user", "team"))
    held = {(stop.team_id, stop.village_id) for stop in stops}
    assert [pair for pair in tied_pairs(large) if (team_of[pair[0]], pair[1]) in held] == []
    assert 1 <= plan.ratio <= 1.08
    for _, group in itertools.groupby(
        sorted(stops, key=lambda s: (s.team.number, s.entry_on)), lambda s: s.team_id
    ):
        rows = list(group)
        middle = (len(rows) + 1) // 2
        assert max(row.load for row in rows[:middle]) <= min(row.load for row in rows[middle:])
        assert all(a.exit_on < b.entry_on for a, b in itertools.pairwise(rows))
        assert all(row.entry_on.weekday() < 5 for row in rows)
    client.force_login(large.office_clerk)
    with CaptureQueriesContext(connection) as captured:
        page = client.get(reverse("prep:plan", kwargs={"pk": plan.pk})).content.decode()
    assert len(captured) < 40
    assert page.count('class="bar ') == VILLAGES
    with clock.held(dt.date(2026, 2, 2)):
        services.apply_plan(actor=large.office_head, plan=plan)
    rows = VillageInspection.objects.filter(round=large.large)
    assert {(row.team_id, row.village_id) for row in rows} == held
