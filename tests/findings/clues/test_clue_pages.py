"""Pages of clues: entry, conflict, steps, sheet behind the password, desk; no trace in logs; naughty text unchanged."""

import datetime as dt
import io
import logging
import uuid
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import clock
from core.models import AuditEntry, Draft, Job
from core.office.check import check_ooxml
from findings.models import Clue, Disposal
from findings.selectors.clue_desk import desk_items
from findings.workflow.clue import CLUE_READ
from inspection.desk import gather
from tests.access.roles import EVERYONE
from tests.access.test_matrix import body
from tests.architecture.source import ROOT
from tests.findings import papers
from tests.findings.clues import clues
from tests.findings.clues.test_clue_canaries import typed

pytestmark = pytest.mark.django_db

LIST, NEW = reverse("findings:clues"), reverse("findings:clue_new")
NAUGHTY = "=cmd|' /C calc'!A0 <script>alert(1)</script> {{ 7*7 }} \\u0000 𠮷 🐟 ‮倒 '; DROP TABLE--"


def at(name, row, **more):
    return reverse(f"findings:{name}", kwargs={"pk": row.pk, **more})


def with_password(user):
    user.set_password(clues.PASSWORD)
    user.save()
    return user


def test_a_clue_goes_its_whole_way_over_the_pages(cast, client):
    client.force_login(cast.leader)
    assert client.post(NEW, typed(cast, sealed_files=[clues.picture()])).status_code == 302
    clue = Clue.objects.get()
    ways = [
        (cast.leader, "sign", {}),
        (cast.office_head, "approve", {"mode": "single", "receiver": cast.discipline.pk}),
        (cast.office_head, "hand_over", {}),
        (cast.discipline, "receive", {}),
        (cast.discipline, "dispose", {"sealed_disposal": "talk", "sealed_opinion": "拟谈话"}),
        (cast.discipline, "answer", {"sealed_handling": "已谈话", "sealed_result": "予以批评教育"}),
        (cast.office_head, "close", {}),
    ]
    for person, action, typed_in in ways:
        client.force_login(person)
        address = at("clue_step", clue, action=action)
        assert client.get(address).status_code == 200
        clue.refresh_from_db()
        response = client.post(address, typed_in | {"revision": clue.revision, "_key": action})
        assert response.url == at("clue", clue), (action, response.status_code)
    html = client.get(at("clue", clue)).content.decode()
    for words in ("已办结", "谈话函询", "予以批评教育", f"-XS-{1:04d}"):
        assert words in html
    assert not Draft.objects.exists() and not Job.objects.exists()


def test_a_refused_entry_says_why_and_loses_nothing(cast, client):
    client.force_login(cast.leader)
    response = client.post(NEW, typed(cast, sealed_sources="", sealed_facts=NAUGHTY, confirmed=""))
    html = response.content.decode()
    assert response.status_code == 422
    assert "一般工作问题" in html and "涉法涉诉" in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }}" in html
    assert not Clue.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("坏.jpg", b"not a picture", "坏"),
        ("宏.docm", b"PK", "不带宏"),
        ("大.pdf", b"%PDF-1.4" + b"0" * (10 * 1024 * 1024), "超过10 MB"),
    ],
)
def test_a_file_that_is_not_taken_keeps_the_whole_entry_back(name, content, said, cast, client):
    client.force_login(cast.leader)
    response = client.post(NEW, typed(cast, sealed_files=[SimpleUploadedFile(name, content)]))
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not Clue.objects.exists()


def test_naughty_text_comes_back_as_it_was_typed(cast, client):
    clue = clues.draft(
        cast, facts=NAUGHTY, title=NAUGHTY[:100], persons=[clues.PERSON | {"name": NAUGHTY[:40]}]
    )
    assert clue.read("facts") == NAUGHTY
    client.force_login(cast.leader)
    page = client.get(at("clue", clue)).content.decode()
    assert "<script>alert" not in page and "{{ 7*7 }}" in page


