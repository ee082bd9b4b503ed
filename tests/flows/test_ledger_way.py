"""A village's books, from the file to the letter the town signs for, clicked through by those whose steps they are."""

import io
import os
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest
from playwright.sync_api import expect

from findings.models import Finding
from ledgers.models import LedgerRow, LedgerStory
from tests.factories import make_village
from tests.findings import papers
from tests.flows.test_five_stages import choose, download, follow, press, save
from tests.ledgers.sheets import workbook
from villages import services
from villages.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PATIENT = 60_000
STORY = "白条入账（2024年）"
TITLE = "支出以白条入账"
SUMMARY = "2024年有3笔支出以收条入账，没有正式发票，共12,800元。"
HEADS = [
    "日期",
    "凭证号",
    "摘要",
    "科目编码",
    "科目名称",
    "借方金额",
    "贷方金额",
    "票据类型",
    "收款人",
    "附件张数",
]
SPENT = [
    ("2024-03-05", "付村道清运工钱", 3200, "收条", "甲某"),
    ("2024-05-18", "付水渠清淤工钱", 5600, "收条", "乙某"),
    ("2024-07-02", "付电费", 860, "增值税普通发票", "供电站"),
    ("2024-09-11", "付环境整治工钱", 4000, "白条", "甲某"),
]
# The lines of the file on which the slips stand, the head being the first.
SLIPS = [2, 4, 8]


def journal():
    """A journal of four payments by bank, three of them on slips, with its total."""
    rows = [HEADS]
    for number, (day, what, sum_, ticket, payee) in enumerate(SPENT, 1):
        voucher = f"记-{number:04d}"
        rows.append([day, voucher, what, "541", "管理费用", sum_, "", ticket, payee, 1])
        rows.append([day, voucher, what, "102", "银行存款", "", sum_, "", payee, ""])
    total = sum(spent[2] for spent in SPENT)
    rows.append(["合计", "", "", "", "", total, total, "", "", ""])
    return workbook(rows, name="序时账")


@pytest.fixture
def person(sign_in):
    """``person("member")`` is that person's page; at the end no error stands in any console."""
    errors = []

    def open_page(username):
        page = sign_in(username)
        page.set_default_timeout(PATIENT)
        page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
        return page

    yield open_page
    assert errors == []


@pytest.fixture
def neighbour(round_sworn):
    """Another village of the same town, and a paper signed by three on the same habit in other words."""
    users = {
        name: User.objects.get(username=name) for name in ("head", "second", "deputy", "leader", "clerk")
    }
    village = make_village(round_sworn.town, name="石塘村", households=388)
    first = round_sworn.inspection
    inspection = services.assign_village(
        actor=users["head"], team=round_sworn.team, village=village,
        entry_on=first.entry_on, exit_on=first.exit_on,
    )  # fmt: skip
    cast = SimpleNamespace(
        scheme=round_sworn.round.scheme, member=users["second"], deputy=users["deputy"],
        leader=users["leader"], inspection=inspection,
    )  # fmt: skip
    words = {
        "title": "用收条代替发票报账",
        "summary": "支付劳务费时，仅凭个人手写收条报账，没有取得正式发票。",
    }
    return papers.signed(cast, subcategory=papers.category(cast, "E1"), **words)


def shows(page, *texts):
    """Each text can be read on the page."""
    for text in texts:
        expect(page.get_by_text(text).first).to_be_visible(timeout=PATIENT)


