"""In a real Chromium: a filled sheet is put in, mended in the preview, compared, and taken over into the profile."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from prep.models import Portrait, VillageProfile
from tests.factories import make_cast
from tests.prep.lists import save_profile
from tests.prep.portraits import content, nasty

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def opened(browser, live_server, client):
    cast = make_cast()
    save_profile(cast)
    client.force_login(cast.member)
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1440, "height": 900})
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    problems = []
    page = context.new_page()
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda line: problems.append(line.text) if "Content Security" in line.text else None)
    yield cast, page
    context.close()
    assert problems == []


def test_a_sheet_goes_from_upload_by_preview_into_the_profile(opened, tmp_path):
    cast, page = opened
    file = tmp_path / "云溪村自画像.xlsx"
    file.write_bytes(content(nasty(cast.village_place.code)))
    page.goto(f"/xi/{cast.inspection.pk}/huaxiang/")
    page.locator("input[type=file]").set_input_files(str(file))
    page.get_by_role("button", name="上传并预览").click()
    expect(page.get_by_text("现在只是预览，档案还没有改动")).to_be_visible()
    expect(page.get_by_text("没有读懂的14格")).to_be_visible()
    page.locator("[name=residents]").fill("1600")
    page.get_by_role("button", name="重新核对").click()
    expect(page.get_by_text("没有读懂的13格")).to_be_visible()
    assert VillageProfile.objects.get().residents == 1650
    page.get_by_role("link", name="与档案对照").click()
    row = page.locator("tr", has=page.get_by_role("rowheader", name="常住人口"))
    expect(row.get_by_text("少50（3.0%）")).to_be_visible()
    row.locator("input[value=self]").check()
    page.get_by_role("button", name="写入档案").click()
    expect(page.get_by_text("所选内容已写入村情档案。")).to_be_visible()
    assert VillageProfile.objects.get().residents == 1600
    assert Portrait.objects.get().status == "adopted"
