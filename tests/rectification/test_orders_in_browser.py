"""In a real Chromium: a village signs, photographs and reports on a 360-pixel phone; an inspector verifies."""

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from rectification.models import FixOrder, OrderFile
from tests.factories import make_cast
from tests.rectification.ledger import photo
from tests.rectification.orders import make_order

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def sign_in(browser, live_server, client):
    """``sign_in(user, width)`` gives that person's own page; the policy may have refused nothing at the end."""
    contexts, problems = [], []

    def open_page(user, width):
        client.force_login(user)
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": width, "height": 740}, locale="zh-CN"
        )
        contexts.append(context)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on(
            "console", lambda line: problems.append(line.text) if "Content Security" in line.text else None
        )
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert problems == []


def fits(page):
    """Nothing stands wider than the screen, and what a thumb presses is large enough."""
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    for button in page.locator("main .btn:visible").all():
        assert button.bounding_box()["height"] >= 43


def take(page, side, *names):
    page.get_by_role("link", name=f"拍{side}").click()
    expect(page.get_by_label(side, exact=True)).to_be_checked()
    files = [{"name": n, "mimeType": "image/jpeg", "buffer": photo(n).read()} for n in names]
    page.locator("input[type=file]").set_input_files(files)
    page.get_by_label("说明").fill(f"{side}东侧")
    fits(page)
    page.get_by_role("button", name="上传").click()
    expect(page.get_by_text("已上传。")).to_be_visible()


def test_from_the_receipt_on_a_phone_to_the_verdict(sign_in):
    cast = make_cast()
    order = make_order(cast, "issued")
    phone = sign_in(cast.village, 360)
    phone.goto("/shi/menhu/")
    fits(phone)
    phone.get_by_role("link", name="签收").click()
    phone.get_by_label("签收人（职务）").fill("江予安（书记）")
    fits(phone)
    phone.get_by_role("button", name="签收").click()
    expect(phone.get_by_text("已签收")).to_be_visible()
    take(phone, "整改前", "一.jpg")
    take(phone, "整改后", "二.jpg", "三.jpg")
    expect(phone.locator(".before-after img")).to_have_count(3)
    fits(phone)
    before, after = (phone.locator(".before-after > div").nth(n).bounding_box() for n in (0, 1))
    assert before["y"] == after["y"] and before["x"] < after["x"]
    phone.get_by_role("link", name="报告整改").click()
    phone.get_by_label("整改措施").fill("当天补贴")
    phone.get_by_label("整改结果").fill("两个季度都补齐了")
    phone.get_by_label("单位负责人").fill("江予安")
    fits(phone)
    phone.get_by_role("button", name="报告整改").click()
    expect(phone.get_by_text("已报告，等待巡察组核验。").first).to_be_visible()
    assert OrderFile.objects.filter(report__order=order).count() == 3

    desk = sign_in(cast.deputy, 1440)
    desk.goto(reverse("rectification:order", args=[order.pk]))
    desk.get_by_role("link", name="核验").click()
    expect(desk.locator(".before-after img")).to_have_count(3)
    desk.get_by_label("已改", exact=True).check()
    desk.get_by_label("核验情况").fill("现场查看，与照片一致。")
    desk.get_by_role("button", name="记录核验结论").click()
    expect(desk.get_by_text("核验结论已记录。")).to_be_visible()
    assert FixOrder.objects.get().status == "closed"
