import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from inspection.board import build_board
from tests.factories import make_inspection, make_round, make_village
from villages import services

DAY = dt.date(2026, 3, 10)


@pytest.fixture(autouse=True)
def _day(monkeypatch):
    monkeypatch.setattr("core.clock.today", lambda: DAY)


def names(board):
    return [line["inspection"].village.name for line in board["lines"]]


def test_the_office_sees_every_village_and_a_team_its_own(cast):
    assert names(build_board(cast.office_clerk, cast.round)) == ["云溪村", "柳巷村"]
    assert names(build_board(cast.leader, cast.round)) == ["云溪村"]


def test_the_numbers_of_the_stages_add_up_and_filter(cast):
    services.advance_stage(actor=cast.office_clerk, inspection=cast.inspection, to="survey")
    board = build_board(cast.office_clerk, cast.round)
    counts = {option["value"]: option["count"] for option in board["stages"]}
    assert (counts[""], counts["prep"], counts["survey"], counts["filed"]) == (2, 1, 1, 0)
    assert names(build_board(cast.office_clerk, cast.round, stage="survey")) == ["云溪村"]


def test_team_and_town_narrow_the_board(cast):
    assert names(build_board(cast.office_clerk, cast.round, team=str(cast.other_team.number))) == ["柳巷村"]
    assert names(build_board(cast.office_clerk, cast.round, town=cast.town_place.code)) == ["云溪村"]
    assert names(build_board(cast.office_clerk, cast.round, town="999999999999")) == []


@pytest.mark.parametrize(
    ("entry", "leave", "on_site", "late"),
    [(0, 5, 1, 0), (-5, 0, 1, 0), (1, 5, 0, 0), (-9, -1, 0, 1)],
)
def test_who_is_on_site_and_who_is_late(cast, entry, leave, on_site, late):
    days = dt.timedelta(days=entry), dt.timedelta(days=leave)
    make_inspection(cast.team, make_village(cast.town_place), entry_on=DAY + days[0], exit_on=DAY + days[1])
    cast.inspection.delete()
    board = build_board(cast.leader, cast.round)
    assert (board["on_site"], board["late"]) == (on_site, late)


def test_a_village_past_its_fieldwork_is_not_late(cast):
    cast.inspection.status = "report"
    cast.inspection.entry_on = DAY - dt.timedelta(days=40)
    cast.inspection.exit_on = DAY - dt.timedelta(days=20)
    cast.inspection.save()
    assert build_board(cast.leader, cast.round)["late"] == 0


@pytest.mark.parametrize("who", ["town", "village", "discipline", "sysadmin", "stranger"])
def test_the_board_is_the_inspecting_sides(cast, client, who):
    client.force_login(getattr(cast, who))
    assert client.get(reverse("inspection:board")).status_code == 403


def test_the_cost_of_the_board_does_not_grow_with_villages(cast, client):
    client.force_login(cast.office_clerk)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("inspection:board"))
        return len(queries)

    cost()  # the first page of a session also writes the session
    one = cost()
    for _ in range(2):
        make_inspection(cast.team, make_village(cast.town_place))
    assert cost() == one


# --- the round switch -------------------------------------------------------------------------------------


def switch(client, key, referer=""):
    address = reverse("inspection:switch_round", kwargs={"pk": key})
    return client.post(address, headers={"referer": referer})


def test_the_chosen_round_stays_for_the_session(cast, client):
    earlier = make_round(cast.district, cast.scheme, year=2025, name="第四轮旧事")
    client.force_login(cast.office_clerk)
    assert f"{cast.round.name} ·" in client.get(reverse("inspection:board")).content.decode()
    response = switch(client, earlier.pk, "http://testserver/zonglan/?a=1")
    assert (response.status_code, response.url) == (302, "/zonglan/")
    assert "第四轮旧事 ·" in client.get(reverse("inspection:board")).content.decode()


def test_a_round_of_others_and_one_that_is_not_there_cannot_be_chosen(cast, client):
    far = make_round(cast.district, cast.scheme)
    client.force_login(cast.leader)
    assert switch(client, far.pk).status_code == 404
    assert switch(client, uuid.uuid4()).status_code == 404
    assert "round" not in client.session


@pytest.mark.parametrize(
    "referer", ["", "https://elsewhere.example/x", "http://testserver//elsewhere.example/"]
)
def test_the_way_back_never_leads_elsewhere(cast, client, referer):
    client.force_login(cast.office_clerk)
    assert switch(client, cast.round.pk, referer).url in ("/", "/x")
