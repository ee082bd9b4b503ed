import threading

import pytest
from django.db import connection, transaction

from core.errors import ServiceError
from tests.factories import make_cast, make_inspection, make_village
from villages import services
from villages.models import FormNumber


def take(cast, kind="DG", inspection=None):
    return services.next_form_number(actor=cast.member, inspection=inspection or cast.inspection, kind=kind)


def test_a_number_names_district_year_round_team_village_and_kind(cast):
    village = make_village(cast.town_place, code=f"{cast.town_place.code[:9]}009")
    inspection = make_inspection(cast.team, village)
    cast.round.number, cast.team.number = 5, 2
    cast.round.save()
    cast.team.round = cast.round
    cast.team.save()
    inspection.team = cast.team
    assert take(cast, "DG", inspection) == "青巡2026-5-2-009-DG-0001"


def test_numbers_run_without_gaps_through_all_villages_of_a_team(cast):
    second = make_inspection(cast.team, make_village(cast.town_place))
    taken = [take(cast), take(cast, inspection=second), take(cast)]
    assert [number[-4:] for number in taken] == ["0001", "0002", "0003"]


def test_teams_and_kinds_count_for_themselves(cast):
    assert take(cast)[-4:] == "0001"
    assert take(cast, "TH")[-4:] == "0001"
    assert take(cast, inspection=cast.other_inspection)[-4:] == "0001"


def test_a_number_returns_when_the_signature_fails(cast):
    take(cast)
    with pytest.raises(RuntimeError), transaction.atomic():
        take(cast)
        raise RuntimeError("签名未完成")
    assert take(cast)[-4:] == "0002"
    assert FormNumber.objects.get(kind="DG").last == 2


def test_a_paper_of_the_whole_team_has_no_village_digits(cast):
    number = services.next_form_number(actor=cast.leader, team=cast.team, kind="QD")
    assert "-000-QD-0001" in number


@pytest.mark.parametrize("kind", ["", "dg", "底稿", "DGDGD", "D-"])
def test_a_strange_kind_of_form_is_refused(cast, kind):
    with pytest.raises(ServiceError):
        take(cast, kind)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_many_people_signing_at_once_get_every_number_once():
    cast = make_cast()
    taken = []

    def sign():
        try:
            for _ in range(5):
                taken.append(take(cast))
        finally:
            connection.close()

    people = [threading.Thread(target=sign) for _ in range(6)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert sorted(number[-4:] for number in taken) == [f"{n:04d}" for n in range(1, 31)]
