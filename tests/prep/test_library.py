"""Versions of the library: worked on as drafts, compared, published; and how each point did over the rounds."""

import datetime as dt

import pytest

from core.errors import NotAllowed, ServiceError, StaleRecord
from core.models import AuditEntry
from prep import services
from prep.models import CheckPoint, CheckPointLibrary, WatchItem, WatchStatus
from prep.selectors.library import PointFilters, compare, point_list, point_records
from tests.factories import make_inspection, make_round, make_team, make_village
from tests.prep.lists import make_item
from villages.models.reference_data import CATEGORIES

pytestmark = pytest.mark.django_db

S = CheckPointLibrary.Status
NEW = {
    "category": "E1",
    "title": "扫码收款进入个人账户",
    "basis": "财务制度",
    "method": "看收款码户名",
    "evidence_hint": "收款码照片",
}


@pytest.fixture
def library(cast):
    return services.load_library(actor=cast.office_clerk)


@pytest.fixture
def draft(cast, library):
    return services.copy_library(actor=cast.office_clerk, library=library)


def point(library, code):
    return CheckPoint.objects.select_related("library").get(library=library, code=code)


# --- what comes with the product --------------------------------------------------------------------------


def test_at_least_130_points_cover_every_second_level_thickly(library):
    points = list(library.points.all())
    assert len(points) >= 130
    for *_, children in CATEGORIES:
        for code, name in children:
            assert sum(p.category == code for p in points) >= 5, name
    assert len({p.title for p in points}) == len(points)


def test_points_ask_for_every_trait_and_some_for_an_attention_class(library):
    points = list(library.points.all())
    traits = {trait for p in points for trait in p.traits}
    assert traits == {
        "market_town", "industry", "farming", "merged", "strong", "weak", "construction", "land", "community"
    }  # fmt: skip
    assert {name for p in points for name in p.attention} == {"key", "concern"}


def test_what_can_be_counted_from_records_is_asked_for(library):
    titles = " ".join(library.points.values_list("title", flat=True))
    for frequency in (
        "支部党员大会达不到每季度一次",
        "支部委员会会议达不到每月一次",
        "村务公开达不到每季度一次",
    ):
        assert frequency in titles


# --- a draft ----------------------------------------------------------------------------------------------


def test_a_draft_begins_with_the_points_in_force(cast, library):
    off = point(library, "A1-01")
    CheckPoint.objects.filter(pk=off.pk).update(active=False)
    draft = services.copy_library(actor=cast.office_clerk, library=library)
    assert (draft.version, draft.status, draft.based_on) == (2, S.DRAFT, library)
    kept = {p.code: (p.title, p.traits, p.order) for p in library.points.filter(active=True)}
    assert {p.code: (p.title, p.traits, p.order) for p in draft.points.all()} == kept


def test_there_is_one_draft_at_a_time(cast, library, draft):
    with pytest.raises(ServiceError, match="第2版正在编制"):
        services.copy_library(actor=cast.office_clerk, library=library)


def test_what_is_in_use_or_retired_is_read_only(cast, library, draft):
    services.publish_library(actor=cast.office_clerk, library=draft)
    for version in CheckPointLibrary.objects.all():
        row = point(version, "E1-01")
        with pytest.raises(NotAllowed, match="只读"):
            services.edit_point(actor=cast.office_head, point=row, revision=1, values={"title": "改"})
        with pytest.raises(NotAllowed):
            services.add_point(actor=cast.office_head, library=version, values=NEW)
        with pytest.raises(NotAllowed):
            services.set_point_active(actor=cast.office_head, point=row, active=False, revision=1)
        with pytest.raises(NotAllowed):
            services.move_point(actor=cast.office_head, point=row, by=1)


