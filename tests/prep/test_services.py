"""The library, the profile, drawing and sharing out the list, and the end of the stage."""

import datetime as dt
from decimal import Decimal

import pytest

from core.errors import NotAllowed, ServiceError, StaleRecord
from core.models import AuditEntry
from prep import services
from prep.models import (
    CheckPoint,
    CommitteeMember,
    Trait,
    VillageProfile,
    WatchItem,
    WatchStatus,
    YearFigure,
)
from tests.prep.lists import MEMBERS, PROFILE, YEARS, make_item, save_profile
from villages.models import Recusal, Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def library(cast):
    return services.load_library(actor=cast.office_clerk)


# --- library ----------------------------------------------------------------------------------------------


def test_the_library_covers_the_five_aspects_and_rectification(library):
    points = CheckPoint.objects.filter(library=library)
    assert points.count() >= 40
    assert set(points.values_list("category", flat=True).distinct()) >= {"A1", "B1", "C1", "D2", "E3", "R1"}
    for point in points:
        assert point.title and point.basis and point.method and point.evidence_hint
        assert set(point.traits) <= set(Trait.objects.values_list("code", flat=True))


def test_loading_the_library_twice_changes_nothing(cast, library):
    CheckPoint.objects.filter(library=library, code="A1-01").update(title="改过的要点")
    count = CheckPoint.objects.count()
    assert services.load_library(actor=cast.office_clerk) == library
    assert CheckPoint.objects.count() == count
    assert CheckPoint.objects.get(code="A1-01").title == "改过的要点"


# --- drawing ----------------------------------------------------------------------------------------------


def test_a_list_holds_the_points_for_all_villages_and_those_of_its_traits(cast, library):
    save_profile(cast)
    services.draw_watch_list(actor=cast.member, inspection=cast.inspection)
    drawn = set(
        WatchItem.objects.filter(inspection=cast.inspection).values_list("check_point__code", flat=True)
    )
    points = [p for p in library.points.all() if not p.attention]
    expected = {p.code for p in points if not p.traits or "farming" in p.traits}
    assert drawn == expected
    assert len(drawn) < library.points.count()


def test_a_list_is_numbered_and_keeps_its_own_copy_of_the_words(cast, library):
    services.draw_watch_list(actor=cast.member, inspection=cast.inspection)
    items = list(WatchItem.objects.filter(inspection=cast.inspection).order_by("seq"))
    assert [item.seq for item in items] == list(range(1, len(items) + 1))
    CheckPoint.objects.update(title="新版要点")
    assert "新版要点" not in {item.title for item in WatchItem.objects.all()}


def test_drawing_again_after_the_traits_changed_only_adds(cast, library):
    services.draw_watch_list(actor=cast.member, inspection=cast.inspection)
    before = set(WatchItem.objects.values_list("pk", "revision"))
    assert services.draw_watch_list(actor=cast.member, inspection=cast.inspection) == []
    save_profile(cast, values=PROFILE | {"traits": ["community"]})
    added = services.draw_watch_list(actor=cast.member, inspection=cast.inspection)
    assert {item.check_point.code for item in added} == {
        p.code for p in library.points.all() if "community" in p.traits and not p.attention
    }
    assert before <= set(WatchItem.objects.values_list("pk", "revision"))


def test_a_category_the_rounds_scheme_lacks_falls_back_to_its_first_level(cast, library):
    services.draw_watch_list(actor=cast.member, inspection=cast.inspection)
    codes = dict(WatchItem.objects.values_list("check_point__code", "category__code"))
    assert codes["E1-01"] == "E1"
    assert codes["E6-01"] == "E"
    assert codes["R1-01"] is None


def test_without_a_library_the_sentence_says_who_can_help(cast):
    with pytest.raises(ServiceError, match="要点库"):
        services.draw_watch_list(actor=cast.member, inspection=cast.inspection)


@pytest.mark.parametrize("role", ["outsider", "office_clerk", "town", "sysadmin", "stranger"])
def test_only_the_team_writes(cast, library, role):
    with pytest.raises(NotAllowed):
        services.draw_watch_list(actor=getattr(cast, role), inspection=cast.inspection)
    with pytest.raises(NotAllowed):
        save_profile(cast, actor=getattr(cast, role))


def test_a_member_who_stands_aside_does_not_write(cast):
    Recusal.objects.create(
        user=cast.member, village=cast.village_place, town=cast.town_place, relation="native"
    )
    with pytest.raises(NotAllowed):
        services.add_watch_item(actor=cast.member, inspection=cast.inspection, title="看看")


# --- adding and sharing out -------------------------------------------------------------------------------


def test_an_item_of_the_teams_own_follows_the_last_number(cast):
    make_item(cast.inspection)
    item = services.add_watch_item(actor=cast.member, inspection=cast.inspection, title=" 鱼塘租金去向 ")
    assert (item.seq, item.title, item.scope, item.status) == (
        2,
        "鱼塘租金去向",
        "individual",
        WatchStatus.OPEN,
    )


