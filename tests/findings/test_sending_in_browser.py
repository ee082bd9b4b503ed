"""In a real Chromium: photographs go on after the network was away, come once and in order, and a session may end."""

import re

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from core.files.store import read_bytes
from core.models import Upload
from tests.core import samples
from tests.factories import make_cast
from tests.findings import papers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
COUNT = 6


@pytest.fixture
def pictures(tmp_path):
    """Photographs of some hundred kilobytes as files to be chosen."""
    made = []
    for number in range(COUNT):
        path = tmp_path / f"现场{number}.jpg"
        path.write_bytes(samples.image((60 + number, 40)) + bytes([number + 1]) * 200_000)
        made.append(path)
    return made


@pytest.fixture
def paper(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.UPLOAD_PIECE_BYTES = 32_000
    return papers.draft(make_cast(), evidence=[])


@pytest.fixture
def page(browser, live_server, client, paper):
    """The handler's page; at the end nothing may have been refused by the policy or thrown by a script."""
    context = browser.new_context(base_url=live_server.url)
    problems = []
    opened = context.new_page()
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on("console", lambda line: problems.append(line.text) if "Content Security" in line.text else None)
    opened.sign_in = lambda: _sign_in(context, client, paper.handler, live_server.url)
    opened.sign_in()
    opened.goto(reverse("findings:finding", kwargs={"pk": paper.pk}))
    yield opened
    context.close()
    assert problems == []


def _sign_in(context, client, person, url):
    client.force_login(person)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": url}])


def choose(page, pictures):
    page.click("[data-dialog=add-files]")
    page.set_input_files("#add-files input[name=files]", pictures)
    page.click("#add-files button[type=submit]")


def hold(page, after):
    """Let the last step of ``after`` pictures through and keep the next waiting; return what ends it.

    So that something happens in the middle, however quick the machine is.
    """
    steps = "**/*step=finish*"
    asked = []

    def keep(route):
        asked.append(route)
        if len(asked) <= after:
            route.continue_()

    def let_go():
        for route in asked[after:]:
            route.abort("internetdisconnected")
        page.unroute(steps)

    page.route(steps, keep)
    return let_go


def arrived(paper):
    return [read_bytes(item.file) for item in paper.evidence.order_by("seq")]


def test_the_network_goes_and_comes_and_every_picture_is_there_once_in_order(page, paper, pictures):
    let_go = hold(page, after=1)
    choose(page, pictures)
    expect(page.locator("[data-upload-count]")).to_contain_text("已完成 1/6", timeout=60_000)
    page.context.set_offline(True)
    let_go()
    expect(page.locator("[data-upload-say]")).to_contain_text("网络不通", timeout=60_000)
    assert paper.evidence.count() < COUNT
    page.context.set_offline(False)
    expect(page.locator(".evidence-table tbody tr")).to_have_count(COUNT, timeout=120_000)
    assert arrived(paper) == [path.read_bytes() for path in pictures]
    assert not Upload.objects.unfinished().exists()


def test_a_reload_in_the_middle_says_what_is_missing_and_goes_on_there(page, paper, pictures):
    let_go = hold(page, after=0)
    choose(page, pictures[:1])
    expect(page.locator("[data-upload-list] progress")).not_to_have_js_property("value", 0, timeout=60_000)
    page.click("[data-upload-pause]")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    let_go()
    expect(page.locator("[data-upload-notice]")).to_contain_text("现场0.jpg（已传", timeout=30_000)
    before = Upload.objects.get().received
    assert before > 0
    choose(page, pictures[:1])
    expect(page.locator(".evidence-table tbody tr")).to_have_count(1, timeout=60_000)
    assert arrived(paper) == [pictures[0].read_bytes()] and Upload.objects.count() == 1


def test_an_ended_session_is_said_and_after_signing_in_elsewhere_it_goes_on(page, paper, pictures):
    page.context.clear_cookies()
    choose(page, pictures[:2])
    expect(page.locator("[data-upload-say]")).to_contain_text("登录已失效", timeout=60_000)
    page.sign_in()
    page.click("[data-upload-pause]")
    expect(page.locator(".evidence-table tbody tr")).to_have_count(2, timeout=120_000)
    assert arrived(paper) == [path.read_bytes() for path in pictures[:2]]


def test_a_pasted_picture_gets_a_name_and_a_refused_file_its_reason(page, paper, tmp_path):
    lying = tmp_path / "假.jpg"
    lying.write_bytes(b"MZ" * 500)
    page.evaluate(
        """() => {
          const box = document.createElement('canvas'); box.width = 30; box.height = 20;
          return new Promise(done => box.toBlob(blob => {
            const data = new DataTransfer();
            data.items.add(new File([blob], 'image.png', { type: 'image/png' }));
            const how = { clipboardData: data, bubbles: true, cancelable: true };
            document.dispatchEvent(new ClipboardEvent('paste', how));
            done();
          }));
        }"""
    )
    expect(page.locator("#add-files")).to_be_visible()
    page.set_input_files("#add-files input[name=files]", [lying])
    page.click("#add-files button[type=submit]")
    expect(page.locator(".upload-list .is-bad")).to_contain_text("内容与扩展名 .jpg 不符", timeout=60_000)
    assert paper.evidence.get().name.startswith("截图")
    page.reload()
    expect(page.locator(".evidence-table tbody tr")).to_have_count(1)


def test_only_who_sends_nothing_is_told_to_choose_and_in_chinese(page, paper, pictures):
    page.click("[data-dialog=add-files]")
    drop = page.locator("#add-files [data-upload-drop]")
    expect(drop).to_contain_text("选择文件")
    expect(drop).not_to_have_class(re.compile("problem"))
    # The input's own words, which come in the browser's language, are not to be seen.
    assert page.locator("#add-files input[name=files]").bounding_box()["width"] <= 1
    page.click("#add-files button[type=submit]")
    expect(drop).to_have_class(re.compile("problem"))
    page.set_input_files("#add-files input[name=files]", pictures[:1])
    expect(drop).not_to_have_class(re.compile("problem"))
    expect(page.locator("[data-upload-say]")).to_have_text("")


def test_on_a_phone_one_touch_opens_the_camera(browser, live_server, client):
    cast = make_cast()
    visit = papers.field(cast)
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": 360, "height": 780}, is_mobile=True, has_touch=True
    )
    _sign_in(context, client, cast.member, live_server.url)
    phone = context.new_page()
    phone.goto(reverse("findings:field_paper", kwargs={"pk": visit.pk}))
    button = phone.get_by_role("button", name="拍照", exact=True).first
    place = button.bounding_box()
    assert place["height"] >= 44 and place["y"] + place["height"] < 780
    with phone.expect_file_chooser() as asked:
        button.tap()
    assert asked.value.element.get_attribute("capture") == "environment"
    context.close()
