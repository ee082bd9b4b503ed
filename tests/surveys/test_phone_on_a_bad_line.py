"""One villager from the first screen to 已收到 on a line that is slow and drops while filling in and while sending."""

import pytest
from playwright.sync_api import expect

from surveys.models import Receipt, Slip
from tests.surveys.ballots import open_rating
from tests.surveys.polls import issue
from tests.surveys.test_kinds_in_browser import QUESTIONS, next_one, phone, stored, survey  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# About what one bar of an old network gives: 200 kbit/s down, 64 up.
SLOW = {"latency": 400, "downloadThroughput": 25_000, "uploadThroughput": 8_000}
SUBJECTS = 4


class Line:
    """The network of one page, through the browser's own emulation."""

    def __init__(self, page):
        self.session = page.context.new_cdp_session(page)
        self.session.send("Network.enable")

    def set(self, *, up):
        self.session.send("Network.emulateNetworkConditions", {"offline": not up, **SLOW})


def at(page, words):
    expect(page.locator("h1")).to_have_text(words, timeout=60_000)


def test_one_answer_arrives_through_a_line_that_drops_whenever_it_hurts(phone, survey):  # noqa: F811
    open_rating(None, survey.inspection)
    sent = []
    phone.on("request", lambda request: sent.append(request.post_data) if request.method == "POST" else None)
    line, card = Line(phone), issue(survey, 1)[0]
    line.set(up=True)
    phone.goto(f"/w/#{card.token}", timeout=120_000)
    at(phone, f"共 {QUESTIONS} 题")
    phone.get_by_label("普通群众").check()
    next_one(phone)
    # Away in the middle of filling in: everything goes on, in letters as large as wanted.
    line.set(up=False)
    phone.get_by_role("button", name="特大").click()
    phone.get_by_label("较好", exact=True).check()
    phone.locator("[data-step-next]").dblclick()
    at(phone, f"第 2 题 / 共 {QUESTIONS} 题")
    phone.get_by_label("微信群").check()
    next_one(phone)
    phone.get_by_label("收支").check()
    # Back, and the page opened anew: what was answered without a line is there, and so is the size.
    line.set(up=True)
    phone.reload(timeout=120_000)
    at(phone, f"第 3 题 / 共 {QUESTIONS} 题")
    expect(phone.get_by_label("收支")).to_be_checked()
    expect(phone.get_by_role("button", name="特大")).to_have_attribute("aria-pressed", "true")
    for _ in range(QUESTIONS - 2):
        next_one(phone)
    at(phone, f"民主测评 1 / {SUBJECTS}")
    for _ in range(SUBJECTS):
        phone.get_by_label("好", exact=True).check()
        next_one(phone)
    at(phone, "最后一步")
    # Away in the middle of sending, with an impatient thumb.
    sent.clear()
    line.set(up=False)
    phone.locator("[data-step-next]").dblclick()
    expect(phone.get_by_text("网络不稳")).to_be_visible(timeout=30_000)
    assert Slip.objects.count() == 1
    expect(phone.locator("[data-screen=done]")).to_be_hidden()
    line.set(up=True)
    expect(phone.get_by_text("已收到")).to_be_visible(timeout=60_000)
    expect(phone.get_by_text("网络不稳")).to_be_hidden()
    expect(phone.get_by_text("已收到")).to_have_count(1)
    # The same submission however often it was tried; one sheet, one receipt, no slip; nothing kept, nothing sent again.
    assert len({body for body in sent if body}) == 1
    assert stored(survey) == [
        {"group": "villager", "answers": "2B10000", "comment": "", "marks": "1" * SUBJECTS}
    ]
    assert (Slip.objects.count(), Receipt.objects.count()) == (0, 1)
    assert phone.evaluate("localStorage.getItem('survey')") is None
    tries = len(sent)
    phone.reload(timeout=120_000)
    expect(phone.locator("#code")).to_be_visible(timeout=60_000)
    assert len(sent) == tries and len(stored(survey)) == 1
