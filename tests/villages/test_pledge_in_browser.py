"""In a real Chromium: a new colleague signs in, sees one line on the desk, signs both papers, and the village opens."""

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from playwright.sync_api import expect

from tests.factories import make_cast, make_member, make_user
from villages.models import Membership, Role, TeamRole

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "qing-feng-ming-yue"


@pytest.fixture(params=[1440, 360])
def newcomer_page(request, browser, live_server, client):
    """The desk of a member who has signed nothing, at a wide and at a narrow screen."""
    cast = make_cast()
    person = make_user(Role.INSPECTOR, "新成员", password=make_password(PASSWORD))
    make_member(cast.team, TeamRole.MEMBER, person, sworn=False)
    client.force_login(person)
    context = browser.new_context(base_url=live_server.url, viewport={"width": request.param, "height": 800})
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page = context.new_page()
    page.goto("/")
    yield page
    context.close()


def test_from_the_desk_to_the_open_village(newcomer_page):
    page = newcomer_page
    expect(page.get_by_text("云溪村")).to_have_count(0)
    page.locator("a[href$='/chengnuo/']").first.click()
    expect(page.get_by_text("严守秘密")).to_be_visible()
    page.get_by_label("没有应当回避的情形").check()
    page.get_by_label("已逐条阅读").check()
    page.get_by_label("登录密码").fill("wrong-password-1")
    page.get_by_role("button", name="签署", exact=True).click()
    expect(page.get_by_text("密码不对，没有签署").first).to_be_visible()
    expect(page.get_by_label("没有应当回避的情形")).to_be_checked()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.get_by_label("登录密码").fill(PASSWORD)
    page.get_by_role("button", name="签署", exact=True).click()
    expect(page.get_by_text("已签署。本组各村的材料从现在起对您开放")).to_be_visible()
    expect(page.get_by_text("云溪村").first).to_be_visible()
    assert Membership.objects.get(user__display_name="新成员").ties == "none"
