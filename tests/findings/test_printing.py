"""Prints: a talk, a list of documents, a village's whole set; complete, in order, and nothing sealed among it."""

import datetime as dt
import io
import re
import shutil
import subprocess
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from docx import Document
from PIL import Image

from core.files.store import path_of, read_bytes
from core.jobs.runner import run_due
from core.models import Job
from findings import services
from findings.documents import loans_docx, talk_docx
from findings.models import FieldKind, FieldPaper, Finding, Loan, Talk
from findings.selectors.loan_print import loans_data, printable_loans
from findings.selectors.talks import talk_data
from findings.selectors.village_set import set_papers, village_set
from tests.core import naughty, samples
from tests.core.ooxml import assert_valid
from tests.findings import loans, papers
from tests.findings.test_documents import text_of

pytestmark = pytest.mark.django_db

FIELD_TITLES = [kind.label for kind in FieldKind]
NAUGHTY = "<w:t>&amp; 𠮷 ]]> =1+1"
HEADINGS = [
    "序号", "资料名称", "份数", "资料类型", "来源", "提供时限", "提供人", "调阅人", "借出日期", "状态", "归还人",
    "接收人", "归还日期", "备注",
]  # fmt: skip


@pytest.fixture(autouse=True)
def media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"


def a_full_village(cast, photographs=2):
    """Signed papers of every kind, and beside them what must not be printed."""
    finding = papers.draft(cast, facts=NAUGHTY)
    services.add_person(
        actor=cast.member, finding=finding, revision=finding.revision, name="金丝雀甲", post="会计"
    )
    finding = papers.reload(finding)
    services.sign_as_handler(actor=cast.member, finding=finding)
    services.sign_as_deputy(actor=cast.deputy, finding=papers.reload(finding))
    services.sign_as_leader(actor=cast.leader, finding=papers.reload(finding))
    papers.signed(cast, title="第二个问题")
    papers.draft(cast, title="草稿金丝雀")
    papers.signed_talk(cast)
    papers.talk(cast, target_name="未签金丝雀")
    for kind in ("meeting", "check"):
        papers.signed_field(cast, kind)
    visit = papers.field(cast, "visit")
    pictures = [
        SimpleUploadedFile(f"照片{n}.jpg", samples.photo_with_place() + b"\0" * n) for n in range(photographs)
    ]
    if pictures:
        services.add_field_files(actor=cast.member, paper=visit, revision=visit.revision, uploads=pictures)
    visit = papers.reload(visit)
    services.submit_minutes(actor=cast.member, paper=visit)
    services.sign_minutes(actor=cast.deputy, paper=papers.reload(visit))
    loans.returned(cast)
    loans.a_loan(cast, name="未签清单金丝雀")


def ask(client, name, row, **fields):
    """Press the button and run the job."""
    response = client.post(reverse(f"findings:{name}", kwargs={"pk": row.pk}), fields, follow=True)
    job = Job.objects.order_by("-id").first()
    if job is not None:
        run_due(job.pk)
        job.refresh_from_db()
    return response, job


def test_the_whole_set_is_one_document_with_each_signed_paper_once_and_in_order(cast, client, tmp_path):
    a_full_village(cast)
    client.force_login(cast.member)
    _, job = ask(client, "village_set", cast.inspection)
    assert job.state == "done", job.error
    assert job.result_file.name == "工作底稿汇编 云溪村（7份）.docx"
    content = read_bytes(job.result_file)
    assert_valid(content, tmp_path)
    text = text_of(content)
    assert "金丝雀" not in text and NAUGHTY in text
    document = Document(io.BytesIO(content))
    titles = [p.text for p in document.paragraphs if p.style.style_id == "FormTitle"]
    assert titles == [
        "巡察工作底稿汇编",
        "问题底稿",
        "问题底稿",
        "个别谈话记录",
        *FIELD_TITLES,
        "调阅资料清单",
    ]
    catalogue = [[cell.text for cell in row.cells] for row in document.tables[0].rows[2:]]
    numbers = [next(word for word in row if word.startswith("青巡")) for row in catalogue]
    above = re.findall(r"编号：(青巡\S+)", "\n".join(p.text for p in document.paragraphs))
    assert numbers == above and len(set(numbers)) == 7
    loan = Loan.objects.get(signed_on__isnull=False)
    for kind in (Finding, Talk, FieldPaper):
        assert set(kind.objects.filter(status="signed").values_list("no", flat=True)) <= set(numbers)
    assert numbers[-1] == loan.no


