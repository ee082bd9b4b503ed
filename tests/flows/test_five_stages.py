"""One village from the first sheet to the sealed archive, clicked through by the people whose steps they are."""

import io
import subprocess
import zipfile

import pytest
from openpyxl import Workbook
from playwright.sync_api import expect

from core.office.check import check_ooxml
from inspection.demo.pictures import photograph
from tests.core.ooxml import assert_valid
from tests.lanes import soffice
from villages.models import VillageInspection

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE = "白条入账"
SUMMARY = "2023年至2025年，以收条入账9笔，金额60,570元，收款人签名不全。"


def stage(inspection):
    return VillageInspection.objects.get(pk=inspection.pk).status


def press(page, name, exact=True):
    """Press a button; where the page asks whether one is sure, one is."""
    page.get_by_role("button", name=name, exact=exact).first.click()
    page.wait_for_load_state("networkidle")
    sure = page.locator("dialog[open]").get_by_role("button", name="确定", exact=True)
    if sure.count():
        sure.click()
        page.wait_for_load_state("networkidle")


def save(page):
    """Send the form of the page."""
    page.locator(".form-bar button[type=submit]").click()
    page.wait_for_load_state("networkidle")
    assert page.locator(".invalid-feedback, .error-summary").count() == 0, page.locator("main").inner_text()


def choose(page, label, text):
    """Take the entry of a list that shows ``text``."""
    field = page.get_by_label(label).first
    field.select_option(field.locator("option", has_text=text).first.get_attribute("value"))


def follow(page, name, exact=True):
    page.get_by_role("link", name=name, exact=exact).first.click()
    page.wait_for_load_state("networkidle")


def prepare(sign_in, ready):
    """细: profile, list from the library, shared out, on to the survey."""
    member = sign_in("member")
    member.goto(f"/xi/{ready.inspection.pk}/")
    follow(member, "填写档案")
    member.get_by_label("户数", exact=True).fill("612")
    member.get_by_label("户籍人口", exact=True).fill("2143")
    save(member)
    member.goto(f"/xi/{ready.inspection.pk}/qingdan/")
    press(member, "生成清单")
    assert member.locator("tbody tr").count() > 20
    leader = sign_in("leader")
    leader.goto(f"/xi/{ready.inspection.pk}/qingdan/")
    leader.locator("thead").get_by_label("全部勾选").check()
    choose(leader, "承办人", "林知夏")
    press(leader, "分派")
    leader.goto(f"/xi/{ready.inspection.pk}/")
    press(leader, "转入调查测评")
    return member, leader


def survey(sign_in, ready, member, leader):
    """广: two villagers answer on their phones, the paper sheets come in by workbook, the counts agree, locked."""
    leader.goto(f"/guang/{ready.inspection.pk}/anpai/")
    leader.get_by_label("问卷", exact=False).first.select_option(index=1)
    leader.get_by_label("计划回收份数").fill("14")
    save(leader)
    press(leader, "开始调查")
    address = leader.url
    member.goto(f"{address}piao/")
    member.get_by_label("张数").fill("2")
    member.locator(".form-bar button[type=submit]").click()
    codes = member.locator(".slip-code b").all_inner_texts()
    assert len(codes) == 2
    for code in codes:
        answer_on_a_phone(sign_in(None, width=360), code)
    member.goto(f"{address}daoru/")
    choose(member, "发放场合", "村进驻会")
    member.locator("input[type=file]").set_input_files(
        [{"name": "录入表.xlsx", "mimeType": "application/octet-stream", "buffer": paper_sheets(12)}]
    )
    save(member)
    press(member, "确认导入")
    member.goto(f"{address}fenshu/")
    for column, figure in (("issued", 13), ("returned", 12), ("missing", 1), ("valid", 12), ("void", 0)):
        member.locator(f"[name=paper_counts-0-{column}]").fill(str(figure))
    member.locator("[name=paper_counts-0-channel]").select_option(label="村进驻会")
    save(member)
    leader.goto(address)
    press(leader, "结束调查")
    press(leader, "锁定并公布结果")
    follow(leader, "看结果")
    assert "14" in leader.locator("main").inner_text()
    leader.goto(address)
    press(leader, "转入发现问题")


