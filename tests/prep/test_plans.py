"""Making, changing and carrying out the easy-first plan: what is proposed, what is refused, what is written."""

import datetime as dt

import pytest

from core import clock
from core.errors import NotAllowed, ServiceError, StaleRecord
from core.models import AuditEntry
from prep import services
from prep.models import PlanStatus, PlanStop, PriorCount, RoundPlan, YearFigure
from prep.selectors.plan_check import clashes
from tests.factories import make_inspection, make_member, make_team, make_village
from tests.prep.lists import make_item, save_profile
from tests.prep.plans import clear, lead, staffed, unassigned
from villages.models import (
    CalendarDay,
    Membership,
    Recusal,
    RecusalException,
    Round,
    TeamRole,
    VillageInspection,
    spine,
)
from villages.selectors.calendar import load_calendar

pytestmark = pytest.mark.django_db

# The round lasts from 1 March (a Sunday) to 31 May 2026: 65 weekdays, of which the Qingming Monday and three days of
# the May holiday are off and one Saturday is worked; nothing of that is entered unless a test does.
BEFORE = dt.date(2026, 2, 20)


@pytest.fixture(autouse=True)
def _before_the_round():
    with clock.held(BEFORE):
        yield


@pytest.fixture
def office(cast):
    """Nothing assigned yet, two teams of four."""
    lead(cast)
    for _ in range(2):
        make_member(cast.other_team, TeamRole.MEMBER)
    clear(cast)
    return cast


def make(cast, villages=(), **over):
    return services.make_plan(actor=cast.office_clerk, round_=cast.round, villages=list(villages), **over)


def stops(plan):
    return {
        stop.village.name: stop
        for stop in plan.stops.select_related("village", "team", "town", "plan__round")
    }


def refused(call):
    with pytest.raises(ServiceError) as caught:
        call()
    return caught.value.message


# --- what is proposed -------------------------------------------------------------------------------------


def test_a_plan_places_every_village_with_its_load_its_days_and_its_reasons(office):
    village = make_village(office.town_place, name="上田村", households=500, population=2500)
    with_history = make_village(office.town_place, name="下河村", households=250)
    for year in (2023, 2024, 2025):
        YearFigure.objects.create(village=with_history, year=year, petitions=5, cases=2)
    plan = make(office, [village, with_history])
    light, heavy = stops(plan)["上田村"], stops(plan)["下河村"]
    # 5 + 500/500 + 2500/2500, and 5 + 250/500 + 5 × 0.2 + 2 × 0.5.
    assert (float(light.load), float(heavy.load)) == (7.0, 7.5)
    assert light.makeup == [["基数", 5.0], ["500户", 1.0], ["2500人", 1.0]]
    assert [word for word, _ in heavy.makeup] == ["基数", "250户", "年均信访5.0件", "年均违纪案件2.0件"]
    assert light.entry_on == dt.date(2026, 3, 2)  # the Monday after the round begins
    assert any("由轻到重排第1" in why for why in light.reasons)
    assert plan.status == PlanStatus.DRAFT and plan.bound_days <= plan.longest_days


def test_profile_and_earlier_rounds_weigh_in(cast):
    lead(cast)
    save_profile(cast, values={"households": 500, "population": None, "traits": ["land", "farming"], "note": "",
                               "prior_problems": ""})  # fmt: skip
    earlier = Round.objects.get(pk=cast.round.pk)
    old = Round.objects.create(
        district=earlier.district, scheme=earlier.scheme, term=5, year=2024, number=1, name="往轮", status="closed",
        starts_on=dt.date(2024, 3, 1), ends_on=dt.date(2024, 5, 31),
    )  # fmt: skip
    past = make_inspection(make_team(old), cast.village_place)
    PriorCount.objects.create(**spine(past), problems=30)
    stop = stops(make(cast))["云溪村"]
    words = dict(stop.makeup)
    assert words["以往问题30个"] == 1.5
    assert words["征地拆迁涉及"] == 0.5
    assert "农业型" not in words


def test_holidays_are_left_out_and_worked_weekends_used(office):
    CalendarDay.objects.create(day=dt.date(2026, 3, 3), kind="rest", name="停工")
    CalendarDay.objects.create(day=dt.date(2026, 3, 7), kind="work", name="调休")
    village = make_village(office.town_place, name="上田村", households=None)
    office.other_team.delete()
    stop = stops(make(office, [village]))["上田村"]
    # Four people for five standard days: 6.25, rounded up to 7: Mon 2, Wed 4, Thu 5, Fri 6, Sat 7, Mon 9, Tue 10.
    assert (stop.days, stop.entry_on, stop.exit_on) == (7, dt.date(2026, 3, 2), dt.date(2026, 3, 10))


