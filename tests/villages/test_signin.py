"""Signing in, the first password, the brake on guessing."""

import datetime as dt

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.models import AuditEntry
from tests.factories import make_user
from villages import services
from villages.models import LoginAttempt, Role, User
from villages.selectors.people import ADDRESS_LIMIT, PAIR_LIMIT, USER_LIMIT, sign_in_refusal

pytestmark = pytest.mark.django_db

PASSWORD = "云溪石塘柳巷2026年春"
NEW = "一句好记又够长的话2026"
START = dt.datetime(2026, 3, 10, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def person(db):
    return make_user(Role.INSPECTOR, "林知夏", username="linzhixia", password=make_password(PASSWORD))


@pytest.fixture
def clock(monkeypatch):
    """The wall clock, held still; the returned function moves it on."""
    moment = [START]
    monkeypatch.setattr("core.clock.now", lambda: moment[0])

    def advance(**step):
        moment[0] += dt.timedelta(**step)

    return advance


def sign_in(client, password=PASSWORD, name="linzhixia", **extra):
    return client.post(reverse("villages:login"), {"username": name, "password": password}, **extra)


def fail(client, times, **extra):
    for _ in range(times):
        response = sign_in(client, "错误的密码", **extra)
    return response


def test_name_and_password_lead_to_the_desk_and_leave_a_trace(client, person):
    response = sign_in(client, name=" LinZhiXia ")
    assert (response.status_code, response.url) == (302, reverse("inspection:desk"))
    assert AuditEntry.objects.get(verb="accounts.login").actor_name == "林知夏"


@pytest.mark.parametrize("name", ["linzhixia", "nobody"])
def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(client, person, name):
    response = sign_in(client, "错误的密码", name)
    assert response.status_code == 422
    assert "登录名或密码不对" in response.content.decode()


def test_a_disabled_account_does_not_get_in(client, person):
    User.objects.update(is_active=False)
    assert sign_in(client).status_code == 422


def test_the_way_back_after_signing_in_never_leads_elsewhere(client, person):
    response = client.post(
        reverse("villages:login"),
        {"username": "linzhixia", "password": PASSWORD, "next": "https://elsewhere.example/"},
    )
    assert response.url == reverse("inspection:desk")


def test_signing_out_needs_a_post_and_ends_the_session(client, person):
    client.force_login(person)
    assert client.get(reverse("villages:logout")).status_code == 405
    assert client.post(reverse("villages:logout")).url == reverse("villages:login")
    assert client.get(reverse("inspection:desk")).status_code == 302


# --- the first password -----------------------------------------------------------------------------------


def change(client, old, new, again=None):
    data = {"old_password": old, "new_password1": new, "new_password2": new if again is None else again}
    return client.post(reverse("villages:password"), data)


def test_somebody_with_an_initial_password_gets_nowhere_before_changing_it(client, person):
    User.objects.update(must_change_password=True)
    sign_in(client)
    for name in ("inspection:desk", "villages:village_list", "inspection:search"):
        assert client.get(reverse(name)).url == reverse("villages:password")
    part = client.get(reverse("core:jobs_bar"), headers={"HX-Request": "true"})
    assert (part.status_code, part.content) == (204, b""), "no whole page in the place of a part"
    assert "请先设置自己的密码" in client.get(reverse("villages:password")).content.decode()
    assert change(client, PASSWORD, NEW).status_code == 302
    assert client.get(reverse("villages:village_list")).status_code == 200
    assert User.objects.get(pk=person.pk).check_password(NEW)


@pytest.mark.parametrize(
    ("old", "new", "again"),
    [
        ("不对的旧密码", NEW, None),
        (PASSWORD, NEW, "另一句话也够长了吧"),
        (PASSWORD, "短", None),
        (PASSWORD, PASSWORD, None),
    ],
)
def test_a_change_that_does_not_hold_is_refused_and_nothing_changes(client, person, old, new, again):
    client.force_login(person)
    assert change(client, old, new, again).status_code == 422
    assert User.objects.get(pk=person.pk).check_password(PASSWORD)


def test_a_new_password_ends_every_other_session_and_keeps_this_one(person):
    here, there = Client(), Client()
    sign_in(here)
    sign_in(there)
    change(here, PASSWORD, NEW)
    assert here.get(reverse("villages:village_list")).status_code == 200
    assert there.get(reverse("villages:village_list")).status_code == 302


def test_a_reset_and_a_disabling_end_the_open_session_of_the_person(cast):
    client = Client()
    client.force_login(cast.member)
    services.reset_password(actor=cast.office_clerk, user=User.objects.get(pk=cast.member.pk))
    assert client.get(reverse("villages:village_list")).url.startswith(reverse("villages:login"))
    client.force_login(cast.deputy)
    services.deactivate(actor=cast.office_clerk, user=User.objects.get(pk=cast.deputy.pk), reason="调离")
    assert client.get(reverse("villages:village_list")).url.startswith(reverse("villages:login"))


# --- the brake --------------------------------------------------------------------------------------------


def test_after_five_failures_even_the_right_password_must_wait(client, person, clock):
    assert fail(client, PAIR_LIMIT - 1).status_code == 422
    assert fail(client, 1).status_code == 422
    response = sign_in(client)
    assert response.status_code == 429
    assert "15分钟后再试" in response.content.decode()


def test_four_failures_hold_nobody_up(client, person, clock):
    fail(client, PAIR_LIMIT - 1)
    assert sign_in(client).status_code == 302


def test_the_window_slides_so_nobody_is_locked_out_for_good(client, person, clock):
    fail(client, PAIR_LIMIT)
    clock(minutes=14)
    assert sign_in(client).status_code == 429
    clock(minutes=2)
    assert sign_in(client).status_code == 302


def test_tries_during_the_wait_do_not_lengthen_it(client, person, clock):
    fail(client, PAIR_LIMIT)
    for _ in range(5):
        clock(minutes=2)
        fail(client, 1)
    clock(minutes=6)
    assert sign_in(client).status_code == 302


def test_another_machine_is_not_held_up_by_this_one(client, person, clock):
    fail(client, PAIR_LIMIT, REMOTE_ADDR="192.0.2.1")
    assert sign_in(client, REMOTE_ADDR="192.0.2.2").status_code == 302


@pytest.mark.parametrize(
    ("limit", "row"),
    [
        (USER_LIMIT, lambda n: ("linzhixia", f"192.0.2.{n}")),
        (ADDRESS_LIMIT, lambda n: (f"user{n}", "192.0.2.9")),
    ],
    ids=["many machines against one name", "one machine against many names"],
)
def test_guessing_spread_out_is_slowed_down_too(person, clock, limit, row):
    for number in range(limit - 1):
        name, address = row(number)
        LoginAttempt.objects.create(username=name, address=address, at=START)
    assert sign_in_refusal("linzhixia", "192.0.2.9") == ""
    name, address = row(99)
    LoginAttempt.objects.create(username=name, address=address, at=START)
    assert sign_in_refusal("linzhixia", "192.0.2.9")


def test_the_trail_gets_one_entry_when_the_brake_is_reached(client, person, clock):
    fail(client, PAIR_LIMIT + 3)
    assert AuditEntry.objects.filter(verb="accounts.throttle").count() == 1
    assert LoginAttempt.objects.count() == PAIR_LIMIT


def test_old_failures_are_swept_away(client, person, clock):
    LoginAttempt.objects.create(username="x", address="", at=timezone.now() - dt.timedelta(days=500))
    LoginAttempt.objects.create(username="y", address="", at=START - dt.timedelta(days=2))
    fail(client, 1)
    assert set(LoginAttempt.objects.values_list("username", flat=True)) == {"linzhixia"}
