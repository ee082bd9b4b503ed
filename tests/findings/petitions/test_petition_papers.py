"""Papers of petitions hold what everybody sees who sees the petition, and nothing of what is sealed."""

import datetime as dt
import io
import zipfile

import openpyxl
import pytest
import segno
from django.urls import reverse
from docx import Document

from archives import services as archives
from archives.selectors.gathering import gathered
from core.audit import AuditEntry
from core.errors import ServiceError
from core.files import read_bytes
from core.jobs import may_have
from core.jobs.runner import run_due
from core.models import Job
from core.office.check import check_ooxml
from findings import services
from findings.documents import PosterData, poster_docx
from findings.models import PetitionBox
from findings.selectors.petitions import PetitionFilters
from tests.core.naughty import FORMULAS, MARKUP
from tests.findings.petitions import keepers, petitions
from tests.findings.petitions.test_canaries import CANARIES, found_in, picture, recording
from villages.models import Membership, spine

pytestmark = pytest.mark.django_db


def finished():
    """The file of the newest job."""
    job = run_due(Job.objects.latest("created_at").pk)
    assert job.state == "done", job.error
    return read_bytes(job.result_file)


def words(content):
    assert check_ooxml(content) == []
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([p.text for p in document.paragraphs] + cells)


def lines(content):
    assert check_ooxml(content) == []
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    return [row for row in sheet.iter_rows(values_only=True) if isinstance(row[0], int)]


def a_full_one(cast):
    """A petition through all its steps, with everything that can be sealed sealed."""
    keepers.keeper(cast, cast.member)
    petition = petitions.handling(cast, is_named=True)
    services.seal_petition(
        actor=cast.member, petition=petition, texts=CANARIES, files=[picture(), recording()]
    )
    services.close_petition(actor=cast.member, petition=petitions.reload(petition), result="已督促入账")
    return petitions.reload(petition)


# --- the sheet --------------------------------------------------------------------------------------------


def test_the_sheet_shows_the_redacted_summary_the_opinions_and_the_result(cast):
    petition = a_full_one(cast)
    services.request_petition_sheet(actor=cast.leader, petition=petition)
    text = words(finished())
    for expected in (
        petition.no,
        petitions.SUMMARY,
        "建议办理",
        "同意拟办意见",
        "已督促入账",
        "另行封存",
        "实名",
    ):
        assert expected in text
    entry = AuditEntry.objects.get(verb="findings.petition.export")
    assert (entry.actor_id, entry.target_id) == (str(cast.leader.pk), str(petition.pk))


def test_whoever_lost_sight_of_the_petition_gets_no_sheet(cast):
    petition = petitions.registered(cast)
    job = services.request_petition_sheet(actor=cast.member, petition=petition)
    assert may_have(job.kind, cast.member, job.args)
    Membership.objects.filter(user=cast.member).delete()
    assert not may_have(job.kind, cast.member, job.args)
    assert "不在您可以看的范围" in run_due(job.pk).error


@pytest.mark.parametrize("text", [FORMULAS[0], FORMULAS[10], MARKUP[0], MARKUP[4], "𠮷\n\t㙟", "x" * 1900])
def test_naughty_words_survive_in_sheet_and_register(cast, text):
    petition = petitions.registered(cast, summary=f"甲{text}乙")
    services.request_petition_sheet(actor=cast.leader, petition=petition)
    assert petition.summary.split("\n")[0] in words(finished())
    services.request_petition_register(actor=cast.leader, round=cast.round, filters=PetitionFilters())
    assert lines(finished())[0][7] == petition.summary


# --- the register -----------------------------------------------------------------------------------------


def test_the_register_holds_what_the_page_was_narrowed_to(cast, client):
    petitions.registered(cast)
    petitions.handling(cast, channel="visit", summary="反映路灯不亮。")
    client.force_login(cast.leader)
    client.post(reverse("findings:petition_register"), {"channel": "visit", "_key": "a"})
    content = finished()
    assert [row[7] for row in lines(content)] == ["反映路灯不亮。"]
    assert "渠道：来访" in str(openpyxl.load_workbook(io.BytesIO(content)).active["A2"].value)
    client.post(reverse("findings:petition_register"), {"_key": "b"})
    assert len(lines(finished())) == 2
    after = [entry.after["件数"] for entry in AuditEntry.objects.filter(verb="findings.petition.export")]
    assert sorted(after) == [1, 2]