def test_two_editors_see_both_texts_in_words(cast, client):
    clue = clues.draft(cast)
    client.force_login(cast.leader)
    sent = typed(cast, sealed_facts="我写的", revision=clue.revision)
    assert (
        client.post(at("clue_edit", clue), sent | {"sealed_facts": "先保存的", "_key": "a"}).status_code
        == 302
    )
    response = client.post(at("clue_edit", clue), sent | {"_key": "b"})
    html = response.content.decode()
    assert response.status_code == 409
    assert "我写的" in html and "先保存的" in html
    assert clues.reload(clue).read("facts") == "先保存的"
    again = client.post(at("clue_edit", clue), sent | {"revision": clue.revision + 1, "_key": "c"})
    assert again.status_code == 302
    assert clues.reload(clue).read("facts") == "我写的"


def test_a_stale_step_changes_nothing_and_says_so(cast, client):
    clue = clues.signed(cast)
    client.force_login(cast.leader)
    sent = {"sealed_text": "补充金额", "revision": clue.revision - 1}
    response = client.post(at("clue_step", clue, action="recall"), sent)
    assert response.status_code == 409
    assert clues.reload(clue).status == "signed"


def test_from_a_paper_to_be_handed_over_the_entry_is_filled_in(cast, client):
    paper = papers.draft(cast, disposal=Disposal.TRANSFER)
    client.force_login(cast.leader)
    link = f"{NEW}?finding={paper.pk}"
    assert link in client.get(at("finding", paper)).content.decode()
    assert paper.title in client.get(link).content.decode()
    other = papers.draft(cast, disposal=Disposal.REPORT)
    assert "建立线索" not in client.get(at("finding", other)).content.decode()
    client.force_login(cast.member)
    assert "建立线索" not in client.get(at("finding", paper)).content.decode()


# --- the sheet ----------------------------------------------------------------------------------------------


def test_the_sheet_wants_the_password_and_bears_who_and_when(cast, client):
    clue = clues.handed(cast)
    client.force_login(with_password(cast.discipline))
    address = at("clue_sheet", clue)
    assert "魏长河" not in client.get(address).content.decode()
    wrong = client.post(address, {"password": "guess"})
    assert wrong.status_code == 422 and "魏长河" not in wrong.content.decode()
    with clock.held(dt.date(2026, 3, 20), hour=14):
        page = client.post(address, {"password": clues.PASSWORD})
        word = client.post(address, {"password": clues.PASSWORD, "as": "word"})
    html = page.content.decode()
    assert html.count("纪委监委 2026年3月20日 14:00") >= 12
    assert "魏长河" in html and "data-vanish" in html
    content = word.getvalue()
    assert check_ooxml(content) == []
    parts = zipfile.ZipFile(io.BytesIO(content))
    assert "魏长河" in parts.read("word/document.xml").decode()
    footers = [name for name in parts.namelist() if name.startswith("word/footer")]
    assert footers
    assert all("纪委监委 2026年3月20日 14:00" in parts.read(name).decode() for name in footers)
    assert not Job.objects.exists()
    assert AuditEntry.objects.filter(verb=CLUE_READ, actor_id=str(cast.discipline.pk)).count() == 2


def test_guessing_the_password_meets_the_brake(cast, client):
    clue = clues.handed(cast)
    client.force_login(with_password(cast.office_head))
    for _ in range(5):
        client.post(at("clue_sheet", clue), {"password": "guess"})
    assert client.post(at("clue_sheet", clue), {"password": clues.PASSWORD}).status_code == 422


def test_the_original_wants_the_password_too(cast, client):
    clue = clues.handed(cast, files=[clues.picture(description="camera-1")])
    file = clue.files.get()
    client.force_login(with_password(cast.leader))
    assert b"camera-1" not in client.get(at("clue_file", file)).getvalue()
    assert client.post(at("clue_original", file), {"password": "guess"}).status_code == 422
    response = client.post(at("clue_original", file), {"password": clues.PASSWORD})
    assert b"camera-1" in response.getvalue()


def test_reading_leaves_one_trace_a_day_and_every_download_one(cast, client):
    clue = clues.handed(cast, files=[clues.picture()])
    client.force_login(cast.office_head)
    for _ in range(3):
        client.get(at("clue", clue))
    assert AuditEntry.objects.filter(verb=CLUE_READ).count() == 1
    for _ in range(2):
        client.get(at("clue_file", clue.files.get()))
    assert AuditEntry.objects.filter(verb=CLUE_READ).count() == 3


# --- silence ------------------------------------------------------------------------------------------------


