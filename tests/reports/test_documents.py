"""What is printed: the words of the draft, the amounts of the papers, files that Word and Excel open."""

import datetime as dt
import io
import re
from decimal import Decimal

import docx
import openpyxl
import pytest

from core.office.check import check_ooxml
from reports import services
from reports.documents import feedback_docx, issue_list_xlsx, report_docx, town_list_xlsx
from reports.models import Section
from reports.selectors.papers import feedback_paper, report_paper, town_list, village_list
from tests.reports.papers import make_finding, more_villages
from tests.reports.stages import open_report, to_secretary

HEADERS = [
    "序号", "问题类别", "主要特征", "问题表现", "问题出处", "重点/一般", "涉及金额", "年度", "底稿编号", "备注",
]  # fmt: skip


@pytest.fixture
def report(cast):
    second, third = more_villages(cast, "石塘村", "上田村")
    shared = {
        "code": "E",
        "title": "工程拆分规避招标",
        "commonality": "common",
        "origins": ["ledger", "talk"],
    }
    make_finding(cast, amount="38000.00", years=[2023, 2024], summary="将道路工程拆分为3个项目", **shared)
    make_finding(cast, second, amount="42600.50", years=[2024], summary="将泵站工程拆分为2个项目", **shared)
    make_finding(
        cast, third, code="D", title="公开不及时", summary="二季度财务未公开", severity="ordinary",
        origins=["site"], disposal="fix_now",
    )  # fmt: skip
    return open_report(cast)


def words(content):
    document = docx.Document(io.BytesIO(content))
    return [paragraph.text for paragraph in document.paragraphs if paragraph.text.strip()]


def cells(content, sheet):
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [list(row) for row in book[sheet].iter_rows(values_only=True)]


def test_the_report_prints_its_chapters_in_order_and_nothing_pending(report, cast):
    make_finding(cast, title="还在核实的事", status="checking")
    services.refresh_report(actor=cast.member, report=report)
    content = report_docx(report_paper(report))
    assert check_ooxml(content) == []
    printed = words(content)
    titles = [text for text in printed if re.match("^[一二三四五六]、", text)]
    assert titles == [
        "一、巡察工作基本情况", "二、总体评价", "三、巡察发现的主要问题", "四、问题原因及责任分析",
        "五、立行立改情况", "六、意见建议",
    ]  # fmt: skip
    assert "（一）作风建设方面" in printed
    assert "（二）纪律建设方面" in printed
    assert not any("还在核实的事" in text for text in printed)


def test_numbered_problems_examples_and_amounts_read_as_expected(report):
    printed = words(report_docx(report_paper(report)))
    # 38000 + 42600.50 = 80600.50 → 8.06 万元; the example is the greater one, 42600.50 → 4.26 万元.
    assert (
        "1.工程拆分规避招标。3个村（社区）中有2个存在此类问题，占66.7%，涉及金额8.06万元，"
        "涉及云溪村、石塘村。" in printed
    )
    assert "如：石塘村将泵站工程拆分为2个项目，涉及金额4.26万元。" in printed
    assert "1.公开不及时。上田村二季度财务未公开。" in printed


def test_the_annex_lists_every_problem_with_its_amount_in_yuan(report):
    document = docx.Document(io.BytesIO(report_docx(report_paper(report))))
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert [row[1] for row in rows] == ["村（社区）", "上田村", "石塘村", "云溪村"]
    assert [row[6] for row in rows[1:]] == ["", "42,600.50", "38,000.00"]


def test_the_village_list_has_the_agreed_columns_and_the_papers_figures(report):
    content = issue_list_xlsx(village_list(report, "云溪村"))
    assert check_ooxml(content) == []
    rows = cells(content, "问题清单")
    assert rows[0][0] == "云溪村问题清单"
    assert rows[2] == HEADERS
    number = rows[3].pop(8)
    assert number.startswith("青巡2026-1-1-201-DG-")
    assert rows[3] == [
        1, "纪律建设", "工程拆分规避招标", "将道路工程拆分为3个项目", "账目、谈话（支撑材料2件）", "重点", 38000,
        "2023—2024", "共性",
    ]  # fmt: skip
    assert rows[4][0] == "注：共1项，其中重点1项；涉及金额合计38,000.00元。"


def test_the_town_list_groups_common_problems_with_their_villages(report):
    content = town_list_xlsx(*town_list(report))
    assert check_ooxml(content) == []
    common = cells(content, "共性问题")
    share = common[3].pop(5)
    assert abs(share - 2 / 3) < 1e-9
    assert common[3] == [1, "纪律建设", "工程拆分规避招标", "云溪村、石塘村", 2, 2, 80600.5]
    detail = cells(content, "问题明细")
    assert [row[1] for row in detail[3:6]] == ["上田村", "石塘村", "云溪村"]
    assert detail[6][0] == "注：共3项，其中重点2项；涉及金额合计80,600.50元。"


def test_amounts_in_the_text_equal_the_sums_of_their_papers(report):
    for statement in report.statements.filter(section=Section.PROBLEMS):
        said = re.findall(r"金额([0-9.]+)万元", statement.text)
        total = sum((source.finding.amount or Decimal(0)) for source in statement.sources.all())
        expected = [f"{(total / 10000):.2f}"] if total else []
        assert said == expected


def test_the_same_data_gives_the_same_bytes(report):
    assert report_docx(report_paper(report)) == report_docx(report_paper(report))
    assert town_list_xlsx(*town_list(report)) == town_list_xlsx(*town_list(report))


def test_text_that_looks_like_a_formula_stays_text(cast):
    make_finding(cast, title="=1+1", summary="@SUM(A1)\u0007坏字符𠮷")
    report = open_report(cast)
    content = issue_list_xlsx(village_list(report, "云溪村"))
    cell = openpyxl.load_workbook(io.BytesIO(content))["问题清单"]["C4"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")
    assert check_ooxml(report_docx(report_paper(report))) == []


def test_a_report_without_findings_prints(cast):
    report = open_report(cast)
    content = report_docx(report_paper(report))
    assert check_ooxml(content) == []
    assert docx.Document(io.BytesIO(content)).tables == []


def test_an_issued_report_prints_what_was_issued_whatever_happens_after(report, cast):
    issued = services.issue_report(
        actor=cast.office_head, report=to_secretary(cast, report), doc_no="青巡办〔2026〕5号",
        issued_on=dt.date(2026, 4, 20),
    )  # fmt: skip
    before = report_docx(report_paper(issued))
    make_finding(cast, title="后来的事")
    issued.statements.all().delete()
    assert report_docx(report_paper(issued)) == before
    assert "青巡办〔2026〕5号" in words(before)

    feedback = services.issue_feedback(
        actor=cast.office_clerk, report=issued, doc_no="青巡办〔2026〕6号", issued_on=dt.date(2026, 4, 25)
    )
    content = feedback_docx(feedback_paper(feedback))
    assert check_ooxml(content) == []
    printed = words(content)
    assert "青巡办〔2026〕6号" in printed
    assert "1.工程拆分规避招标。" in printed
    assert any("3个月内完成集中整改" in text for text in printed)