def test_a_tied_team_never_gets_the_village_unless_an_exception_was_approved(office):
    village = make_village(office.town_place, name="上田村")
    Recusal.objects.create(user=office.member, village=village, relation="kin")
    stop = stops(make(office, [village]))["上田村"]
    assert stop.team == office.other_team
    assert any("组员" in why and "近亲属" in why for why in stop.reasons)
    Recusal.objects.create(user=office.outsider, village=village, relation="kin")
    message = refused(lambda: make(office, [village]))
    assert "上田村没有一个组可以承担" in message
    assert "组员（已申报回避" in message and "外组组员（已申报回避" in message
    assert "换下1名回避的成员" in message
    RecusalException.objects.create(
        round=office.round, user=office.member, village=village, reason="人手", approved_by=office.office_head
    )
    assert stops(make(office, [village]))["上田村"].team == office.team


def test_a_village_with_papers_names_how_many_of_its_team_stand_in_the_way(cast):
    """Two of the team are tied: to except one of them would not free the village."""
    lead(cast)
    make_item(cast.inspection)
    for person in (cast.member, cast.deputy):
        Recusal.objects.create(user=person, village=cast.village_place, relation="kin")
    message = refused(lambda: make(cast))
    assert "已有准备材料" in message and "该组有2人应当回避" in message and "换下这2人" in message


def test_villages_already_begun_stay_and_the_others_come_after_them(cast):
    lead(cast)
    VillageInspection.objects.filter(pk=cast.inspection.pk).update(status="survey")
    extra = unassigned(cast, 1)[0]
    with clock.held(dt.date(2026, 3, 10)):
        plan = make(cast, [extra], keep_teams=True)
    rows = stops(plan)
    begun = rows["云溪村"]
    assert begun.begun and (begun.entry_on, begun.exit_on) == (
        cast.inspection.entry_on,
        cast.inspection.exit_on,
    )
    assert plan.begins_on == dt.date(2026, 3, 11)
    if rows[extra.name].team == cast.team:
        assert rows[extra.name].entry_on > begun.exit_on


def test_a_village_with_papers_stays_with_its_team_and_one_without_may_change(cast):
    lead(cast)
    make_item(cast.inspection)
    more = [make_inspection(cast.team, village) for village in unassigned(cast, 3)]
    plan = make(cast, keep_teams=False)
    rows = stops(plan)
    assert rows["云溪村"].team == cast.team and rows["云溪村"].stays
    assert {rows[row.village.name].team for row in more} == {cast.team, cast.other_team}
    kept = stops(make(cast, keep_teams=True, keep_pins=False))
    assert {kept[row.village.name].team for row in more} == {cast.team}


def test_the_number_of_questions_does_not_grow_with_villages_or_teams(office, django_assert_max_num_queries):
    make(office, unassigned(office, 1))
    few = count_queries(office, unassigned(office, 2), django_assert_max_num_queries)
    staffed(office, 3)
    assert count_queries(office, unassigned(office, 12), django_assert_max_num_queries) == few


def count_queries(cast, villages, limit):
    with limit(120) as captured:
        make(cast, villages)
    return len(captured)


# --- what is refused --------------------------------------------------------------------------------------


def test_too_many_villages_say_how_many_days_or_teams_are_missing(office):
    Round.objects.filter(pk=office.round.pk).update(ends_on=dt.date(2026, 3, 20))
    office.round.refresh_from_db()
    office.other_team.delete()
    make_member(office.team, TeamRole.MEMBER)  # five people
    villages = [make_village(office.town_place, households=None) for _ in range(4)]
    message = refused(lambda: make(office, villages))
    # Four villages of five days need twenty days; from 2 to 20 March there are fifteen.
    assert "需要20个工作日" in message and "只有15个，缺5个" in message
    assert "延长5个工作日（到2026年3月27日）" in message
    assert "再增加1个5人的组" in message
    assert not RoundPlan.objects.exists()


def test_a_team_without_a_leader_no_villages_and_no_days_are_refused(cast):
    clear(cast)
    message = refused(lambda: make(cast))
    assert "还没有组长" in message and "没有可排的村" in message
    lead(cast)
    with clock.held(dt.date(2026, 6, 1)):
        assert "没有工作日可排" in refused(lambda: make(cast, unassigned(cast, 1)))


def test_a_pin_that_cannot_be_kept_is_refused_until_pins_are_dropped(office):
    plan = make(office, unassigned(office, 1))
    stop = plan.stops.select_related("plan__round", "team", "village").get()
    services.place_stop(actor=office.office_clerk, stop=stop, team=stop.team, day=dt.date(2026, 5, 28))
    message = refused(lambda: make(office, [stop.village]))
    assert "固定在2026年5月28日进驻" in message and "只有2个" in message
    assert make(office, [stop.village], keep_pins=False).number == 2