@pytest.mark.parametrize("role", ["leader", "member", "town", "sysadmin", "stranger"])
def test_only_the_office_keeps_the_library(cast, library, draft, role):
    person = getattr(cast, role)
    for act in (
        lambda: services.copy_library(actor=person, library=library),
        lambda: services.add_point(actor=person, library=draft, values=NEW),
        lambda: services.edit_library(actor=person, library=draft, revision=1, name="甲", note=""),
        lambda: services.publish_library(actor=person, library=draft),
        lambda: services.drop_library(actor=person, library=draft, reason="不要了"),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert set(CheckPointLibrary.objects.values_list("status", flat=True)) == {S.CURRENT, S.DRAFT}


def test_a_new_point_stands_behind_its_category_with_a_number_never_used_before(cast, library, draft):
    last = draft.points.filter(category="E1").order_by("code").last()
    made = services.add_point(actor=cast.office_clerk, library=draft, values=NEW)
    assert made.code == f"E1-{int(last.code[-2:]) + 1:02d}"
    codes = list(draft.points.order_by("order", "code").values_list("code", flat=True))
    assert codes.index(made.code) == codes.index(last.code) + 1
    assert len(set(draft.points.values_list("order", flat=True))) == draft.points.count()


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (NEW | {"title": " "}, "请填写要点"),
        (NEW | {"category": "Z9"}, "没有类别"),
        (NEW | {"traits": ["seaside"]}, "不在可选范围"),
        (NEW | {"code": "E1-01"}, "在本版中已有"),
        (NEW | {"code": "随便"}, "编号写成"),
    ],
)
def test_a_point_that_cannot_be_is_refused(cast, draft, values, message):
    with pytest.raises(ServiceError, match=message):
        services.add_point(actor=cast.office_clerk, library=draft, values=values)


def test_the_second_of_two_editors_of_a_point_is_told(cast, draft):
    services.edit_point(
        actor=cast.office_head, point=point(draft, "E1-01"), revision=1, values={"title": "主任的写法"}
    )
    with pytest.raises(StaleRecord):
        services.edit_point(
            actor=cast.office_clerk, point=point(draft, "E1-01"), revision=1, values={"title": "职员的写法"}
        )
    assert point(draft, "E1-01").title == "主任的写法"


def test_a_point_moves_by_one_place_and_not_beyond_the_ends(cast, draft):
    codes = list(draft.points.values_list("code", flat=True))
    services.move_point(actor=cast.office_clerk, point=point(draft, codes[1]), by=-1)
    assert list(draft.points.values_list("code", flat=True))[:3] == [codes[1], codes[0], codes[2]]
    services.move_point(actor=cast.office_clerk, point=point(draft, codes[1]), by=-1)
    assert list(draft.points.values_list("code", flat=True))[:2] == [codes[1], codes[0]]


# --- two versions -----------------------------------------------------------------------------------------


def test_a_comparison_names_what_was_added_changed_and_dropped(cast, library, draft):
    clerk = cast.office_clerk
    services.add_point(actor=clerk, library=draft, values=NEW)
    services.edit_point(
        actor=clerk, point=point(draft, "E3-06"), revision=1, values={"traits": ["market_town", "community"]}
    )
    services.set_point_active(actor=clerk, point=point(draft, "A1-01"), active=False, revision=1)
    found = compare(clerk, library, draft)
    assert [p.title for p in found.added] == [NEW["title"]]
    assert [p.code for p in found.dropped] == ["A1-01"]
    [(changed, [change])] = found.changed
    assert (changed.code, change.label) == ("E3-06", "适用类型")
    assert "城市社区" in change.after and "城市社区" not in change.before
    assert found.same == library.points.count() - 2


def test_publishing_retires_the_version_in_use_and_lists_are_drawn_from_the_new_one(cast, library, draft):
    services.add_point(actor=cast.office_clerk, library=draft, values=NEW)
    services.publish_library(actor=cast.office_clerk, library=draft)
    states = dict(CheckPointLibrary.objects.values_list("version", "status"))
    assert states == {1: S.RETIRED, 2: S.CURRENT}
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {"prep.library.retire", "prep.library.publish"} <= verbs
    services.draw_watch_list(actor=cast.member, inspection=cast.inspection)
    assert WatchItem.objects.filter(title=NEW["title"], check_point__library=draft).exists()


