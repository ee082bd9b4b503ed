"""A villager's phone, 360 pixels wide, on a network that drops: the answer arrives once and leaves nothing behind."""

import pytest
from playwright.sync_api import expect

from core.audit import SYSTEM
from surveys import services
from surveys.models import Waiting
from surveys.services.sealing import Opener
from tests.factories import make_cast
from tests.surveys.polls import ITEMS, issue, open_survey

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True, "locale": "zh-CN"}


@pytest.fixture
def survey():
    return open_survey(make_cast())


@pytest.fixture
def phone(browser, live_server):
    """A phone's browser; at the end no cookie may be in it and the policy must have refused nothing."""
    context = browser.new_context(base_url=live_server.url, **PHONE)
    problems = []
    page = context.new_page()
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda line: problems.append(line.text) if "Content Security" in line.text else None)
    yield page
    assert context.cookies() == []
    context.close()
    assert problems == []


def answer_all(page, level="好"):
    """From the first screen to the last: group, then every item."""
    page.get_by_label("普通群众").check()
    next_one(page)
    for number in range(1, ITEMS + 1):
        expect(page.locator("h1")).to_have_text(f"第 {number} 题 / 共 {ITEMS} 题")
        page.get_by_label(level, exact=True).check()
        next_one(page)
    expect(page.locator("h1")).to_have_text("最后一步")


def next_one(page):
    page.locator("[data-step-next]").click()


def stored(survey):
    """What is sealed in the waiting room."""
    opener = Opener(survey.pk, survey.mixer_key)
    return [opener.open(row.sealed) for row in Waiting.objects.all()]


def kept(page):
    return page.evaluate("localStorage.getItem('survey')")


def test_a_villager_answers_and_nothing_stays_on_the_phone(phone, survey):
    card = issue(survey, 1)[0]
    phone.goto(f"/w/#{card.token}")
    expect(phone.locator("h1")).to_have_text(f"共 {ITEMS} 题")
    assert card.token not in phone.url
    answer_all(phone, "较好")
    phone.fill("#words", "路灯坏了")
    next_one(phone)
    expect(phone.get_by_text("已收到")).to_be_visible()
    assert stored(survey) == [{"group": "villager", "answers": "2" * ITEMS, "comment": "路灯坏了"}]
    assert kept(phone) is None


def test_going_back_changing_and_leaving_out_are_possible(phone, survey):
    phone.goto(f"/w/#{issue(survey, 1)[0].token}")
    next_one(phone)
    phone.get_by_label("差", exact=True).check()
    next_one(phone)
    phone.locator("[data-step-back]").click()
    phone.get_by_label("一般", exact=True).check()
    for _ in range(ITEMS):
        next_one(phone)
    expect(phone.get_by_text("还有 21 题没有答")).to_be_visible()
    next_one(phone)
    expect(phone.get_by_text("已收到")).to_be_visible()
    assert stored(survey)[0]["answers"] == "3" + "0" * (ITEMS - 1)


def test_a_reload_keeps_what_was_typed(phone, survey):
    phone.goto(f"/w/#{issue(survey, 1)[0].token}")
    phone.get_by_label("普通群众").check()
    next_one(phone)
    phone.get_by_label("差", exact=True).check()
    phone.reload()
    expect(phone.locator("h1")).to_have_text(f"第 1 题 / 共 {ITEMS} 题")
    expect(phone.locator("input[name=item][value='4']")).to_be_checked()


def test_without_a_network_the_answer_waits_and_arrives_once(phone, survey):
    phone.goto(f"/w/#{issue(survey, 1)[0].token}")
    answer_all(phone)
    phone.context.set_offline(True)
    next_one(phone)
    expect(phone.get_by_text("网络不稳")).to_be_visible()
    assert not Waiting.objects.exists()
    phone.context.set_offline(False)
    expect(phone.get_by_text("已收到")).to_be_visible(timeout=10000)
    assert len(stored(survey)) == 1


def test_an_answer_whose_reply_was_lost_is_stored_once_and_said_to_have_arrived(phone, survey):
    lost = []

    def lose_first_reply(route):
        if lost:
            return route.continue_()
        lost.append(route.fetch())
        return route.abort()

    phone.route("**/w/jiao/", lose_first_reply)
    phone.goto(f"/w/#{issue(survey, 1)[0].token}")
    answer_all(phone)
    next_one(phone)
    expect(phone.get_by_text("已收到")).to_be_visible(timeout=15000)
    assert lost[0].ok and len(stored(survey)) == 1


def test_a_page_closed_while_sending_sends_when_it_is_opened_again(phone, survey):
    phone.goto(f"/w/#{issue(survey, 1)[0].token}")
    answer_all(phone)
    phone.route("**/w/jiao/", lambda route: route.abort())
    next_one(phone)
    expect(phone.get_by_text("网络不稳")).to_be_visible()
    phone.unroute("**/w/jiao/")
    phone.goto("/w/")
    expect(phone.get_by_text("已收到")).to_be_visible(timeout=10000)
    assert len(stored(survey)) == 1


def test_the_next_person_on_the_same_phone_sees_nothing_of_the_one_before(phone, survey):
    first, second = issue(survey, 2)
    phone.goto(f"/w/#{first.token}")
    answer_all(phone)
    phone.context.set_offline(True)
    next_one(phone)
    expect(phone.get_by_text("网络不稳")).to_be_visible()
    phone.context.set_offline(False)
    phone.route("**/w/jiao/", lambda route: route.abort())
    phone.goto("about:blank")
    phone.goto(f"/w/#{second.token}")
    expect(phone.locator("h1")).to_have_text(f"共 {ITEMS} 题")
    expect(phone.locator("input:checked")).to_have_count(0)
    phone.unroute("**/w/jiao/")
    answer_all(phone, "差")
    next_one(phone)
    expect(phone.get_by_text("已收到")).to_be_visible(timeout=10000)
    phone.wait_for_function("localStorage.getItem('survey') === null", timeout=40000)
    assert sorted(sheet["answers"] for sheet in stored(survey)) == ["1" * ITEMS, "4" * ITEMS]


def test_a_used_slip_is_told_so_and_a_short_code_can_be_typed(phone, survey):
    used, good = issue(survey, 2)
    services.submit_phone_answer(
        actor=SYSTEM, token=used.token, submission="ab" * 16,
        answer={"group": "", "answers": "1" * ITEMS, "comment": ""},
    )  # fmt: skip
    phone.goto(f"/w/#{used.token}")
    expect(phone.get_by_text("这张答题票不能使用")).to_be_visible()
    phone.goto("about:blank")
    phone.goto("/w/")
    phone.fill("#code", "abc")
    phone.get_by_role("button", name="开始答题").click()
    expect(phone.get_by_text("短码是12位")).to_be_visible()
    phone.fill("#code", good.shown_code.lower())
    phone.get_by_role("button", name="开始答题").click()
    expect(phone.locator("h1")).to_have_text(f"共 {ITEMS} 题")


def test_large_type_stays_within_the_width_of_the_phone(phone, survey):
    phone.goto(f"/w/#{issue(survey, 1)[0].token}")
    next_one(phone)
    phone.get_by_role("button", name="特大").click()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    size = phone.evaluate("parseFloat(getComputedStyle(document.querySelector('.choice span')).fontSize)")
    assert size >= 28
