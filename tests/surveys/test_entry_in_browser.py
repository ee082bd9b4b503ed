"""Sheets typed at speed into the keyboard grid, with the network away in between: nothing lost, nothing twice."""

import random
import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from surveys import services
from surveys.models import Channel, EntryBatch
from tests.factories import make_cast
from tests.surveys.kinds import open_survey_of_kinds
from tests.surveys.polls import ITEMS, open_survey

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def desk(browser, live_server, client, cast):
    """A browser in which the member is signed in."""
    client.force_login(cast.member)
    context = browser.new_context(
        base_url=live_server.url, locale="zh-CN", viewport={"width": 1280, "height": 800}
    )
    context.add_cookies(
        [
            {"name": name, "value": morsel.value, "url": live_server.url}
            for name, morsel in client.cookies.items()
        ]
    )
    problems = []
    page = context.new_page()
    page.on("pageerror", lambda error: problems.append(str(error)))
    yield page
    context.close()
    assert problems == []


def begin(cast, survey, expected):
    return services.create_batch(actor=cast.member, survey=survey, channel=Channel.VISIT, expected=expected)


def kept(batch):
    return EntryBatch.objects.get(pk=batch.pk).payload.get("first", {})


def wait_for(batch, number):
    for _ in range(100):
        if len(kept(batch)) == number:
            return
        time.sleep(0.1)
    raise AssertionError(f"{len(kept(batch))} sheets kept, {number} typed")


def test_forty_sheets_typed_at_speed_are_kept_as_they_were_typed(desk, cast):
    batch = begin(cast, open_survey(cast), 40)
    rng = random.Random(5)
    sheets = ["".join(rng.choices("12345", k=ITEMS)) for _ in range(40)]
    desk.goto(f"/guang/luru/{batch.pk}/jian/")
    began = time.monotonic()
    for number, sheet in enumerate(sheets):
        desk.keyboard.type(sheet)
        desk.keyboard.press("Enter")
        if number == 12:
            desk.context.set_offline(True)
        if number == 20:
            desk.context.set_offline(False)
    # Far below the seconds a person needs for a sheet: the page never holds the typist up.
    assert (time.monotonic() - began) / len(sheets) < 2
    expect(desk.locator("[data-entry-count]")).to_have_text("40")
    wait_for(batch, 40)
    assert {number: content[1] for number, content in kept(batch).items()} == {
        str(at): sheet for at, sheet in enumerate(sheets, 1)
    }
    desk.wait_for_function("Object.keys(localStorage).filter((k) => k.includes('entry')).length === 0")


def test_what_was_not_sent_survives_a_closed_page(desk, cast):
    batch = begin(cast, open_survey(cast), 3)
    desk.goto(f"/guang/luru/{batch.pk}/jian/")
    desk.route("**/cun/", lambda route: route.abort())
    desk.keyboard.type("3" * ITEMS)
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("网络不通").first).to_be_visible()
    desk.unroute("**/cun/")
    desk.goto("about:blank")
    desk.goto(f"/guang/luru/{batch.pk}/jian/")
    expect(desk.locator("[data-entry-count]")).to_have_text("1")
    wait_for(batch, 1)


def test_every_kind_is_typed_with_digits_letters_blanks_and_corrections(desk, cast):
    batch = begin(cast, open_survey_of_kinds(cast), 2)
    desk.goto(f"/guang/luru/{batch.pk}/jian/")
    # A level, then a wrong key, a letter, two letters of a multiple choice and on, a row, a blank row.
    desk.keyboard.type("7")
    expect(desk.get_by_text("第1题只能按 1—5")).to_be_visible()
    desk.keyboard.type("3")
    desk.keyboard.press("Backspace")
    desk.keyboard.type("4bac 5 ")
    desk.keyboard.press("/")
    desk.keyboard.type("6")
    desk.keyboard.press("+")
    desk.keyboard.type("路灯坏了")
    desk.keyboard.press("Enter")
    wait_for(batch, 1)
    assert kept(batch)["1"] == ["villager", "4B10150", {"5": "路灯坏了"}]


def test_a_sheet_left_half_way_wants_a_second_enter_and_a_known_number_is_not_overwritten(desk, cast):
    batch = begin(cast, open_survey(cast), 2)
    desk.goto(f"/guang/luru/{batch.pk}/jian/")
    desk.keyboard.type("111")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("还有19格没有录")).to_be_visible()
    desk.keyboard.press("Enter")
    wait_for(batch, 1)
    desk.keyboard.press("*")
    desk.keyboard.type("1")
    desk.keyboard.press("Enter")
    desk.keyboard.type("2" * ITEMS)
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("份号1已经录过")).to_be_visible()
    desk.get_by_role("button", name="修改份号1").click()
    desk.keyboard.type("55")
    desk.keyboard.press("Enter")
    for _ in range(50):
        if kept(batch)["1"][1].startswith("551"):
            break
        time.sleep(0.1)
    assert kept(batch)["1"][1] == "551" + "0" * (ITEMS - 3)


def test_the_grid_has_no_barrier_axe_knows_of(desk, cast):
    batch = begin(cast, open_survey_of_kinds(cast), 2)
    desk.goto(f"/guang/luru/{batch.pk}/jian/")
    desk.keyboard.type("4ba")
    result = Axe().run(desk)
    assert [f"{v['id']}: {v['nodes'][0]['html']}" for v in result.response["violations"]] == []
