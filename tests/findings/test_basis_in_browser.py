"""In a real Chromium: the basis is typed, looked up in the rule book, picked, warned of and put right."""

import datetime as dt

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.factories import make_cast
from tests.findings import papers
from tests.prep.rulebook import DISCIPLINE, discipline

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OF_2018 = f"《{DISCIPLINE}》（2018年10月1日起施行）"


@pytest.fixture
def writer_page(browser, live_server, client):
    """The form of a paper about 2019; the policy may have refused nothing at the end."""
    cast = make_cast()
    discipline()
    day = dt.date(2019, 5, 1)
    paper = papers.draft(
        cast, basis=[f"《{DISCIPLINE}》第九十八条", "《某办法》"], period_from=day, period_to=day
    )
    client.force_login(cast.member)
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1440, "height": 880})
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    problems = []
    opened = context.new_page()
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on("console", lambda line: problems.append(line.text) if "Content Security" in line.text else None)
    opened.goto(f"/mou/digao/{paper.pk}/gai/")
    yield opened, paper
    context.close()
    assert problems == []


def test_a_line_is_typed_looked_up_and_replaced_by_the_citation(writer_page):
    page, paper = writer_page
    basis = page.locator("#id_basis")
    basis.click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.type("纪律处分条例 98")
    # The edition in force at the time stands first.
    expect(page.locator(".cite-edition").first).to_contain_text("2018年10月1日至2023年12月31日")
    page.locator("[data-cite]").first.click()
    expect(basis).to_have_value(f"《{DISCIPLINE}》第九十八条\n《某办法》\n{OF_2018}第九十八条")
    page.locator("form[data-draft] button[type=submit]").click()
    expect(page.get_by_role("heading", name=paper.title)).to_be_visible()
    assert papers.reload(paper).basis[2] == f"{OF_2018}第九十八条"


def test_the_warning_appears_by_itself_and_its_offer_puts_the_line_right(writer_page):
    page, _ = writer_page
    said = page.locator(".cite-check")
    expect(said).to_contain_text("行为时是另一版")
    page.get_by_role("button", name=f"改为{OF_2018}").click()
    expect(page.locator("#id_basis")).to_have_value(f"{OF_2018}\n《某办法》")
    expect(said).to_contain_text("行为时施行")
    page.locator("#id_period_from").fill("2024-01-01")
    page.locator("#id_period_to").fill("2024-02-01")
    page.locator("#id_period_to").blur()
    expect(said).to_contain_text("行为时已停止施行")


def test_enter_in_the_search_looks_up_and_does_not_send_the_paper(writer_page):
    page, _ = writer_page
    search = page.get_by_label("在法规制度库中查找")
    search.fill("处分条例")
    search.press("Enter")
    expect(page.locator(".cite-edition")).to_have_count(3)
    expect(page.locator("#id_basis")).to_be_visible()
