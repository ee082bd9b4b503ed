"""A real browser, a real server, and the people of one small round, each signed in by typing a password."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.contrib.auth.hashers import make_password

from core import clock
from core.audit import SYSTEM
from core.jobs.runner import run_due
from prep.services import load_library
from surveys.services import load_questionnaire
from tests.factories import make_office, make_town, make_user, make_village
from villages import services
from villages.models import Role, Round
from villages.selectors.pledges import pledge_in_force

PASSWORD = "A-demo-pass-2026"


@pytest.fixture
def round_ready(transactional_db, settings):
    """One open round, one team, one village: everything before the first stage, made by the services."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    services.seed_reference(actor=SYSTEM)
    district = services.set_district(actor=SYSTEM, code="990101", name="青岚区", short="青")
    town = make_town(district, name="河口镇")
    village = make_village(town, name="云溪村", households=612, population=2143, members=78)
    load_library(actor=SYSTEM)
    load_questionnaire(actor=SYSTEM)
    inspecting = make_office("inspection", name="青岚区委巡察办")
    encoded = make_password(PASSWORD)

    def person(username, name, role, office=inspecting):
        return make_user(role, name, username=username, office=office, password=encoded)

    head = person("head", "程立言", Role.OFFICE_HEAD)
    person("clerk", "许清越", Role.OFFICE_CLERK)
    person("town", "郑河口", Role.TOWN, make_office("town", name="中共河口镇委员会", town=town))
    round_ = services.create_round(
        actor=head, district=district, term=6, year=2026, number=5, name="第五轮对村巡察",
        mode=Round.Mode.DIRECT, starts_on=_days(-20), ends_on=_days(40),
    )  # fmt: skip
    team = services.create_team(actor=head, round_=round_, number=1)
    for username, name, post in [
        ("leader", "周闻溪", "leader"), ("deputy", "何守正", "deputy"), ("member", "林知夏", "member"),
        ("second", "赵南乔", "member"),
    ]:  # fmt: skip
        services.add_member(actor=head, team=team, user=person(username, name, Role.INSPECTOR), role=post)
    inspection = services.assign_village(
        actor=head, team=team, village=village, entry_on=_days(-10), exit_on=_days(10)
    )
    services.open_round(actor=head, round_=round_)
    return SimpleNamespace(round=round_, team=team, village=village, town=town, inspection=inspection)


@pytest.fixture
def round_sworn(round_ready):
    """The same round once every member has signed the pledge and declared no ties."""
    for member in round_ready.team.memberships.select_related("user"):
        services.sign_pledge(
            actor=member.user, member=member, pledge=pledge_in_force(), password=PASSWORD, ties="none"
        )
    return round_ready


def _days(count):
    return clock.today() + dt.timedelta(days=count)


@pytest.fixture
def sign_in(browser, live_server):
    """``sign_in("leader")`` gives that person's own page; at the end no script error and no refused resource."""
    contexts, problems = [], []

    def open_page(username, width=1440):
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 900},
            locale="zh-CN",
            accept_downloads=True,
        )
        context.set_default_timeout(60_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(f"{username}: {error}"))
        page.on(
            "console", lambda line: problems.append(line.text) if "Content Security" in line.text else None
        )
        if username:
            page.goto("/")
            page.get_by_label("登录名").fill(username)
            page.get_by_label("密码").fill(PASSWORD)
            page.get_by_role("button", name="登录").click()
            page.wait_for_url(lambda url: "denglu" not in url)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert problems == []


@pytest.fixture
def work():
    """Run what waits in the background, as the runner beside the server does."""

    def drain():
        ended = []
        while row := run_due():
            ended.append(row)
        assert [row.error for row in ended if row.state != "done"] == []
        return ended

    return drain
