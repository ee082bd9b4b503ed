"""Every kind of question on a phone of 360 pixels: three sizes of type, no barrier axe knows of, a network that is slow
and drops.
"""

import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from core.audit import SYSTEM
from surveys import services
from surveys.models import Waiting
from surveys.services.sealing import Opener
from tests.factories import make_cast
from tests.surveys.ballots import open_rating
from tests.surveys.kinds import open_survey_of_kinds
from tests.surveys.polls import issue

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True, "locale": "zh-CN"}
QUESTIONS = 6


@pytest.fixture
def survey():
    return open_survey_of_kinds(make_cast(), q2=True)


@pytest.fixture
def phone(browser, live_server):
    context = browser.new_context(base_url=live_server.url, **PHONE)
    problems = []
    page = context.new_page()
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda line: problems.append(line.text) if "Content Security" in line.text else None)
    yield page
    assert context.cookies() == []
    context.close()
    assert problems == []


def next_one(page):
    page.locator("[data-step-next]").click()


def fill_in(page):
    """Every kind, from the first screen to the last."""
    page.get_by_label("普通群众").check()
    next_one(page)
    page.get_by_label("较好", exact=True).check()
    next_one(page)
    page.get_by_label("微信群").check()
    next_one(page)
    for option in ("收支", "土地"):
        page.get_by_label(option).check()
    next_one(page)
    page.get_by_role("group", name="卫生").get_by_label("好", exact=True).check()
    page.get_by_role("group", name="道路").get_by_label("不了解").check()
    next_one(page)
    page.fill("#words", "路灯坏了")
    next_one(page)
    expect(page.locator("h1")).to_have_text(f"第 6 题 / 共 {QUESTIONS} 题")
    next_one(page)
    expect(page.locator("h1")).to_have_text("最后一步")


FILLED = {"group": "villager", "answers": "2B10115", "comment": "", "words": {"5": "路灯坏了"}}


def stored(survey):
    opener = Opener(survey.pk, survey.mixer_key)
    return [opener.open(row.sealed) for row in Waiting.objects.all()]


def test_every_kind_is_answered_and_arrives_as_it_was_answered(phone, survey):
    phone.goto(f"/w/#{issue(survey, 1)[0].token}")
    fill_in(phone)
    expect(phone.get_by_text("都答完了")).to_be_visible()
    next_one(phone)
    expect(phone.get_by_text("已收到")).to_be_visible()
    assert stored(survey) == [FILLED]
    assert phone.evaluate("localStorage.length") == 0


def test_a_question_that_must_be_answered_holds_the_page_and_a_double_tap_passes_over_none(phone, survey):
    phone.goto(f"/w/#{issue(survey, 1)[0].token}")
    phone.locator("[data-step-next]").dblclick()
    expect(phone.locator("h1")).to_have_text(f"第 1 题 / 共 {QUESTIONS} 题")
    next_one(phone)
    next_one(phone)
    expect(phone.get_by_text("这一题需要回答")).to_be_visible()
    expect(phone.locator("h1")).to_have_text(f"第 2 题 / 共 {QUESTIONS} 题")
    phone.get_by_label("公开栏").check()
    next_one(phone)
    expect(phone.locator("h1")).to_have_text(f"第 3 题 / 共 {QUESTIONS} 题")


def test_a_reload_keeps_ticks_rows_and_words(phone, survey):
    phone.goto(f"/w/#{issue(survey, 1)[0].token}")
    fill_in(phone)
    for _ in range(2):
        phone.locator("[data-step-back]").click()
    phone.reload()
    expect(phone.locator("#words")).to_have_value("路灯坏了")
    phone.locator("[data-step-back]").click()
    expect(phone.locator("input:checked")).to_have_count(2)
    phone.locator("[data-step-back]").click()
    expect(phone.locator("input[type=checkbox]:checked")).to_have_count(2)


@pytest.mark.parametrize(("name", "pixels"), [("标准", 19), ("大", 23), ("特大", 28)])
def test_no_screen_in_any_size_has_a_barrier_or_is_wider_than_the_phone(phone, survey, name, pixels):
    phone.goto(f"/w/#{issue(survey, 1)[0].token}")
    phone.get_by_role("button", name=name, exact=True).click()
    seen = []
    for step in range(QUESTIONS + 2):
        if step == 2:
            phone.get_by_label("公开栏").check()
        result = Axe().run(phone)
        barriers = [f"{v['id']}: {v['nodes'][0]['html']}" for v in result.response["violations"]]
        seen += [(step, barrier) for barrier in barriers]
        assert phone.evaluate("document.documentElement.scrollWidth") <= 360, (name, step)
        next_button = phone.locator("[data-step-next]").bounding_box()
        assert next_button["x"] + next_button["width"] <= 350, (name, step)
        if step == 1:
            size = phone.evaluate(
                "parseFloat(getComputedStyle(document.querySelector('.choice span')).fontSize)"
            )
            assert size >= pixels
        if step <= QUESTIONS:
            next_one(phone)
    assert seen == []
    kept = phone.evaluate("Object.entries(localStorage).filter(([key]) => key !== 'survey')")
    assert kept == ([] if name == "标准" else [["type-size", {"大": "large", "特大": "huge"}[name]]])


