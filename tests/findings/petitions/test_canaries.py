"""Canaries in all that is sealed: looked for in pages, tables, files and logs; found nowhere but in the reading."""

import io
import json
import logging
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from core import drafts
from core.models import FormKey
from findings.models import Opening, Petition
from findings.services.petitions import boxes
from tests.access.roles import EVERYONE
from tests.canaries import Hunt, files, matrix_pages, pages_as, tables
from tests.findings.petitions import keepers, petitions
from tests.findings.petitions.test_petition_pages import typed

pytestmark = pytest.mark.django_db

CANARIES = {
    "name": "欧阳金丝雀", "phone": "13988887777", "address": "青岚路金丝雀巷", "identity": "金丝雀合作社社员",
    "accused": "司马金丝雀主任", "original": "我亲眼看见金丝雀那天搬走了账本", "protection": "金丝雀不在村内约见",
}  # fmt: skip
IN_PICTURE = b"canary-in-exif-4711"
IN_RECORDING = b"canary-in-audio-tag-0815"
FILE_NAME = "金丝雀的来信.jpg"
SOUND_NAME = "金丝雀的录音.mp3"


def picture():
    buffer = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = IN_PICTURE.decode()
    Image.new("RGB", (64, 48), "green").save(buffer, "JPEG", exif=exif)
    assert IN_PICTURE in buffer.getvalue()
    return SimpleUploadedFile(FILE_NAME, buffer.getvalue(), content_type="image/jpeg")


def recording():
    tag = b"TPE1" + (len(IN_RECORDING) + 1).to_bytes(4, "big") + b"\0\0\0" + IN_RECORDING
    size = bytes([0, 0, len(tag) >> 7, len(tag) & 127])
    return SimpleUploadedFile(SOUND_NAME, b"ID3\x03\0\0" + size + tag + b"\xff\xfb\x90\0" * 200)


HUNT = Hunt(
    CANARIES | {"picture": IN_PICTURE.decode(), "recording": IN_RECORDING.decode()}, [FILE_NAME, SOUND_NAME]
)
found_in, leaks = HUNT.found_in, HUNT.leaks


def pages(cast, client, petition):
    """The petition's own pages as everybody, and every page of the matrix."""
    own = [
        reverse(f"findings:{name}", kwargs={"pk": petition.pk})
        for name in ("petition", "petition_edit", "petition_seal")
    ]
    own += [reverse("findings:opening", kwargs={"pk": row.pk}) for row in Opening.objects.all()]
    search = reverse("inspection:search")
    own += [f"{search}?q={quote(word)}" for word in ("鱼塘", petition.no)]
    yield from pages_as(EVERYONE, cast, client, own)
    yield from matrix_pages(cast, client)


# --- the story --------------------------------------------------------------------------------------------


def register(cast, client):
    """As it goes in life: a draft is kept, a first try is refused, the second one is good."""
    client.force_login(cast.member)
    sent = typed(cast, **{f"sealed_{name}": text for name, text in CANARIES.items()})
    draft = {name: [str(value)] for name, value in sent.items()}
    client.post(
        reverse("core:draft"), json.dumps({"form": "findings.petition.new", "values": draft}),
        content_type="application/json",
    )  # fmt: skip
    new = reverse("findings:petition_new")
    assert client.post(new, sent | {"sealed_files": picture(), "channel": ""}).status_code == 422
    files = {"sealed_files": [picture(), recording()]}
    assert client.post(new, sent | files | {"_key": "k2"}).status_code == 302
    return Petition.objects.get()


def read(cast, client, petition):
    """Ask, be allowed, prove oneself; gives the answer of the one reading."""
    client.force_login(cast.deputy)
    ask = {
        "wanted": [*CANARIES, "files", "originals", "attachments"],
        "reason": "需要联系反映人核对合同原件",
        "_key": "k3",
    }
    client.post(reverse("findings:opening_new", kwargs={"pk": petition.pk}), ask)
    opening = Opening.objects.get()
    client.force_login(cast.office_head)
    approve = reverse("findings:opening_action", kwargs={"pk": opening.pk, "action": "approve"})
    client.post(approve, {"revision": opening.revision})
    client.force_login(cast.deputy)
    proof = {"password": keepers.PASSWORD, "passphrase": keepers.PASSPHRASE}
    return client.post(reverse("findings:opening_read", kwargs={"pk": opening.pk}), proof)


