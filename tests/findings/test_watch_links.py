"""Papers and the watch list: one written from an item, earlier rounds taken over, nothing left open at the end."""

import datetime as dt

import pytest
from django.urls import reverse

from core.errors import NotAllowed, ServiceError
from findings import services
from findings.models import Finding, FindingStatus
from findings.selectors.watch import earlier_problems
from prep.models import Origin, WatchItem, WatchStatus
from tests.factories import make_inspection, make_member, make_round, make_team
from tests.findings import papers
from tests.prep.lists import make_item
from villages.models import Stage, TeamRole, VillageInspection

pytestmark = pytest.mark.django_db


def at(name, row):
    return reverse(f"findings:{name}", kwargs={"pk": row.pk})


# --- from an item to a paper ------------------------------------------------------------------------------


def test_a_paper_begins_with_the_words_of_its_item_and_names_it(client, cast):
    category = cast.scheme.categories.get(code="E3")
    item = make_item(
        cast.inspection,
        title="鱼塘合同到期",
        category=category,
        basis="资源发包有关规定",
        origin=Origin.LETTER,
    )
    client.force_login(cast.member)
    address = f"{reverse('findings:finding_new')}?watch={item.pk}"
    page = client.get(address)
    form = page.context["form"]
    assert (form["title"].value(), form["basis"].value()) == ("鱼塘合同到期", "资源发包有关规定")
    assert form.initial["subcategory"] == category and form.initial["category"] == category.parent
    assert form.initial["village"] == cast.inspection and form.initial["origins"] == ["department"]
    sent = {
        "village": str(cast.inspection.pk), "title": "鱼塘合同到期未收回", "subcategory": str(category.pk),
        "severity": "ordinary", "commonality": "individual",
    }  # fmt: skip
    client.post(address, sent)
    finding = Finding.objects.get()
    assert finding.watch_item == item and list(item.findings.all()) == [finding]
    assert "鱼塘合同到期" in client.get(at("finding", finding)).content.decode()


def test_an_item_of_another_village_or_team_is_not_taken(client, cast):
    own = VillageInspection.objects.get(pk=cast.inspection.pk)
    foreign = make_item(cast.other_inspection, title="外组的问题")
    with pytest.raises(ServiceError, match="另一个村"):
        services.create_finding(
            actor=cast.member, inspection=own, values=papers.values(cast), watch_item=foreign
        )
    client.force_login(cast.member)
    page = client.get(f"{reverse('findings:finding_new')}?watch={foreign.pk}").content.decode()
    assert "外组的问题" not in page
    assert client.get(f"{reverse('findings:finding_new')}?watch=nonsense").status_code == 200


def test_the_items_page_lists_its_papers_but_no_withdrawn_or_deleted_one(client, cast):
    item = make_item(cast.inspection)
    for title, status in (("留下的", FindingStatus.DRAFT), ("撤销的", FindingStatus.WITHDRAWN)):
        paper = services.create_finding(
            actor=cast.member,
            inspection=cast.inspection,
            values=papers.values(cast, title=title),
            watch_item=item,
        )
        Finding.objects.filter(pk=paper.pk).update(status=status, group_decision="组务会同意")
    client.force_login(cast.office_head)
    page = client.get(at("of_watch_item", item)).content.decode()
    assert "留下的" in page and "撤销的" not in page and "据此建底稿" not in page
    client.force_login(cast.member)
    assert "据此建底稿" in client.get(at("of_watch_item", item)).content.decode()


# --- earlier rounds ---------------------------------------------------------------------------------------


