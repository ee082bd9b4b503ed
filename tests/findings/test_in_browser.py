"""In a real Chromium: two hundred papers are read, signed and returned without leaving the keyboard."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from findings import services
from findings.models import Comment, Finding
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
    expect(leader_page.get_by_text("已勾选2份")).to_be_visible()
    leader_page.get_by_role("button", name="签署所选").click()
    leader_page.get_by_role("button", name="确定").click()
    expect(leader_page.get_by_text("已办理 2 份。")).to_be_visible()
    assert [status(f"第{n}个问题") for n in "一二三"] == ["signed", "signed", "signing"]


def test_c_writes_a_remark_and_question_mark_tells_the_keys(leader_page):
    leader_page.keyboard.press("?")
    expect(leader_page.locator("dialog[open]")).to_contain_text("对比所勾选的两份")
    leader_page.locator("dialog[open] [data-dialog-close]").click()
    leader_page.keyboard.press("c")
    leader_page.keyboard.type("核对合同原件")
    leader_page.locator("dialog[open] button[type=submit]").click()
    expect(leader_page.get_by_text("已留下批注。")).to_be_visible()
    expect(shown(leader_page)).to_have_text("第一个问题")
    assert Comment.objects.get().text == "核对合同原件"


def test_ticked_ones_go_back_together_with_one_reason(leader_page):
    for _ in range(2):
        leader_page.keyboard.press("x")
        leader_page.keyboard.press("j")
    leader_page.get_by_role("button", name="退回所选…").click()
    leader_page.locator("#bulk-reason").fill("佐证不足")
    leader_page.locator("#bulk-return button[type=submit]").click()
    expect(leader_page.get_by_text("已退回 2 份。")).to_be_visible()
    assert [status(f"第{n}个问题") for n in "一二三"] == ["returned", "returned", "signing"]


def test_two_ticked_ones_stand_side_by_side(leader_page):
    pair = leader_page.get_by_role("button", name="对比所选两份")
    leader_page.keyboard.press("x")
    expect(pair).to_be_hidden()
    leader_page.keyboard.press("j")
    expect(shown(leader_page)).to_have_text("第二个问题")
    leader_page.keyboard.press("x")
    expect(pair).to_be_visible()
    leader_page.keyboard.press("v")
    expect(leader_page.locator("h1")).to_have_text("底稿对比")
    expect(leader_page.locator("mark").filter(has_text="一").first).to_be_visible()


def test_what_others_changed_is_marked_told_and_no_news_once_read(leader_page):
    leader_page.keyboard.press("j")
    expect(shown(leader_page)).to_have_text("第二个问题")
    rows = leader_page.locator("[data-key-list] tbody tr")
    row = rows.filter(has_text="第二个问题")
    expect(row.get_by_text("未看")).to_be_hidden()
    second = Finding.objects.get(title="第二个问题")
    services.edit_finding(
        actor=second.handler, finding=second, revision=second.revision, values={"facts": "又查到一年。"}
    )
    leader_page.goto("/mou/?changed=1")
    expect(rows).to_have_count(1)
    expect(row.get_by_text("有变化")).to_be_visible()
    expect(leader_page.locator("#pane .changes-since")).to_contain_text("又查到一年。")
    leader_page.goto("/mou/?all=1")
    expect(row).to_be_visible()
    expect(row.get_by_text("有变化")).to_be_hidden()


def test_on_a_phone_the_tab_one_stands_on_is_in_sight_and_the_edge_tells_of_more(leader_page):
    leader_page.set_viewport_size({"width": 360, "height": 740})
    for address, before, after in (("/mou/", False, True), ("/mou/jindu/", True, False)):
        leader_page.goto(address)
        tabs, here = leader_page.locator(".stage-tabs"), leader_page.locator(".stage-tabs [aria-current]")
        expect(here).to_be_in_viewport(ratio=0.9)
        classes = (tabs.get_attribute("class") or "").split()
        assert ("more-before" in classes, "more-after" in classes) == (before, after)
    # Carried back to the beginning by hand, the other edge fades.
    tabs.evaluate("tabs => { tabs.scrollLeft = 0; }")
    expect(leader_page.locator(".stage-tabs.more-after:not(.more-before)")).to_be_visible()
