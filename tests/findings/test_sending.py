"""Files in pieces: each arrives once and whole, passes the one gate, and a lost line or answer costs nothing."""

import datetime as dt
from urllib.parse import urlencode

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse
from PIL import Image

from core import clock
from core.errors import ServiceError
from core.files import pieces, reconcile
from core.files.policy import EVIDENCE
from core.files.store import open_stored, path_of, read_bytes
from core.models import StoredFile, Upload
from core.tasks import drop_uploads
from findings import services
from tests.atonce import beside
from tests.core import samples
from tests.factories import make_cast, make_member
from tests.findings import papers
from tests.findings.sending import WORDS, ClientLine, address, announce, send, sha256
from villages.models import TeamRole

pytestmark = pytest.mark.django_db

PHOTO = samples.photo_with_place()


@pytest.fixture(autouse=True)
def media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def finding(cast):
    return papers.draft(cast, evidence=[])


@pytest.fixture
def line(cast, client, finding):
    client.force_login(cast.member)
    return ClientLine(client, address(finding))


def on_disk(media):
    return [path for path in media.rglob("*") if path.is_file()]


def test_a_file_in_pieces_is_listed_as_it_was_byte_for_byte(line, finding, media):
    status, answer = send(line, "现场照片.jpg", PHOTO, piece=700)
    assert (status, answer["done"]) == (200, True)
    item = finding.evidence.get()
    assert read_bytes(item.file) == PHOTO and item.file.sha256 == sha256(PHOTO)
    assert (item.name, item.kind, item.origin, item.file.origin) == ("现场照片.jpg", "site", "photo", "photo")
    assert len(on_disk(media)) == 2  # the picture and its small one: no piece is left behind


def test_the_small_picture_and_nothing_else_loses_place_and_camera(line, finding):
    send(line, "现场照片.jpg", PHOTO, piece=2000)
    file = finding.evidence.get().file
    with Image.open(path_of(file).with_name(path_of(file).name + ".thumb")) as small:
        assert not small.getexif() and small.size[1] > small.size[0]  # turned upright
    assert b"CAMERA-CANARY" in read_bytes(file)


def test_a_repeated_piece_and_lost_answers_change_nothing(line, finding):
    key = announce(line, "合同.pdf", samples.pdf())[1]["upload"]
    first = samples.pdf()[:30]
    assert line.post("piece", first, upload=key, offset=0)[1]["offset"] == 30
    assert line.post("piece", first, upload=key, offset=0)[1]["offset"] == 30
    assert line.post("piece", b"later", upload=key, offset=50)[1]["offset"] == 30
    line.post("piece", samples.pdf()[30:], upload=key, offset=30)
    for _ in range(2):
        assert line.post("finish", WORDS, upload=key)[1]["done"]
    assert announce(line, "合同.pdf", samples.pdf())[1]["done"]
    assert read_bytes(finding.evidence.get().file) == samples.pdf()


def test_the_same_file_picked_again_goes_on_where_it_stood(line, finding):
    key = announce(line, "合同.pdf", samples.pdf())[1]["upload"]
    line.post("piece", samples.pdf()[:30], upload=key, offset=0)
    waiting = line.client.get(line.url).json()["waiting"]
    assert [(row["name"], row["offset"], row["size"]) for row in waiting] == [
        ("合同.pdf", 30, len(samples.pdf()))
    ]
    status, again = announce(line, "合同.pdf", samples.pdf())
    assert (again["upload"], again["offset"]) == (key, 30)
    assert announce(line, "合同.pdf", samples.pdf(), mark="changed since")[1]["offset"] == 0


def test_a_file_not_yet_whole_is_not_taken(line, finding):
    key = announce(line, "合同.pdf", samples.pdf())[1]["upload"]
    line.post("piece", samples.pdf()[:30], upload=key, offset=0)
    assert line.post("finish", WORDS, upload=key) == (200, {"upload": key, "offset": 30, "done": False})
    assert not StoredFile.objects.exists()


def test_bytes_lost_on_disk_are_asked_for_again(line, finding):
    key = announce(line, "合同.pdf", samples.pdf())[1]["upload"]
    line.post("piece", samples.pdf(), upload=key, offset=0)
    pieces.path_of(Upload.objects.get()).unlink()
    assert line.post("finish", WORDS, upload=key)[1] == {"upload": key, "offset": 0, "done": False}
    assert send(line, "合同.pdf", samples.pdf())[1]["done"]


