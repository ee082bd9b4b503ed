"""The watch list as a page: drawn by traits and class, filtered, sorted, concluded in its rows and many at once."""

import datetime as dt

import pytest
from django.urls import reverse

from core.errors import NotAllowed, ServiceError
from core.models import AuditEntry
from prep import services
from prep.models import CheckPoint, CheckPointLibrary, Origin, Scope, VillageProfile, WatchItem, WatchStatus
from prep.selectors.watch import WatchFilters, watch_list
from tests.factories import make_inspection, make_village
from tests.prep.lists import make_item, save_profile

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 3, 10)


@pytest.fixture
def library(cast):
    """Five points: for all, for a trait, for a class, for both, and one that is switched off."""
    row = CheckPointLibrary.objects.create(version=1, name="要点库", status=CheckPointLibrary.Status.CURRENT)
    points = (
        ("E1-01", [], [], True),
        ("E1-02", ["farming"], [], True),
        ("E1-03", [], ["key"], True),
        ("E1-04", ["farming"], ["key", "concern"], True),
        ("E1-05", [], [], False),
    )
    for order, (code, traits, attention, active) in enumerate(points):
        CheckPoint.objects.create(
            library=row, code=code, category="E1", title=f"要点{code}", basis="依据", method="查法",
            evidence_hint="材料", traits=traits, attention=attention, active=active, order=order,
        )  # fmt: skip
    return row


def at(name, row, **more):
    return reverse(f"prep:{name}", kwargs={"pk": row.pk} | more)


def shown(cast, viewer=None, **filters):
    listed = watch_list(viewer or cast.member, cast.inspection, WatchFilters(**filters), TODAY)
    return [line.item.title for line in listed.lines]


# --- drawing ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("traits", "attention", "codes"),
    [
        ([], "", {"E1-01"}),
        (["farming"], "", {"E1-01", "E1-02"}),
        (["farming"], "general", {"E1-01", "E1-02"}),
        (["industry"], "key", {"E1-01", "E1-03"}),
        (["farming"], "concern", {"E1-01", "E1-02", "E1-04"}),
        (["farming", "land"], "key", {"E1-01", "E1-02", "E1-03", "E1-04"}),
    ],
)
def test_a_point_is_drawn_when_trait_and_class_both_suit(cast, library, traits, attention, codes):
    profile = save_profile(cast)
    VillageProfile.objects.filter(pk=profile.pk).update(traits=traits, attention_class=attention)
    services.draw_watch_list(actor=cast.member, inspection=cast.inspection)
    drawn = {item.check_point.code: item for item in WatchItem.objects.select_related("check_point")}
    assert set(drawn) == codes
    assert {item.origin for item in drawn.values()} == {Origin.LIBRARY}
    assert drawn["E1-01"].scope == Scope.COMMON
    assert all(drawn[code].scope == Scope.INDIVIDUAL for code in codes - {"E1-01"})


# --- reading ----------------------------------------------------------------------------------------------


def test_the_list_is_filtered_by_origin_and_by_what_is_due(cast):
    make_item(cast.inspection, title="逾期", due_on=TODAY - dt.timedelta(days=1), origin=Origin.LETTER)
    make_item(cast.inspection, title="本周", due_on=TODAY + dt.timedelta(days=7), origin=Origin.CLUE)
    make_item(cast.inspection, title="以后", due_on=TODAY + dt.timedelta(days=8))
    make_item(cast.inspection, title="无期限")
    make_item(
        cast.inspection, title="已查清", due_on=TODAY - dt.timedelta(days=9), status=WatchStatus.CLEARED
    )
    assert shown(cast, due="late") == ["逾期"]
    assert shown(cast, due="week") == ["本周"]
    assert shown(cast, due="-") == ["无期限"]
    assert shown(cast, origin=Origin.LETTER) == ["逾期"]
    listed = watch_list(cast.member, cast.inspection, WatchFilters(), TODAY)
    assert [(o["label"], o["count"]) for o in listed.origins] == [
        ("本组增补", 3),
        ("部门来函", 1),
        ("调查线索", 1),
    ]


