"""Pages of field papers: what a browser sends is what is kept, printed and found again."""

import datetime as dt
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from core.files.store import open_stored
from core.jobs.runner import run_due
from core.models import Job
from core.office.check import check_ooxml
from findings import services
from findings.models import FieldPaper
from tests.findings import papers
from tests.findings.test_views import page, photo

pytestmark = pytest.mark.django_db

NEW = reverse("findings:field_new")
LIST = reverse("findings:field_papers")
NAUGHTY = "<b>'\"&\u202e 𠮷 =SUM(A1)"


def url(name, row, **more):
    return reverse(f"findings:{name}", kwargs={"pk": row.pk} | more)


def typed(cast, **over):
    """What the form of a spot check sends."""
    fields = {
        "village": cast.inspection.pk, "subject": "机动地承包费", "happened_at": "2026-03-12T09:00",
        "ended_at": "2026-03-12T10:00", "place": "村部", "companion": cast.deputy.pk, "recorder": cast.member.pk,
        "content": NAUGHTY, "method": "账实核对", "population": "86户", "sample": "12户", "basis": "分层抽取",
        "explanation": "", "checked": "", "items-0-item": "承包费", "items-0-expected": "12,000",
        "items-0-actual": "8,600", "items-0-note": "", "items-1-item": "", "_key": "k1",
    }  # fmt: skip
    return fields | over


def create(cast, client, **over):
    client.force_login(cast.member)
    return client.post(f"{NEW}?kind=check", typed(cast, **over))


def test_what_was_typed_stands_on_the_page_unchanged_and_once(cast, client):
    create(cast, client)
    create(cast, client)
    paper = FieldPaper.objects.get()
    assert paper.content == NAUGHTY and paper.details["items"][0]["actual"] == "8,600"
    shown = page(client.get(url("field_paper", paper)))
    assert "&lt;b&gt;" in shown and "𠮷" in shown and "<b>'" not in shown


def test_mistakes_stand_beside_their_fields_and_nothing_typed_is_lost(cast, client):
    response = create(cast, client, companion=cast.member.pk, ended_at="2026-03-12T08:00")
    text = page(response)
    assert response.status_code == 422 and "同行人和记录人不能是同一人" in text and "早于开始时间" in text
    assert "分层抽取" in text and "8,600" in text and not FieldPaper.objects.exists()


def test_an_unknown_kind_is_not_there(cast, client):
    client.force_login(cast.member)
    assert client.get(f"{NEW}?kind=party").status_code == 404


def test_two_people_sign_in_the_browser_and_a_later_change_says_what_it_does(cast, client):
    create(cast, client)
    paper = FieldPaper.objects.get()
    client.post(url("field_action", paper, action="submit"), {"revision": paper.revision, "_key": "a"})
    client.force_login(cast.deputy)
    paper.refresh_from_db()
    client.post(url("field_action", paper, action="sign"), {"revision": paper.revision, "_key": "b"})
    paper.refresh_from_db()
    assert paper.status == "signed"
    assert "保存改动后签名失效" in page(client.get(url("field_edit", paper)))


def test_pictures_many_at_once_with_thumbnails_and_captions(cast, client):
    create(cast, client)
    paper = FieldPaper.objects.get()
    files = [photo(f"现场{n}.jpg") for n in range(4)]
    client.post(url("field_upload", paper), {"files": files, "revision": paper.revision, "_key": "u"})
    assert paper.files.count() == 4
    row = paper.files.get(seq=2)
    assert client.get(url("field_thumbnail", row))["Content-Type"] == "image/jpeg"
    assert b"".join(client.get(url("field_file", row)).streaming_content) == open_stored(row.file).read()
    paper.refresh_from_db()
    other = paper.files.get(seq=3)
    typed = {f"caption_{row.pk}": "东侧两间", f"caption_{other.pk}": "南侧墙根", "_key": "c"}
    client.post(url("field_captions", paper), typed | {"revision": paper.revision})
    text = page(client.get(url("field_paper", paper)))
    assert "2. 东侧两间" in text and "3. 南侧墙根" in text and "4. 现场3.jpg" in text
    assert f'name="caption_{row.pk}" value="东侧两间"' in text


def test_captions_of_a_page_that_is_no_longer_the_newest_stay_typed(cast, client):
    create(cast, client)
    paper = FieldPaper.objects.get()
    client.post(url("field_upload", paper), {"files": [photo()], "revision": paper.revision, "_key": "u"})
    row, seen = paper.files.get(), FieldPaper.objects.get().revision
    first = {f"caption_{row.pk}": "先写的", "revision": seen, "_key": "c"}
    client.post(url("field_captions", paper), first)
    answer = client.post(url("field_captions", paper), first | {f"caption_{row.pk}": "后写的", "_key": "d"})
    assert answer.status_code == 409 and "后写的" in page(answer)
    assert paper.files.get().caption == "先写的"


