import datetime as dt

import pytest

from core import audit
from core.errors import NotAllowed, ServiceError
from tests.factories import make_inspection, make_user, make_village
from villages import selectors, services
from villages.access import is_recused
from villages.models import (
    Membership,
    Recusal,
    RecusalException,
    Role,
    TeamRole,
    User,
    VillageInspection,
    WorkHistory,
)


def again(user):
    """The same person in a new request."""
    return User.objects.get(pk=user.pk)


def new_village(cast, **over):
    return make_village(cast.town_place, **over)


def assign(cast, village):
    return services.assign_village(actor=cast.office_clerk, team=cast.team, village=village)


def refused(cast, village):
    with pytest.raises(ServiceError) as caught:
        assign(cast, village)
    assert not VillageInspection.objects.filter(village=village).exists()
    return caught.value.message


def test_a_village_without_ties_is_assigned(cast):
    village = new_village(cast)
    row = assign(cast, village)
    assert (row.team, row.town, row.status) == (cast.team, cast.town_place, "prep")


def test_a_declared_tie_of_any_member_stops_the_assignment_and_names_person_and_reason(cast):
    village = new_village(cast, name="石塘村")
    services.declare_recusal(actor=cast.archivist, user=cast.archivist, relation="kin", village=village)
    message = refused(cast, village)
    assert "档案员" in message and "石塘村" in message and "近亲属" in message


def test_a_tie_to_the_whole_town_covers_its_villages_but_not_those_of_others(cast):
    services.declare_recusal(actor=cast.member, user=cast.member, relation="business", town=cast.town_place)
    refused(cast, new_village(cast))
    elsewhere = make_village(cast.other_town_place)
    assert assign(cast, elsewhere).village == elsewhere


def test_the_native_village_stops_the_assignment(cast):
    village = new_village(cast)
    cast.deputy.native_place = village
    cast.deputy.save()
    assert "籍贯" in refused(cast, village)


@pytest.mark.parametrize(
    ("from_on", "to_on", "stopped"),
    [
        (dt.date(2022, 5, 1), dt.date(2023, 3, 1), True),  # left exactly three years before the first day
        (dt.date(2022, 5, 1), dt.date(2023, 2, 28), False),  # left a day more than three years before
        (dt.date(2025, 1, 1), None, True),  # still there
        (dt.date(2010, 1, 1), dt.date(2012, 12, 31), True),  # long ago, 1096 days in total
        (dt.date(2010, 1, 1), dt.date(2012, 12, 30), True),  # 1095 days: three years exactly
        (dt.date(2010, 1, 1), dt.date(2012, 12, 29), False),  # one day short of three years
        (dt.date(2026, 6, 1), None, False),  # a post that begins only after the round began
    ],
)
def test_work_in_the_village_counts_for_three_years_or_when_it_lasted_three(cast, from_on, to_on, stopped):
    village = new_village(cast)
    WorkHistory.objects.create(user=cast.member, village=village, post="会计", from_on=from_on, to_on=to_on)
    found = [c.user for c in selectors.recusal_conflicts(cast.round, [cast.member], [village])]
    assert found == ([cast.member] if stopped else [])


def test_two_overlapping_posts_are_not_counted_twice(cast):
    village = new_village(cast)
    for post in ("会计", "文书"):
        WorkHistory.objects.create(
            user=cast.member,
            village=village,
            post=post,
            from_on=dt.date(2010, 1, 1),
            to_on=dt.date(2011, 12, 31),
        )
    assert selectors.recusal_conflicts(cast.round, [cast.member], [village]) == []


def test_two_posts_one_in_the_town_add_up(cast):
    village = new_village(cast)
    WorkHistory.objects.create(
        user=cast.member,
        village=village,
        post="会计",
        from_on=dt.date(2010, 1, 1),
        to_on=dt.date(2011, 12, 31),
    )
    WorkHistory.objects.create(
        user=cast.member,
        town=cast.town_place,
        post="科员",
        from_on=dt.date(2015, 1, 1),
        to_on=dt.date(2016, 1, 1),
    )
    assert "累计" in refused(cast, village)


def test_a_withdrawn_declaration_no_longer_counts(cast):
    village = new_village(cast)
    row = services.declare_recusal(actor=cast.member, user=cast.member, relation="kin", village=village)
    services.withdraw_recusal(actor=cast.office_clerk, recusal=row, reason="核实无此关系")
    assert assign(cast, village)


def test_a_new_member_is_checked_against_every_village_of_the_team(cast):
    newcomer = make_user(Role.INSPECTOR, "新组员")
    services.declare_recusal(actor=newcomer, user=newcomer, relation="kin", village=cast.village_place)
    with pytest.raises(ServiceError, match="新组员.*云溪村"):
        services.add_member(actor=cast.office_clerk, team=cast.team, user=newcomer, role=TeamRole.MEMBER)
    assert not Membership.objects.filter(user=newcomer).exists()


