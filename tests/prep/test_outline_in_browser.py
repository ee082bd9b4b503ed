"""In a real Chromium: an outline is put in order, written and saved without leaving the keyboard, or by dragging."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from core.models import Draft
from prep.models import Outline
from tests.factories import make_cast
from tests.prep.outlines import draw, rows, save, texts

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def editor(browser, live_server, client):
    """The edit page of an outline of four questions; the policy may have refused nothing at the end."""
    cast = make_cast()
    outline = draw(cast)
    outline = save(
        cast, outline, [row | {"text": f"第{n}问？"} for n, row in enumerate(rows(outline)[:4], 1)]
    )
    client.force_login(cast.member)
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1440, "height": 900})
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    problems = []
    page = context.new_page()
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda line: problems.append(line.text) if "Content Security" in line.text else None)
    page.goto(f"/xi/tigang/{outline.pk}/xiugai/")
    page.outline, page.cast = outline, cast
    yield page
    context.close()
    assert problems == []


def fields(page):
    return page.locator("[data-ask-row]:not([hidden]) textarea")


def shown(page):
    return [field.input_value() for field in fields(page).all()]


def test_questions_are_moved_added_ticked_struck_and_saved_by_keyboard(editor):
    fields(editor).nth(2).focus()
    editor.keyboard.press("Alt+ArrowUp")
    editor.keyboard.press("Alt+ArrowUp")
    assert shown(editor) == ["第3问？", "第1问？", "第2问？", "第4问？"]
    editor.keyboard.press("Alt+m")
    editor.keyboard.press("Alt+n")
    editor.keyboard.type("鱼塘租金谁收？")
    assert shown(editor)[1] == "鱼塘租金谁收？"
    fields(editor).nth(4).focus()
    editor.keyboard.press("Alt+d")
    expect(editor.locator("[data-ask-said]")).to_have_text("已删去，保存后生效")
    editor.keyboard.press("Control+s")
    expect(editor.get_by_text("提纲已保存。")).to_be_visible()
    assert texts(editor.outline) == ["第3问？", "鱼塘租金谁收？", "第1问？", "第2问？"]
    assert editor.outline.lines.order_by("seq").first().must


def test_a_question_is_dragged_by_its_handle(editor):
    handles = editor.locator("[data-ask-row]:not([hidden]) [data-ask-handle]")
    handles.nth(3).drag_to(handles.nth(0), target_position={"x": 4, "y": 2})
    assert shown(editor) == ["第4问？", "第1问？", "第2问？", "第3问？"]
    editor.get_by_role("button", name="保存").click()
    expect(editor.get_by_text("提纲已保存。")).to_be_visible()
    assert texts(editor.outline)[0] == "第4问？"


def test_what_was_typed_and_moved_comes_back_after_the_browser_was_closed(editor):
    fields(editor).nth(3).focus()
    editor.keyboard.press("Alt+ArrowUp")
    editor.keyboard.press("Alt+n")
    editor.keyboard.type("没来得及保存的一问？")
    expect(editor.locator("[data-draft-status]")).to_contain_text("已自动保存", timeout=8000)
    assert Draft.objects.exists()
    editor.reload()
    assert shown(editor) == ["第1问？", "第2问？", "第3问？", "第4问？"]
    editor.get_by_role("button", name="恢复").click()
    expect(fields(editor)).to_have_count(5)
    assert shown(editor) == ["第1问？", "第2问？", "第4问？", "没来得及保存的一问？", "第3问？"]


def test_the_second_of_two_editors_keeps_the_words_and_sees_the_others(editor):
    fields(editor).nth(0).fill("我的问法？")
    other = rows(editor.outline)
    other[0]["text"] = "副组长的问法？"
    save(editor.cast, Outline.objects.get(pk=editor.outline.pk), other, actor=editor.cast.deputy)
    editor.get_by_role("button", name="保存").click()
    expect(editor.get_by_text("有人先保存了这条记录")).to_be_visible()
    expect(editor.get_by_text("副组长的问法？", exact=False)).to_be_visible()
    assert shown(editor)[0] == "我的问法？"
    assert texts(editor.outline)[0] == "副组长的问法？"