def test_a_pin_that_has_passed_is_told_as_such_and_not_as_one_too_late(office):
    """On Sunday 5 April 2026 nobody can be sent to the village on Friday 3 April; the first day to plan is the 6th."""
    plan = make(office, unassigned(office, 1))
    stop = plan.stops.select_related("plan__round", "team", "village").get()
    services.place_stop(actor=office.office_clerk, stop=stop, team=stop.team, day=dt.date(2026, 4, 3))
    with clock.held(dt.date(2026, 4, 5)):
        message = refused(lambda: make(office, [stop.village]))
    assert "固定在2026年4月3日进驻，但计划只能从2026年4月6日排起" in message
    assert "提前" not in message


def test_only_the_office_plans_and_only_a_round_that_has_not_ended(office):
    villages = unassigned(office, 1)
    for who in (office.leader, office.member, office.town, office.sysadmin):
        with pytest.raises(NotAllowed):
            services.make_plan(actor=who, round_=office.round, villages=villages)
    Round.objects.filter(pk=office.round.pk).update(status="closed")
    office.round.refresh_from_db()
    with pytest.raises(NotAllowed):
        make(office, villages)


# --- people change it -------------------------------------------------------------------------------------


@pytest.fixture
def drafted(office):
    """Six villages of one town, three for each team."""
    return make(office, unassigned(office, 6))


def team_of(plan, team):
    rows = plan.stops.filter(team=team).select_related("plan__round", "team", "village", "town")
    return list(rows.order_by("entry_on"))


def conflicts(plan):
    rows = list(plan.stops.select_related("team", "village", "town"))
    found = clashes(plan, rows, load_calendar())
    return {row.village.name: {clash.kind for clash in found[row.pk]} for row in rows if found.get(row.pk)}


def test_a_village_is_moved_later_and_the_days_follow(office, drafted):
    first, second, third = team_of(drafted, office.team)
    services.reorder_stop(actor=office.office_clerk, stop=first, step=1)
    moved = team_of(drafted, office.team)
    assert [row.pk for row in moved] == [second.pk, first.pk, third.pk]
    assert moved[0].entry_on == dt.date(2026, 3, 2)
    assert moved[1].entry_on > moved[0].exit_on
    assert "人工调整" in moved[1].reasons[0]
    assert AuditEntry.objects.filter(verb="prep.plan.move", reason__contains="推后").count() == 1
    assert conflicts(drafted) == {}  # within the lighter half the order is free


def test_a_heavier_village_before_a_lighter_one_is_shown(office, drafted):
    *_, heaviest = team_of(drafted, office.team)
    services.reorder_stop(actor=office.office_clerk, stop=heaviest, step=-2)
    assert conflicts(drafted) == {heaviest.village.name: {"order"}}


def test_a_pinned_day_is_kept_others_make_room_and_unpinning_gives_it_up(office, drafted):
    first = team_of(drafted, office.team)[0]
    services.place_stop(actor=office.office_clerk, stop=first, team=first.team, day=dt.date(2026, 4, 20))
    first.refresh_from_db()
    assert (first.entry_on, first.pinned_on) == (dt.date(2026, 4, 20), dt.date(2026, 4, 20))
    assert team_of(drafted, office.team)[0].entry_on == dt.date(2026, 3, 2)
    with pytest.raises(ServiceError, match="先取消固定"):
        services.reorder_stop(actor=office.office_clerk, stop=first, step=1)
    kept = stops(make(office, [row.village for row in drafted.stops.select_related("village__town")]))
    assert kept[first.village.name].entry_on == dt.date(2026, 4, 20)
    again = kept[first.village.name]
    services.unpin_stop(actor=office.office_clerk, stop=again)
    loads = [row.load for row in team_of(again.plan, again.team)]
    assert loads == sorted(loads)


def test_conflicts_of_a_move_are_shown_and_stop_the_plan(office, drafted):
    first = team_of(drafted, office.team)[0]
    Recusal.objects.create(user=office.outsider, village=first.village, relation="kin")
    services.place_stop(actor=office.office_clerk, stop=first, team=office.other_team)
    second = team_of(drafted, office.team)[0]
    services.place_stop(actor=office.office_clerk, stop=second, team=second.team, day=dt.date(2026, 3, 15))
    third = next(row for row in team_of(drafted, office.team) if row.pk != second.pk)
    services.place_stop(actor=office.office_clerk, stop=third, team=third.team, day=dt.date(2026, 3, 17))
    found = conflicts(drafted)
    assert found[first.village.name] >= {"recusal"}
    assert found[second.village.name] == {"rest", "overlap"}  # 15 March is a Sunday
    drafted.refresh_from_db()
    message = refused(lambda: services.apply_plan(actor=office.office_head, plan=drafted))
    assert "应当回避" in message and "重叠" in message
    assert not VillageInspection.objects.filter(round=office.round).exists()