def test_the_leader_gives_many_items_to_one_member_at_once(cast):
    items = [make_item(cast.inspection) for _ in range(3)]
    due = dt.date(2026, 3, 15)
    services.assign_watch_items(
        actor=cast.leader, inspection=cast.inspection, items=items[:2], assignee=cast.member, due_on=due
    )
    held = WatchItem.objects.filter(assignee=cast.member, due_on=due).order_by("seq")
    assert [item.pk for item in held] == [item.pk for item in items[:2]]
    assert AuditEntry.objects.filter(verb="prep.assign_watch_item").count() == 2


def test_a_member_takes_items_but_gives_none_to_others(cast):
    items = [make_item(cast.inspection)]
    given = {"inspection": cast.inspection, "items": items}
    with pytest.raises(NotAllowed):
        services.assign_watch_items(actor=cast.member, assignee=cast.archivist, **given)
    services.assign_watch_items(actor=cast.member, assignee=cast.member, **given)
    assert WatchItem.objects.get().assignee == cast.member


def test_nobody_outside_of_the_team_and_nobody_recused_is_given_an_item(cast):
    given = {"actor": cast.leader, "inspection": cast.inspection, "items": [make_item(cast.inspection)]}
    with pytest.raises(ServiceError):
        services.assign_watch_items(assignee=cast.outsider, **given)
    Recusal.objects.create(
        user=cast.archivist, village=cast.village_place, town=cast.town_place, relation="native"
    )
    with pytest.raises(ServiceError, match="回避"):
        services.assign_watch_items(assignee=cast.archivist, **given)


def test_items_of_another_village_are_not_given_along(cast):
    items = [make_item(cast.inspection), make_item(cast.other_inspection)]
    with pytest.raises(ServiceError):
        services.assign_watch_items(
            actor=cast.leader, inspection=cast.inspection, items=items, assignee=cast.member
        )
    assert not WatchItem.objects.filter(assignee=cast.member).exists()


# --- profile ----------------------------------------------------------------------------------------------


def test_a_profile_is_saved_with_its_years_and_its_committee(cast):
    profile = save_profile(cast)
    assert profile.households == 612
    assert list(YearFigure.objects.values_list("year", "income")) == [
        (2024, Decimal("860000.00")), (2025, Decimal("912000.00")),
    ]  # fmt: skip
    assert set(CommitteeMember.objects.values_list("name", flat=True)) == {"江予安", "许晚舟"}


def test_saving_the_same_sheet_again_writes_nothing(cast):
    save_profile(cast)
    entries = AuditEntry.objects.count()
    assert save_profile(cast, revision=1).revision == 1
    assert AuditEntry.objects.count() == entries


def test_rows_are_changed_added_and_taken_away_with_a_trace(cast):
    save_profile(cast)
    years = [YEARS[1] | {"petitions": 9}, {"year": 2023, "petitions": 1}]
    profile = save_profile(cast, years=years, members=MEMBERS[:1])
    assert profile.revision == 2
    assert dict(YearFigure.objects.values_list("year", "petitions")) == {2023: 1, 2025: 9}
    assert [m.name for m in CommitteeMember.objects.all()] == ["江予安"]
    removed = AuditEntry.objects.get(verb="prep.remove_yearfigure")
    assert removed.before["year"] == 2024


def test_two_people_at_one_sheet_notice_each_other_even_when_only_a_row_changed(cast):
    save_profile(cast)
    save_profile(cast, revision=1, members=MEMBERS[:1])
    with pytest.raises(StaleRecord) as caught:
        save_profile(cast, revision=1, values=PROFILE | {"note": "另一人的结论"})
    assert caught.value.current.revision == 2
    assert VillageProfile.objects.get().note == ""
    assert CommitteeMember.objects.count() == 1


def test_the_second_first_save_is_a_conflict_and_no_second_sheet(cast):
    save_profile(cast, revision=0)
    with pytest.raises(StaleRecord):
        save_profile(cast, revision=0, values=PROFILE | {"households": 600})
    assert VillageProfile.objects.count() == 1


def test_one_year_given_twice_is_refused(cast):
    with pytest.raises(ServiceError, match="两行"):
        save_profile(cast, years=[YEARS[0], YEARS[0]])
    assert not VillageProfile.objects.exists()


# --- end of the stage -------------------------------------------------------------------------------------


def test_preparation_ends_only_when_sheet_list_and_holders_are_there(cast, library):
    def finish():
        return services.finish_preparation(actor=cast.leader, inspection=cast.inspection)

    with pytest.raises(ServiceError, match=r"村情档案.*清单"):
        finish()
    save_profile(cast)
    services.draw_watch_list(actor=cast.member, inspection=cast.inspection)
    with pytest.raises(ServiceError, match="没有承办人"):
        finish()
    services.assign_watch_items(
        actor=cast.leader,
        inspection=cast.inspection,
        items=list(WatchItem.objects.all()),
        assignee=cast.member,
    )
    assert finish().status == Stage.SURVEY


@pytest.mark.parametrize("role", ["member", "archivist", "outsider", "office_clerk", "town"])
def test_others_do_not_end_the_stage(cast, role):
    with pytest.raises(NotAllowed):
        services.finish_preparation(actor=getattr(cast, role), inspection=cast.inspection)