def test_an_exception_by_the_head_of_the_office_lets_the_assignment_pass_for_this_round_only(cast):
    village = new_village(cast)
    services.declare_recusal(actor=cast.member, user=cast.member, relation="other", village=village)
    services.approve_exception(
        actor=cast.office_head,
        round_=cast.round,
        user=cast.member,
        village=village,
        reason="关系已查明，不影响",
    )
    assert assign(cast, village)
    assert [c.excepted for c in selectors.recusal_conflicts(cast.round, [cast.member], [village])] == [True]


@pytest.mark.parametrize("who", ["office_clerk", "leader", "sysadmin"])
def test_nobody_but_the_head_of_the_office_approves_an_exception(cast, who):
    with pytest.raises(NotAllowed):
        services.approve_exception(
            actor=getattr(cast, who),
            round_=cast.round,
            user=cast.member,
            village=cast.village_place,
            reason="理由",
        )
    assert not RecusalException.objects.exists()


def test_an_exception_needs_a_reason(cast):
    with pytest.raises(ServiceError, match="理由"):
        services.approve_exception(
            actor=cast.office_head,
            round_=cast.round,
            user=cast.member,
            village=cast.village_place,
            reason="  ",
        )


def test_declaring_against_an_assigned_village_is_accepted_and_hides_it_at_once(cast):
    assert VillageInspection.objects.visible_to(cast.member).count() == 1
    services.declare_recusal(actor=cast.member, user=cast.member, relation="kin", village=cast.village_place)
    assert VillageInspection.objects.visible_to(cast.member).count() == 0
    assert is_recused(cast.member, cast.inspection)
    assert VillageInspection.objects.visible_to(cast.leader).count() == 1


def test_the_office_is_told_of_a_declaration_that_hits_an_assigned_village(cast):
    other = make_inspection(cast.team, new_village(cast))
    services.declare_recusal(actor=cast.member, user=cast.member, relation="kin", village=cast.village_place)
    told = selectors.assigned_recusals(cast.office_clerk, cast.round)
    assert [(recusal.user, row) for recusal, row in told] == [(cast.member, cast.inspection)]
    services.declare_recusal(actor=cast.member, user=cast.member, relation="kin", town=cast.town_place)
    told = {row for _, row in selectors.assigned_recusals(cast.office_clerk, cast.round)}
    assert told == {cast.inspection, other}


def test_an_approved_exception_takes_the_warning_away_and_shows_the_village_again(cast):
    services.declare_recusal(
        actor=cast.member, user=cast.member, relation="other", village=cast.village_place
    )
    services.approve_exception(
        actor=cast.office_head,
        round_=cast.round,
        user=cast.member,
        village=cast.village_place,
        reason="可以参加",
    )
    assert selectors.assigned_recusals(cast.office_clerk, cast.round) == []
    assert VillageInspection.objects.visible_to(again(cast.member)).count() == 1


def test_a_member_declares_only_for_the_own_person_and_the_office_for_anybody(cast):
    with pytest.raises(NotAllowed):
        services.declare_recusal(
            actor=cast.leader, user=cast.member, relation="kin", village=cast.village_place
        )
    row = services.declare_recusal(
        actor=cast.office_clerk, user=cast.member, relation="kin", village=cast.village_place
    )
    assert row.origin == Recusal.Origin.UNIT


def test_a_member_cannot_take_the_own_declaration_back(cast):
    row = services.declare_recusal(
        actor=cast.member, user=cast.member, relation="kin", village=cast.village_place
    )
    with pytest.raises(NotAllowed):
        services.withdraw_recusal(actor=cast.member, recusal=row, reason="不想回避了")


def test_a_declaration_names_a_place_and_leaves_a_trace(cast):
    with pytest.raises(ServiceError, match="请选择"):
        services.declare_recusal(actor=cast.member, user=cast.member, relation="kin")
    row = services.declare_recusal(
        actor=cast.member, user=cast.member, relation="kin", village=cast.village_place
    )
    assert [entry.verb for entry in audit.history(row)] == ["recusals.declare"]


def test_the_number_of_queries_does_not_grow_with_people_and_villages(cast, django_assert_num_queries):
    one = [cast.member], [cast.village_place]
    many = [cast.member, cast.leader, cast.deputy], [new_village(cast) for _ in range(4)]
    for users, villages in (one, many):
        with django_assert_num_queries(3):
            selectors.recusal_conflicts(cast.round, users, villages)


def test_an_assignment_made_past_the_check_is_found_by_the_comparison(cast):
    village = new_village(cast)
    services.declare_recusal(actor=cast.member, user=cast.member, relation="kin", village=village)
    assert selectors.team_conflicts(cast.office_clerk, cast.team) == []
    make_inspection(cast.team, village)
    found = selectors.team_conflicts(cast.office_clerk, cast.team)
    assert [(c.user, c.village, c.excepted) for c in found] == [(cast.member, village, False)]
    assert selectors.team_conflicts(cast.town, cast.team) == []
