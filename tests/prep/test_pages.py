"""The pages of preparation through HTTP: what is typed arrives, buttons act once, lists cost the same at any length."""

import datetime as dt

import pytest
from django.urls import reverse

from core.audit import SYSTEM
from prep import selectors, services
from prep.models import CommitteeMember, VillageProfile, WatchItem, WatchStatus, YearFigure
from tests.factories import make_inspection, make_member, make_user, make_village
from tests.prep.lists import make_item, save_profile
from villages.models import Role, Stage, TeamRole, VillageInspection

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(client, cast):
    client.force_login(cast.member)
    return client


@pytest.fixture
def leader(client, cast):
    client.force_login(cast.leader)
    return client


def at(name, row, **more):
    return reverse(f"prep:{name}", kwargs={"pk": row.pk} | more)


def row_fields(name, rows):
    return {f"{name}-{n}-{key}": value for n, row in enumerate(rows) for key, value in row.items()}


def test_who_only_reads_is_not_sent_to_the_sheet_to_write_on(client, cast):
    save_profile(cast)
    sheet = at("profile_edit", cast.inspection)
    for person, offered in ((cast.member, True), (cast.office_clerk, False)):
        client.force_login(person)
        page = client.get(at("village", cast.inspection)).content.decode()
        assert "填村情档案" in page
        assert (f'href="{sheet}"' in page) == offered == (client.get(sheet).status_code == 200)


def test_who_has_not_sworn_is_told_what_is_missing_and_not_that_nothing_was_assigned(client, cast):
    client.force_login(make_member(cast.team, TeamRole.MEMBER, sworn=False))
    page = client.get(reverse("prep:index")).content.decode()
    assert cast.village_place.name not in page and "您签署保密承诺后" in page


# --- profile ----------------------------------------------------------------------------------------------

SHEET = {
    "revision": "0",
    "households": "612",
    "population": "2143",
    "traits": ["farming", "land"],
    "note": "重点看合同",
    **row_fields("year_figures", [
        {"year": "2025", "income": "912000", "expense": "", "debt": "", "petitions": "6", "cases": "1"},
        {"year": "", "income": "", "expense": "", "debt": "", "petitions": "", "cases": ""},
    ]),
    **row_fields("committee", [
        {"name": "江予安", "post": "党总支书记", "gender": "male", "born": "1975-03-01", "education": "大专",
         "from_on": "2021-03-01", "to_on": ""},
    ]),
}  # fmt: skip


def test_a_profile_typed_into_the_form_is_saved_with_its_rows(member, cast):
    response = member.post(at("profile_edit", cast.inspection), SHEET)
    assert response.url == at("village", cast.inspection)
    profile = VillageProfile.objects.get()
    assert (profile.households, profile.traits) == (612, ["farming", "land"])
    assert YearFigure.objects.get().petitions == 6
    assert CommitteeMember.objects.get().born == dt.date(1975, 3, 1)


def test_the_history_of_a_profile_names_its_traits_in_words(member, cast):
    member.post(at("profile_edit", cast.inspection), SHEET)
    history = member.get(at("village", cast.inspection)).content.decode()
    assert "farming" not in history


def test_the_form_begins_with_what_the_register_says(member, cast):
    page = member.get(at("profile_edit", cast.inspection)).content.decode()
    assert 'name="households" value="400"' in page


def test_a_row_that_cannot_be_read_is_named_and_nothing_is_saved(member, cast):
    response = member.post(at("profile_edit", cast.inspection), SHEET | {"year_figures-0-income": "约九十万"})
    assert response.status_code == 422
    assert "第1行收入（元）" in response.content.decode()
    assert "约九十万" in response.content.decode()
    assert not VillageProfile.objects.exists()


def test_the_second_of_two_writers_sees_both_versions(member, cast):
    save_profile(cast)
    save_profile(cast, actor=cast.deputy, revision=1, values={"note": "副组长的结论"})
    response = member.post(at("profile_edit", cast.inspection), SHEET | {"revision": "1"})
    page = response.content.decode()
    assert response.status_code == 409
    assert "副组长的结论" in page and "重点看合同" in page
    assert VillageProfile.objects.get().note == "副组长的结论"


# --- watch list -------------------------------------------------------------------------------------------


def test_the_list_is_drawn_shared_out_and_concluded_with_buttons(leader, cast):
    services.load_library(actor=SYSTEM)
    leader.post(at("watch_draw", cast.inspection))
    items = list(WatchItem.objects.all())
    leader.post(
        at("watch_assign", cast.inspection),
        {
            "item": [str(item.pk) for item in items[:3]],
            "assignee": str(cast.member.pk),
            "due_on": "2026-03-15",
        },
    )
    assert WatchItem.objects.filter(assignee=cast.member, due_on=dt.date(2026, 3, 15)).count() == 3
    item = WatchItem.objects.filter(assignee=cast.member).first()
    response = leader.post(
        at("watchitem_action", item, action="suspect"), {"revision": item.revision, "reason": "公示缺两季"}
    )
    assert response.url == at("watchitem", item)
    item.refresh_from_db()
    assert (item.status, item.note) == (WatchStatus.SUSPECTED, "公示缺两季")


