"""In a real Chromium: a proposed common problem is accepted and told to its town; all of it fits a phone."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import expect

from findings.models import Finding
from reports.services import draft_early_letter, step_early_letter
from tests.factories import make_cast, make_inspection, make_village
from tests.findings.commons import IDLE, WHITE, paper, propose

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDINGS = (
    WHITE,
    {"title": "用收条代替发票报账", "summary": "支付劳务费、材料费时，仅凭个人手写收条报账，没有取得发票。"},
    {
        "title": "财务支出票据不合规，白条入账",
        "summary": "凭证后附的是自制白条，未取得正规票据，没有正式发票。",
    },
)


@pytest.fixture
def opened(browser, live_server, client):
    """Opens pages as somebody, at a width; the policy may have refused nothing at the end."""
    problems, contexts = [], []

    def open_as(user, address, width):
        client.force_login(user)
        context = browser.new_context(base_url=live_server.url, viewport={"width": width, "height": 900})
        contexts.append(context)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on(
            "console", lambda line: problems.append(line.text) if "Content Security" in line.text else None
        )
        page.set_default_timeout(90_000)
        page.goto(address)
        return page

    yield open_as
    for context in contexts:
        context.close()
    assert problems == []


def fits(page, name):
    """No sideways scrolling."""
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_from_a_proposal_to_a_letter_the_town_signs_for(opened):
    cast = make_cast()
    for words in WORDINGS:
        paper(cast, make_inspection(cast.team, make_village(cast.town_place)), words)
    paper(cast, cast.inspection, IDLE)
    group = propose(cast).get()
    page = opened(cast.office_head, "/mou/hengxiang/", 1440)
    assert fits(page, "list")
    page.get_by_role("link", name=group.name).first.click()
    page.get_by_role("button", name="认定为共性问题").click()
    page.get_by_role("button", name="确定").click()
    expect(page.get_by_text("已认定为共性问题").first).to_be_visible()
    assert fits(page, "group")
    for number, finding in enumerate(Finding.objects.all(), 1):
        Finding.objects.filter(pk=finding.pk).update(status="signed", no=f"DG-{number}")
    page.get_by_role("button", name="起草提示函").click()
    expect(page.get_by_text("提示函已起草")).to_be_visible()
    assert fits(page, "letter")
    group.refresh_from_db()
    letter = draft_early_letter(actor=cast.office_head, group=group, town=cast.town_place)
    step_early_letter(actor=cast.office_head, letter=letter, step="send")
    own = Finding.objects.filter(common_member__group=group).first()
    for user, address, name in (
        (cast.office_head, "/mou/hengxiang/?state=accepted", "list-phone"),
        (cast.leader, f"/mou/hengxiang/{group.pk}/", "group-phone"),
        (cast.leader, "/mou/hengxiang/dange/", "singles-phone"),
        (cast.leader, f"/mou/digao/{own.pk}/", "paper-phone"),
        (cast.town, f"/shi/menhu/tishi/{letter.pk}/", "portal-phone"),
    ):
        phone = opened(user, address, 360)
        phone.wait_for_load_state("networkidle")
        assert fits(phone, name), name
    phone.get_by_role("button", name="签收").click()
    expect(phone.get_by_text("已签收").first).to_be_visible()