def test_every_answer_is_kept_by_nobody_and_written_into_no_log(cast, client, caplog):
    clue = clues.handed(cast, files=[clues.picture()])
    caplog.set_level(logging.DEBUG, logger="django.request")
    addresses = [
        at(name, clue) for name in ("clue", "clue_edit", "clue_sheet", "clue_files", "clue_reader_add")
    ]
    addresses += [at("clue_file", clue.files.get()), at("clue_step", clue, action="sign"), LIST, NEW]
    addresses += [reverse("findings:clue", kwargs={"pk": uuid.uuid4()})]
    for role in sorted(EVERYONE):
        client.force_login(getattr(cast, role))
        for address in addresses:
            for response in (client.get(address), client.put(address)):
                assert response["Cache-Control"] == "no-store", (role, address)
    assert "xiansuo" not in caplog.text
    assert str(clue.pk) not in caplog.text


def test_what_is_not_known_and_what_is_not_there_are_the_same_bytes(cast, client):
    clue = clues.handed(cast)
    for role in sorted(EVERYONE - {"leader", "office_head", "discipline"}):
        client.force_login(getattr(cast, role))
        there, nowhere = (
            client.get(at("clue", clue)),
            client.get(reverse("findings:clue", args=[uuid.uuid4()])),
        )
        assert there.status_code == nowhere.status_code == 404
        assert body(there) == body(nowhere)


def test_the_proxy_writes_no_address_of_a_clue_down():
    conf = (ROOT / "deploy" / "nginx.conf").read_text()
    prefix = LIST
    block = conf.split(f"location ^~ {prefix} {{", 1)[1].split("}", 1)[0]
    assert "access_log off;" in block


# --- the desk and the list ----------------------------------------------------------------------------------


def lines(user):
    return [item for item in gather(clues.fresh(user), None) if "线索" in item.kind]


@pytest.mark.parametrize(
    ("left", "tone", "detail"),
    [
        (21, None, ""), (20, "info", "还有20天"), (11, "info", "还有11天"), (10, "warn", "还有10天"),
        (1, "warn", "还有1天"),
        (0, "bad", "今天到期"), (-3, "bad", "逾期3天"),
    ],
)  # fmt: skip
def test_both_sides_are_reminded_and_nobody_else(left, tone, detail, cast):
    with clock.held(dt.date(2026, 3, 2)):
        clue = clues.handling(cast)
    with clock.held(clue.due_on - dt.timedelta(days=left)):
        for person in (cast.leader, cast.office_head):
            assert [(i.tone, i.due_on) for i in lines(person)] == ([(tone, clue.due_on)] if tone else [])
        (line,) = lines(cast.discipline)
        assert line.tone == (tone or "warn") and detail in line.detail
        assert (line.due_on == clue.due_on) == bool(tone)
        for role in EVERYONE - {"leader", "office_head", "discipline"}:
            assert lines(getattr(cast, role)) == []


def test_the_desk_says_nothing_of_the_content(cast, client):
    clues.handed(cast)
    client.force_login(cast.discipline)
    html = client.get(reverse("inspection:desk")).content.decode()
    assert "线索待签收" in html
    assert "鱼塘租金" not in html and "魏长河" not in html


def test_a_list_costs_the_same_however_long_it_is(cast, client):
    client.force_login(cast.office_head)
    client.get(LIST)  # the session's own first queries
    counts = []
    for number in (1, 2):
        for _ in range(number):
            clues.handed(cast)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(LIST).status_code == 200
        with CaptureQueriesContext(connection) as more:
            desk_items(clues.fresh(cast.office_head), None)
        counts.append((len(queries), len(more)))
    assert counts[0] == counts[1]


def test_a_page_costs_the_same_with_one_reader_and_file_and_with_three(cast, client):
    counts = []
    for people in ((cast.deputy,), (cast.deputy, cast.member, cast.archivist)):
        clue = clues.draft(cast, files=[clues.picture() for _ in people])
        for person in people:
            clues.name(cast, clue, person)
        client.force_login(cast.leader)
        client.get(at("clue", clue))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(at("clue", clue)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_number_that_would_count_other_clues_is_not_shown_to_who_knows_one(cast, client):
    clues.handed(cast)
    clue = clues.handed(cast)
    clues.name(cast, clue, cast.member)
    for person, shown in ((cast.member, False), (cast.leader, True), (cast.discipline, True)):
        client.force_login(clues.fresh(person))
        for address in (LIST, at("clue", clue)):
            assert ("XS-0002" in client.get(address).content.decode()) == shown