def test_a_button_pressed_twice_acts_once(leader, cast):
    item = make_item(cast.inspection)
    sent = {"revision": item.revision, "reason": "已核对", "_key": "ab" * 16}
    address = at("watchitem_action", item, action="clear")
    assert leader.post(address, sent).status_code == leader.post(address, sent).status_code == 302
    item.refresh_from_db()
    assert (item.status, item.revision) == (WatchStatus.CLEARED, 2)


def test_an_item_is_added_and_reworded(member, cast):
    member.post(at("watch_add", cast.inspection), {"title": "鱼塘租金去向", "scope": "individual"})
    item = WatchItem.objects.get()
    sent = {"revision": item.revision, "title": "鱼塘租金是否入账", "scope": "individual", "method": "对流水"}
    assert member.post(at("watchitem_edit", item), sent).url == at("watchitem", item)
    item.refresh_from_db()
    assert (item.title, item.method) == ("鱼塘租金是否入账", "对流水")


def test_filters_narrow_the_list(member, cast):
    make_item(cast.inspection, title="看合同", status=WatchStatus.CLEARED)
    make_item(cast.inspection, title="看账目", assignee=cast.member, scope="individual")
    for query, seen, unseen in (
        ("status=open", "看账目", "看合同"),
        (f"holder={cast.member.pk}", "看账目", "看合同"),
        ("holder=-", "看合同", "看账目"),
        ("scope=individual", "看账目", "看合同"),
    ):
        page = member.get(f"{at('watch_list', cast.inspection)}?{query}").content.decode()
        assert seen in page and unseen not in page, query


def test_the_printed_list_holds_every_item_with_room_to_write(member, cast):
    for n in range(3):
        make_item(cast.inspection, title=f"待查第{n}件")
    page = member.get(at("watch_print", cast.inspection)).content.decode()
    assert all(f"待查第{n}件" in page for n in range(3))
    assert "□属实" in page


def test_the_village_moves_on_by_its_button(leader, cast):
    save_profile(cast)
    make_item(cast.inspection, assignee=cast.member)
    assert "档案、清单、分工齐备" in leader.get(at("village", cast.inspection)).content.decode()
    leader.post(at("finish", cast.inspection), {"revision": cast.inspection.revision})
    assert VillageInspection.objects.get(pk=cast.inspection.pk).status == Stage.SURVEY


def test_items_are_offered_only_to_members_who_have_signed_the_pledge(leader, cast):
    make_member(cast.team, TeamRole.MEMBER, make_user(Role.INSPECTOR, "新来的同志"), sworn=False)
    make_item(cast.inspection)
    page = leader.get(at("watch_list", cast.inspection)).content.decode()
    assert f'<option value="{cast.member.pk}">' in page
    assert "新来的同志" not in page


def test_an_empty_list_says_what_to_do_first(member, cast):
    assert "先填好村情档案" in member.get(at("watch_list", cast.inspection)).content.decode()


# --- what others see --------------------------------------------------------------------------------------


def test_the_villages_own_page_shows_its_years_only_to_the_inspecting_side(client, cast):
    save_profile(cast)
    card = reverse("prep:village_card", kwargs={"pk": cast.village_place.pk})
    client.force_login(cast.member)
    assert "2025年" in client.get(card).content.decode()
    for role in ("town", "village", "outsider"):
        client.force_login(getattr(cast, role))
        assert client.get(card).content.strip() == b"", role


def test_the_desk_says_what_waits(cast):
    save_profile(cast)
    make_item(cast.inspection, assignee=cast.member, due_on=dt.date(2026, 3, 10))
    make_item(cast.inspection, assignee=cast.member, due_on=dt.date(2026, 3, 8))
    mine = selectors.desk_items(cast.member, cast.round)
    assert [(item.kind, item.due_on) for item in mine] == [("待查问题", dt.date(2026, 3, 8))]
    assert "2条" in mine[0].title
    assert [item.kind for item in selectors.desk_items(cast.leader, cast.round)] == ["进驻前准备"]
    assert ["云溪村" in item.title for item in selectors.desk_items(cast.outsider, cast.round)] == [False]
    for role in ("office_head", "town", "sysadmin", "stranger"):
        assert selectors.desk_items(getattr(cast, role), cast.round) == [], role


def test_the_search_finds_only_what_one_may_see(cast):
    make_item(cast.inspection, title="鱼塘租金去向")
    assert [hit["title"] for hit in selectors.search(cast.member, "鱼塘")] == ["鱼塘租金去向"]
    assert selectors.search(cast.outsider, "鱼塘") == selectors.search(cast.town, "鱼塘") == []


# --- cost -------------------------------------------------------------------------------------------------


def queries(client, address, counter):
    client.get(address)
    with counter as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_lists_cost_the_same_with_one_row_and_with_three(member, cast, django_assert_max_num_queries):
    def cost(address):
        return queries(member, address, django_assert_max_num_queries(60))

    make_item(cast.inspection, assignee=cast.member)
    pages = [
        reverse("prep:index"),
        at("watch_list", cast.inspection),
        at("watch_print", cast.inspection),
        reverse("inspection:desk"),
    ]
    before = [cost(page) for page in pages]
    for _ in range(2):
        make_item(cast.inspection, assignee=cast.archivist, category=cast.scheme.categories.get(code="E1"))
        more = make_inspection(cast.team, make_village(cast.town_place))
        make_item(more, assignee=cast.member)
    assert [cost(page) for page in pages] == before