def upload(client, paper, *names):
    revision = FieldPaper.objects.get(pk=paper.pk).revision
    sent = {"files": [photo(name) for name in names], "revision": revision, "_key": names[0]}
    client.post(url("field_upload", paper), sent)


def fields(answer, *names):
    """The hidden fields of the form for captions, as a browser would send them."""
    form = re.search(r'<form class="(?:captions|card form)[^>]*>.*?</form>', page(answer), re.DOTALL)[0]
    return {name: re.search(rf'name="{name}"[^>]*value="([^"]*)"', form)[1] for name in names}


def test_a_caption_of_a_file_that_came_meanwhile_is_not_emptied_by_who_did_not_see_it(cast, client):
    create(cast, client)
    paper = FieldPaper.objects.get()
    upload(client, paper, "先.jpg")
    mine = f"caption_{paper.files.get().pk}"
    sent = fields(client.get(url("field_paper", paper)), "revision", "_base") | {mine: "东侧两间"}
    upload(client, paper, "后.jpg")
    theirs = paper.files.get(seq=2)
    paper.refresh_from_db()
    services.caption_field_files(
        actor=cast.deputy, paper=paper, revision=paper.revision, captions={theirs.pk: "南侧墙根"}
    )
    bounced = client.post(url("field_captions", paper), sent)
    assert bounced.status_code == 409 and f"caption_{theirs.pk}" not in page(bounced)
    assert bounced.context["conflict"]["joined"] and "对方没有改：保留您的" in page(bounced)
    again = sent | {"revision": bounced.context["form"].data["revision"], "_base": bounced.context["base"]}
    assert client.post(url("field_captions", paper), again).status_code == 302
    assert list(paper.files.order_by("seq").values_list("caption", flat=True)) == ["东侧两间", "南侧墙根"]


def test_the_fingerprint_of_a_picture_is_folded_away_and_explained(cast, client):
    create(cast, client)
    paper = FieldPaper.objects.get()
    client.post(url("field_upload", paper), {"files": [photo()], "revision": paper.revision, "_key": "u"})
    text = page(client.get(url("field_paper", paper)))
    digest = paper.files.get().file.sha256
    folded = re.search(r"<summary>文件信息</summary>.*?</details>", text, re.DOTALL)[0]
    assert digest in folded and "用于证明未被改动" in folded and text.count(digest) == 1


def test_a_file_that_is_not_allowed_is_refused_with_a_sentence(cast, client):
    create(cast, client)
    paper = FieldPaper.objects.get()
    bad = SimpleUploadedFile("说明.exe", b"MZ", content_type="application/octet-stream")
    response = client.post(
        url("field_upload", paper), {"files": [bad], "revision": paper.revision, "_key": "u"}, follow=True
    )
    assert "说明.exe" in page(response) and not paper.files.exists()


def test_the_list_of_one_and_of_twenty_asks_the_same_number_of_queries(cast, client):
    papers.field(cast)
    client.force_login(cast.member)
    client.get(LIST)
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    for number in range(20):
        papers.field(cast, ("visit", "check", "meeting")[number % 3], subject=f"对象{number}")
    with CaptureQueriesContext(connection) as many:
        text = page(client.get(LIST))
    assert "对象19" in text and len(many) == len(few)


@pytest.mark.parametrize(
    ("query", "expected"),
    [("kind=check", 1), ("status=signed", 1), ("q=三组", 1), ("kind=x&status=y", 2), ("q=没有", 0)],
)
def test_the_list_shows_what_is_asked_for(cast, client, query, expected):
    papers.signed_field(cast, subject="三组农户")
    papers.field(cast, "check", subject="仓库", place="村部", content="东侧两间")
    client.force_login(cast.member)
    assert page(client.get(f"{LIST}?{query}")).count("row-link") == expected


@pytest.mark.parametrize("kind", ["visit", "check", "meeting"])
def test_the_printed_paper_is_valid_and_holds_what_was_written(cast, kind):
    paper = papers.signed_field(
        cast, kind, content=NAUGHTY, happened_at=dt.datetime(2026, 3, 12, 1, tzinfo=dt.UTC)
    )
    services.request_field_paper(actor=cast.member, paper=paper)
    run_due(Job.objects.get().pk)
    content = open_stored(Job.objects.get().result_file).read()
    assert check_ooxml(content) == []
    cells = [
        cell.text
        for table in Document(io.BytesIO(content)).tables
        for row in table.rows
        for cell in row.cells
    ]
    text = "\n".join(cells)
    assert NAUGHTY in text and cast.member.display_name in text
    for part in paper.spec.parts:
        assert part.label in text, part.label