def test_the_list_is_sorted_by_any_of_its_columns(cast):
    category = {row.code: row for row in cast.scheme.categories.all()}
    make_item(cast.inspection, title="甲", due_on=dt.date(2026, 3, 20), category=category["E1"])
    make_item(cast.inspection, title="乙", category=category["A1"], status=WatchStatus.CONFIRMED)
    make_item(cast.inspection, title="丙", due_on=dt.date(2026, 3, 12))
    assert shown(cast, sort="due") == ["丙", "甲", "乙"]
    assert shown(cast, sort="-seq") == ["丙", "乙", "甲"]
    assert shown(cast, sort="category") == ["乙", "甲", "丙"]
    assert shown(cast, sort="status") == ["甲", "丙", "乙"]
    assert shown(cast, sort="password") == ["甲", "乙", "丙"]


def test_a_point_that_hit_elsewhere_is_marked_with_a_number_and_no_name(client, cast, library):
    point = library.points.get(code="E1-01")
    make_item(cast.inspection, check_point=point, title="看票据")
    hit = make_item(cast.other_inspection, check_point=point, status=WatchStatus.CONFIRMED)
    third = make_inspection(cast.team, make_village(cast.town_place))
    make_item(third, check_point=point, status=WatchStatus.HANDED_OVER)
    fourth = make_inspection(cast.team, make_village(cast.town_place))
    make_item(fourth, check_point=point, status=WatchStatus.SUSPECTED)
    client.force_login(cast.member)
    page = client.get(at("watch_list", cast.inspection)).content.decode()
    assert "本轮已在2个村查实" in page and hit.village.name not in page
    WatchItem.objects.filter(status=WatchStatus.CONFIRMED).update(status=WatchStatus.CLEARED)
    assert "本轮已在1个村查实" in client.get(at("watch_list", cast.inspection)).content.decode()


def test_the_page_costs_the_same_with_one_row_and_with_three(
    client, cast, library, django_assert_max_num_queries
):
    client.force_login(cast.leader)
    pages = [at("watch_list", cast.inspection)]

    def cost():
        client.get(pages[0])
        with django_assert_max_num_queries(60) as captured:
            assert client.get(pages[0]).status_code == 200
        return len(captured)

    points = list(library.points.all())
    make_item(cast.inspection, check_point=points[0], assignee=cast.member)
    make_item(cast.other_inspection, check_point=points[0], status=WatchStatus.CONFIRMED)
    before = cost()
    for point in points[1:3]:
        make_item(cast.inspection, check_point=point, category=cast.scheme.categories.get(code="E1"))
        make_item(cast.other_inspection, check_point=point, status=WatchStatus.CONFIRMED)
    assert cost() == before


# --- a row concluded where it stands ----------------------------------------------------------------------


def test_the_row_asks_for_its_note_and_comes_back_concluded(client, cast):
    client.force_login(cast.member)
    item = make_item(cast.inspection, title="公示是否按季度")
    address = at("watchitem_conclude", item, step="suspect")
    row = client.get(address, headers={"hx-request": "true"}).content.decode()
    assert row.strip().startswith("<tr") and "疑点" in row and 'name="note"' in row
    response = client.post(address, {"revision": item.revision, "note": "缺两个季度"}, follow=True)
    page = response.content.decode()
    assert page.strip().startswith("<tr") and "缺两个季度" in page and 'name="note"' not in page
    item.refresh_from_db()
    assert (item.status, item.note) == (WatchStatus.SUSPECTED, "缺两个季度")


def test_without_a_note_the_row_says_so_and_nothing_is_written(client, cast):
    client.force_login(cast.member)
    item = make_item(cast.inspection)
    response = client.post(at("watchitem_conclude", item, step="clear"), {"revision": 1, "note": " "})
    assert response.status_code == 422
    assert "请写明查了什么" in response.content.decode()
    assert WatchItem.objects.get().status == WatchStatus.OPEN


def test_the_second_of_two_people_sees_both_conclusions_and_keeps_the_own_words(client, cast):
    item = make_item(cast.inspection)
    services.conclude_watch_item(
        actor=cast.deputy, item=item, result=WatchStatus.CONFIRMED, note="副组长已核实", revision=1
    )
    client.force_login(cast.member)
    response = client.post(
        at("watchitem_conclude", item, step="clear"), {"revision": 1, "note": "组员看过没问题"}
    )
    page = response.content.decode()
    assert response.status_code == 409
    assert "副组长已核实" in page and "属实" in page and "组员看过没问题" in page
    stored = WatchItem.objects.get()
    assert (stored.status, stored.note) == (WatchStatus.CONFIRMED, "副组长已核实")