def answer_on_a_phone(page, code):
    page.goto("/w/")
    page.locator("#code").fill(code)
    page.get_by_role("button", name="开始答题").click()
    for _ in range(23):
        page.locator(".choice").nth(0).click()
        page.locator("[data-step-next]").click()
    page.locator("#words").fill("希望账目公开得细一些。")
    page.locator("[data-step-next]").click()
    expect(page.get_by_text("已收到").last).to_be_visible()
    assert page.context.cookies() == []
    assert page.evaluate("JSON.stringify(localStorage)") == "{}"


def paper_sheets(count):
    book = Workbook()
    book.active.append(["份号", "人员类别", *range(1, 23), "意见建议"])
    for number in range(1, count + 1):
        book.active.append([number, "村民代表", *[1 + number % 3] * 22, None])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def find(sign_in, ready, member, leader):
    """谋: a talk signed by two, a problem with evidence signed by three."""
    member.goto(f"/mou/tan/xin/?village={ready.inspection.pk}")
    fill_talk(member)
    press(member, "提交复核")
    second = sign_in("second")
    second.goto(member.url)
    press(second, "复核签名")
    fill_finding(member, ready)
    add_evidence(member)
    press(member, "提交复核")
    deputy = sign_in("deputy")
    deputy.goto(member.url)
    press(deputy, "复核")
    leader.goto(member.url)
    press(leader, "审签")
    expect(leader.get_by_text("已审签").first).to_be_visible()
    settle_the_list(leader, ready)
    leader.goto("/mou/jindu/")
    press(leader, "转入撰写报告", exact=False)


def settle_the_list(page, ready):
    """Nothing of the watch list may be left open when the work in the village ends."""
    page.goto("/mou/jindu/")
    follow(page, "条待查问题没有结论", exact=False)
    page.locator("thead").get_by_label("全部勾选").check()
    page.get_by_label("一并记为未发现").fill("已逐条查阅资料并核实，未发现其他问题。")
    press(page, "记为未发现")


def fill_talk(page):
    if page.get_by_label("村（社区）").count():
        choose(page, "村（社区）", "云溪村")
    choose(page, "对象类别", "会计（报账员）")
    page.get_by_role("textbox", name="谈话对象").fill("姚守拙")
    page.get_by_label("职务或身份").fill("报账员")
    page.get_by_label("谈话目的").fill("了解支出报销情况")
    page.get_by_label("开始时间").fill("2026-03-05T09:00")
    page.get_by_label("结束时间").fill("2026-03-05T09:40")
    page.get_by_label("谈话地点").fill("云溪村党群服务中心")
    choose(page, "谈话人", "赵南乔")
    page.get_by_label("问题").first.fill("没有发票的支出怎样报销？")
    page.get_by_label("回答").first.fill("写收条，书记签字后入账。")
    page.get_by_label("要点").first.fill("白条入账")
    page.get_by_label("宣读核对", exact=False).check()
    save(page)


def fill_finding(page, ready):
    page.goto(f"/mou/digao/xin/?village={ready.inspection.pk}")
    if page.get_by_label("村（社区）").count():
        choose(page, "村（社区）", "云溪村")
    page.get_by_label("主要特征").fill(TITLE)
    choose(page, "一级类别", "纪律建设")
    choose(page, "二级类别", "资金")
    choose(page, "重点或一般", "重点")
    page.get_by_label("发生时间起").fill("2023-01-01")
    page.get_by_label("发生时间止").fill("2025-12-31")
    page.get_by_label("涉及金额（元）").fill("60570")
    page.get_by_label("问题表现").fill(SUMMARY)
    page.get_by_label("查证事实").fill("逐笔核对记账凭证9份，均以收条作附件。")
    page.get_by_label("政策依据").fill("《农村集体经济组织财务制度》")
    page.get_by_label("账目", exact=True).check()
    choose(page, "方式", "账目")
    page.get_by_label("经过").first.fill("抽查2023年至2025年凭证。")
    page.get_by_label("当事人或村反映意见").fill("情况属实，已安排整改。")
    choose(page, "处置建议", "写入报告")
    save(page)


def add_evidence(page):
    caption, picture = photograph(1)
    page.get_by_role("button", name="上传文件").click()
    page.locator("#add-files input[name=files]").set_input_files(
        [{"name": f"{caption}.jpg", "mimeType": "image/jpeg", "buffer": picture}]
    )
    press(page, "上传")


