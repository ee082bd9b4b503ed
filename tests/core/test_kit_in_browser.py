"""In a real Chromium, under the strict policy: nothing typed is lost, nothing is sent twice, nothing by accident."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from core.models import Draft
from tests.core.browser_pages import RECEIVED
from tests.factories import make_user

pytestmark = [
    pytest.mark.browser,
    pytest.mark.urls("tests.core.browser_pages"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def person():
    return make_user("inspector", "林知夏")


@pytest.fixture
def page(browser, live_server, client, person):
    """A signed-in page; at the end nothing may have been refused by the policy or thrown by a script."""
    RECEIVED.clear()
    context = browser.new_context(base_url=live_server.url)
    problems = []
    opened = context.new_page()
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on("console", lambda line: problems.append(line.text) if "Content Security" in line.text else None)
    opened.sign_in = lambda: _sign_in(context, client, person, live_server.url)
    opened.sign_in()
    yield opened
    context.close()
    assert problems == []


def _sign_in(context, client, person, url):
    client.force_login(person)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": url}])


def kept_in_browser(page):
    return page.evaluate("Object.keys(localStorage).filter(name => name.startsWith('draft:')).length")


def test_what_is_typed_is_kept_on_the_server_and_offered_again(page, person):
    page.goto("/paper/")
    page.fill("#id_title", "鱼塘合同")
    expect(page.locator("[data-draft-status]")).to_contain_text("已自动保存", timeout=8000)
    assert Draft.objects.get(user_id=person.pk, form="papers.new").values == {
        "title": ["鱼塘合同"],
        "facts": [""],
    }
    assert kept_in_browser(page) == 0


def test_a_lost_session_says_so_and_the_text_comes_back_after_signing_in(page):
    page.goto("/paper/")
    page.context.clear_cookies()
    page.fill("#id_title", "白条入账")
    expect(page.locator("[data-draft-status]")).to_contain_text("内容已存在本机", timeout=8000)
    page.sign_in()
    page.goto("/paper/")
    page.click("[data-draft-restore]")
    expect(page.locator("#id_title")).to_have_value("白条入账")


def test_discarding_forgets_the_text_on_this_machine(page):
    page.goto("/paper/")
    page.context.clear_cookies()
    page.fill("#id_title", "白条入账")
    expect(page.locator("[data-draft-status]")).to_contain_text("内容已存在本机", timeout=8000)
    page.sign_in()
    page.goto("/paper/")
    page.click("[data-draft-discard]")
    assert kept_in_browser(page) == 0


def test_a_triple_click_sends_one_form_and_the_copy_is_tidied_away(page):
    page.goto("/paper/")
    page.fill("#id_title", "三击")
    button = page.locator(".form-bar button[type=submit]")
    button.evaluate("button => { button.click(); button.click(); button.click() }")
    page.wait_for_url("**/landing/")
    assert [post["title"] for post in RECEIVED] == ["三击"]
    assert kept_in_browser(page) == 0


def test_a_refused_form_shows_the_mistake_and_can_be_sent_again(page):
    page.goto("/paper/")
    page.fill("#id_facts", "没有写主要特征")
    page.click(".form-bar button[type=submit]")
    expect(page.locator("[data-error-summary]")).to_contain_text("主要特征")
    expect(page.locator("#id_title")).to_be_focused()
    expect(page.locator("#id_facts")).to_have_value("没有写主要特征")
    page.fill("#id_title", "短标题")
    page.click(".form-bar button[type=submit]")
    page.wait_for_url("**/landing/")


def test_a_step_that_wants_a_reason_is_not_sent_without_one(page):
    page.goto("/landing/")
    page.click("text=退回…")
    page.click("dialog[open] button[type=submit]")
    assert RECEIVED == []
    page.keyboard.type("缺少凭证")
    page.click("dialog[open] button[type=submit]")
    page.wait_for_load_state()
    assert [(post["action"], post["reason"], post["revision"]) for post in RECEIVED] == [
        ("back", "缺少凭证", "3")
    ]


def test_a_dangerous_step_is_sent_only_after_yes(page):
    page.goto("/landing/")
    page.click("text=结束本轮")
    expect(page.locator("dialog[open]")).to_contain_text("12个村将不能再改")
    page.click("dialog[open] >> text=取消")
    assert RECEIVED == []
    page.click("text=结束本轮")
    with page.expect_navigation():
        page.click("dialog[open] >> text=确定")
    assert [post["action"] for post in RECEIVED] == ["end"]


def test_leaving_forgets_what_was_typed_on_this_machine(page):
    page.goto("/paper/")
    page.evaluate("localStorage.setItem('draft:' + document.body.dataset.user + ':x', '{}')")
    page.click("text=林知夏")
    page.click("text=退出")
    page.wait_for_load_state()
    assert kept_in_browser(page) == 0