def test_a_stale_page_moves_nothing(office, drafted):
    first, second, _ = team_of(drafted, office.team)
    services.reorder_stop(actor=office.office_clerk, stop=first, step=1, revision=drafted.revision)
    with pytest.raises(StaleRecord):
        services.reorder_stop(actor=office.office_head, stop=second, step=1, revision=drafted.revision)


def test_a_village_with_papers_or_begun_and_a_day_outside_are_refused(cast):
    lead(cast)
    make_item(cast.inspection)
    VillageInspection.objects.filter(pk=cast.other_inspection.pk).update(status="survey")
    plan = make(cast)
    mine, begun = stops(plan)["云溪村"], stops(plan)["柳巷村"]
    move = services.place_stop
    assert "不能换组" in refused(lambda: move(actor=cast.office_clerk, stop=mine, team=cast.other_team))
    assert "已进驻" in refused(lambda: move(actor=cast.office_clerk, stop=begun, team=cast.team))
    for day in (dt.date(2026, 2, 1), dt.date(2026, 6, 1)):
        assert "不能" in refused(
            lambda day=day: move(actor=cast.office_clerk, stop=mine, team=cast.team, day=day)
        )


# --- carried out ------------------------------------------------------------------------------------------


def test_applying_writes_teams_and_days_and_replaces_the_plan_before(cast):
    lead(cast)
    extra = unassigned(cast, 1)
    first = make(cast, extra, keep_teams=False)
    services.apply_plan(actor=cast.office_head, plan=first)
    second = make(cast)
    mine = stops(second)["云溪村"]
    other = cast.other_team if mine.team == cast.team else cast.team
    services.place_stop(actor=cast.office_clerk, stop=mine, team=other, day=dt.date(2026, 5, 11))
    second.refresh_from_db()
    services.apply_plan(actor=cast.office_head, plan=second, revision=second.revision)
    first.refresh_from_db()
    assert (first.status, second.status) == (PlanStatus.SUPERSEDED, PlanStatus.APPLIED)
    for stop in PlanStop.objects.filter(plan=second):
        row = VillageInspection.objects.get(round=cast.round, village=stop.village)
        assert (row.team, row.entry_on, row.exit_on) == (stop.team, stop.entry_on, stop.exit_on)
    cast.inspection.refresh_from_db()
    assert (cast.inspection.team, cast.inspection.entry_on) == (other, dt.date(2026, 5, 11))
    assert AuditEntry.objects.filter(verb="teams.move_assignment").count() >= 1


@pytest.mark.parametrize("what", ["stage", "assigned", "withdrawn", "tie", "entered"])
def test_a_plan_is_refused_when_something_moved_meanwhile(cast, what):
    lead(cast)
    extra = unassigned(cast, 1)[0]
    plan = make(cast, [extra])
    today = BEFORE
    if what == "stage":
        VillageInspection.objects.filter(pk=cast.inspection.pk).update(status="survey", revision=2)
    elif what == "assigned":
        make_inspection(cast.other_team, extra)
    elif what == "withdrawn":
        cast.inspection.delete()
    elif what == "tie":
        team = stops(plan)["云溪村"].team
        person = Membership.objects.filter(team=team).first().user
        Recusal.objects.create(user=person, village=cast.village_place, relation="kin")
    else:
        today = dt.date(2026, 3, 2)
    with clock.held(today):
        message = refused(lambda: services.apply_plan(actor=cast.office_head, plan=plan))
    words = {
        "stage": "云溪村在编排之后有变动", "assigned": "在编排之后已分给", "withdrawn": "被撤回", "tie": "应当回避",
        "entered": "已经进驻",
    }  # fmt: skip
    assert "计划没有执行" in message and words[what] in message
    plan.refresh_from_db()
    assert plan.status == PlanStatus.DRAFT
    assert (
        VillageInspection.objects.filter(entry_on=stops(plan)[extra.name].entry_on, village=extra).count()
        == 0
    )


def test_a_new_draft_replaces_the_old_one_and_a_dropped_one_cannot_be_changed(office):
    villages = unassigned(office, 2)
    first, second = make(office, villages), make(office, villages)
    first.refresh_from_db()
    assert first.status == PlanStatus.SUPERSEDED
    services.discard_plan(actor=office.office_clerk, plan=second)
    with pytest.raises(NotAllowed):
        services.apply_plan(actor=office.office_clerk, plan=second)
