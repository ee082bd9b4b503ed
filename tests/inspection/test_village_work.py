"""The card on a village's page that leads to the round's work: who has it, what it says, what it costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from inspection.village_work import inspection_of, work_lines
from tests.findings import leads, papers
from villages.services.pledges import UNSWORN

pytestmark = pytest.mark.django_db


def shown(client, cast):
    address = reverse("inspection:village_work", kwargs={"pk": cast.village_place.pk})
    return client.get(address).content.decode()


def card(client, cast, person):
    client.force_login(person)
    return shown(client, cast)


def lines(cast):
    return {
        line.label: line.said
        for line in work_lines(
            cast.member, inspection_of(cast.member, cast.village_place, cast.round), cast.village_place
        )
    }


def test_who_works_on_the_village_is_led_to_its_papers_and_nobody_else(cast, client):
    way = reverse("findings:village_tables", kwargs={"pk": cast.inspection.pk})
    for person in (cast.member, cast.leader, cast.office_clerk):
        text = card(client, cast, person)
        assert "本轮工作" in text and way in text
        assert f"{reverse('findings:lead_inbox')}?village={cast.village_place.code}" in text
    assert card(client, cast, cast.village).strip() == ""
    cast.inspection.team.memberships.filter(user=cast.member).update(**UNSWORN)
    assert card(client, cast, cast.member).strip() == ""


def test_it_counts_what_is_there_and_what_waits(cast):
    papers.talk(cast)
    papers.draft(cast)
    leads.concluded(cast, "explain")
    leads.a_lead(cast)
    said = lines(cast)
    assert said["谈话记录"] == "1份" and said["问题底稿和审核"] == "1份"
    assert said["疑点"] == "2条，待核1条"


def test_it_costs_the_same_with_many_papers(cast, client):
    papers.talk(cast)
    card(client, cast, cast.member)
    with CaptureQueriesContext(connection) as few:
        shown(client, cast)
    for _ in range(4):
        papers.talk(cast)
        leads.a_lead(cast)
    with CaptureQueriesContext(connection) as many:
        assert "5份" in shown(client, cast)
    assert len(many) == len(few)
