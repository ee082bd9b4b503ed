"""The report page and its lists: what they show, how much they ask of the database, what the jobs make."""

import io

import docx
import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.files import read_bytes
from core.jobs.runner import run_due
from core.models import AuditEntry
from core.models.jobs import Job
from findings.models import Finding
from reports import services
from reports.models import Report
from reports.selectors.desk import desk_items
from tests.reports.papers import make_finding, more_villages
from tests.reports.stages import issued, open_report, to_secretary
from villages.models import Membership


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200
    return len(captured)


def test_the_report_page_asks_the_same_number_of_questions_for_one_finding_and_for_many(cast, client):
    client.force_login(cast.leader)
    make_finding(cast, amount="10.00")
    report = open_report(cast)
    address = reverse("reports:report", args=[report.pk])
    few = queries(client, address)
    for inspection in more_villages(cast, "石塘村", "上田村", "柳巷村"):
        for n in range(3):
            make_finding(
                cast, inspection, code="ABD"[n], title=f"问题{n}", commonality="common", amount="5.00"
            )
    services.refresh_report(actor=cast.leader, report=report)
    assert queries(client, address) == few


def test_the_list_of_reports_asks_the_same_number_of_questions_for_one_and_three(cast, client):
    client.force_login(cast.office_clerk)
    make_finding(cast)
    open_report(cast)
    few = queries(client, reverse("reports:index"))
    for n in range(2):
        Report.objects.create(
            round=cast.round,
            team=cast.other_team,
            town=[cast.town_place, cast.other_town_place][n],
            title="报告",
        )
    assert queries(client, reverse("reports:index")) == few


def test_the_page_marks_the_wrong_amount_and_the_panel_offers_the_right_one(cast, client):
    make_finding(cast, amount="23100.00")
    report = open_report(cast)
    statement = report.statements.get(section="problems")
    services.edit_statement(
        actor=cast.member, statement=statement, revision=None, text="白条入账。云溪村12笔，金额2.13万元。"
    )
    client.force_login(cast.leader)
    page = client.get(reverse("reports:report", args=[report.pk])).content.decode()
    assert "<mark>2.13万元</mark>" in page
    assert "未处理前不能印发" in page
    panel = client.get(reverse("reports:evidence", args=[statement.pk]), headers={"HX-Request": "true"})
    assert "改为 2.31万元" in panel.content.decode()
    client.post(
        reverse("reports:statement_action", kwargs={"pk": statement.pk, "action": "gaizheng"}),
        {"revision": 2},
    )
    statement.refresh_from_db()
    assert statement.text == "白条入账。云溪村12笔，金额2.31万元。"


def test_evidence_outside_of_htmx_leads_to_the_page_with_that_sentence_open(cast, client):
    make_finding(cast)
    statement = open_report(cast).statements.get(section="problems")
    client.force_login(cast.leader)
    response = client.get(reverse("reports:evidence", args=[statement.pk]), follow=True)
    assert "本句依据" in response.content.decode()


def test_issuing_in_the_browser_names_what_is_missing_and_keeps_what_was_typed(cast, client):
    make_finding(cast)
    report = to_secretary(cast, open_report(cast))
    Finding.objects.update(status="returned")
    client.force_login(cast.office_head)
    typed = {"revision": report.revision, "doc_no": "青巡办〔2026〕5号", "issued_on": "2026-04-20"}
    response = client.post(reverse("reports:issue", args=[report.pk]), typed)
    assert response.status_code == 422
    assert "没有审签的底稿支撑" in response.content.decode()
    assert "青巡办〔2026〕5号" in response.content.decode()
    Finding.objects.update(status="signed")
    assert client.post(reverse("reports:issue", args=[report.pk]), typed).status_code == 302
    report.refresh_from_db()
    assert report.is_issued


