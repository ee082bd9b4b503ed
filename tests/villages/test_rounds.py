import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from core.audit import SYSTEM
from core.errors import NotAllowed, ServiceError, StaleRecord
from tests.factories import make_round, make_team, make_user, make_village
from villages import selectors, services
from villages.models import ParameterDefault, Role, Round, RoundParameter, TeamRole


def plan(cast, **over):
    values = {
        "district": cast.district,
        "term": 5,
        "year": 2026,
        "number": 90,
        "name": "第九十轮对村巡察",
        "mode": Round.Mode.DIRECT,
        "starts_on": dt.date(2026, 3, 1),
        "ends_on": dt.date(2026, 5, 31),
    }
    return services.create_round(**{"actor": cast.office_clerk} | values | over)


def default(value, since, key="rectify_due_months"):
    return ParameterDefault.objects.create(
        key=key, label="集中整改期限", unit="个月", value=value, valid_from=since
    )


@pytest.mark.parametrize(
    ("starts_on", "expected"),
    [
        (dt.date(2024, 6, 1), 2),
        (dt.date(2025, 1, 1), 3),  # the day it begins
        (dt.date(2026, 3, 1), 3),
        (dt.date(2027, 1, 1), 6),
    ],
)
def test_a_round_gets_the_values_valid_on_its_first_day(cast, starts_on, expected):
    default(2, dt.date(2020, 1, 1))
    default(3, dt.date(2025, 1, 1))
    default(6, dt.date(2027, 1, 1))
    round_ = plan(cast, starts_on=starts_on, ends_on=starts_on + dt.timedelta(days=60))
    assert RoundParameter.objects.get(round=round_, key="rectify_due_months").value == expected
    assert selectors.parameter(round_, "rectify_due_months") == expected


def test_a_later_change_of_the_default_leaves_the_round_as_it_is(cast):
    default(3, dt.date(2025, 1, 1))
    round_ = plan(cast)
    default(6, dt.date(2025, 6, 1))
    assert selectors.parameter(round_, "rectify_due_months") == 3


def test_every_known_parameter_is_on_a_new_round_even_before_any_default_was_set(cast):
    round_ = plan(cast)
    assert selectors.parameter(round_, "visit_household_ratio") == 0.1
    assert RoundParameter.objects.filter(round=round_).count() >= 15


def test_seeding_twice_adds_nothing_and_keeps_what_was_changed(db):
    first = services.seed_reference(actor=SYSTEM)
    row = ParameterDefault.objects.get(key="notice_lead_days")
    ParameterDefault.objects.filter(pk=row.pk).update(value=15)
    second = services.seed_reference(actor=SYSTEM)
    assert first["parameters"] >= 15 and first["categories"] >= 20 and first["pledges"] == 1
    assert first["calendar_days"] >= 50
    assert second == {"categories": 0, "parameters": 0, "calendar_days": 0, "pledges": 0}
    assert ParameterDefault.objects.get(key="notice_lead_days").value == 15


def test_the_seeded_scheme_has_five_aspects_and_rectification(db):
    services.seed_reference(actor=SYSTEM)
    scheme = selectors.default_scheme()
    tops = list(scheme.categories.filter(parent=None).values_list("code", "name"))
    assert [code for code, _ in tops] == ["A", "B", "C", "D", "E", "R"]
    assert [name for _, name in tops][:5] == ["政治建设", "思想建设", "组织建设", "作风建设", "纪律建设"]
    assert scheme.categories.get(code="E5").parent.code == "E"


def test_the_same_round_is_not_planned_twice(cast):
    plan(cast)
    with pytest.raises(ServiceError, match="已经建立"):
        plan(cast, name="另一个名称")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_round(cast.district, cast.scheme, number=90)


def test_a_round_does_not_end_before_it_begins(cast):
    with pytest.raises(ServiceError, match="早于"):
        plan(cast, ends_on=dt.date(2026, 2, 1))


@pytest.mark.parametrize("who", ["leader", "town", "sysadmin", "stranger", "discipline"])
def test_only_the_office_plans_rounds(cast, who):
    with pytest.raises(NotAllowed):
        plan(cast, actor=getattr(cast, who))


def test_a_round_opens_when_every_team_has_a_leader_and_then_closes(cast):
    round_ = plan(cast)
    with pytest.raises(NotAllowed, match="还没有组建"):
        services.open_round(actor=cast.office_clerk, round_=round_)
    team = services.create_team(actor=cast.office_clerk, round_=round_, number=12)
    assert team.name == "第十二巡察组"
    with pytest.raises(NotAllowed, match="还没有组长"):
        services.open_round(actor=cast.office_clerk, round_=round_)
    services.add_member(
        actor=cast.office_clerk, team=team, user=make_user(Role.INSPECTOR), role=TeamRole.LEADER,
        authorised_on=dt.date(2026, 2, 20), authorisation_no="青巡授〔2026〕1号",
    )  # fmt: skip
    assert services.open_round(actor=cast.office_clerk, round_=round_).status == "open"
    assert services.close_round(actor=cast.office_clerk, round_=round_).status == "closed"