def test_nobody_exports_what_another_team_received(cast):
    petitions.registered(cast)
    petitions.registered(cast, actor=cast.outsider, inspection=cast.other_inspection, summary="外组的。")
    services.request_petition_register(actor=cast.member, round=cast.round, filters=PetitionFilters())
    assert [row[7] for row in lines(finished())] == [petitions.SUMMARY]
    services.request_petition_register(actor=cast.office_head, round=cast.round, filters=PetitionFilters())
    job = Job.objects.latest("created_at")
    assert len(lines(finished())) == 2
    assert not may_have(job.kind, cast.member, job.args)


def test_an_empty_register_is_not_made(cast):
    with pytest.raises(ServiceError, match="没有信访件"):
        services.request_petition_register(actor=cast.member, round=cast.round, filters=PetitionFilters())


# --- the poster -------------------------------------------------------------------------------------------


def _black_cells(content):
    """The code as it is drawn: a row of 0 and 1 for each line of the table."""
    table = Document(io.BytesIO(content)).tables[0]
    drawn = []
    for row in table._tbl.tr_lst:
        line = []
        for cell in row.tc_lst:
            fill = cell.tcPr.find(".//{*}shd").get(
                "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}fill"
            )
            line += [int(fill == "000000")] * cell.grid_span
        drawn.append(line)
    return drawn


@pytest.mark.parametrize("large", [False, True])
def test_the_poster_carries_the_code_of_the_box_and_says_how_it_stays_anonymous(large):
    link = "https://xuncha.example.org/x/ABCDEFGHJKLMNPQRSTUVWXYZ23/"
    data = PosterData("青岚区", "青岚镇云溪村", link, dt.date(2026, 4, 1), dt.date(2026, 3, 3))
    content = poster_docx(data, large=large)
    assert content == poster_docx(data, large=large)
    text = words(content)
    for expected in ("青岚镇云溪村", "不用登录", "加密", "2026年4月1日", link):
        assert expected in text
    expected = [list(row) for row in segno.make(link, error="m", micro=False).matrix_iter(border=2)]
    assert _black_cells(content) == [[int(cell) for cell in row] for row in expected]


def test_the_poster_is_made_by_a_job_with_the_address_people_open(cast, client):
    values = spine(cast.inspection) | {"token": "ABCDEFGH".ljust(26, "2")}
    box = PetitionBox.objects.create(**values, opened_on="2026-03-03")
    client.force_login(cast.member)
    client.post(reverse("findings:box_word", kwargs={"pk": box.pk}), {"large": "1"})
    text = words(finished())
    assert f"http://testserver/findings/x/{box.token}/" in text or f"/x/{box.token}/" in text


# --- the archive ------------------------------------------------------------------------------------------


def test_petitions_are_filed_as_sheets_and_one_register_and_no_canary_is_in_the_package(cast, tmp_path):
    petition = a_full_one(cast)
    titles = [paper.title for paper in gathered(cast.office_clerk, cast.round)]
    assert sum("信访件登记表" in title for title in titles) == 1
    assert sum("信访登记台账" in title and "保密管理人" in title for title in titles) == 1
    assert not any(petition.summary in title for title in titles)
    row = archives.request_package(actor=cast.office_clerk, round=cast.round)
    assert run_due().state == "done"
    row.refresh_from_db()
    found, names = set(), []
    with zipfile.ZipFile(io.BytesIO(read_bytes(row.file))) as package:
        for name in package.namelist():
            content = package.read(name)
            names.append(name)
            found |= found_in(name.encode()) | found_in(content)
            if name.endswith((".docx", ".xlsx")):
                with zipfile.ZipFile(io.BytesIO(content)) as inner:
                    for part in inner.namelist():
                        found |= found_in(inner.read(part))
    assert found == set()
    assert any("信访件登记表" in name for name in names)
    assert any("信访登记台账" in name for name in names)


def test_no_canary_is_in_a_word_or_excel_file(cast):
    petition = a_full_one(cast)
    services.request_petition_sheet(actor=cast.leader, petition=petition)
    sheet = finished()
    services.request_petition_register(actor=cast.leader, round=cast.round, filters=PetitionFilters())
    for content in (sheet, finished()):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            assert set().union(*(found_in(package.read(name)) for name in package.namelist())) == set()
