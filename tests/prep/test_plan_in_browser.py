"""In a real Chromium: a village of the plan is dragged to a day and a team, and moved by the keyboard alone."""

import datetime as dt
import re

import pytest
from django.conf import settings
from playwright.sync_api import expect

from core import clock
from prep import services
from tests.factories import make_cast, make_member
from tests.prep.plans import clear, lead, unassigned
from villages.models import TeamRole

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def board(browser, live_server, client):
    """The clerk's chart of six villages for two teams; the policy may have refused nothing at the end."""
    cast = make_cast()
    lead(cast)
    for _ in range(2):
        make_member(cast.other_team, TeamRole.MEMBER)
    clear(cast)
    with clock.held(dt.date(2026, 2, 20)):
        plan = services.make_plan(actor=cast.office_clerk, round_=cast.round, villages=unassigned(cast, 6))
    client.force_login(cast.office_clerk)
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1440, "height": 900})
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    problems = []
    page = context.new_page()
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda line: problems.append(line.text) if "Content Security" in line.text else None)
    page.goto(f"/xi/jihua/{plan.pk}/")
    yield page, plan, cast
    context.close()
    assert problems == []


def first_of(plan, team):
    return plan.stops.filter(team=team).order_by("position").first()


def bar(page, stop):
    return page.locator(f"#bar-{stop.pk}")


def middle(locator):
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_village_is_dragged_to_another_team_and_day_and_conflicts_show_at_once(board):
    page, plan, cast = board
    stop = first_of(plan, cast.team)
    box = bar(page, stop).locator("rect").bounding_box()
    row = page.locator(f'.gantt-row[data-team="{cast.other_team.pk}"] .row-ground').bounding_box()
    x, y = middle(bar(page, stop).locator("rect"))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 40, row["y"] + row["height"] / 2, steps=6)
    page.mouse.move(x + 200, row["y"] + row["height"] / 2, steps=6)
    page.mouse.up()
    expect(page.get_by_text("已调整。")).to_be_visible()
    stop.refresh_from_db()
    assert stop.team == cast.other_team and stop.pinned_on == stop.entry_on > dt.date(2026, 3, 5)
    moved = bar(page, stop).locator("rect").bounding_box()
    assert abs(moved["x"] - box["x"] - 200) < 30  # on the day under the pointer
    expect(page).to_have_url(re.compile(f"/xi/jihua/{plan.pk}/$"))


def test_everything_goes_by_keyboard_and_the_village_keeps_the_focus(board):
    page, plan, cast = board
    stop = first_of(plan, cast.team)
    began = stop.entry_on
    bar(page, stop).focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("已调整。")).to_be_visible()
    expect(bar(page, stop)).to_be_focused()
    stop.refresh_from_db()
    assert stop.entry_on == began + dt.timedelta(days=1) == stop.pinned_on
    page.keyboard.press("u")
    expect(bar(page, stop)).to_have_attribute("data-entry", began.isoformat())
    page.keyboard.press("]")
    expect(bar(page, stop)).not_to_have_attribute("data-entry", began.isoformat())
    expect(bar(page, stop)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(bar(page, stop)).to_have_attribute("data-team", str(cast.other_team.pk))
    stop.refresh_from_db()
    assert stop.team == cast.other_team and stop.pinned_on is None
    plan.refresh_from_db()
    assert plan.edits == 4


def test_a_click_opens_the_village_with_its_reasons(board):
    page, plan, cast = board
    stop = first_of(plan, cast.team)
    bar(page, stop).click()
    expect(page.get_by_role("heading", name="为什么排在这里")).to_be_visible()
