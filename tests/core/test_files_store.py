"""The store: untouched bytes, random paths, no row without its file, nothing left behind."""

import hashlib
import io
import threading
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from PIL import Image

from core.errors import ServiceError
from core.files import EVIDENCE, PHOTO, read_bytes, store_bytes, store_path, store_upload, store_uploads
from core.files.policy import UploadPolicy
from core.files.responses import send, send_thumbnail
from core.files.store import FileMissing, StorageFull, keep, path_of, receiving
from core.models import AuditEntry, StoredFile
from tests.core import samples

pytestmark = pytest.mark.django_db

CLERK = SimpleNamespace(pk="0190-1", display_name="林溪", role="office_clerk")


@pytest.fixture
def media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def files_in(media):
    return sorted(path for path in media.rglob("*") if path.is_file())


def upload(name, content):
    return SimpleUploadedFile(name, content)


def test_an_upload_is_kept_byte_for_byte_with_its_digest_and_who_brought_it(media):
    content = samples.pdf()
    stored = store_upload(
        actor=CLERK,
        upload=upload("会议记录.PDF", content),
        policy=EVIDENCE,
        origin=StoredFile.Origin.COPY,
        pages=3,
    )
    row = StoredFile.objects.get(pk=stored.pk)
    assert read_bytes(row) == content
    assert (row.name, row.kind, row.size) == ("会议记录.PDF", "pdf", len(content))
    assert row.sha256 == hashlib.sha256(content).hexdigest()
    assert (row.origin, row.pages, row.uploaded_by_name) == ("copy", 3, "林溪")
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.target_label, entry.actor_name) == ("files.upload", "会议记录.PDF", "林溪")


def test_no_part_of_the_clients_name_reaches_the_disk(media):
    stored = store_upload(actor=CLERK, upload=upload("../../etc/证据.pdf", samples.pdf()), policy=EVIDENCE)
    [path] = files_in(media)
    assert path == path_of(stored) and path.is_relative_to(media)
    assert set(path.name) <= set("0123456789abcdef") and len(path.name) == 32
    assert path.stat().st_mode & 0o077 == 0


def test_a_refused_upload_leaves_no_row_and_no_byte_and_names_the_file(media):
    with pytest.raises(ServiceError) as refusal:
        store_upload(actor=CLERK, upload=upload("假照片.jpg", b"MZ\0\0"), policy=EVIDENCE)
    assert refusal.value.message.startswith("“假照片.jpg”：")
    assert not StoredFile.objects.exists() and files_in(media) == []


def test_a_file_over_the_limit_is_refused_by_counting_not_by_trusting_the_header(media):
    small = UploadPolicy(("pdf",), 1024 * 1024, 1)
    big = upload("大.pdf", samples.pdf() + b" " * (1024 * 1024))
    big.size = 10
    with pytest.raises(ServiceError, match="超过 1 MB"):
        store_upload(actor=CLERK, upload=big, policy=small)
    assert files_in(media) == []


def test_several_uploads_come_in_together_or_not_at_all(media):
    good, bad = upload("a.pdf", samples.pdf()), upload("b.pdf", b"no pdf")
    with pytest.raises(ServiceError, match=r"b\.pdf"):
        store_uploads(actor=CLERK, uploads=[good, bad], policy=EVIDENCE)
    assert not StoredFile.objects.exists() and files_in(media) == []


def test_more_files_than_the_form_takes_are_refused_before_any_is_read(media):
    uploads = [upload(f"{n}.jpg", b"x") for n in range(31)]
    with pytest.raises(ServiceError, match="最多上传 30 个"):
        store_uploads(actor=CLERK, uploads=uploads, policy=PHOTO)


class NamelessRole:
    """An actor the trail cannot write down: the row's transaction fails after the file is in place."""

    pk, display_name = "0190-2", "林溪"

    @property
    def role(self):
        raise RuntimeError("no role")


def test_a_failed_row_takes_its_file_with_it(media):
    with pytest.raises(RuntimeError, match="no role"), transaction.atomic():
        store_bytes(actor=NamelessRole(), name="表.csv", content=b"a,b")
    assert not StoredFile.objects.exists() and files_in(media) == []


def test_a_full_disk_is_told_in_words_and_nothing_stays(media):
    with pytest.raises(StorageFull) as refusal, receiving() as incoming:
        incoming.write(b"x")
        with open("/dev/full", "wb", buffering=0) as full:
            full.write(b"x")
    assert "未保存" in refusal.value.message and refusal.value.status == 507
    assert files_in(media) == []


def test_a_produced_office_file_with_a_fault_is_not_kept(media):
    with pytest.raises(ValueError, match="faulty"):
        store_bytes(actor=CLERK, name="报告.docx", content=samples.zipped({"word/document.xml": "<a>"}))
    assert files_in(media) == []