def report(sign_in, leader, work, tmp_path):
    """准: the draft along the decision chain, issued, fed back; Word and Excel made in the background."""
    leader.goto("/zhun/")
    press(leader, "建立报告")
    follow(leader, "关于巡察河口镇", exact=False)
    expect(leader.get_by_text(TITLE).first).to_be_visible()
    address = leader.url
    for step in ("送组务会", "送组办会商"):
        press(leader, step)
    clerk, head = sign_in("clerk"), sign_in("head")
    clerk.goto(address)
    press(clerk, "提请领导小组")
    head.goto(address)
    press(head, "报书记专题会")
    follow(head, "印发…")
    head.get_by_label("发文字号").fill("青巡〔2026〕3号")
    save(head)
    clerk.goto(address)
    press(clerk, "生成 Word")
    press(clerk, "全镇问题清单（Excel）")
    work()
    clerk.reload()
    for kind in (".docx", ".xlsx"):
        content = download(clerk, kind)
        assert_valid(content, tmp_path)
        assert_opens(content, kind, tmp_path)
    follow(clerk, "印发反馈意见…")
    clerk.get_by_label("发文字号").fill("青巡反〔2026〕3号")
    save(clerk)
    press(clerk, "建立整改台账")
    return clerk


def assert_opens(content, kind, tmp_path):
    """LibreOffice, where it is installed, turns the file into pages."""
    if not soffice():
        return
    file = tmp_path / f"paper{kind}"
    file.write_bytes(content)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [soffice(), "--headless", profile, "--convert-to", "pdf", "--outdir", str(tmp_path), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert (tmp_path / "paper.pdf").read_bytes().startswith(b"%PDF")
    (tmp_path / "paper.pdf").unlink()


def download(page, name):
    with page.expect_download() as started:
        page.get_by_role("link", name=name, exact=False).first.click()
    with open(started.value.path(), "rb") as file:
        content = file.read()
    if started.value.suggested_filename.endswith((".docx", ".xlsx")):
        assert check_ooxml(content) == []
    return content


def rectify(sign_in, clerk):
    """实: the town signs for it on a phone, plans, reports with a photograph; the office verifies and closes."""
    town = sign_in("town", width=360)
    town.goto("/shi/menhu/")
    press(town, "认领")
    follow(town, "报送整改措施")
    town.get_by_label("整改措施").fill("逐笔补齐手续，修订报销制度。")
    save(town)
    follow(town, "报完成")
    town.get_by_label("整改结果").fill("已补齐手续并公开。")
    caption, picture = photograph(2)
    town.locator("input[type=file]").first.set_input_files(
        [{"name": f"{caption}.jpg", "mimeType": "image/jpeg", "buffer": picture}]
    )
    save(town)
    assert town.evaluate("document.documentElement.scrollWidth") <= 360
    clerk.goto("/shi/")
    follow(clerk, TITLE, exact=False)
    follow(clerk, "核验", exact=False)
    clerk.get_by_label("核验方式和结果").fill("现场查看公开栏，与报送一致。")
    save(clerk)
    follow(clerk, "销号", exact=False)
    clerk.get_by_label("销号依据").fill("资料齐全，核验通过。")
    save(clerk)
    expect(clerk.get_by_text("已销号").first).to_be_visible()


def archive(clerk, work):
    """档: the package is built, sealed, and every file in it is in its manifest."""
    clerk.goto("/dang/")
    press(clerk, "整理目录")
    press(clerk, "生成归档包")
    work()
    clerk.goto("/dang/")
    follow(clerk, "全轮")
    content = download(clerk, "下载归档包")
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = package.namelist()
        assert package.testzip() is None
    assert any(name.endswith("manifest-sha256.txt") for name in names)
    assert any(name.endswith(".docx") for name in names)


def test_a_village_is_carried_through_all_five_stages_by_the_people_in_charge(
    sign_in, round_sworn, work, tmp_path
):
    member, leader = prepare(sign_in, round_sworn)
    assert stage(round_sworn.inspection) == "survey"
    survey(sign_in, round_sworn, member, leader)
    assert stage(round_sworn.inspection) == "finding"
    find(sign_in, round_sworn, member, leader)
    assert stage(round_sworn.inspection) == "report"
    clerk = report(sign_in, leader, work, tmp_path)
    assert stage(round_sworn.inspection) == "rectify"
    rectify(sign_in, clerk)
    archive(clerk, work)