def test_the_size_stays_when_the_page_is_opened_again(phone, survey):
    phone.goto("/w/")
    phone.get_by_role("button", name="特大").click()
    phone.goto("/w/weishenme/")
    expect(phone.get_by_role("button", name="特大")).to_have_attribute("aria-pressed", "true")


def test_a_slow_network_that_drops_again_and_again_brings_the_answer_once(phone, survey):
    line = phone.context.new_cdp_session(phone)
    line.send("Network.enable")
    slow = {"latency": 400, "downloadThroughput": 6000, "uploadThroughput": 3000}
    line.send("Network.emulateNetworkConditions", {"offline": False, **slow})
    phone.goto(f"/w/#{issue(survey, 1)[0].token}", timeout=120_000)
    expect(phone.locator("h1")).to_have_text(f"共 {QUESTIONS} 题", timeout=60_000)
    fill_in(phone)
    line.send("Network.emulateNetworkConditions", {"offline": True, **slow})
    next_one(phone)
    expect(phone.get_by_text("网络不稳")).to_be_visible(timeout=30_000)
    for _ in range(2):
        line.send("Network.emulateNetworkConditions", {"offline": False, **slow})
        time.sleep(0.3)
        line.send("Network.emulateNetworkConditions", {"offline": True, **slow})
        time.sleep(0.5)
    line.send("Network.emulateNetworkConditions", {"offline": False, **slow})
    expect(phone.get_by_text("已收到")).to_be_visible(timeout=60_000)
    assert stored(survey) == [FILLED]


def test_an_answer_that_is_refused_comes_back_to_be_corrected_even_after_the_page_was_closed(phone, survey):
    card = issue(survey, 1)[0]
    phone.goto(f"/w/#{card.token}")
    fill_in(phone)
    services.submit_phone_answer(
        actor=SYSTEM, token=issue(survey, 1)[0].token, submission="ab" * 16, answer=FILLED
    )
    phone.evaluate("""() => {
        const kept = JSON.parse(localStorage.getItem('survey'));
        const slip = kept.slips[kept.current];
        slip.ready = true;
        slip.payload = { submission: slip.submission, group: 'nobody', answers: '2B10115', comment: '', words: {} };
        localStorage.setItem('survey', JSON.stringify(kept));
    }""")
    phone.goto("about:blank")
    phone.goto("/w/")
    expect(phone.locator("h1")).to_have_text("最后一步")
    next_one(phone)
    expect(phone.get_by_text("已收到")).to_be_visible()
    assert len(stored(survey)) == 2


def test_a_slip_asks_about_people_after_the_questions_while_a_rating_is_open(phone, survey):
    rating = open_rating(None, survey.inspection)
    phone.goto(f"/w/#{issue(survey, 1)[0].token}")
    phone.get_by_label("普通群众").check()
    next_one(phone)
    phone.get_by_label("较好", exact=True).check()
    next_one(phone)
    phone.get_by_label("微信群").check()
    for _ in range(5):
        next_one(phone)
    expect(phone.locator("h1")).to_have_text("民主测评 1 / 4")
    expect(phone.get_by_text("您对村（社区）两委班子的评价是？")).to_be_visible()
    assert Axe().run(phone).response["violations"] == []
    phone.get_by_label("好", exact=True).check()
    next_one(phone)
    expect(phone.get_by_text("您对江予安（党组织书记）的评价是？")).to_be_visible()
    expect(phone.locator("[data-step-next]")).to_have_text("弃权，下一题")
    next_one(phone)
    phone.get_by_label("差", exact=True).check()
    phone.locator("[data-step-back]").click()
    phone.get_by_label("较好", exact=True).check()
    # Opened again, it goes on where it was, with the marks given so far.
    phone.reload()
    expect(phone.get_by_label("较好", exact=True)).to_be_checked()
    next_one(phone)
    expect(phone.get_by_label("差", exact=True)).to_be_checked()
    next_one(phone)
    next_one(phone)
    expect(phone.locator("h1")).to_have_text("最后一步")
    next_one(phone)
    expect(phone.get_by_text("已收到")).to_be_visible()
    assert stored(survey) == [{"group": "villager", "answers": "2B00000", "comment": "", "marks": "1245"}]
    assert rating.subjects.count() == 4
