"""Pages of common problems: what each person sees of a group over several teams, and what a list costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.jobs.runner import run_due
from core.models.jobs import Job
from findings import services
from findings.models import CommonGroup, CommonMember
from findings.selectors.common_proposal import compare_round
from tests.factories import make_inspection, make_village
from tests.findings import papers
from tests.findings.commons import IDLE, WHITE, members, paper, propose, villages, white_slips
from villages.models import Recusal

pytestmark = pytest.mark.django_db


def read(client, user, name, pk=None):
    client.force_login(user)
    response = client.get(reverse(f"findings:{name}", kwargs={"pk": pk} if pk else None))
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def send(client, user, name, pk, **data):
    client.force_login(user)
    return client.post(reverse(f"findings:{name}", kwargs={"pk": pk}), data, follow=True).content.decode()


def over_two_teams(cast):
    """A proposed group with two papers of the cast's team and one of the other."""
    own = [paper(cast, place) for place in villages(cast, 2)]
    foreign = papers.draft(
        cast, handler=cast.outsider, inspection=cast.other_inspection, evidence=[], steps=[],
        title="支出以白条入账", summary="没有正式发票，仅凭手写收条报账，密语。",
    )  # fmt: skip
    return propose(cast).get(), own, foreign


def test_the_list_shows_groups_with_marked_words_and_shares(cast, client):
    group, _ = white_slips(cast)
    shown = read(client, cast.leader, "commons")
    assert group.name in shown and "<mark>" in shown and f"{cast.town_place.name} 3/" in shown


def test_of_papers_of_other_teams_a_member_sees_only_how_many(cast, client):
    group, _, foreign = over_two_teams(cast)
    CommonGroup.objects.filter(pk=group.pk).update(keywords=["白条", "密语"])
    for name, pk in (("commons", None), ("common", group.pk)):
        shown = read(client, cast.member, name, pk)
        assert "1个" in shown and "其他巡察组" in shown
        assert str(foreign.pk) not in shown and "密语" not in shown and "白条" in shown
        assert str(foreign.pk) in read(client, cast.office_clerk, name, pk)


def test_who_stands_aside_from_a_village_reads_nothing_of_it(cast, client):
    group, own, _ = over_two_teams(cast)
    Recusal.objects.create(user=cast.member, village=own[0].village, relation="kin")
    shown = read(client, cast.member, "common", group.pk)
    assert str(own[0].pk) not in shown and str(own[1].pk) in shown and "2个问题" in shown


def test_a_group_without_a_paper_of_the_viewer_is_not_there(cast, client):
    group, _ = white_slips(cast)
    client.force_login(cast.outsider)
    assert client.get(reverse("findings:common", kwargs={"pk": group.pk})).status_code == 404


def test_accepting_splitting_and_naming_by_the_page(cast, client):
    group, written = white_slips(cast, 4)
    client.force_login(cast.office_head)
    client.post(
        reverse("findings:common_action", kwargs={"pk": group.pk, "action": "accept"}),
        {"revision": group.revision},
    )
    group.refresh_from_db()
    assert group.status == "accepted"
    row = CommonMember.objects.get(finding=written[0])
    send(
        client,
        cast.office_head,
        "common_split",
        group.pk,
        revision=group.revision,
        member=row.pk,
        how="apart",
    )
    assert str(written[0].pk) not in members(group)


def test_a_paper_joins_and_leaves_from_its_own_page(cast, client):
    group, _ = white_slips(cast)
    other = paper(cast, cast.inspection, IDLE)
    assert "没有归组" in read(client, cast.member, "common_card", other.pk)
    send(client, cast.member, "common_join", other.pk, group=group.pk)
    assert str(other.pk) in members(group)
    assert group.name in read(client, cast.member, "common_card", other.pk)
    send(client, cast.member, "common_leave", other.pk)
    assert str(other.pk) not in members(group)