def fits(page, name):
    """A phone shows the page without moving it sideways; with ``SHOTS`` set, pictures of both widths are kept there."""
    folder = os.environ.get("SHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
    page.set_viewport_size({"width": 360, "height": 800})
    expect(page.locator("main")).to_be_visible()
    if folder:
        page.screenshot(path=Path(folder) / f"{name}-phone.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360, name
    page.set_viewport_size({"width": 1440, "height": 900})


def take_in(member, work):
    """The file is handed in, read in the background, looked at and confirmed."""
    member.goto("/mou/jindu/")
    follow(member, "账册")
    follow(member, "云溪村")
    fits(member, "books-empty")
    follow(member, "上传账册")
    member.locator("input[type=file]").set_input_files(
        [{"name": "序时账.xlsx", "mimeType": "application/octet-stream", "buffer": journal()}]
    )
    save(member)
    work()
    member.reload()
    shows(member, "1张表待确认")
    fits(member, "source")
    follow(member, "序时账")
    shows(member, "前8行", "付水渠清淤工钱", "票据类型")
    fits(member, "sheet")
    press(member, "确认入账册")
    shows(member, "已入账册")
    work()


def look(member):
    """The hits of the village, the story with its rows, the picture and the rows behind one of its points."""
    follow(member, "云溪村账册")
    fits(member, "books")
    follow(member, "账册比对")
    fits(member, "overview")
    follow(member, "云溪村")
    shows(member, STORY)
    fits(member, "stories")
    follow(member, "账册")
    shows(member, "有哪些年度、哪些表")
    member.go_back()
    follow(member, STORY)
    shows(member, "2024年有3笔支出以白条、收条等入账，没有正式票据，共12,800.00元。", "付水渠清淤工钱")
    fits(member, "story")
    address = member.url
    follow(member, "账册画像", exact=False)
    follow(member, "逐月")
    fits(member, "months")
    press_point(member, month=5, value=0.56)
    shows(member, "2024年5月", "付水渠清淤工钱")
    fits(member, "point")
    member.goto(address)


def press_point(page, month, value):
    """Press the point of the chart itself, where the month and its sum stand."""
    box = page.locator("[data-chart] svg").first
    box.scroll_into_view_if_needed()
    place = page.evaluate(
        """([month, value]) => {
            const box = document.querySelector('[data-chart]');
            const [x, y] = echarts.getInstanceByDom(box).convertToPixel({seriesIndex: 0}, [month - 1, value]);
            const at = box.getBoundingClientRect();
            return [at.x + x, at.y + y + 2];
        }""",
        [month, value],
    )
    with page.expect_navigation(wait_until="commit"):
        page.mouse.click(*place)


def check_on_the_spot(member):
    """The story becomes a lead, and a spot check is written with the rows already on it."""
    press(member, "列为疑点")
    shows(member, "已列为疑点")
    press(member, "抽查核实")
    rows = member.locator("main input, main textarea").evaluate_all("all => all.map(each => each.value)")
    assert sum("序时账.xlsx" in value for value in rows) >= len(SLIPS)
    fits(member, "check-form")
    member.get_by_label("开始时间").fill("2026-03-05T09:00")
    place = member.get_by_label("地点", exact=False).first
    place.fill("云溪村党群服务中心")
    choose(member, "同行人", "何守正")
    save(member)
    shows(member, "账册依据", "核查的疑点")
    fits(member, "check")
    follow(member, STORY)
    shows(member, "账册比对，依据账册3行（规则L04）")
    fits(member, "lead")


def write_paper(member):
    """A problem workpaper of the lead with the rows as evidence; what people have to say is filled in; submitted."""
    press(member, "附账册行建底稿")
    shows(member, f"账册依据：{STORY}", "核查的疑点")
    sheet = openpyxl.load_workbook(io.BytesIO(download(member, f"账册依据：{STORY}")))
    told = [str(cell.value) for page in sheet for row in page.iter_rows() for cell in row if cell.value]
    assert all(any(what in text for text in told) for _, what, _, ticket, _ in SPENT if "条" in ticket)
    fits(member, "paper-new")
    follow(member, "修改底稿")
    member.get_by_label("主要特征").fill(TITLE)
    member.get_by_label("发生时间起").fill("2024-03-05")
    member.get_by_label("发生时间止").fill("2024-09-11")
    member.get_by_label("问题表现").fill(SUMMARY)
    member.get_by_label("查证事实").fill("逐笔核对记账凭证3份，均以收条、白条作附件。")
    member.get_by_label("政策依据").fill("《农村集体经济组织财务制度》")
    member.get_by_label("当事人或村反映意见").fill("情况属实，已安排整改。")
    choose(member, "处置建议", "写入报告")
    save(member)
    press(member, "提交复核")
    return member.url


def join(deputy, leader, head, work, paper):
    """Signed by three; the round is compared; the head accepts what is proposed."""
    deputy.goto(paper)
    press(deputy, "复核")
    leader.goto(paper)
    press(leader, "审签")
    shows(leader, "已审签")
    leader.goto("/mou/hengxiang/")
    press(leader, "横向比对")
    work()
    head.goto("/mou/hengxiang/")
    shows(head, TITLE, "用收条代替发票报账")
    fits(head, "commons")
    head.locator(".common-card h2 a").first.click()
    shows(head, "云溪村", "石塘村", "共同用语")
    press(head, "认定为共性问题")
    shows(head, "已认定为共性问题")
    fits(head, "common")
    return head.url


def tell_the_town(head, town):
    """The letter is drafted, signed and signed for."""
    press(head, "起草提示函")
    shows(head, "提示函已起草", "云溪村", "石塘村")
    fits(head, "letter")
    press(head, "签发")
    shows(head, "已签发并编号")
    name = head.locator("h1").inner_text()
    town.goto("/shi/menhu/")
    fits(town, "portal")
    follow(town, name, exact=False)
    shows(town, "云溪村", "石塘村")
    fits(town, "portal-letter")
    press(town, "签收")
    shows(town, "已签收")


def back_to_the_rows(member, paper):
    """From the paper to its lead, its story, and each row of the file."""
    member.goto(paper)
    shows(member, "已审签", "同类问题", "已认定")
    fits(member, "paper")
    follow(member, STORY)
    follow(member, "看依据的3行账册")
    lines = LedgerRow.objects.filter(pk__in=LedgerStory.objects.get(title=STORY).hits.get(rule="L04").rows)
    assert sorted(lines.values_list("line", flat=True)) == SLIPS
    address = member.url
    for line in SLIPS:
        member.goto(address)
        follow(member, f"第{line}行", exact=False)
        _, what, sum_, ticket, payee = SPENT[line // 2 - 1]
        shows(member, "序时账.xlsx", what, ticket, payee, f"{sum_:,}")
    fits(member, "row")


def test_books_are_taken_in_checked_proven_compared_and_told_to_the_town(
    person, round_sworn, neighbour, work
):
    member = person("member")
    take_in(member, work)
    look(member)
    check_on_the_spot(member)
    paper = write_paper(member)
    head, town = person("head"), person("town")
    join(person("deputy"), person("leader"), head, work, paper)
    tell_the_town(head, town)
    back_to_the_rows(member, paper)
    assert Finding.objects.get(title=TITLE).status == "signed"
    hits = f"/mou/bidui/cun/{round_sworn.inspection.pk}/"
    second = person("second")
    assert second.request.get(hits).status == 200
    services.declare_recusal(
        actor=User.objects.get(username="second"), user=User.objects.get(username="second"),
        village=round_sworn.village, relation="kin",
    )  # fmt: skip
    assert [page.request.get(hits).status for page in (second, town, member)] == [404, 404, 200]
