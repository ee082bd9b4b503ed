import datetime as dt

import pytest

from core import audit
from core.errors import NotAllowed, ServiceError, StaleRecord
from tests.factories import (
    make_inspection,
    make_member,
    make_office,
    make_round,
    make_team,
    make_user,
    make_village,
)
from villages import services
from villages.models import Membership, Role, TeamRole, User


def create(cast, who="office_clerk", **over):
    values = {"username": "lin.zhixia", "display_name": "林知夏", "role": Role.INSPECTOR}
    return services.create_user(**{"actor": getattr(cast, who)} | values | over)


def test_a_new_account_has_no_password_until_one_is_given_and_must_then_change_it(cast):
    user = create(cast)
    assert not user.has_usable_password()
    password = services.reset_password(actor=cast.office_clerk, user=user)
    stored = User.objects.get(pk=user.pk)
    assert stored.check_password(password) and stored.must_change_password
    assert len(password) == 19 and password != services.reset_password(actor=cast.office_clerk, user=user)


def test_no_password_and_no_hash_reaches_the_trail(cast):
    user = create(cast)
    password = services.reset_password(actor=cast.office_clerk, user=user)
    services.change_own_password(actor=user, password="青山绿水长流不息之地2026")
    text = " ".join(f"{entry.before} {entry.after}" for entry in audit.history(user))
    assert password not in text and "$" not in text and "青山绿水" not in text
    assert [entry.verb for entry in audit.history(user)] == [
        "accounts.change_password", "accounts.reset_password", "accounts.create",
    ]  # fmt: skip


def test_a_login_name_is_used_once_whatever_its_letter_case(cast):
    create(cast)
    with pytest.raises(ServiceError, match="已被使用") as caught:
        create(cast, username=" LIN.Zhixia ")
    assert caught.value.field == "username"


@pytest.mark.parametrize("who", ["leader", "member", "town", "discipline", "stranger"])
def test_only_office_and_administrator_make_accounts(cast, who):
    with pytest.raises(NotAllowed):
        create(cast, who)


@pytest.mark.parametrize(
    ("who", "role", "allowed"),
    [
        ("office_head", Role.OFFICE_HEAD, True),
        ("office_head", Role.SYSADMIN, True),
        ("office_clerk", Role.OFFICE_CLERK, True),
        ("office_clerk", Role.OFFICE_HEAD, False),
        ("office_clerk", Role.SYSADMIN, False),
        ("sysadmin", Role.INSPECTOR, True),
        ("sysadmin", Role.OFFICE_CLERK, False),
        ("sysadmin", Role.OFFICE_HEAD, False),
    ],
)
def test_nobody_hands_out_a_role_above_the_own_reach(cast, who, role, allowed):
    office = make_office("inspection") if role in (Role.OFFICE_HEAD, Role.OFFICE_CLERK) else None
    if allowed:
        assert create(cast, who, role=role, office=office).role == role
    else:
        with pytest.raises(NotAllowed):
            create(cast, who, role=role, office=office)