def test_photographs_come_along_small_and_without_place(cast, client):
    a_full_village(cast)
    client.force_login(cast.office_clerk)
    _, job = ask(client, "village_set", cast.inspection)
    with zipfile.ZipFile(path_of(job.result_file)) as package:
        media = [name for name in package.namelist() if name.startswith("word/media/")]
        assert len(media) == 2
        for name in media:
            with Image.open(io.BytesIO(package.read(name))) as picture:
                assert not picture.getexif() and max(picture.size) <= 1000
        assert b"CAMERA-CANARY" not in b"".join(package.read(name) for name in package.namelist())


def test_the_queries_of_a_set_do_not_grow_with_its_papers(cast):
    a_full_village(cast)
    small = _queries(cast)
    for number in range(3):
        papers.signed(cast, title=f"又一个问题{number}")
        papers.signed_talk(cast)
        papers.signed_field(cast, "check")
    assert _queries(cast) == small


def _queries(cast):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        found = village_set(cast.leader, cast.inspection)
        assert len(list(set_papers(found, lambda row: None))) == found.count
    return len(queries)


def test_a_village_without_signed_papers_says_so(cast, client):
    papers.draft(cast)
    client.force_login(cast.member)
    response, job = ask(client, "village_set", cast.inspection)
    assert "还没有签好名的底稿和记录" in response.content.decode() and job is None


def test_the_set_holds_what_the_asker_may_see_when_it_is_made_and_fetched(cast, client):
    a_full_village(cast, photographs=0)
    client.force_login(cast.member)
    _, job = ask(client, "village_set", cast.inspection)
    url = reverse("core:job_file", kwargs={"pk": job.pk})
    assert client.get(url).status_code == 200
    cast.team.memberships.filter(user=cast.member).delete()
    assert client.get(url).status_code == 404
    stray = services.request_village_set(actor=cast.leader, inspection=cast.inspection)
    cast.team.memberships.filter(user=cast.leader).delete()
    run_due(stray.pk)
    stray.refresh_from_db()
    assert stray.state == "failed" and "不在您可以看的范围内" in stray.error


def test_a_talk_is_a_form_of_its_own_with_all_that_was_said(cast, client, tmp_path):
    talk = papers.signed_talk(cast, purpose=NAUGHTY)
    content = talk_docx(talk_data(Talk.objects.get(pk=talk.pk)))
    assert_valid(content, tmp_path)
    text = text_of(content)
    for part in (
        talk.no, NAUGHTY, "谈话对象甲", "村会计", "租金由谁收取？", "合同到期后没有收过。", "到期后未收租金",
        "记录已当场宣读核对", "谈话人：副组长", "记录人：组员", "村委会二楼会议室", "2026年3月6日17:00—18:10",
    ):  # fmt: skip
        assert part in text, part
    client.force_login(cast.member)
    _, job = ask(client, "talk_word", talk)
    assert job.state == "done" and job.result_file.name == f"谈话记录 {talk.no} 云溪村.docx"


def test_naughty_answers_survive_in_a_talk(cast):
    talk = papers.talk(cast)
    wanted = [text for text in naughty.KEPT if len(text) < 1000]
    points = [{"question": "问", "answer": text, "key_point": ""} for text in wanted]
    services.edit_talk(actor=cast.member, talk=talk, revision=talk.revision, values={}, points=points)
    kept = [row.answer for row in talk.points.all()]
    shown = text_of(talk_docx(talk_data(Talk.objects.get(pk=talk.pk))))
    assert len(kept) == len(wanted)
    assert [t for t in kept for line in t.splitlines() if line.strip() not in shown] == []


