"""Every sentence stands on something: what is missing is named, and keeps the report from being issued."""

import datetime as dt
from decimal import Decimal

import pytest

from core.errors import NotAllowed, ServiceError
from findings.models import Finding
from reports import services
from reports.models import Report, Section, Statement
from reports.selectors.support import amount_matches, gaps, stated_amounts
from tests.reports.papers import category, make_finding
from tests.reports.stages import open_report, to_secretary

DAY = dt.date(2026, 4, 20)


@pytest.fixture
def report(cast):
    make_finding(cast, amount="23100.00")
    return open_report(cast)


def issue(report, cast, number="青巡办〔2026〕5号"):
    return services.issue_report(actor=cast.office_head, report=report, doc_no=number, issued_on=DAY)


def problem(report):
    return report.statements.filter(section=Section.PROBLEMS).in_order().first()


def test_a_report_fresh_from_its_findings_lacks_nothing(report):
    assert gaps(report) == []


def test_a_fact_without_a_finding_is_a_gap_and_a_narrative_is_not(report, cast):
    place = {"section": "problems", "category": category(cast, "E")}
    services.add_statement(
        actor=cast.member, report=report, text="村干部补贴发放不规范。", kind="fact", **place
    )
    services.add_statement(actor=cast.member, report=report, text="总的看有进步。", kind="narrative", **place)
    assert [gap.words for gap in gaps(report)] == ["没有审签的底稿支撑"]


def test_a_sum_that_is_not_the_sum_of_the_papers_is_a_gap_naming_both(report, cast):
    services.edit_statement(
        actor=cast.member, statement=problem(report), revision=None,
        text="票据管理不严。云溪村白条入账12笔，金额2.13万元。",
    )  # fmt: skip
    assert [gap.words for gap in gaps(report)] == ["文中金额2.13万元，底稿合计2.31万元"]


@pytest.mark.parametrize(
    "text",
    [
        "金额2.31万元", "涉及金额23100元", "金额共23,100.00元", "金额合计2.3100万元",
        "金额2.31万元，其中现金金额1.10万元", "没有数字", "签订9.6万元合同",
    ],
)  # fmt: skip
def test_a_right_or_absent_sum_is_no_gap(report, cast, text):
    services.edit_statement(actor=cast.member, statement=problem(report), revision=None, text=text)
    assert gaps(report) == []


@pytest.mark.parametrize(
    "text", ["金额2.3万元", "金额23100.10元", "金额2.31万元，另有金额3.00万元", "金额1万元"]
)
def test_a_wrong_sum_is_a_gap(report, cast, text):
    services.edit_statement(actor=cast.member, statement=problem(report), revision=None, text=text)
    assert len(gaps(report)) == 1


def test_amounts_are_read_with_thousands_and_units():
    assert stated_amounts("涉及金额1,234.50元、金额约3万元") == [
        (Decimal("1234.50"), "元"),
        (Decimal("3"), "万元"),
    ]


@pytest.mark.parametrize(
    ("number", "unit", "total", "expected"),
    [
        ("2.31", "万元", "23149.99", True),  # 2.314999 rounds down
        ("2.31", "万元", "23150.00", False),  # 2.315 rounds half up to 2.32
        ("2.32", "万元", "23150.00", True),
        ("0.00", "万元", "49.99", True),
        ("23150", "元", "23150.00", True),
        ("23150", "元", "23149.50", True),
        ("23149", "元", "23149.50", False),
        ("3", "万元", "30000", True),
    ],
)
def test_an_amount_is_compared_as_it_is_rounded_in_print(number, unit, total, expected):
    assert amount_matches(Decimal(number), unit, Decimal(total)) is expected


def test_a_withdrawn_paper_leaves_a_rewritten_sentence_unsupported(report, cast):
    services.edit_statement(actor=cast.member, statement=problem(report), revision=None, text="改过的话。")
    Finding.objects.update(status="returned")
    assert {gap.words.split("2026")[0] for gap in gaps(report)} >= {"没有审签的底稿支撑"}


def test_issue_is_refused_while_something_lacks_support_and_passes_once_it_has(report, cast):
    bad = services.add_statement(
        actor=cast.member, report=report, section="problems", category=category(cast, "E"),
        kind="fact", text="有的村误工补贴无考勤记录。",
    )  # fmt: skip
    to_secretary(cast, report)
    with pytest.raises(ServiceError, match=r"有的村误工补贴无考勤记录.*没有审签的底稿支撑"):
        issue(report, cast)
    report.refresh_from_db()
    assert report.status == "secretary"
    # The red twin: the same report, with the one sentence supported, goes out.
    bad.sources.create(finding=Finding.objects.get())
    assert issue(report, cast).status == "issued"


def test_an_issued_report_is_frozen(report, cast):
    to_secretary(cast, report)
    issued = issue(report, cast)
    words = [row["text"] for row in issued.snapshot["statements"]]
    assert any("涉及金额2.31万元" in text for text in words)
    assert len(issued.content_hash) == 64
    for do in (
        lambda: services.refresh_report(actor=cast.leader, report=issued),
        lambda: services.edit_statement(
            actor=cast.leader, statement=problem(issued), revision=None, text="再改。"
        ),
        lambda: services.return_report(actor=cast.office_head, report=issued, reason="再看"),
    ):
        with pytest.raises(NotAllowed):
            do()
    issued.refresh_from_db()
    assert [row["text"] for row in issued.snapshot["statements"]] == words


def test_what_is_still_pending_is_not_in_the_issued_content(report, cast):
    make_finding(cast, title="还在核实的事", status="checking")
    services.refresh_report(actor=cast.member, report=report)
    to_secretary(cast, report)
    assert "还在核实的事" not in str(issue(report, cast).snapshot)


@pytest.mark.parametrize(
    "number", ["青巡办[2026]5号", "青巡办〔2026〕05号", "青巡办〔2026〕第5号", "〔2026〕5号", ""]
)
def test_an_official_number_of_the_wrong_form_is_refused(report, cast, number):
    to_secretary(cast, report)
    with pytest.raises(ServiceError, match="六角括号"):
        issue(report, cast, number)


def test_a_number_is_used_once(report, cast):
    to_secretary(cast, report)
    issue(report, cast)
    other = Report.objects.create(
        round=cast.round, team=cast.other_team, town=cast.other_town_place, title="另一份", status="secretary"
    )
    with pytest.raises(ServiceError, match="已经用过"):
        issue(other, cast)


def test_unsaved_facts_flag_is_a_gap_until_somebody_decides(report, cast):
    services.edit_statement(actor=cast.member, statement=problem(report), revision=None, text="改过的话。")
    Finding.objects.update(amount="9.00", revision=2)
    services.refresh_report(actor=cast.member, report=report)
    assert [gap.words for gap in gaps(report)] == ["事实已变，文字待核对"]
    services.keep_wording(actor=cast.member, statement=problem(report))
    assert gaps(report) == []


def test_a_heading_needs_no_paper(report, cast):
    Statement.objects.create(report=report, section="causes", seq=5, kind="heading", text="思想认识不足")
    assert gaps(report) == []