def test_the_administrator_cannot_take_over_an_office_account(cast):
    for act in (
        lambda: services.reset_password(actor=cast.sysadmin, user=cast.office_head),
        lambda: services.update_user(
            actor=cast.sysadmin, user=cast.office_clerk, revision=1, changes={"role": Role.INSPECTOR}
        ),
        lambda: services.deactivate(actor=cast.sysadmin, user=cast.office_head, reason="测试"),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_nobody_changes_the_own_role_or_disables_the_own_account(cast):
    with pytest.raises(ServiceError, match="本人"):
        services.update_user(
            actor=cast.office_head,
            user=cast.office_head,
            revision=1,
            changes={"role": Role.SYSADMIN, "office": None},
        )
    with pytest.raises(ServiceError, match="本人"):
        services.deactivate(actor=cast.office_head, user=cast.office_head, reason="离任")


@pytest.mark.parametrize(
    ("role", "kind", "fits"),
    [
        (Role.TOWN, "department", False),
        (Role.TOWN, None, False),
        (Role.DISCIPLINE, "organisation", False),
        (Role.DEPARTMENT, "department", True),
        (Role.INSPECTOR, "department", True),
        (Role.INSPECTOR, None, True),
    ],
)
def test_a_role_belongs_to_its_kind_of_unit(cast, role, kind, fits):
    office = make_office(kind) if kind else None
    if fits:
        assert create(cast, role=role, office=office)
    else:
        with pytest.raises(ServiceError, match="单位"):
            create(cast, role=role, office=office)


def test_a_disabled_account_sees_nothing_and_comes_back_without_its_password(cast):
    user = create(cast, password="原来的密码足够长了2026")
    services.deactivate(actor=cast.office_clerk, user=user, reason="调离")
    assert not User.objects.visible_to(user).exists()
    with pytest.raises(ServiceError, match="停用"):
        services.reset_password(actor=cast.office_clerk, user=user)
    services.reactivate(actor=cast.office_clerk, user=user, reason="返岗")
    assert user.is_active and not user.has_usable_password()


def test_disabling_needs_a_reason(cast):
    with pytest.raises(ServiceError, match="理由"):
        services.deactivate(actor=cast.office_clerk, user=cast.member, reason=" ")


@pytest.mark.parametrize("password", ["short1", "password1234"])
def test_a_weak_own_password_is_refused(cast, password):
    with pytest.raises(ServiceError):
        services.change_own_password(actor=cast.member, password=password)


def test_the_initial_password_cannot_be_kept(cast):
    user = create(cast)
    password = services.reset_password(actor=cast.office_clerk, user=user)
    with pytest.raises(ServiceError, match="相同"):
        services.change_own_password(actor=user, password=password)
    assert User.objects.get(pk=user.pk).must_change_password


def test_of_two_people_editing_an_account_the_second_is_told(cast):
    user = create(cast)
    stale = User.objects.get(pk=user.pk)
    services.update_user(actor=cast.office_clerk, user=user, revision=1, changes={"phone": "0550-1"})
    with pytest.raises(StaleRecord):
        services.update_user(actor=cast.office_head, user=stale, revision=1, changes={"phone": "0550-2"})


# --- hand-over --------------------------------------------------------------------------------------------


def hand(cast, to_user, **over):
    values = {
        "from_user": cast.member,
        "to_user": to_user,
        "reason": "原单位召回",
        "authorisation_no": "青巡授9号",
    }
    return services.hand_over(**{"actor": cast.office_clerk} | values | over)


def test_open_posts_go_to_the_successor_and_the_old_account_is_disabled(cast):
    successor = make_user(Role.INSPECTOR, "接手人")
    hand(cast, successor, authorised_on=dt.date(2026, 4, 1))
    member = Membership.objects.get(user=successor)
    assert (member.team, member.role, member.authorisation_no) == (cast.team, TeamRole.MEMBER, "青巡授9号")
    assert not Membership.objects.filter(user=cast.member).exists()
    assert not User.objects.get(pk=cast.member.pk).is_active
    trail = {entry.verb: entry for entry in audit.history(cast.member)}
    assert (
        trail["accounts.hand_over"].after["to"] == "接手人"
        and trail["accounts.deactivate"].reason == "原单位召回"
    )
    assert [entry.verb for entry in audit.history(member)] == ["teams.hand_over"]


def test_posts_of_closed_rounds_stay_with_who_held_them(cast):
    old = make_round(cast.district, cast.scheme, year=2025, status="closed")
    make_member(make_team(old), TeamRole.MEMBER, cast.member)
    hand(cast, make_user(Role.INSPECTOR))
    assert Membership.objects.get(user=cast.member).round == old


def test_a_successor_with_a_tie_is_refused_and_nothing_moves(cast):
    successor = make_user(Role.INSPECTOR, "接手人")
    make_inspection(cast.team, make_village(cast.town_place, name="石塘村"))
    services.declare_recusal(actor=successor, user=successor, relation="kin", town=cast.town_place)
    with pytest.raises(ServiceError, match="接手人.*石塘村"):
        hand(cast, successor)
    assert Membership.objects.filter(user=cast.member).exists()
    assert User.objects.get(pk=cast.member.pk).is_active


@pytest.mark.parametrize("case", ["self", "inactive", "other_role", "same_round", "no_reason"])
def test_a_hand_over_that_makes_no_sense_is_refused(cast, case):
    successor = {
        "self": lambda: cast.member,
        "inactive": lambda: make_user(Role.INSPECTOR, is_active=False),
        "other_role": lambda: make_user(Role.DEPARTMENT),
        "same_round": lambda: cast.outsider,
        "no_reason": lambda: make_user(Role.INSPECTOR),
    }[case]()
    with pytest.raises(ServiceError):
        hand(cast, successor, reason="" if case == "no_reason" else "召回")
    assert Membership.objects.get(user=cast.member).team == cast.team


def test_a_towns_clerk_hands_over_within_the_same_unit_only(cast):
    colleague = make_user(Role.TOWN, office=cast.town.office)
    with pytest.raises(ServiceError, match="同一单位"):
        hand(cast, cast.other_town, from_user=cast.town)
    hand(cast, colleague, from_user=cast.town)
    assert not User.objects.get(pk=cast.town.pk).is_active
