"""The desk of each role: what waits comes first, nothing leaks, the cost does not grow with the villages."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.desk import DeskItem
from inspection import desk as desks
from inspection.desk import build_desk, gather
from tests.factories import make_inspection, make_member, make_user, make_village
from tests.findings import papers
from tests.prep.lists import make_item
from villages import services
from villages.models import Role, Stage, TeamRole, VillageInspection

DAY = dt.date(2026, 3, 10)


@pytest.fixture(autouse=True)
def _day(monkeypatch):
    monkeypatch.setattr("core.clock.today", lambda: DAY)


def open_desk(client, user):
    client.force_login(user)
    return client.get(reverse("inspection:desk"))


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.mark.parametrize("who", ["office_head", "office_clerk", "leader", "deputy", "member", "archivist"])
def test_the_inspecting_side_sees_the_own_villages_with_the_ladder(cast, client, who):
    text = text_of(open_desk(client, getattr(cast, who)))
    assert "等我处理" in text and "云溪村" in text
    assert ("柳巷村" in text) == (who in ("office_head", "office_clerk"))


@pytest.mark.parametrize("who", ["town", "village"])
def test_the_inspected_side_goes_to_its_own_portal(cast, client, who):
    response = open_desk(client, getattr(cast, who))
    assert response.status_code == 302
    assert response.url == reverse("rectification:portal")


@pytest.mark.parametrize("who", ["discipline", "organisation", "department", "sysadmin", "stranger"])
def test_the_others_see_no_village_and_no_round(cast, client, who):
    text = text_of(open_desk(client, getattr(cast, who)))
    for word in ("云溪村", "柳巷村", cast.round.name, "热力"):
        assert word not in text


def test_the_administrator_sees_accounts_and_jobs_in_figures(cast, client):
    text = text_of(open_desk(client, cast.sysadmin))
    assert "账号" in text and "后台任务" in text and "登录失败" in text


def test_somebody_without_a_role_is_told_what_to_do(cast, client):
    assert "还没有角色" in text_of(open_desk(client, cast.stranger))


def test_an_inspector_without_a_round_is_told_what_to_wait_for(cast, client):
    assert "还没有参加的轮次" in text_of(open_desk(client, make_user(Role.INSPECTOR)))


def test_lines_stand_late_then_returned_then_own_steps_then_by_day(cast, monkeypatch):
    def item(title, **over):
        return DeskItem(kind="测试", title=title, url="/", **over)

    lines = [
        item("无期限"),
        item("后天", due_on=DAY + dt.timedelta(days=2)),
        item("明天", due_on=DAY + dt.timedelta(days=1)),
        item("只有我能办", primary=True),
        item("退回", returned=True),
        item("昨天", due_on=DAY - dt.timedelta(days=1)),
    ]
    monkeypatch.setattr(desks, "SOURCES", (lambda viewer, round: lines[:3], lambda viewer, round: lines[3:]))
    found = [line.title for line in gather(cast.leader, cast.round, DAY)]
    assert found == ["昨天", "退回", "只有我能办", "明天", "后天", "无期限"]


def test_a_day_is_late_from_the_next_day_on():
    line = DeskItem(kind="测试", title="甲", url="/", due_on=DAY)
    assert not line.is_late(DAY)
    assert line.is_late(DAY + dt.timedelta(days=1))


def test_stays_that_end_within_a_week_are_shown_and_later_ones_not(cast, monkeypatch):
    monkeypatch.setattr(desks, "SOURCES", ())
    near = make_inspection(cast.team, make_village(cast.town_place), exit_on=DAY + dt.timedelta(days=7))
    make_inspection(cast.team, make_village(cast.town_place), exit_on=DAY + dt.timedelta(days=8))
    gone = make_inspection(cast.team, make_village(cast.town_place), exit_on=DAY - dt.timedelta(days=1))
    titles = [row["title"] for row in build_desk(cast.leader, cast.round).soon]
    assert titles == [f"{gone.village.name} 驻村到期", f"{near.village.name} 驻村到期"]


def test_the_office_is_warned_of_a_tie_that_hits_an_assignment(cast, client):
    services.declare_recusal(actor=cast.member, user=cast.member, relation="kin", village=cast.village_place)
    assert "回避待处理" in text_of(open_desk(client, cast.office_clerk))
    assert "回避待处理" not in text_of(open_desk(client, cast.leader))


def test_a_village_one_stands_aside_from_leaves_the_desk(cast, client):
    services.declare_recusal(actor=cast.leader, user=cast.leader, relation="kin", village=cast.village_place)
    assert "云溪村" not in text_of(open_desk(client, cast.leader))


@pytest.mark.parametrize("who", ["leader", "office_clerk"])
def test_the_cost_of_a_desk_does_not_grow_with_villages(cast, client, who):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            open_desk(client, getattr(cast, who))
        return len(queries)

    cost()  # the first page of a session also writes the session
    one = cost()
    for _ in range(2):
        make_inspection(cast.team, make_village(cast.town_place))
    assert cost() == one


def test_who_has_just_joined_is_told_the_first_steps_with_ways_to_each(cast, client, monkeypatch):
    monkeypatch.setattr(desks, "SOURCES", ())
    response = open_desk(client, cast.member)
    page = response.content.decode()
    assert "刚进组先做这几步" in page and "还没有分给您的事" in page
    at = {"pk": cast.inspection.pk}
    for address in ("prep:village", "prep:watch_list", "prep:outlines"):
        assert f'href="{reverse(address, kwargs=at)}"' in page
    assert f'href="{reverse("findings:talk_new")}?village={cast.village_place.code}"' in page


def test_before_the_pledge_the_steps_lead_nowhere_but_to_it(cast, client):
    unsworn = make_member(cast.team, TeamRole.MEMBER, sworn=False)
    response = open_desk(client, unsworn)
    steps = response.context["desk"].steps
    assert len(steps) == 4 and not any(step.links or step.done for step in steps)
    assert "云溪村" not in text_of(response)
    page = response.content.decode()
    assert page.count(reverse("villages:pledge", kwargs={"pk": unsworn.memberships.get().pk})) == 1


@pytest.mark.parametrize("who", ["office_head", "leader", "deputy"])
def test_who_leads_is_told_no_first_steps(cast, client, who):
    assert "刚进组" not in text_of(open_desk(client, getattr(cast, who)))


def test_the_first_steps_go_once_something_is_assigned(cast, client):
    make_item(cast.inspection, assignee=cast.member)
    assert "刚进组" not in text_of(open_desk(client, cast.member))


def test_the_first_steps_go_with_a_first_talk(cast, client):
    papers.talk(cast, recorder=cast.member)
    assert "刚进组" not in text_of(open_desk(client, cast.member))


def test_a_team_that_has_left_its_villages_gets_no_first_steps(cast, client):
    VillageInspection.objects.filter(team=cast.team).update(status=Stage.REPORT)
    assert "刚进组" not in text_of(open_desk(client, cast.member))


def test_what_is_listed_as_waiting_is_not_listed_again_as_due(cast, monkeypatch):
    lines = [DeskItem(kind="测试", title=f"第{n}件", url="/", due_on=DAY) for n in range(21)]
    monkeypatch.setattr(desks, "SOURCES", (lambda viewer, round: lines,))
    desk = build_desk(cast.leader, cast.round)
    assert [row["title"] for row in desk.soon] == ["测试：第20件"]
    assert [item.title for item in desk.shown] == [f"第{n}件" for n in range(20)]