def test_a_list_drawn_from_the_old_version_gets_only_new_points_from_the_next(cast, library):
    services.draw_watch_list(actor=cast.member, inspection=cast.inspection)
    draft = services.copy_library(actor=cast.office_clerk, library=library)
    services.add_point(actor=cast.office_clerk, library=draft, values=NEW)
    services.publish_library(actor=cast.office_clerk, library=draft)
    added = services.draw_watch_list(actor=cast.member, inspection=cast.inspection)
    assert [item.title for item in added] == [NEW["title"]]


def test_an_empty_draft_is_not_put_in_use(cast, library, draft):
    draft.points.update(active=False)
    with pytest.raises(NotAllowed, match="没有启用的要点"):
        services.publish_library(actor=cast.office_clerk, library=draft)
    assert CheckPointLibrary.objects.get(status=S.CURRENT) == library


def test_a_draft_given_up_makes_room_for_another(cast, library, draft):
    services.drop_library(actor=cast.office_clerk, library=draft, reason="思路不对")
    again = services.copy_library(actor=cast.office_clerk, library=library)
    assert again.version == 3


# --- record over the rounds -------------------------------------------------------------------------------


def in_round(cast, number, points, status, name=""):
    """A closed village of a round of its own in which ``points`` ended with ``status``."""
    start = dt.date(2020 + number, 3, 1)
    round_ = make_round(
        cast.district, cast.scheme, number=number, name=name or f"旧第{number}轮", year=start.year,
        starts_on=start, ends_on=start + dt.timedelta(days=60),
    )  # fmt: skip
    inspection = make_inspection(make_team(round_), make_village(cast.town_place))
    for row in points:
        make_item(inspection, check_point=row, status=status)
    return inspection


def test_hits_are_counted_over_rounds_and_versions_by_code(cast, library, draft):
    first, second = point(library, "E1-01"), point(draft, "E1-01")
    in_round(cast, 1, [first], WatchStatus.CONFIRMED)
    in_round(cast, 2, [second], WatchStatus.HANDED_OVER, name="第二轮")
    in_round(cast, 3, [second], WatchStatus.CLEARED)
    in_round(cast, 4, [second], WatchStatus.OPEN)
    record = point_records()["E1-01"]
    assert (record.used, record.hits, record.last_hit, record.idle) == (3, 2, "第二轮", False)


def test_two_settled_rounds_in_a_row_without_a_hit_suggest_dropping(cast, library):
    never, once, lately, going_on = (point(library, f"E1-0{n}") for n in range(1, 5))
    in_round(cast, 1, [never, once, lately], WatchStatus.CONFIRMED)
    in_round(cast, 2, [never, once, going_on], WatchStatus.CLEARED)
    in_round(cast, 3, [never, going_on], WatchStatus.SUSPECTED)
    in_round(cast, 3 + 1, [once], WatchStatus.CONFIRMED)
    in_round(cast, 5, [going_on], WatchStatus.OPEN)
    records = point_records()
    assert records["E1-01"].idle
    assert not records["E1-02"].idle
    assert not records["E1-03"].idle
    assert records["E1-04"].idle  # the round still going on counts neither way until it is settled
    listed = point_list(cast.office_clerk, library, PointFilters(show="idle"))
    assert {line.point.code for line in listed.lines} == {"E1-01", "E1-04"}


def test_the_page_costs_the_same_with_history_and_without(
    client, cast, library, django_assert_max_num_queries
):
    client.force_login(cast.office_clerk)

    def cost():
        client.get("/xi/yaodian/")
        with django_assert_max_num_queries(40) as captured:
            assert client.get("/xi/yaodian/").status_code == 200
        return len(captured)

    before = cost()
    for number in (1, 2, 3):
        in_round(cast, number, list(library.points.all()[:10]), WatchStatus.CONFIRMED)
    assert cost() == before
