"""In a real Chromium, on a phone: photograph and caption in turn, and no typed caption is lost on the way."""

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from findings import services
from tests.core import samples
from tests.factories import make_cast
from tests.findings import papers
from tests.findings.test_views import photo

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def paper(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    paper = papers.field(make_cast())
    uploads = [photo("甲.jpg"), photo("乙.jpg")]
    services.add_field_files(actor=paper.recorder, paper=paper, revision=paper.revision, uploads=uploads)
    return papers.reload(paper)


@pytest.fixture
def page(browser, live_server, client, paper):
    client.force_login(paper.recorder)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context = browser.new_context(base_url=live_server.url, viewport={"width": 360, "height": 740})
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    problems = []
    opened = context.new_page()
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.goto(reverse("findings:field_paper", kwargs={"pk": paper.pk}))
    yield opened
    context.close()
    assert problems == []


def captions(page):
    return page.locator(".field-files input[name^=caption_]")


def stored(paper):
    return list(paper.files.order_by("seq").values_list("caption", flat=True))


def test_more_pictures_and_another_order_leave_what_was_typed(page, paper, tmp_path):
    more = tmp_path / "丙.jpg"
    more.write_bytes(samples.image((60, 40)))
    captions(page).nth(1).fill("南侧墙根")
    page.click("[data-dialog=add-field-files]")
    page.set_input_files("#add-field-files input[name=files]", more)
    page.click("#add-field-files button[type=submit]")
    expect(captions(page)).to_have_count(3, timeout=60_000)
    expect(captions(page).nth(1)).to_have_value("南侧墙根")
    page.click("[aria-label=第2件前移]")
    expect(captions(page).nth(0)).to_have_value("南侧墙根")
    expect(page.locator("[data-captions-status]")).to_have_text("有1条说明还没有保存。")
    page.click("#captions button[type=submit]")
    expect(page.locator("[data-captions-status]")).to_have_text("")
    assert stored(paper) == ["南侧墙根", "", ""]


def test_a_step_of_the_paper_waits_for_typed_captions(page, paper):
    captions(page).nth(0).fill("东侧两间")
    step = page.locator("form[action$='/banli/submit/'] button[type=submit]").first
    step.click()
    expect(page.locator("[data-captions-status]")).to_contain_text("请先点“保存说明”")
    assert papers.reload(paper).status == "draft"
    page.click("#captions button[type=submit]")
    expect(page.locator("[data-captions-status]")).to_have_text("")
    step.click()
    expect(page.locator("#captions")).to_have_count(0)
    assert papers.reload(paper).status == "checking" and stored(paper)[0] == "东侧两间"


def test_both_stand_in_the_field_where_a_colleague_wrote_one_meanwhile(page, paper):
    captions(page).nth(0).fill("东侧两间")
    given = {paper.files.get(seq=1).pk: "东厢"}
    services.caption_field_files(actor=paper.companion, paper=paper, revision=paper.revision, captions=given)
    page.reload()
    expect(captions(page).nth(0)).to_have_value("东厢；东侧两间")
