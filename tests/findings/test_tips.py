"""Experience between teams: the method travels, people and places stay."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.errors import NotAllowed, ServiceError
from findings import services
from findings.models import Tip, TipUse
from findings.selectors.tips import tips_of
from findings.workflow import TIP_FLOW
from tests.findings import papers, tips
from tests.findings.test_views import page
from tests.prep.lists import make_item
from villages.models import Recusal

pytestmark = pytest.mark.django_db

LIST = reverse("findings:tips")
ROLES = (
    "office_head", "office_clerk", "leader", "deputy", "member", "archivist", "outsider", "town", "village",
    "discipline", "organisation", "department", "sysadmin", "stranger",
)  # fmt: skip
EXPECTED = {("draft", "share"): {"leader", "deputy"}, ("shared", "take_back"): {"leader", "deputy"}}


@pytest.mark.parametrize(("state", "make"), [("draft", tips.a_tip), ("shared", tips.shared)])
def test_each_role_may_take_exactly_the_steps_of_the_table(cast, state, make):
    tip = tips.reload(make(cast))
    for step in TIP_FLOW.transitions:
        may = {role for role in ROLES if TIP_FLOW.check(getattr(cast, role), tip, step)}
        assert may == EXPECTED.get((state, step), set()), step


def test_a_draft_stays_with_its_team_and_what_is_shared_reaches_who_works_in_villages(cast):
    tip = tips.a_tip(cast)
    sees = {role for role in ROLES if Tip.objects.visible_to(getattr(cast, role)).exists()}
    assert sees == {"office_head", "office_clerk", "leader", "deputy", "member", "archivist"}
    services.share_tip(actor=cast.leader, tip=tip, revision=tip.revision)
    sees = {role for role in ROLES if Tip.objects.visible_to(getattr(cast, role)).exists()}
    assert sees == {"office_head", "office_clerk", "leader", "deputy", "member", "archivist", "outsider"}


def test_what_another_team_reads_leads_to_no_paper_and_no_village(cast, client):
    tip = tips.shared(cast)
    client.force_login(cast.outsider)
    text = page(client.get(LIST))
    assert tip.how in text and "E3-01" in text
    for secret in (
        tip.finding.title,
        str(tip.finding_id),
        cast.village_place.name,
        cast.town_place.name,
        cast.team.name,
    ):
        assert secret not in text, secret


@pytest.mark.parametrize("name", ["what", "how", "evidence"])
def test_a_person_or_a_place_in_the_text_is_refused_by_its_words(cast, name):
    for text, word in (
        (f"在{cast.village_place.name}对账", cast.village_place.name),
        (f"问{cast.town_place.name}的人", cast.town_place.name),
        ("问书记王建国，再对账", "王建国"),
        ("电话13812345678问到的", "13812345678"),
    ):
        with pytest.raises(ServiceError, match=word):
            services.write_tip(
                actor=cast.member,
                finding=tips.confirmed(cast),
                point=tips.a_point(),
                values=tips.WORDS | {name: text},
            )
    assert not Tip.objects.exists()


def test_only_what_the_leader_signed_becomes_a_tip_of_its_team_and_once(cast):
    with pytest.raises(NotAllowed):
        services.write_tip(
            actor=cast.member, finding=papers.draft(cast), point=tips.a_point(), values=tips.WORDS
        )
    finding = tips.confirmed(cast)
    for stranger in (cast.office_clerk, cast.outsider, cast.town):
        with pytest.raises(NotAllowed):
            services.write_tip(actor=stranger, finding=finding, point=tips.a_point(), values=tips.WORDS)
    services.write_tip(actor=cast.member, finding=finding, point=tips.a_point(), values=tips.WORDS)
    with pytest.raises(ServiceError, match="已经写成"):
        services.write_tip(actor=cast.deputy, finding=finding, point=tips.a_point(), values=tips.WORDS)


def test_it_is_not_reworded_while_it_is_out_and_disappears_when_taken_back(cast):
    tip = tips.shared(cast)
    with pytest.raises(NotAllowed):
        services.edit_tip(actor=cast.member, tip=tip, revision=tip.revision, values=tips.WORDS)
    services.take_back_tip(actor=cast.leader, tip=tip, revision=tip.revision, reason="写得不清楚")
    assert not Tip.objects.visible_to(cast.outsider).exists()
    tip = tips.reload(tip)
    services.edit_tip(
        actor=cast.member, tip=tip, revision=tip.revision, values=tips.WORDS | {"how": "改写。"}
    )


def test_others_say_once_whether_it_helped_and_may_think_again(cast):
    tip = tips.shared(cast)
    for helped in (True, True, False):
        services.rate_tip(actor=cast.outsider, tip=tip, helped=helped)
    services.rate_tip(actor=cast.office_clerk, tip=tip, helped=True)
    [line] = tips_of(cast.outsider, cast.round).rows
    assert (line.tried, line.helped, TipUse.objects.count()) == (2, 1, 2)
    with pytest.raises(NotAllowed):
        services.rate_tip(actor=cast.member, tip=tip, helped=True)


def test_it_stands_beside_the_item_of_the_same_point_in_another_village_only(cast, client):
    tip = tips.shared(cast)
    same = make_item(cast.other_inspection, check_point=tips.a_point())
    other = make_item(cast.other_inspection, check_point=tips.a_point("E3-02"))
    client.force_login(cast.outsider)
    assert tip.what in page(client.get(reverse("findings:of_watch_item", args=[same.pk])))
    assert tip.what not in page(client.get(reverse("findings:of_watch_item", args=[other.pk])))


def test_who_stands_aside_from_the_village_does_not_handle_its_tip(cast):
    tip = tips.a_tip(cast)
    Recusal.objects.create(user=cast.leader, village=cast.village_place, relation="kin")
    # What an account must stand aside from is kept for one request: this is the next one.
    leader = type(cast.leader).objects.get(pk=cast.leader.pk)
    assert not TIP_FLOW.check(leader, tips.reload(tip), "share")


def test_from_the_paper_to_the_other_team_in_the_browser(cast, client):
    finding = tips.confirmed(cast)
    client.force_login(cast.member)
    assert "写成经验" in page(client.get(reverse("findings:finding", args=[finding.pk])))
    at = reverse("findings:tip_new", args=[finding.pk])
    sent = tips.WORDS | {"point": tips.a_point().pk}
    refused = client.post(at, sent | {"how": f"{cast.village_place.name}的账", "_key": "a"})
    assert refused.status_code == 422 and "请改成概括的说法" in page(refused)
    client.post(at, sent | {"_key": "b"})
    tip = Tip.objects.get()
    client.force_login(cast.leader)
    sent = {"revision": tip.revision, "_key": "c"}
    client.post(reverse("findings:tip_action", args=[tip.pk, "share"]), sent)
    client.force_login(cast.outsider)
    client.post(reverse("findings:tip_rate", args=[tip.pk]), {"helped": "1", "_key": "d"})
    assert "1人觉得有用" in page(client.get(LIST))


def test_the_list_of_one_and_of_many_asks_the_same_number_of_queries(cast, client):
    client.force_login(cast.outsider)
    tips.shared(cast)
    client.get(LIST)
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    for _ in range(8):
        tips.shared(cast)
    with CaptureQueriesContext(connection) as many:
        assert page(client.get(LIST)).count("怎么发现的") == 9
    assert len(many) == len(few)