def test_what_was_taken_off_the_paper_can_be_sent_again_and_a_twin_is_not_listed_twice(line, cast, finding):
    send(line, "合同.pdf", samples.pdf())
    status, twin = send(line, "合同副本.pdf", samples.pdf(), mark="m2")
    assert twin["done"] and "完全相同" in twin["message"]
    item = finding.evidence.get()
    item.finding.refresh_from_db()
    services.remove_evidence(actor=cast.member, item=item, revision=item.finding.revision)
    assert send(line, "合同.pdf", samples.pdf())[1]["done"]
    assert finding.evidence.count() == 1 and not Upload.objects.unfinished().exists()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("假照片.jpg", b"MZ\x90\0" * 20, "不符"),
        ("网页.pdf", b"<html><script>alert(1)</script></html>", "不符"),
        ("宏.docx", samples.zipped(samples.docx_parts(**{"word/vbaProject.bin": "x"})), "宏"),
        ("炸弹.docx", samples.overlapping_zip(), "未接收"),
        ("巨图.png", samples.png_claiming(30_000, 30_000), "5000 万像素"),
        ("断.jpg", PHOTO[:300], "损坏"),
    ],
)
def test_a_hostile_file_meets_the_same_gate_and_leaves_nothing(line, finding, media, name, content, says):
    status, answer = send(line, name, content, piece=200_000)
    assert status == 400 and says in answer["message"] and name in answer["message"]
    assert not finding.evidence.exists() and not Upload.objects.exists()
    assert not StoredFile.objects.exists() and on_disk(media) == []


@pytest.mark.parametrize(
    ("name", "size", "says"),
    [
        ("程序.exe", 10, "不接收"),
        ("旧.doc", 10, "另存为 .docx"),
        ("大.pdf", 51 * 1024 * 1024, "超过 50 MB"),
        ("空.pdf", 0, "空的"),
        ("数.pdf", "1e3", "空的"),
    ],
)
def test_a_refusal_comes_before_the_first_byte(line, name, size, says):
    status, answer = announce(line, name, b"", size=size)
    assert status == 400 and says in answer["message"] and not Upload.objects.exists()


@pytest.mark.parametrize(
    "name", ["../../etc/x.pdf", "..\\..\\x.pdf", "a\0b.pdf", "\u202egpj.pdf", "\r\nx.pdf"]
)
def test_no_part_of_a_name_reaches_the_disk(line, finding, media, name):
    assert send(line, name, samples.pdf())[1]["done"]
    item = finding.evidence.get()
    assert not set("/\\\0\r\n\u202e") & set(item.file.name)
    assert all(set(path.name) <= set("0123456789abcdef.thumb") for path in on_disk(media))


def test_a_file_that_grew_on_the_way_and_a_piece_too_large_are_refused(line, settings):
    settings.UPLOAD_PIECE_BYTES = 20
    key = announce(line, "合同.pdf", b"x" * 30)[1]["upload"]
    assert line.post("piece", b"x" * 21, upload=key, offset=0)[0] == 400
    line.post("piece", b"x" * 20, upload=key, offset=0)
    status, answer = line.post("piece", b"x" * 11, upload=key, offset=20)
    assert status == 400 and "途中被改动" in answer["message"]
    assert line.post("piece", {"a": "b"}, upload=key, offset=20)[0] == 400
    assert line.post("piece", b"x", upload=key, offset="-1")[0] == 400


def test_half_sent_files_of_one_person_are_limited_in_bytes_and_number(line, settings):
    settings.UPLOAD_WAITING_BYTES = 100
    assert announce(line, "一.pdf", b"", size=60)[0] == 200
    status, answer = announce(line, "二.pdf", b"", size=60)
    assert status == 400 and "没有传完" in answer["message"]
    settings.UPLOAD_WAITING_BYTES, settings.UPLOAD_WAITING_FILES = 1000, 1
    assert announce(line, "二.pdf", b"", size=60)[0] == 400
    assert announce(line, "一.pdf", b"", size=60)[0] == 200  # the one that was begun goes on


