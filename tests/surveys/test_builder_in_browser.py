"""Questions are moved by dragging and by keyboard, and the preview can be tried out without leaving a trace."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from surveys.models import Questionnaire, Slip, Waiting
from tests.factories import make_cast
from tests.surveys.kinds import QUESTIONS, make_questionnaire

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TEXTS = [question["text"] for question in QUESTIONS]


@pytest.fixture
def office(browser, live_server, client):
    client.force_login(make_cast().office_clerk)
    context = browser.new_context(
        base_url=live_server.url, locale="zh-CN", viewport={"width": 1280, "height": 1600}
    )
    context.add_cookies(
        [{"name": n, "value": morsel.value, "url": live_server.url} for n, morsel in client.cookies.items()]
    )
    problems = []
    page = context.new_page()
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda line: problems.append(line.text) if "Content Security" in line.text else None)
    yield page
    context.close()
    assert problems == []


def texts(draft):
    return list(
        Questionnaire.objects.get(pk=draft.pk).items.order_by("number").values_list("text", flat=True)
    )


def test_alt_and_an_arrow_moves_a_question_over_the_edge_of_its_aspect(office):
    draft = make_questionnaire()
    office.goto(f"/guang/juan/{draft.pk}/")
    office.locator("[data-item]", has_text=TEXTS[1]).focus()
    office.keyboard.press("Alt+ArrowUp")
    expect(office.get_by_text("次序已改动").or_(office.get_by_text("移到第2题"))).to_be_visible()
    office.keyboard.press("Alt+ArrowUp")
    office.get_by_role("button", name="保存次序").click()
    expect(office.get_by_text("次序已保存")).to_be_visible()
    assert texts(draft) == [TEXTS[1], TEXTS[0], *TEXTS[2:]]
    assert draft.items.get(text=TEXTS[1]).aspect.name == "班子"


def test_a_question_is_dragged_to_another_place(office):
    draft = make_questionnaire()
    office.goto(f"/guang/juan/{draft.pk}/")
    source, target = (office.locator("[data-item]", has_text=TEXTS[at]) for at in (5, 0))
    source.drag_to(target, source_position={"x": 300, "y": 10}, target_position={"x": 300, "y": 3})
    office.get_by_role("button", name="保存次序").click()
    expect(office.get_by_text("次序已保存")).to_be_visible()
    assert texts(draft) == [TEXTS[5], *TEXTS[:5]]


def test_the_form_of_a_question_shows_what_its_kind_has_use_for(office):
    draft = make_questionnaire()
    office.goto(f"/guang/juan/{draft.pk}/timu/")
    expect(office.get_by_label("选项（矩阵评价为等次）")).to_be_hidden()
    office.get_by_label("题型").select_option("matrix")
    expect(office.get_by_label("评价对象")).to_be_visible()
    office.get_by_label("题型").select_option("single")
    expect(office.get_by_label("评价对象")).to_be_hidden()
    expect(office.get_by_label("选项（矩阵评价为等次）")).to_be_visible()


def test_the_preview_is_answered_like_a_phone_and_nothing_is_kept_or_sent(office):
    draft = make_questionnaire()
    office.goto(f"/guang/juan/{draft.pk}/yulan/")
    sent = []
    office.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    phone = office.locator(".phone-frame")
    for _ in range(len(TEXTS) + 2):
        phone.locator("[data-step-next]").click()
    expect(phone.get_by_text("已收到")).to_be_visible()
    assert sent == [] and office.evaluate("localStorage.getItem('survey')") is None
    assert not Waiting.objects.exists() and not Slip.objects.exists()


@pytest.mark.parametrize("page", ["", "yulan/", "timu/"])
def test_no_page_of_the_builder_has_a_barrier_axe_knows_of(office, page):
    office.goto(f"/guang/juan/{make_questionnaire().pk}/{page}")
    result = Axe().run(office)
    assert [f"{v['id']}: {v['nodes'][0]['html']}" for v in result.response["violations"]] == []
