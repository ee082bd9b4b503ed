"""The rail leads every role exactly where that role may go."""

import pytest
from django.urls import reverse

from tests.access.roles import EVERYONE


def rail_of(client, user, page="villages:village_list"):
    client.force_login(user)
    return client.get(reverse(page)).context["rail"]


def test_the_five_stages_are_on_the_rail_of_the_office(cast, client):
    chars = [stop["char"] for stop in rail_of(client, cast.office_clerk)]
    assert [char for char in chars if char in "细广谋准实档"] == list("细广谋准实档")


@pytest.mark.parametrize("who", sorted(EVERYONE))
def test_every_entry_opens_for_who_sees_it(cast, client, who):
    for stop in rail_of(client, getattr(cast, who)):
        response = client.get(stop["url"], follow=True)
        assert response.status_code == 200, (who, stop["label"])


def test_one_entry_is_marked_as_the_present_place(cast, client):
    marked = [stop["label"] for stop in rail_of(client, cast.office_clerk) if stop["active"]]
    assert marked == ["村（社区）"]
    team = client.get(reverse("villages:team", kwargs={"pk": cast.team.pk}))
    assert [stop["label"] for stop in team.context["rail"] if stop["active"]] == ["轮次与分工"]


def test_a_fragment_carries_no_rail(cast, client):
    client.force_login(cast.leader)
    response = client.get(reverse("inspection:search"), headers={"HX-Request": "true"})
    assert "rail" not in response.context