def test_singles_are_listed_with_the_group_they_look_like(cast, client):
    white_slips(cast)
    other = paper(cast, cast.inspection, IDLE)
    shown = read(client, cast.leader, "common_singles")
    assert other.title in shown and WHITE["title"] not in shown.split("<tbody>")[1].split("集体资产闲置")[0]


def test_the_job_compares_the_round_and_ends_with_its_groups(cast, client):
    [paper(cast, place) for place in villages(cast, 2)]
    client.force_login(cast.leader)
    client.post(reverse("findings:common_propose"))
    job = Job.objects.get(kind="findings.common")
    run_due(job.pk)
    job.refresh_from_db()
    assert job.result == {"papers": 2, "groups": 1} and CommonGroup.objects.count() == 1


@pytest.mark.parametrize("name", ["commons", "common_singles"])
def test_a_list_costs_the_same_with_many_rows(name, cast, client):
    def cost():
        client.force_login(cast.office_clerk)
        with CaptureQueriesContext(connection) as told:
            client.get(reverse(f"findings:{name}"))
        return len(told)

    white_slips(cast, 2)
    paper(cast, cast.inspection, IDLE)
    cost()
    few = cost()
    for words in (IDLE, {"title": "村务公开不及时", "summary": "公开栏长期不更新，没有按季度张贴。"}):
        for _ in range(3):
            paper(cast, make_inspection(cast.team, make_village(cast.town_place)), words)
    for number in range(3):
        paper(cast, cast.inspection, {"title": f"其他问题{'甲乙丙'[number]}单独一件", "summary": ""})
    services.write_proposal(actor=cast.office_head, round=cast.round, compared=compare_round(cast.round))
    # The groups have changed, so they are read once more.
    cost()
    assert cost() == few


# --- while somebody types ---------------------------------------------------------------------------------


def hint(client, user, **typed):
    client.force_login(user)
    response = client.post(reverse("findings:common_hint"), typed)
    assert response.status_code == 200
    return response.content.decode()


def test_a_title_that_is_typed_shows_the_group_it_sounds_like_and_saves_nothing(cast, client):
    group, _ = white_slips(cast)
    before = CommonMember.objects.count()
    shown = hint(client, cast.member, title="多笔支出用白条入账")
    assert reverse("findings:common", kwargs={"pk": group.pk}) in shown and "3个村（社区）" in shown
    assert CommonMember.objects.count() == before


@pytest.mark.parametrize("title", ["", "白条", "路灯长年不亮无人维修", "\x00<b>"])
def test_a_title_that_says_nothing_yet_or_something_else_shows_no_group(title, cast, client):
    white_slips(cast)
    assert "<a " not in hint(client, cast.member, title=title, category="x", subcategory="9" * 40)


def test_before_the_first_comparison_nothing_is_said(cast, client):
    paper(cast, cast.inspection)
    assert hint(client, cast.member, title=WHITE["title"]).strip() == ""


def test_groups_of_papers_one_may_not_read_are_not_hinted_at(cast, client):
    group, _ = white_slips(cast)
    assert group.name not in hint(client, cast.outsider, title=WHITE["title"])
    assert group.name in hint(client, cast.office_clerk, title=WHITE["title"])


def test_the_groups_are_read_again_only_when_one_has_changed(cast, client):
    def cost():
        with CaptureQueriesContext(connection) as told:
            hint(client, cast.member, title=WHITE["title"])
        return len(told)

    group, _ = white_slips(cast)
    first, second = cost(), cost()
    assert second < first
    idle = paper(cast, cast.inspection, IDLE)
    assert group.name not in hint(client, cast.member, **IDLE)
    services.put_to_group(actor=cast.member, paper=idle, group=CommonGroup.objects.get())
    assert group.name in hint(client, cast.member, **IDLE)


def test_the_form_of_a_paper_asks_while_one_types(cast, client):
    client.force_login(cast.member)
    form = client.get(reverse("findings:finding_new")).content.decode()
    assert reverse("findings:common_hint") in form and 'maxlength="120"' in form