@pytest.fixture
def story(cast, client, caplog):
    """The petition, after it was sealed and read once."""

    def tell():
        caplog.set_level(logging.DEBUG)
        # These two tell of the test's own doing: every statement, and the picture being made here.
        for name in ("django.db.backends", "PIL"):
            logging.getLogger(name).setLevel(logging.INFO)
        keepers.keeper(cast, cast.deputy)
        petition = register(cast, client)
        return petition, read(cast, client, petition)

    return tell


def test_a_canary_is_nowhere_but_in_the_reading(cast, client, story, caplog):
    petition, reading = story()
    assert found_in(reading.content) >= set(CANARIES) | {"picture", "recording"}
    assert "no-store" in reading["Cache-Control"]
    assert leaks(tables()) == set()
    assert leaks(files()) == set()
    assert found_in(caplog.text.encode()) == set()
    assert leaks(pages(cast, client, petition)) == set()
    assert leaks(tables()) == set()  # nor after all pages were opened


@pytest.mark.parametrize("spoil", ["sealing", "drafts"])
def test_without_its_guard_a_canary_is_found(cast, story, monkeypatch, spoil):
    if spoil == "sealing":
        monkeypatch.setattr(boxes, "seal", lambda key, place, name, content: content)
        monkeypatch.setattr(boxes, "open_part", lambda key, place, box: bytes(box))
    else:
        monkeypatch.setattr(drafts, "_EXCLUDED", ("csrfmiddlewaretoken", "_key"))
        monkeypatch.setattr("core.submissions.drop_draft", lambda **_: None)
    story()
    assert leaks(tables()) != set()


def test_a_reading_is_not_repeated_by_coming_back(cast, client, story):
    petition, _ = story()
    opening = Opening.objects.get()
    address = reverse("findings:opening_read", kwargs={"pk": opening.pk})
    again = client.post(address, {"password": keepers.PASSWORD, "passphrase": keepers.PASSPHRASE})
    assert again.status_code == 403
    assert found_in(again.content) == set()
    assert client.get(address).status_code == 403


def test_secrets_leave_no_fingerprint_in_the_form_key(cast, client):
    keepers.keeper(cast, cast.member)
    client.force_login(cast.member)
    digests = set()
    for number, name in enumerate(("一个人", "另一个人")):
        client.post(reverse("findings:petition_new"), typed(cast, sealed_name=name, _key=f"k{number}"))
        digests.add(FormKey.objects.get(key=f"k{number}").payload_hash)
    assert len(digests) == 1
    assert Petition.objects.count() == 2


def test_a_wrong_passphrase_counts_towards_the_brake(cast, client):
    opening = keepers.approved(cast)
    client.force_login(cast.member)
    address = reverse("findings:opening_read", kwargs={"pk": opening.pk})
    for _ in range(5):
        response = client.post(address, {"password": keepers.PASSWORD, "passphrase": "猜一个口令试试看"})
        assert response.status_code == 422
    good = client.post(address, {"password": keepers.PASSWORD, "passphrase": keepers.PASSPHRASE})
    assert good.status_code == 422  # the brake, whatever is typed
    assert Opening.objects.get().status == "approved"


def test_custodians_are_managed_by_their_pages(cast, client):
    head = keepers.with_password(cast.office_head)
    client.force_login(head)
    page = reverse("findings:custodians")
    assert "还没有保密管理人" in client.get(page).content.decode()
    client.post(reverse("findings:custodian_new"), {"user": cast.member.pk, "_key": "a"})
    client.post(reverse("findings:custodian_new"), {"user": head.pk, "_key": "b"})
    rows = client.get(page).context["rows"]
    assert [row["custodian"].user for row in rows] == [cast.member, head]
    key = reverse("findings:custodian_key", kwargs={"pk": rows[1]["custodian"].pk})
    secrets = {"password": keepers.PASSWORD, "passphrase": keepers.PASSPHRASE, "again_passphrase": "别的"}
    with keepers.cheap():
        assert "两次输入" in client.post(key, secrets).content.decode()
        response = client.post(key, secrets | {"again_passphrase": keepers.PASSPHRASE})
        assert response.url == page
    petitions.registered(cast)
    own = client.get(page).context["rows"][1]
    assert (own["lacks"], own["own"]) == (0, True)
    retire = reverse("findings:custodian_retire", kwargs={"pk": rows[0]["custodian"].pk})
    client.post(retire, {"reason": "轮岗"})
    assert "已卸任" in client.get(page).content.decode()
