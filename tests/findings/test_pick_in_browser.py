"""In a real Chromium: what checks a lead is found by typing some of its words, and the plain list comes back."""

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from findings.models import LeadCheck
from tests.factories import make_cast
from tests.findings import leads, papers
from tests.prep.lists import make_item

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(browser, live_server, client):
    """The page of a lead in a village with papers of three kinds."""
    cast = make_cast()
    lead = leads.a_lead(cast)
    papers.draft(cast, title="鱼塘合同到期未收回")
    papers.draft(cast, title="仓库长期闲置")
    papers.field(cast, subject="东侧鱼塘")
    make_item(cast.inspection)
    client.force_login(cast.member)
    context = browser.new_context(base_url=live_server.url)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    problems = []
    opened = context.new_page()
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on("console", lambda line: problems.append(line.text) if "Content Security" in line.text else None)
    opened.goto(reverse("findings:lead", kwargs={"pk": lead.pk}))
    yield opened
    context.close()
    assert problems == []


def groups(page):
    return page.eval_on_selector_all("#lead-thing optgroup", "groups => groups.map(group => group.label)")


def test_words_leave_only_what_has_them_all_in_its_groups(page):
    assert groups(page) == ["问题底稿", "走访、核查、座谈", "待查问题"]
    before = page.locator("#lead-thing option").count()
    page.get_by_label("查找编号、标题").fill("鱼塘 到期")
    expect(page.locator("#lead-thing option")).to_have_count(1)
    assert groups(page) == ["问题底稿"]
    page.get_by_label("查找编号、标题").fill("")
    expect(page.locator("#lead-thing option")).to_have_count(before)


def test_enter_goes_to_the_choices_and_only_the_button_links(page):
    page.get_by_label("查找编号、标题").fill("东侧")
    page.keyboard.press("Enter")
    expect(page.locator("#lead-thing")).to_be_focused()
    assert not LeadCheck.objects.exists()
    page.get_by_role("button", name="关联", exact=True).click()
    expect(page.get_by_text("已关联。")).to_be_visible()
    assert LeadCheck.objects.get().paper.subject == "东侧鱼塘"
