"""In a real Chromium: the list is read and concluded without leaving the keyboard."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from prep import services
from prep.models import WatchItem, WatchStatus
from tests.factories import make_cast
from tests.prep.lists import make_item

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def listed(browser, live_server, client):
    """The member's list of three items; the policy may have refused nothing at the end."""
    cast = make_cast()
    for title in ("第一条", "第二条", "第三条"):
        make_item(cast.inspection, title=title)
    client.force_login(cast.member)
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1440, "height": 880})
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    problems = []
    page = context.new_page()
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda line: problems.append(line.text) if "Content Security" in line.text else None)
    page.goto(f"/xi/{cast.inspection.pk}/qingdan/")
    page.cast = cast
    yield page
    context.close()
    assert problems == []


def status(title):
    return WatchItem.objects.get(title=title).status


def current(page):
    return page.locator("tr.current .row-link")


def test_a_number_opens_the_line_enter_saves_and_the_list_keeps_the_place(listed):
    listed.keyboard.press("j")
    listed.keyboard.press("j")
    expect(current(listed)).to_have_text("第二条")
    listed.keyboard.press("3")
    field = listed.locator("tr.concluding input[name=note]")
    expect(field).to_be_focused()
    listed.keyboard.type("收据与账面不符")
    listed.keyboard.press("Enter")
    expect(listed.locator("tr.current .tag", has_text="属实")).to_be_visible()
    expect(current(listed)).to_have_text("第二条")
    assert status("第二条") == WatchStatus.CONFIRMED
    listed.keyboard.press("j")
    expect(current(listed)).to_have_text("第三条")
    listed.keyboard.press("1")
    listed.keyboard.type("查阅台账，未发现问题")
    listed.keyboard.press("Enter")
    expect(listed.locator("tr.current .tag", has_text="未发现")).to_be_visible()
    assert (status("第一条"), status("第三条")) == (WatchStatus.OPEN, WatchStatus.CLEARED)


def test_what_is_typed_before_the_line_arrives_is_kept(listed):
    """On a slow network the words and even the Enter come first."""
    listed.keyboard.press("j")
    listed.keyboard.press("1")
    listed.keyboard.type("查阅三年台账", delay=0)
    listed.keyboard.press("Enter")
    expect(listed.locator("tr.current .tag", has_text="未发现")).to_be_visible()
    assert WatchItem.objects.get(title="第一条").note == "查阅三年台账"


def test_a_key_that_falls_while_the_line_arrives_saves_and_opens_nothing(listed):
    """The Enter comes in the moment the line stands on the page but has not settled."""
    listed.evaluate(
        """() => document.addEventListener('htmx:afterSwap', (event) => {
          if (!event.target.querySelector('input[name=note]')) return;
          const options = { key: 'Enter', bubbles: true, cancelable: true };
          document.activeElement.dispatchEvent(new KeyboardEvent('keydown', options));
        })"""
    )
    place = listed.url
    listed.keyboard.press("j")
    listed.keyboard.press("1")
    listed.keyboard.type("查阅三年台账")
    expect(listed.locator("tr.current .tag", has_text="未发现")).to_be_visible()
    assert listed.url == place
    assert WatchItem.objects.get(title="第一条").note == "查阅三年台账"


def test_escape_leaves_without_writing_and_x_still_ticks(listed):
    listed.keyboard.press("j")
    listed.keyboard.press("2")
    expect(listed.locator("tr.concluding")).to_have_count(1)
    listed.keyboard.type("写了一半")
    listed.keyboard.press("Escape")
    expect(listed.locator("tr.concluding")).to_have_count(0)
    expect(current(listed)).to_have_text("第一条")
    assert status("第一条") == WatchStatus.OPEN
    listed.keyboard.press("x")
    expect(listed.locator("tr.current input[name=item]")).to_be_checked()


def test_a_step_that_is_not_ones_own_says_why(listed):
    listed.keyboard.press("j")
    listed.keyboard.press("4")
    expect(listed.locator("tr.concluding")).to_contain_text("由本组组长、副组长分工")
    listed.get_by_text("知道了").click()
    expect(listed.locator("tr.concluding")).to_have_count(0)


def test_the_second_of_two_sees_both(listed):
    listed.keyboard.press("j")
    listed.keyboard.press("1")
    expect(listed.locator("tr.concluding")).to_have_count(1)
    listed.keyboard.type("我看没问题")
    item = WatchItem.objects.get(title="第一条")
    services.conclude_watch_item(
        actor=listed.cast.deputy, item=item, result=WatchStatus.CONFIRMED, note="副组长核实属实"
    )
    listed.keyboard.press("Enter")
    row = listed.locator("tr.current")
    expect(row).to_contain_text("副组长核实属实")
    expect(row).to_contain_text("我看没问题")
    assert status("第一条") == WatchStatus.CONFIRMED


def test_on_a_phone_the_items_come_first_and_filters_open_on_demand(listed):
    listed.set_viewport_size({"width": 360, "height": 780})
    listed.reload()
    expect(listed.locator("#watch-filters")).to_be_hidden()
    expect(listed.locator("#assign")).to_be_hidden()
    expect(listed.locator(".keys-help")).to_be_hidden()
    assert listed.locator(".row-link").first.bounding_box()["y"] < 390
    listed.get_by_role("button", name="筛选").click()
    listed.locator("#watch-filters .pill", has_text="待查").click()
    expect(listed.get_by_role("button", name="筛选（已选1项）")).to_be_visible()
    listed.get_by_role("button", name="勾选后分派、记录").click()
    expect(listed.locator("#assign")).to_be_visible()