def test_the_list_of_documents_has_the_blanks_columns_days_and_signatures(cast, client, tmp_path):
    loans.returned(cast, note=NAUGHTY)
    loans.asked(cast, name="会议记录")
    loans.a_loan(cast, name="合同台账")
    data = loans_data(list(printable_loans(cast.member, cast.inspection)))
    content = loans_docx(data)
    assert_valid(content, tmp_path)
    table = Document(io.BytesIO(content)).tables[0]
    cells = [list(dict.fromkeys(cell._tc for cell in row.cells)) for row in table.rows]
    words = [
        ["".join(t.text or "" for t in tc.iter() if t.tag.endswith("}t")) for tc in row] for row in cells
    ]
    assert words[0] == HEADINGS
    today, lent = timezone.localdate(), timezone.localdate() - dt.timedelta(days=2)
    first = words[1]
    assert first[1:3] == ["2024年记账凭证", "3"] and first[-1] == NAUGHTY
    assert first[6:13] == ["村会计", "组员", _short(lent), "已还", "组员", "村会计", _short(today)]
    assert [row[9] for row in words[1:4]] == ["已还", "未提供", "待签字"]
    assert f"组长签字：{cast.leader.display_name}" in text_of(content)
    assert "提供单位负责人" in text_of(content)


def _short(day):
    return f"{day.year}.{day.month}.{day.day}"


def test_one_days_list_holds_that_days_documents(cast, client):
    old, new = loans.asked(cast, name="旧账"), loans.asked(cast, name="新账")
    day = timezone.localtime() - dt.timedelta(days=9)
    Loan.objects.filter(pk=old.pk).update(created_at=day)
    client.force_login(cast.member)
    page = client.get(reverse("findings:loans"), {"village": cast.village_place.code}).content.decode()
    assert f'value="{day.date().isoformat()}"' in page
    _, job = ask(client, "loan_list", cast.inspection, day=day.date().isoformat())
    text = text_of(read_bytes(job.result_file))
    assert "旧账" in text and "新账" not in text and old.no in text
    _, job = ask(client, "loan_list", cast.inspection)
    assert new.name in text_of(read_bytes(job.result_file))
    response, _ = ask(client, "loan_list", cast.inspection, day="2020-01-01")
    assert "没有可打印的清单" in response.content.decode()


def test_without_libreoffice_the_job_says_so_plainly(cast, client, settings, monkeypatch):
    settings.SOFFICE = "/nonexistent/soffice"
    talk = papers.signed_talk(cast)
    client.force_login(cast.member)
    _, job = ask(client, "talk_word", talk, **{"as": "pdf"})
    assert job.state == "failed" and "没有安装 LibreOffice" in job.error and job.result_file is None


@pytest.mark.office
@pytest.mark.skipif(not shutil.which("pdftotext"), reason="lane office: pdftotext is not installed")
def test_the_set_as_pdf_has_each_paper_on_a_page_of_its_own(cast, client):
    a_full_village(cast)
    client.force_login(cast.member)
    _, job = ask(client, "village_set", cast.inspection, **{"as": "pdf"})
    assert job.state == "done", job.error
    assert job.result_file.name.endswith("（7份）.pdf") and job.result_file.kind == "pdf"
    command = ["pdftotext", "-layout", str(path_of(job.result_file)), "-"]
    pages = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split("\f")
    starts = [n for n, page in enumerate(pages) if "编号：青巡" in page.replace(" ", "")]
    assert len(starts) == 7 and starts[0] >= 1
    assert "目录（共7份）" in pages[0].replace(" ", "") and "金丝雀" not in "".join(pages)