def test_a_large_product_is_hashed_while_it_is_written(media):
    with receiving() as incoming:
        for _ in range(3):
            incoming.write(b"x" * 100_000)
        stored = keep(incoming, actor=CLERK, name="归档包.zip")
    assert stored.sha256 == hashlib.sha256(b"x" * 300_000).hexdigest()
    assert files_in(media) == [path_of(stored)]


def test_a_file_made_elsewhere_is_copied_in_and_left_where_it_was(media, tmp_path):
    source = tmp_path / "made.zip"
    source.write_bytes(b"PK")
    stored = store_path(actor=CLERK, name="归档包.zip", path=source)
    assert read_bytes(stored) == b"PK" and source.exists()
    assert stored.origin == StoredFile.Origin.SYSTEM


def test_two_people_may_bring_the_same_file_at_the_same_time(media):
    results = []

    def receive():
        with receiving() as incoming:
            incoming.write(b"same")
            results.append(incoming.path)

    threads = [threading.Thread(target=receive) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(results)) == 8 and files_in(media) == []


# --- pictures -----------------------------------------------------------------------------------------------


def test_a_photo_gets_a_small_upright_picture_without_camera_and_place(media):
    original = samples.photo_with_place()
    stored = store_upload(actor=CLERK, upload=upload("现场.jpg", original), policy=PHOTO)
    assert read_bytes(stored) == original
    small = b"".join(send_thumbnail(stored).streaming_content)
    assert b"CAMERA-CANARY" in original and b"CAMERA-CANARY" not in small
    with Image.open(io.BytesIO(small)) as picture:
        assert picture.size == (240, 480)
        assert not picture.getexif() and "icc_profile" not in picture.info


def test_transparent_and_grey_pictures_get_a_small_one_too(media):
    for mode in ("RGBA", "P", "L", "1", "LA"):
        stream = io.BytesIO()
        Image.new(mode, (600, 300)).save(stream, "PNG")
        stored = store_upload(actor=CLERK, upload=upload("图.png", stream.getvalue()), policy=PHOTO)
        with Image.open(io.BytesIO(b"".join(send_thumbnail(stored).streaming_content))) as picture:
            assert picture.size == (480, 240)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (samples.png_claiming(30_000, 30_000), "5000 万像素"),
        (samples.png_claiming(100, 100), "损坏"),
        (samples.image((400, 300))[:900], "损坏"),
        (b"\xff\xd8\xff" + b"<script>alert(1)</script>", "损坏"),
    ],
    ids=["900 megapixels", "pixels missing", "cut off", "only a signature"],
)
def test_a_picture_that_cannot_be_drawn_is_refused(media, content, sentence):
    name = "图.png" if content.startswith(b"\x89PNG") else "图.jpg"
    with pytest.raises(ServiceError, match=sentence):
        store_upload(actor=CLERK, upload=upload(name, content), policy=PHOTO)
    assert files_in(media) == []


# --- the way out --------------------------------------------------------------------------------------------


def test_a_download_is_a_file_and_never_a_page(media):
    stored = store_upload(actor=CLERK, upload=upload("谈话 记录.pdf", samples.pdf()), policy=EVIDENCE)
    response = send(stored)
    assert b"".join(response.streaming_content) == samples.pdf()
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%E8%B0%88")
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Content-Length"] == str(len(samples.pdf()))


NAMES = {
    "../../etc/passwd.pdf": "passwd.pdf",
    "..\\..\\windows\\a.pdf": "a.pdf",
    "C:\\Users\\林溪\\底稿.pdf": "底稿.pdf",
    "a\x00b.pdf": "ab.pdf",
    "a\r\nSet-Cookie: x=1.pdf": "a Set-Cookie_ x=1.pdf",
    'a"b;c.pdf': "a_b;c.pdf",
    "\u202egpj.pdf": "gpj.pdf",
    "零\u200b宽.pdf": "零宽.pdf",
    "-rf.pdf": "_-rf.pdf",
    "con.pdf": "_con.pdf",
    "LPT1.pdf": "_LPT1.pdf",
    " . 报告 .pdf. ": "报告.pdf",
    "报" * 300 + ".pdf": "报" * 116 + ".pdf",
    "%2e%2e%2fa.pdf": "%2e%2e%2fa.pdf",
    "ａ．ｐｄｆ.pdf": "ａ．ｐｄｆ.pdf",
    "𠮷野.pdf": "𠮷野.pdf",
}


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_hostile_name_becomes_a_harmless_one_and_the_header_stays_one_line(media, name):
    file = io.BytesIO(samples.pdf())
    file.chunks = lambda size: iter([samples.pdf()])
    file.name = name
    stored = store_upload(actor=CLERK, upload=file, policy=EVIDENCE)
    assert stored.name == NAMES[name]
    header = send(stored)["Content-Disposition"]
    assert "\r" not in header and "\n" not in header and header.startswith("attachment; filename")


def test_a_file_the_store_has_lost_is_said_to_be_lost(media):
    stored = store_bytes(actor=CLERK, name="表.csv", content=b"a,b")
    path_of(stored).unlink()
    with pytest.raises(FileMissing, match=r"表\.csv"):
        send(stored)
