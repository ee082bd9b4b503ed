"""Somebody lent to the team who never saw the system: from the desk to a printed outline, by visible words only."""

import io

import docx
import pytest
from playwright.sync_api import expect

from core.audit import SYSTEM
from core.office.check import check_ooxml
from prep.models import Outline, OutlineStatus
from prep.services import load_question_bank, seed_target_kinds
from tests.flows.conftest import PASSWORD
from tests.flows.test_five_stages import follow, press, save

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def newcomer(round_ready, sign_in):
    """``newcomer(width)``: the page of a member on the first day, nothing signed, nothing prepared."""
    load_question_bank(actor=SYSTEM)
    seed_target_kinds(actor=SYSTEM)
    return lambda width: sign_in("member", width)


def heading(page):
    return page.locator("h1").inner_text()


def next_step(page):
    """The one primary button of the path: what the page says comes next."""
    button = page.locator(".path-card .btn-primary")
    expect(button).to_have_count(1)
    button.click()
    page.wait_for_load_state("networkidle")


def no_sideways(page):
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), heading(page)


def sign_the_pledge(page):
    """The desk shows one thing to do first, and nothing of the village before it is done."""
    expect(page.get_by_text("云溪村")).to_have_count(0)
    follow(page, "签署", exact=False)
    page.get_by_label("没有应当回避", exact=False).check()
    page.get_by_label("已逐条阅读", exact=False).check()
    page.get_by_label("登录密码", exact=False).fill(PASSWORD)
    press(page, "签署")


def fill_the_profile(page):
    next_step(page)
    page.get_by_label("户数").first.fill("612")
    page.get_by_label("户籍人口").fill("2143")
    save(page)


def make_the_list(page):
    next_step(page)
    assert heading(page) == "待查问题清单"
    press(page, "生成清单")
    # On a phone the items come first; sharing them out opens from a button.
    opener = page.locator("[data-bs-target='#assign']")
    if opener.is_visible():
        opener.click()
    page.locator("[data-tick-all]:visible").check()
    press(page, "分派")
    no_sideways(page)
    follow(page, "云溪村", exact=False)


def make_an_outline(page):
    next_step(page)
    assert heading(page) == "谈话提纲"
    press(page, "拟提纲", exact=False)
    assert heading(page) == "书记谈话提纲"
    no_sideways(page)
    press(page, "定稿")
    expect(page.get_by_text("现在可以打印")).to_be_visible()


def print_it(page, work):
    """The button asks for the file; beside the progress the finished file can be had."""
    press(page, "打印")
    work()
    page.reload()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="下载", exact=False).first.click()
    return waiting.value.path().read_bytes()


@pytest.mark.parametrize("width", [1440, 360])
def test_from_the_desk_to_a_printed_outline_without_a_manual(newcomer, work, width):
    page = newcomer(width)
    sign_the_pledge(page)
    page.goto("/")
    follow(page, "云溪村", exact=False)
    assert heading(page) == "云溪村"
    no_sideways(page)
    fill_the_profile(page)
    expect(page.get_by_text("下一步：列待查问题清单")).to_be_visible()
    make_the_list(page)
    expect(page.get_by_text("下一步：拟谈话提纲")).to_be_visible()
    make_an_outline(page)
    outline = Outline.objects.get()
    assert (outline.status, outline.version) == (OutlineStatus.FINAL, 1)
    content = print_it(page, work)
    assert check_ooxml(content) == []
    document = docx.Document(io.BytesIO(content))
    assert document.paragraphs[0].text == "谈话提纲（书记）"
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    assert set(outline.lines.values_list("text", flat=True)) <= cells
