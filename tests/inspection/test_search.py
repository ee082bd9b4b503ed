import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from inspection.finder import find
from tests.factories import make_village


def hits(user, text):
    return {(group["title"], hit["title"]) for group in find(user, text) for hit in group["hits"]}


def test_two_characters_find_a_village_anywhere_in_its_name(cast):
    make_village(cast.town_place, name="大云溪新村")
    assert hits(cast.leader, "云溪") == {("村（社区）", "云溪村"), ("村（社区）", "大云溪新村")}


@pytest.mark.parametrize("text", ["", "   ", "\x00", "没有这个词"])
def test_nothing_is_found_for_nothing(cast, text):
    assert find(cast.office_clerk, text) == []


@pytest.mark.parametrize("text", ["%", "_", "'", '"', "\\", "(", "云溪村'; --"])
def test_signs_of_a_query_language_are_plain_text(cast, text):
    assert hits(cast.office_clerk, text) == set()


def test_a_town_finds_its_own_villages_only(cast):
    assert hits(cast.town, "村") == {("村（社区）", "云溪村")}
    assert hits(cast.other_town, "云溪") == set()


@pytest.mark.parametrize("who", ["discipline", "organisation", "department", "stranger"])
def test_who_sees_nothing_finds_nothing(cast, who):
    assert find(getattr(cast, who), "村") == []


def test_the_office_finds_accounts_and_an_inspector_the_colleagues_of_the_round(cast):
    assert ("人员", "纪委监委") in hits(cast.office_clerk, "纪委")
    assert hits(cast.member, "副组长") == {("人员", "副组长")}
    assert hits(cast.member, "纪委") == set()
    assert hits(cast.town, "副组长") == set()


def test_no_group_grows_beyond_its_limit_and_the_cost_stays(cast, client):
    client.force_login(cast.office_clerk)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("inspection:search"), {"q": "云溪"})
        return len(queries)

    cost()  # the first page of a session also writes the session
    one = cost()
    for number in range(12):
        make_village(cast.town_place, name=f"云溪{number}村")
    assert cost() == one
    assert len(find(cast.office_clerk, "云溪")[0]["hits"]) == 8


def test_the_typed_words_come_back_escaped(cast, client):
    client.force_login(cast.leader)
    response = client.get(reverse("inspection:search"), {"q": "<script>alert(1)</script>"})
    assert b"<script>alert" not in response.content
