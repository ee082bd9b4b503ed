"""In a real Chromium: two hundred papers are read, signed and returned without leaving the keyboard."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from findings.models import Finding
from tests.factories import make_cast
from tests.findings import papers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def leader_page(browser, live_server, client):
    """The leader's review list with three papers to sign; the policy may have refused nothing at the end."""
    cast = make_cast()
    for title in ("第一个问题", "第二个问题", "第三个问题"):
        papers.signing(cast, title=title)
    client.force_login(cast.leader)
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1440, "height": 880})
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    problems = []
    opened = context.new_page()
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on("console", lambda line: problems.append(line.text) if "Content Security" in line.text else None)
    opened.goto("/mou/?status=signing")
    yield opened
    context.close()
    assert problems == []


def shown(page):
    return page.locator("#pane > h2")


def status(title):
    return Finding.objects.get(title=title).status


def test_j_moves_s_signs_and_the_next_one_opens(leader_page):
    expect(shown(leader_page)).to_have_text("第一个问题")
    leader_page.keyboard.press("j")
    expect(shown(leader_page)).to_have_text("第二个问题")
    leader_page.keyboard.press("s")
    expect(leader_page.get_by_text("已审签。")).to_be_visible()
    expect(shown(leader_page)).to_have_text("第三个问题")
    assert (status("第一个问题"), status("第二个问题")) == ("signing", "signed")


def test_r_asks_for_a_reason_and_returns(leader_page):
    leader_page.keyboard.press("r")
    leader_page.keyboard.type("定性依据写到条款")
    leader_page.locator("dialog[open] button[type=submit]").click()
    expect(shown(leader_page)).to_have_text("第二个问题")
    assert status("第一个问题") == "returned"


def test_x_ticks_and_the_ticked_ones_are_signed_together(leader_page):
    leader_page.keyboard.press("x")
    leader_page.keyboard.press("j")
    expect(shown(leader_page)).to_have_text("第二个问题")
    leader_page.keyboard.press("x")
    leader_page.get_by_role("button", name="签署所选").click()
    leader_page.get_by_role("button", name="确定").click()
    expect(leader_page.get_by_text("已办理 2 份。")).to_be_visible()
    assert [status(f"第{n}个问题") for n in "一二三"] == ["signed", "signed", "signing"]