def test_on_the_items_own_page_too_what_was_typed_is_not_lost(client, cast):
    item = make_item(cast.inspection)
    services.conclude_watch_item(
        actor=cast.deputy, item=item, result="confirmed", note="属实无误", revision=1
    )
    client.force_login(cast.member)
    sent = {"revision": 1, "reason": "我的说明"}
    page = client.post(at("watchitem_action", item, action="clear"), sent, follow=True).content.decode()
    assert "属实无误" in page and "我的说明" in page


def test_who_may_not_conclude_the_item_is_told_why_in_the_row(client, cast):
    item = make_item(cast.inspection, assignee=cast.archivist)
    client.force_login(cast.member)
    row = client.get(at("watchitem_conclude", item, step="clear")).content.decode()
    assert "由承办人或组长、副组长填写" in row and 'name="note"' not in row
    sent = {"revision": 1, "note": "硬要写"}
    assert client.post(at("watchitem_conclude", item, step="clear"), sent).status_code == 403
    assert WatchItem.objects.get().status == WatchStatus.OPEN


def test_an_unknown_step_is_not_there(client, cast):
    client.force_login(cast.member)
    item = make_item(cast.inspection)
    assert client.get(at("watchitem_conclude", item, step="reopen")).status_code == 404


# --- many at once -----------------------------------------------------------------------------------------


def test_ticked_items_are_cleared_with_one_note_and_the_page_says_which(client, cast):
    items = [make_item(cast.inspection) for _ in range(3)]
    client.force_login(cast.leader)
    sent = {"item": [str(items[0].pk), str(items[2].pk)], "note": "查阅三年账册，未见异常"}
    page = client.post(at("watch_clear", cast.inspection), sent, follow=True).content.decode()
    assert "已将2条记为“未发现”：第1、3条。" in page
    assert list(WatchItem.objects.order_by("seq").values_list("status", flat=True)) == [
        "cleared",
        "open",
        "cleared",
    ]
    assert AuditEntry.objects.filter(verb="prep.watch.clear", reason=sent["note"]).count() == 2


@pytest.mark.parametrize(
    ("other", "message"),
    [
        ({"status": WatchStatus.SUSPECTED}, "第2条不是待查"),
        ({"status": WatchStatus.CONFIRMED}, "第2条不是待查"),
        ({"assignee": "archivist"}, "第2条由别人承办"),
    ],
)
def test_one_that_cannot_be_cleared_stops_all(cast, other, message):
    if "assignee" in other:
        other = {"assignee": getattr(cast, other["assignee"])}
    items = [make_item(cast.inspection), make_item(cast.inspection, **other)]
    with pytest.raises(ServiceError, match=message):
        services.clear_watch_items(
            actor=cast.member, inspection=cast.inspection, items=items, note="未见异常"
        )
    assert WatchItem.objects.get(seq=1).status == WatchStatus.OPEN


def test_clearing_needs_items_and_a_note(cast):
    item = make_item(cast.inspection)
    for items, note, message in (([], "未见异常", "先勾选"), ([item], "  ", "请写明查了什么")):
        with pytest.raises(ServiceError, match=message):
            services.clear_watch_items(actor=cast.member, inspection=cast.inspection, items=items, note=note)
    foreign = make_item(cast.other_inspection)
    with pytest.raises(ServiceError, match="同一个村"):
        services.clear_watch_items(actor=cast.member, inspection=cast.inspection, items=[foreign], note="好")


@pytest.mark.parametrize("role", ["outsider", "office_head", "town"])
def test_nobody_else_clears(cast, role):
    item = make_item(cast.inspection)
    with pytest.raises((NotAllowed, ServiceError)):
        services.clear_watch_items(
            actor=getattr(cast, role), inspection=cast.inspection, items=[item], note="好"
        )
    assert WatchItem.objects.get().status == WatchStatus.OPEN