@pytest.fixture
def earlier(cast):
    """Two confirmed problems and a draft another team left in this village a year ago."""
    round_ = make_round(
        cast.district, cast.scheme, year=2025, number=1, name="第四轮对村巡察",
        starts_on=dt.date(2025, 3, 1), ends_on=dt.date(2025, 5, 1),
    )  # fmt: skip
    team = make_team(round_)
    writer = make_member(team, TeamRole.MEMBER)
    inspection = make_inspection(team, cast.village_place)
    made = [
        papers.draft(cast, handler=writer, inspection=inspection, title=title)
        for title in ("旧问题一", "旧问题二", "没签的草稿")
    ]
    for number, paper in enumerate(made[:2], 1):
        Finding.objects.filter(pk=paper.pk).update(status=FindingStatus.FILED, no=f"旧-{number}")
    return made


def test_confirmed_problems_of_earlier_rounds_become_items_once(cast, earlier):
    chosen = [str(paper.pk) for paper in earlier]
    (first, second) = services.take_over_earlier(actor=cast.member, inspection=cast.inspection, papers=chosen)
    assert (first.origin, first.source_key) == (Origin.EARLIER, f"earlier:{earlier[0].pk}")
    assert "旧问题一" in first.title and first.category.code == "E3"
    assert "第四轮对村巡察底稿旧-1" in first.origin_note and "村党组织认可上述事实" in first.origin_note
    assert "《农村集体资产管理办法》第十九条" in second.basis
    assert services.take_over_earlier(actor=cast.member, inspection=cast.inspection, papers=chosen) == []
    assert WatchItem.objects.count() == 2


def test_the_new_team_sees_the_words_of_old_problems_and_nothing_more(cast, earlier):
    found = earlier_problems(cast.inspection)
    assert [row.finding.title for row in found] == ["旧问题一", "旧问题二"]
    assert not Finding.objects.visible_to(cast.member).filter(pk=earlier[0].pk).exists()


@pytest.mark.parametrize("role", ["outsider", "office_head", "town", "sysadmin"])
def test_only_the_team_that_goes_there_takes_them_over(cast, earlier, role):
    with pytest.raises(NotAllowed):
        services.take_over_earlier(
            actor=getattr(cast, role), inspection=cast.inspection, papers=[str(earlier[0].pk)]
        )


def test_the_page_offers_what_is_not_on_the_list_yet(client, cast, earlier):
    client.force_login(cast.member)
    assert "<b>2</b>个还没有列入" in client.get(at("earlier_card", cast.inspection)).content.decode()
    client.post(at("earlier", cast.inspection), {"paper": [str(earlier[1].pk)]})
    page = client.get(at("earlier", cast.inspection)).content.decode()
    assert page.count('name="paper"') == 1 and "已列入第1条" in page
    assert "<b>1</b>个还没有列入" in client.get(at("earlier_card", cast.inspection)).content.decode()


def test_a_village_without_a_past_shows_no_card(client, cast):
    client.force_login(cast.member)
    assert client.get(at("earlier_card", cast.inspection)).content.strip() == b""


# --- the end ----------------------------------------------------------------------------------------------


@pytest.fixture
def nearly_done(cast):
    papers.signed(cast)
    VillageInspection.objects.filter(pk=cast.inspection.pk).update(status=Stage.FINDING)
    return VillageInspection.objects.select_related("team", "round", "village").get(pk=cast.inspection.pk)


def test_the_stage_does_not_end_while_items_are_open(client, cast, nearly_done):
    for status in (WatchStatus.OPEN, WatchStatus.OPEN, WatchStatus.SUSPECTED):
        make_item(nearly_done, status=status)
    with pytest.raises(ServiceError, match="待查问题清单还有2条没有结论"):
        services.finish_findings(actor=cast.leader, inspection=nearly_done)
    client.force_login(cast.leader)
    page = client.get(reverse("findings:progress")).content.decode()
    address = reverse("prep:watch_list", kwargs={"pk": nearly_done.pk})
    assert f'{address}?status=open">2条待查问题没有结论' in page and "data-confirm" not in page


def test_it_ends_once_every_item_has_a_conclusion(cast, nearly_done):
    make_item(nearly_done, status=WatchStatus.CLEARED)
    assert services.finish_findings(actor=cast.leader, inspection=nearly_done).status == Stage.REPORT
