"""In a real Chromium: a survey table is typed by keyboard, pasted as a block, kept as a draft, computed meanwhile."""

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from core.models.forms import Draft
from findings.models import SurveyTable
from tests.factories import make_cast
from tests.findings.tables import ACCOUNT

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def opened(browser, live_server, client, cast, kind, width):
    client.force_login(cast.member)
    context = browser.new_context(base_url=live_server.url, viewport={"width": width, "height": 880})
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page = context.new_page()
    page.problems = []
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    page.on(
        "console", lambda line: page.problems.append(line.text) if "Content Security" in line.text else None
    )
    page.goto(reverse("findings:table_new", kwargs={"pk": cast.inspection.pk, "kind": kind}))
    return page


@pytest.fixture
def grid(browser, live_server, client):
    """The new table of funds; the policy may have refused nothing at the end."""
    cast = make_cast()
    page = opened(browser, live_server, client, cast, "funds", 1440)
    page.cast = cast
    yield page
    page.context.close()
    assert page.problems == []


def cell(page, row, label):
    return page.get_by_label(f"第{row}行{label}", exact=True)


def paste(page, text):
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.setData('text', text);
            const pasted = new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true});
            document.activeElement.dispatchEvent(pasted);
        }""",
        text,
    )


def fill_head(page):
    page.fill("#id_place", "村部")
    page.select_option("#id_checker", str(page.cast.deputy.pk))


def test_keys_move_like_in_a_spreadsheet_and_figures_follow(grid):
    cell(grid, 1, "账面数").fill("１，０００")
    grid.keyboard.press("Tab")
    expect(cell(grid, 1, "实存数")).to_be_focused()
    grid.keyboard.type("900")
    grid.keyboard.press("Enter")
    expect(cell(grid, 2, "实存数")).to_be_focused()
    grid.keyboard.press("ArrowUp")
    expect(cell(grid, 1, "实存数")).to_be_focused()
    grid.keyboard.press("ArrowLeft")
    expect(cell(grid, 1, "账面数")).to_be_focused()
    expect(grid.locator("tbody output").first).to_have_text("100.00")
    expect(grid.locator("tfoot")).to_contain_text("1,000.00")
    expect(grid.locator("[data-grid-hints]")).to_contain_text("账实相差100.00元")
    cell(grid, 2, "账面数").fill("约一千")
    expect(grid.locator(".grid-fault", has_text="应为数字")).to_be_visible()
    cell(grid, 2, "备注").focus()
    grid.keyboard.press("Enter")
    expect(cell(grid, 3, "备注")).to_be_focused()


def test_a_block_from_a_spreadsheet_fills_the_grid_and_is_saved(grid):
    cell(grid, 1, "资金类别").focus()
    first = f'银行存款\t"镇\n信用社"\t{ACCOUNT}\t1.2万\t12,000\t999\t"他说""无"""\t2026.3.6\t'
    paste(grid, f"{first}\r\n库存现金\t\t\t5\t5\t\t\t2026年3月\t\r\n其他\t\t\t1\t1")
    expect(cell(grid, 1, "开户行")).to_have_value("镇 信用社")
    expect(cell(grid, 1, "差异原因")).to_have_value('他说"无"')
    expect(cell(grid, 3, "实存数")).to_have_value("1")
    fill_head(grid)
    grid.get_by_role("button", name="保存").click()
    expect(grid.get_by_text("已保存草稿")).to_be_visible()
    rows = SurveyTable.objects.get().rows
    assert [row["booked"] for row in rows] == ["12000.00", "5.00", "1.00"]
    assert (
        rows[0]["account"]["tail"] == "0018"
        and rows[0]["account"]["key"]
        and rows[1]["checked_on"] == "2026-03"
    )


def test_rows_go_and_come_back(grid):
    cell(grid, 1, "备注").fill("甲")
    cell(grid, 2, "备注").fill("乙")
    grid.get_by_role("button", name="删除第1行").click()
    expect(cell(grid, 1, "备注")).to_have_value("乙")
    grid.get_by_role("button", name="撤销").click()
    expect(cell(grid, 1, "备注")).to_have_value("甲")
    grid.get_by_role("button", name="加一行").click()
    expect(cell(grid, 3, "资金类别")).to_be_focused()


def is_draft_of_the_number(answer):
    return answer.url.endswith(reverse("core:draft")) and "****0018" in (answer.request.post_data or "")


def test_what_was_typed_waits_as_a_draft_without_the_whole_number(grid):
    cell(grid, 1, "备注").fill("没有提交的内容")
    with grid.expect_response(is_draft_of_the_number, timeout=20_000):
        cell(grid, 1, "账号（后四位）").fill(ACCOUNT)
    expect(grid.get_by_text("已自动保存")).to_be_visible()
    # The page of the test before may still have sent a draft of its own person when it was closed.
    kept = Draft.objects.get(user_id=grid.cast.member.pk).values
    assert ACCOUNT not in str(kept) and "****0018" in str(kept["rows"])
    assert ACCOUNT not in grid.evaluate("JSON.stringify(Object.assign({}, localStorage))")
    grid.reload()
    grid.get_by_role("button", name="恢复").click()
    expect(cell(grid, 1, "备注")).to_have_value("没有提交的内容")
    expect(cell(grid, 1, "账号（后四位）")).to_have_value("****0018")


def test_a_refused_sheet_comes_back_with_everything_typed(grid):
    cell(grid, 1, "账号（后四位）").fill(ACCOUNT)
    cell(grid, 1, "账面数").fill("约一千")
    fill_head(grid)
    grid.get_by_role("button", name="保存").click()
    expect(grid.locator("[data-error-summary]")).to_contain_text("第1行账面数")
    expect(cell(grid, 1, "账面数")).to_have_value("约一千")
    expect(cell(grid, 1, "账号（后四位）")).to_have_value(ACCOUNT)


def test_on_a_phone_every_row_is_a_card_and_nothing_runs_over_the_edge(browser, live_server, client):
    page = opened(browser, live_server, client, make_cast(), "contracts", 360)
    expect(cell(page, 1, "合同名称")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert cell(page, 1, "合同名称").bounding_box()["height"] >= 44
    page.context.close()
    assert page.problems == []
