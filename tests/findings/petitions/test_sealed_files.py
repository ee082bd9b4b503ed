"""Files that are no pictures: sealed as they came, bounded, played or handed out in the one reading, traced as that."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.audit import AuditEntry
from core.errors import ServiceError
from core.files.policy import MEGABYTE
from findings import services
from findings.models import SealedPacket, SealedPart
from findings.services.petitions import sealed
from tests.core import samples
from tests.findings.petitions import keepers, petitions
from tests.findings.petitions.test_box import at, box, numbers, sent  # noqa: F401  (a fixture)

pytestmark = pytest.mark.django_db

SOUND = b"ID3\x03\0\0\0\0\0\0" + b"\xff\xfb\x90\0" * 50
MOVIE = b"\0\0\0\x18ftypisom\0\0\0\0isommp42" + b"\0" * 64
M4A = b"\0\0\0\x18ftypM4A \0\0\0\0M4A isom" + b"\0" * 64
FILES = {
    "举报信.pdf": samples.pdf(),
    "材料.docx": samples.zipped(samples.docx_parts()),
    "录音.mp3": SOUND,
    "录音.m4a": M4A,
    "录像.mp4": MOVIE,
}


def uploads(*names):
    return [SimpleUploadedFile(name, FILES[name]) for name in names]


def attached(cast, *names):
    petition = keepers.sealed_petition(cast, {}, uploads(*names))
    return petition, keepers.approved(cast, petition, ["attachments"])


def test_every_kind_comes_back_byte_by_byte_without_its_name(cast):
    _, opening = attached(cast, *FILES)
    (part,) = keepers.read(cast, opening).parts
    assert [(f.kind, f.content) for f in part.files] == [(n.rpartition(".")[2], c) for n, c in FILES.items()]
    assert not hasattr(part.files[0], "name")
    sizes = {len(row.box) for row in SealedPart.objects.filter(name="attachments")}
    assert len(sizes) == 1  # whole blocks


def test_pictures_and_files_of_one_form_keep_apart(cast):
    image = SimpleUploadedFile("a.jpg", samples.image())
    petition = keepers.sealed_petition(cast, {}, [image, *uploads("举报信.pdf")])
    opening = keepers.approved(cast, petition, ["files", "originals", "attachments"])
    by_label = {part.label: part for part in keepers.read(cast, opening).parts}
    assert [len(by_label[name].pictures) for name in ("照片", "照片原件（含拍摄信息）")] == [1, 1]
    assert [f.kind for f in by_label["材料原件（PDF、Word、录音、录像）"].files] == ["pdf"]


@pytest.mark.parametrize(
    ("name", "size", "match"),
    [("a.jpg", 5 * MEGABYTE + 1, "照片超过5 MB"), ("a.pdf", 20 * MEGABYTE + 1, "文件超过20 MB")],
)
def test_what_is_too_large_is_refused(cast, name, size, match):
    upload = SimpleUploadedFile(name, b"x")
    upload.size = size
    with pytest.raises(ServiceError, match=match):
        keepers.sealed_petition(cast, {}, [upload])
    assert not SealedPacket.objects.exists()


def test_a_petition_holds_so_much_and_no_more(cast, monkeypatch):
    petition, _ = attached(cast, "举报信.pdf")
    held = sum(SealedPart.objects.filter(name="attachments").values_list("size", flat=True))
    monkeypatch.setattr(sealed, "LARGEST_STORE", held + len(SOUND) - 1)
    with pytest.raises(ServiceError, match="合计不超过"):
        services.seal_petition(actor=cast.member, petition=petition, texts={}, files=uploads("录音.mp3"))
    monkeypatch.setattr(sealed, "LARGEST_STORE", held + len(SOUND))
    services.seal_petition(actor=cast.member, petition=petition, texts={}, files=uploads("录音.mp3"))


def test_a_document_with_a_macro_and_a_seventh_file_are_refused(cast):
    macro = samples.zipped(samples.docx_parts(**{"word/vbaProject.bin": b"x"}))
    with pytest.raises(ServiceError):
        keepers.sealed_petition(cast, {}, [SimpleUploadedFile("a.docx", macro)])
    with pytest.raises(ServiceError, match="最多封存6个"):
        keepers.sealed_petition(cast, {}, uploads(*["举报信.pdf"] * 7))


def test_handing_out_is_traced_by_a_verb_of_its_own_and_only_then(cast):
    petition, opening = attached(cast, "举报信.pdf")
    keepers.read(cast, keepers.approved(cast, petition, ["name"]))
    assert not AuditEntry.objects.filter(verb="findings.petition.hand_out").exists()
    keepers.read(cast, opening)
    assert AuditEntry.objects.filter(verb="findings.petition.hand_out").count() == 1
    nothing = petitions.registered(cast)
    services.seal_petition(actor=cast.member, petition=nothing, texts=keepers.TEXTS)
    keepers.read(cast, keepers.approved(cast, petitions.reload(nothing), ["attachments"]))
    assert AuditEntry.objects.filter(verb="findings.petition.hand_out").count() == 1


def test_the_page_plays_recordings_and_hands_out_the_rest_in_one_answer(cast, client):
    petition, opening = attached(cast, *FILES)
    client.force_login(cast.member)
    proof = {"password": keepers.PASSWORD, "passphrase": keepers.PASSPHRASE}
    answer = client.post(reverse("findings:opening_read", kwargs={"pk": opening.pk}), proof)
    page = answer.content.decode()
    assert (page.count("<audio"), page.count("<video"), page.count("取出第")) == (2, 1, 2)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "media-src 'self' blob:" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert "原件，没有去除" in page
    assert answer.context["seconds"] == 1800
    assert "举报信" not in page


def test_a_villager_sends_a_recording(cast, client, box):  # noqa: F811
    answer = client.post(at(box), sent(sealed_files=uploads("录音.mp3")[0]))
    assert len(numbers(answer)) == 2, answer.content.decode()[-1500:]
    assert SealedPart.objects.filter(name="attachments").count() == 1