def test_feedback_leaves_in_the_words_of_the_form_and_without_what_was_unticked(cast, client):
    make_finding(cast, title="甲问题"), make_finding(cast, title="乙问题")
    report = issued(cast)
    client.force_login(cast.office_clerk)
    form = {
        "doc_no": "青巡办〔2026〕6号", "issued_on": "2026-04-25", "opening": "", "keep-0": "on",
        "title-0": "改写的题", "detail-0": "改写的表现", "requirement-0": "改写的要求",
    }  # fmt: skip
    response = client.post(reverse("reports:feedback_issue", args=[report.pk]), form)
    assert response.status_code == 302
    (item,) = report.feedbacks.get().items.all()
    assert (item.title, item.detail, item.requirement) == ("改写的题", "改写的表现", "改写的要求")


def test_papers_are_made_in_the_background_and_downloads_are_traced(cast, client):
    make_finding(cast, amount="23100.00")
    report = open_report(cast)
    client.force_login(cast.member)
    for kind in ("word", "huizong", "qingdan"):
        address = reverse("reports:paper_request", kwargs={"pk": report.pk, "kind": kind})
        client.post(address, {"village": cast.village_place.pk})
        assert run_due().state == "done"
    names = set(Job.objects.values_list("result_file__name", flat=True))
    assert names == {
        f"{report.title}（第1稿）.docx", f"{cast.town_place.name}问题清单（汇总）.xlsx", "云溪村问题清单.xlsx",
    }  # fmt: skip
    job = Job.objects.get(kind="reports.word")
    response = client.get(reverse("reports:paper", args=[report.pk, job.pk]))
    content = b"".join(response.streaming_content)
    assert any("白条入账" in p.text for p in docx.Document(io.BytesIO(content)).paragraphs)
    assert AuditEntry.objects.filter(verb="reports.download", target_id=str(report.pk)).count() == 1
    listed = Job.objects.get(kind="reports.issue_list").result_file
    client.force_login(cast.outsider)
    assert client.get(reverse("reports:paper", args=[report.pk, job.pk])).status_code == 404
    assert openpyxl.load_workbook(io.BytesIO(read_bytes(listed)))["问题清单"]["G4"].value == 23100


def test_a_paper_is_not_made_for_somebody_who_lost_the_right_meanwhile(cast):
    make_finding(cast)
    report = open_report(cast)
    services.request_report(actor=cast.member, report=report)
    Membership.objects.filter(user=cast.member).delete()
    job = run_due()
    assert (job.state, job.result_file) == ("failed", None)
    assert "不能查看" in job.error


def test_pressing_the_button_twice_makes_one_paper(cast):
    make_finding(cast)
    report = open_report(cast)
    for _ in range(2):
        services.request_report(actor=cast.member, report=report)
    assert Job.objects.count() == 1


@pytest.mark.parametrize(
    ("status", "who"),
    [
        ("team_meeting", {"leader"}),
        ("joint_review", {"office_head", "office_clerk"}),
        ("leading_group", {"office_head"}),
        ("secretary", {"office_head"}),
    ],
)
def test_a_report_lies_on_the_desk_of_whoever_takes_the_next_step(cast, status, who):
    make_finding(cast)
    report = open_report(cast)
    Report.objects.filter(pk=report.pk).update(status=status)
    people = ("office_head", "office_clerk", "leader", "deputy", "member", "archivist", "outsider", "town")
    found = {name for name in people if desk_items(getattr(cast, name), cast.round)}
    assert found == who


def test_a_returned_report_comes_back_to_the_desk_with_its_reason(cast):
    make_finding(cast)
    report = open_report(cast)
    services.advance_report(actor=cast.leader, report=report, step="submit")
    services.return_report(actor=cast.leader, report=report, reason="第三部分重写")
    (item,) = desk_items(cast.deputy, cast.round)
    assert (item.kind, item.detail, item.returned) == ("报告退回", "第三部分重写", True)
    assert desk_items(cast.member, cast.round) == []