@pytest.mark.parametrize("method", ["HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
@pytest.mark.parametrize("step", ["", "begin", "piece", "finish", "drop", "other"])
def test_the_address_offers_two_ways_and_no_other(line, finding, method, step):
    key = announce(line, "合同.pdf", samples.pdf())[1]["upload"]
    answer = line.client.generic(method, f"{line.url}?step={step}&upload={key}&offset=0", b"x")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, POST")
    assert Upload.objects.get().received == 0


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_windows_at_once_keep_to_the_limit(settings):
    cast = make_cast()
    finding = papers.draft(cast, evidence=[])
    settings.UPLOAD_WAITING_BYTES = 100

    def begin(name):
        pieces.begin(owner=cast.member, target=finding, name=name, size=60, mark=name, policy=EVIDENCE)

    refused = beside(lambda: begin("一.pdf"), lambda: begin("二.pdf"))
    assert isinstance(refused, ServiceError) and "没有传完" in refused.message
    assert [row.name for row in Upload.objects.all()] == ["一.pdf"]


def test_what_was_given_up_is_gone(line, media):
    key = announce(line, "合同.pdf", samples.pdf())[1]["upload"]
    line.post("piece", samples.pdf()[:30], upload=key, offset=0)
    assert line.post("drop", upload=key) == (200, {"dropped": True})
    assert not Upload.objects.exists() and on_disk(media) == []
    assert line.post("piece", samples.pdf()[30:], upload=key, offset=30)[0] == 404


def test_another_persons_upload_and_another_papers_are_not_there(cast, line, finding, client):
    key = announce(line, "合同.pdf", samples.pdf())[1]["upload"]
    other = papers.draft(cast, evidence=[], title="另一个问题")
    elsewhere = ClientLine(client, address(other))
    assert elsewhere.post("piece", b"x", upload=key, offset=0)[0] == 404
    client.force_login(make_member(cast.team, TeamRole.MEMBER))
    assert line.post("piece", b"x", upload=key, offset=0)[0] == 404
    assert line.client.get(line.url).json()["waiting"] == []
    client.force_login(cast.outsider)
    assert line.post("piece", b"x", upload=key, offset=0)[0] == 404
    assert Upload.objects.get().received == 0


def test_an_ended_session_loses_nothing_and_a_missing_token_is_refused(cast, finding, line):
    key = announce(line, "合同.pdf", samples.pdf())[1]["upload"]
    line.post("piece", samples.pdf()[:30], upload=key, offset=0)
    line.client.logout()
    assert line.post("piece", samples.pdf()[30:], upload=key, offset=30)[0] == 302
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.member)
    assert ClientLine(strict, line.url).post("piece", samples.pdf()[30:], upload=key, offset=30)[0] == 403
    token = strict.get(line.url).json()["token"]
    url = f"{line.url}?{urlencode({'step': 'piece', 'upload': key, 'offset': 30})}"
    rest = strict.post(
        url, samples.pdf()[30:], content_type="application/octet-stream", headers={"X-CSRFToken": token}
    )
    assert rest.json()["offset"] == len(samples.pdf())
    assert django_settings.CSRF_USE_SESSIONS


def test_a_paper_that_may_not_be_changed_any_more_takes_nothing(cast, line, finding):
    key = announce(line, "合同.pdf", samples.pdf())[1]["upload"]
    line.post("piece", samples.pdf(), upload=key, offset=0)
    services.delete_finding(actor=cast.member, finding=finding, revision=finding.revision, reason="重复")
    assert line.post("finish", WORDS, upload=key)[0] in (403, 404)
    assert not StoredFile.objects.exists()


def test_what_only_the_words_were_wrong_with_keeps_its_bytes(line, finding, media):
    wrong = WORDS | {"kind": "moon"}
    assert send(line, "合同.pdf", samples.pdf(), words=wrong)[0] == 400
    assert not StoredFile.objects.exists() and len(on_disk(media)) == 1
    assert send(line, "合同.pdf", samples.pdf())[1]["done"]


def test_a_field_papers_photographs_come_the_same_way_in_order(cast, client):
    paper = papers.field(cast)
    client.force_login(cast.member)
    line = ClientLine(client, address(paper))
    contents = [samples.image((50 + n, 40)) for n in range(5)]
    for number, content in enumerate(contents):
        assert send(line, f"IMG_{number}.jpg", content, piece=500, mark=str(number))[1]["done"]
    assert [read_bytes(row.file) for row in paper.files.order_by("seq")] == contents


def test_a_new_file_under_signatures_takes_them_back_once(cast, client):
    finding = papers.checking(cast)
    client.force_login(cast.member)
    line = ClientLine(client, address(finding))
    for number in range(2):
        assert send(line, f"{number}.jpg", samples.image((50 + number, 40)), mark=str(number))[1]["done"]
    finding.refresh_from_db()
    assert finding.status == "draft" and not finding.signatures.filter(cleared_at__isnull=True).exists()


def test_what_waited_too_long_is_cleared_and_the_rest_stays(line, media, monkeypatch, settings):
    announce(line, "旧.pdf", samples.pdf(), mark="old")
    old = Upload.objects.get()
    pieces.take_piece(old, offset=0, content=samples.pdf()[:30])
    later = clock.now() + dt.timedelta(hours=settings.UPLOAD_KEEP_HOURS, minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    announce(line, "新.pdf", samples.pdf(), mark="new")
    pieces.take_piece(Upload.objects.get(name="新.pdf"), offset=0, content=samples.pdf()[:30])
    stray = pieces.folder() / ("0" * 32)
    stray.write_bytes(b"left by a crash")
    drop_uploads()
    assert [row.name for row in Upload.objects.all()] == ["新.pdf"]
    assert [path.name for path in on_disk(media)] == [Upload.objects.get().pk.hex]


def test_the_stores_own_check_leaves_half_sent_files_alone(line, monkeypatch):
    key = announce(line, "合同.pdf", samples.pdf())[1]["upload"]
    line.post("piece", samples.pdf()[:30], upload=key, offset=0)
    monkeypatch.setattr(reconcile, "GRACE_SECONDS", -10)
    assert reconcile.compare().unnamed == []


def test_the_page_offers_the_pieces_to_its_script(cast, client, finding):
    client.force_login(cast.member)
    shown = client.get(reverse("findings:finding", kwargs={"pk": finding.pk})).content.decode()
    assert f'data-upload="{address(finding)}"' in shown and "js/upload-queue.js" in shown
    client.force_login(cast.office_clerk)
    shown = client.get(reverse("findings:finding", kwargs={"pk": finding.pk})).content.decode()
    assert "data-upload" not in shown


def test_the_stored_file_opens_for_those_who_see_the_paper(line, finding):
    send(line, "合同.pdf", samples.pdf())
    with open_stored(finding.evidence.get().file) as stream:
        assert stream.read() == samples.pdf()