def test_a_closed_round_takes_no_more_changes(cast):
    round_ = services.close_round(actor=cast.office_clerk, round_=cast.round)
    team = cast.team
    team.round = round_
    with pytest.raises(NotAllowed, match="已结束"):
        services.assign_village(actor=cast.office_clerk, team=team, village=make_village(cast.town_place))
    with pytest.raises(NotAllowed, match="已结束"):
        services.create_team(actor=cast.office_clerk, round_=round_, number=77)


def test_taking_a_round_up_again_needs_a_reason(cast):
    services.close_round(actor=cast.office_clerk, round_=cast.round)
    with pytest.raises(ServiceError, match="理由"):
        services.reopen_round(actor=cast.office_clerk, round_=cast.round, reason="")
    assert (
        services.reopen_round(actor=cast.office_head, round_=cast.round, reason="补巡一村").status == "open"
    )


def parameter_row(cast, value, key="x"):
    return RoundParameter.objects.create(round=cast.round, key=key, label="测试参数", value=value)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (10, 15),
        (0.1, 0.15),
        (0.1, 1),
        ([20, 10, 0], [15, 5]),
        ({"好": 100, "差": 0}, {"好": 95, "差": 10}),
        ("甲", "乙"),
    ],
)
def test_a_parameter_changes_within_its_shape(cast, old, new):
    row = parameter_row(cast, old)
    services.update_parameter(actor=cast.office_clerk, row=row, value=new, revision=1)
    assert RoundParameter.objects.get(pk=row.pk).value == new


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (10, "十"),
        (10, -1),
        (10, 1.5),
        (10, True),
        ([20], ["二十"]),
        ({"好": 100}, {"坏": 1}),
        ("甲", 5),
        (10, None),
    ],
)
def test_a_parameter_of_another_shape_is_refused(cast, old, new):
    row = parameter_row(cast, old)
    with pytest.raises(ServiceError, match="格式"):
        services.update_parameter(actor=cast.office_clerk, row=row, value=new, revision=1)


def test_of_two_people_changing_a_parameter_the_second_is_told(cast):
    row = parameter_row(cast, 10)
    services.update_parameter(actor=cast.office_clerk, row=row, value=12, revision=1)
    stale = RoundParameter.objects.get(pk=row.pk)
    with pytest.raises(StaleRecord):
        services.update_parameter(actor=cast.office_head, row=stale, value=20, revision=1)
    assert RoundParameter.objects.get(pk=row.pk).value == 12


def test_a_round_has_one_post_for_a_person_and_one_leader_for_a_team(cast):
    with pytest.raises(ServiceError, match="本轮已在"):
        services.add_member(
            actor=cast.office_clerk, team=cast.other_team, user=cast.member, role=TeamRole.MEMBER
        )
    with pytest.raises(ServiceError, match="已有组长"):
        services.add_member(
            actor=cast.office_clerk, team=cast.team, user=make_user(Role.INSPECTOR), role=TeamRole.LEADER
        )


@pytest.mark.parametrize("role", [Role.TOWN, Role.VILLAGE, Role.SYSADMIN, Role.OFFICE_CLERK, ""])
def test_only_inspectors_serve_in_a_team(cast, role):
    with pytest.raises(ServiceError, match="巡察干部"):
        services.add_member(
            actor=cast.office_clerk, team=cast.team, user=make_user(role), role=TeamRole.MEMBER
        )


def test_a_village_goes_to_one_team_and_within_the_days_of_the_round(cast):
    with pytest.raises(ServiceError, match="已分给"):
        services.assign_village(actor=cast.office_clerk, team=cast.other_team, village=cast.village_place)
    village = make_village(cast.town_place)
    for days in (
        (dt.date(2026, 2, 28), None),
        (None, dt.date(2026, 6, 1)),
        (dt.date(2026, 4, 2), dt.date(2026, 4, 1)),
    ):
        with pytest.raises(ServiceError, match="日期"):
            services.assign_village(
                actor=cast.office_clerk, team=cast.team, village=village, entry_on=days[0], exit_on=days[1]
            )


def test_an_assignment_is_taken_back_only_before_work_began(cast):
    team = services.withdraw_assignment(
        actor=cast.office_clerk, inspection=cast.inspection, reason="调整分工"
    )
    assert not team.inspections.exists()
    services.advance_stage(actor=cast.office_clerk, inspection=cast.other_inspection, to="survey")
    with pytest.raises(ServiceError, match="不能撤回"):
        services.withdraw_assignment(
            actor=cast.office_clerk, inspection=cast.other_inspection, reason="调整分工"
        )


def test_a_removed_member_loses_sight_of_the_round(cast):
    member = cast.team.memberships.get(user=cast.member)
    services.remove_member(actor=cast.office_clerk, member=member, reason="原单位召回")
    assert not Round.objects.visible_to(cast.member).exists()


def test_a_team_made_for_one_round_does_not_serve_in_another(cast):
    other = plan(cast)
    team = make_team(other)
    assert not team.memberships.exists()
    assert not Round.objects.visible_to(cast.leader).filter(pk=other.pk).exists()
