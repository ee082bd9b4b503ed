"""Which places, rounds, teams, accounts and declarations each role sees."""

import pytest

from tests.factories import (
    make_district,
    make_inspection,
    make_round,
    make_team,
    make_town,
    make_user,
    make_village,
)
from villages import services
from villages.models import (
    ImportStage,
    Membership,
    ParameterDefault,
    Recusal,
    Round,
    RoundParameter,
    Team,
    Town,
    User,
    Village,
    VillageInspection,
)

EVERYONE = [
    "office_head", "office_clerk", "leader", "deputy", "member", "archivist", "outsider", "town", "other_town",
    "village", "discipline", "organisation", "department", "sysadmin", "stranger",
]  # fmt: skip
INSPECTORS = {"leader", "deputy", "member", "archivist", "outsider"}
OFFICE = {"office_head", "office_clerk"}


@pytest.fixture
def wide(cast):
    """The cast plus a round, a team and a village that have nothing to do with the cast's people."""
    cast.far_round = make_round(cast.district, cast.scheme)
    cast.far_team = make_team(cast.far_round)
    make_inspection(cast.far_team, make_village(cast.other_town_place))
    RoundParameter.objects.create(round=cast.round, key="a", label="甲", value=1)
    RoundParameter.objects.create(round=cast.far_round, key="a", label="甲", value=1)
    ParameterDefault.objects.create(key="a", label="甲", value=1, valid_from="2024-01-01")
    return cast


def counts(cast, model):
    return {who: model.objects.visible_to(getattr(cast, who)).count() for who in EVERYONE}


def expected(**groups):
    """Counts by name; whoever is not named sees nothing."""
    return {who: groups.get(who, 0) for who in EVERYONE}


def everybody(names, number):
    return dict.fromkeys(names, number)


def test_places(wide):
    inside = everybody(OFFICE | INSPECTORS | {"sysadmin"}, 3)
    assert counts(wide, Village) == expected(**inside, town=1, other_town=2, village=1)
    inside = everybody(OFFICE | INSPECTORS | {"sysadmin"}, 2)
    assert counts(wide, Town) == expected(**inside, town=1, other_town=1)


def test_rounds_and_teams(wide):
    assert counts(wide, Round) == expected(**everybody(OFFICE, 2), **everybody(INSPECTORS, 1))
    assert counts(wide, Team) == expected(**everybody(OFFICE, 3), **everybody(INSPECTORS, 2))
    assert counts(wide, Membership) == expected(**everybody(OFFICE | INSPECTORS, 5))
    assert counts(wide, RoundParameter) == expected(**everybody(OFFICE, 2), **everybody(INSPECTORS, 1))


def test_villages_in_a_round(wide):
    assert counts(wide, VillageInspection) == expected(**everybody(OFFICE, 3), **everybody(INSPECTORS, 1))


def test_accounts(wide):
    total = User.objects.count()
    own = everybody([who for who in EVERYONE if who != "stranger"], 1)
    assert counts(wide, User) == expected(**own | everybody(OFFICE | {"sysadmin"}, total))


def test_reference_data_of_the_inspecting_side(wide):
    assert counts(wide, ParameterDefault) == expected(**everybody(OFFICE | INSPECTORS, 1))


def test_declarations_are_their_writers_and_the_offices(wide):
    services.declare_recusal(actor=wide.member, user=wide.member, relation="kin", village=wide.village_place)
    assert counts(wide, Recusal) == expected(**everybody(OFFICE, 1), member=1)


def test_a_preview_of_an_import_is_its_owners(wide):
    ImportStage.objects.create(kind="villages", owner=wide.office_clerk, filename="名册.xlsx")
    assert counts(wide, ImportStage) == expected(office_clerk=1)


def test_a_disabled_account_sees_nothing_at_all(wide):
    wide.office_head.is_active = False
    for model in (Village, Town, Round, Team, User, VillageInspection, Recusal):
        assert not model.objects.visible_to(wide.office_head).exists()


def test_a_town_account_without_a_unit_sees_no_place(wide):
    lost = make_user("town")
    other = make_town(make_district(code="990102"))
    assert not Village.objects.visible_to(lost).exists()
    assert not Town.objects.visible_to(lost).filter(pk=other.pk).exists()
