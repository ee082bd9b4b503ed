"""What tells who reported: ciphertext at rest, opened by two people, traced before it is shown, shown once."""

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from nacl.exceptions import CryptoError
from PIL import Image

from core import clock
from core.audit import AuditEntry
from core.errors import NotAllowed, ServiceError
from findings import services
from findings.models import Custodian, Opening, SealedField, SealedKey, SealedPacket, SealedPart
from findings.services.petitions import boxes
from tests.findings.petitions import keepers, petitions

pytestmark = pytest.mark.django_db


def picture(colour="green"):
    buffer = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(buffer, "JPEG")
    return SimpleUploadedFile("来信.jpg", buffer.getvalue(), content_type="image/jpeg")


def shown(reading):
    return {part.label: part.texts for part in reading.parts}


def verbs():
    return list(AuditEntry.objects.order_by("seq").values_list("verb", flat=True))


# --- sealing ----------------------------------------------------------------------------------------------


FILES = ("files", "originals", "attachments")


def test_what_is_sealed_is_read_back_as_it_was(cast):
    texts = {name: f"{SealedField(name).label}𠮷" for name in SealedField.values if name not in FILES}
    one, two = picture(), picture("red")
    petition = keepers.sealed_petition(cast, texts, [one, two])
    reading = keepers.read(cast, keepers.approved(cast, petition, SealedField.values))
    assert {label: words for label, words in shown(reading).items() if words} == {
        SealedField(name).label: [text] for name, text in texts.items()
    }
    originals = next(part for part in reading.parts if part.label == SealedField.ORIGINALS.label)
    assert originals.pictures == [one.open().read(), two.open().read()]


def test_the_working_copy_of_a_picture_says_nothing_of_place_and_camera(cast):
    buffer, exif = io.BytesIO(), Image.Exif()
    exif[0x0110] = "telling-camera"
    Image.new("RGB", (2400, 1200), "green").save(buffer, "JPEG", exif=exif)
    upload = SimpleUploadedFile("a.jpg", buffer.getvalue(), content_type="image/jpeg")
    petition = keepers.sealed_petition(cast, files=[upload])
    reading = keepers.read(cast, keepers.approved(cast, petition, ["files"]))
    (copy,) = reading.parts[0].pictures
    with Image.open(io.BytesIO(copy)) as image:
        assert (image.size, dict(image.getexif())) == ((1800, 900), {})
    assert b"telling-camera" not in copy


def test_only_what_was_asked_for_is_shown(cast):
    opening = keepers.approved(cast, wanted=["phone"])
    assert shown(keepers.read(cast, opening)) == {"联系电话": ["13900001234"]}


def test_more_is_sealed_beside_what_was(cast):
    petition = keepers.sealed_petition(cast)
    services.seal_petition(actor=cast.deputy, petition=petition, texts={"name": "另一人"})
    assert SealedPacket.objects.filter(handle=petition.seal_handle).count() == 2
    assert shown(keepers.read(cast, keepers.approved(cast, petition))) == {"反映人姓名": ["欧阳告", "另一人"]}


def test_without_a_custodian_nothing_is_taken_in(cast):
    with pytest.raises(ServiceError, match="保密管理人"):
        services.register_petition(
            actor=cast.member, inspection=cast.inspection, values=petitions.values(),
            sealed={"texts": keepers.TEXTS, "files": []},
        )  # fmt: skip
    keepers.appointed(cast, cast.member)  # no passphrase yet
    with pytest.raises(ServiceError, match="保密管理人"):
        services.seal_petition(actor=cast.member, petition=petitions.registered(cast), texts=keepers.TEXTS)
    assert not SealedPacket.objects.exists()


def test_lengths_say_nothing(cast):
    short, long = (
        keepers.sealed_petition(cast, {"name": "王"}),
        keepers.sealed_petition(cast, {"name": "欧阳" * 40}),
    )
    sizes = [
        sorted(
            (part.name, len(bytes(part.box)))
            for part in SealedPart.objects.filter(packet__handle=row.seal_handle)
        )
        for row in (short, long)
    ]
    assert sizes[0] == sizes[1]


def test_a_ciphertext_opens_only_in_its_place(cast):
    keepers.sealed_petition(cast)
    other = keepers.sealed_petition(cast, {"name": "别人"})
    name, phone = (
        SealedPart.objects.get(packet__handle=other.seal_handle, name=n) for n in ("name", "phone")
    )
    SealedPart.objects.filter(pk=name.pk).update(box=phone.box)
    with pytest.raises(ServiceError, match="打不开"):
        keepers.read(cast, keepers.approved(cast, other))


def test_a_key_opens_only_its_packet(cast):
    first, second = keepers.sealed_petition(cast), keepers.sealed_petition(cast)
    keys = [
        SealedKey.objects.get(packet__handle=row.seal_handle, custodian__user=cast.member)
        for row in (first, second)
    ]
    SealedKey.objects.filter(pk=keys[1].pk).update(box=keys[0].box)
    with pytest.raises(ServiceError, match="打不开"):
        keepers.read(cast, keepers.approved(cast, second))


def test_a_wrapped_key_says_which_packet_it_is_for():
    with keepers.cheap():
        public, locked = boxes.make_pair(keepers.PASSPHRASE)
    private, key = boxes.unlock(locked, keepers.PASSPHRASE), boxes.new_data_key()
    wrapped = boxes.wrap(key, "one", public)
    assert boxes.unwrap(wrapped, "one", private) == key
    with pytest.raises(CryptoError):
        boxes.unwrap(wrapped, "other", private)


@pytest.mark.parametrize(
    "upload",
    [
        SimpleUploadedFile("a.jpg", b"<html>"),
        SimpleUploadedFile("a.pdf", b"%PDF-1.4"),
        SimpleUploadedFile("a.exe", b"MZ"),
        SimpleUploadedFile("a.xlsx", b"PK"),
        SimpleUploadedFile("a.mp3", b"%PDF-1.4 %%EOF"),
    ],
)
def test_what_is_not_what_it_says_is_refused(cast, upload):
    with pytest.raises(ServiceError):
        keepers.sealed_petition(cast, files=[upload])
    assert not SealedPacket.objects.exists()


# --- reading ----------------------------------------------------------------------------------------------


def test_the_trail_knows_before_anything_is_opened(cast, monkeypatch):
    opening = keepers.approved(cast)
    told = []
    plain = boxes.open_part
    monkeypatch.setattr(boxes, "open_part", lambda *args: told.append(verbs()[-2:]) or plain(*args))
    keepers.read(cast, opening)
    assert told == [["findings.opening.read", "findings.petition.read_sealed"]]
    assert keepers.reload(opening).status == "read"


def test_a_grant_is_good_for_one_reading(cast):
    opening = keepers.approved(cast)
    keepers.read(cast, opening)
    with pytest.raises(NotAllowed):
        keepers.read(cast, keepers.reload(opening))
    with pytest.raises(ServiceError):  # the row as an older page has it
        keepers.read(cast, opening)


def test_two_readings_at_once_give_one(cast):
    one = keepers.approved(cast)
    other = keepers.reload(one)
    keepers.read(cast, one)
    with pytest.raises(ServiceError):
        keepers.read(cast, other)
    assert verbs().count("findings.petition.read_sealed") == 1


def test_an_approval_grows_old(cast):
    opening = keepers.approved(cast)
    Opening.objects.filter(pk=opening.pk).update(approved_at=clock.now() - dt.timedelta(minutes=16))
    with pytest.raises(NotAllowed, match="过期"):
        keepers.read(cast, keepers.reload(opening))


def test_a_day_has_five_readings(cast):
    petition = keepers.sealed_petition(cast)
    for _ in range(5):
        keepers.read(cast, keepers.approved(cast, petition))
    with pytest.raises(NotAllowed, match="24小时"):
        keepers.read(cast, keepers.approved(cast, petition))


@pytest.mark.parametrize(
    ("wrong", "match"),
    [({"password": "x"}, "登录密码"), ({"passphrase": "另一句话另一句话另一句"}, "封存口令")],
)
def test_a_wrong_secret_opens_nothing_and_is_traced(cast, wrong, match):
    opening = keepers.approved(cast)
    with pytest.raises(ServiceError, match=match):
        keepers.read(cast, opening, **wrong)
    assert verbs()[-1] == "findings.opening.denied"
    assert keepers.reload(opening).status == "approved"


def test_nobody_else_reads_what_was_allowed_to_one(cast):
    opening = keepers.approved(cast)
    for role in ("office_clerk", "office_head", "leader"):
        with pytest.raises(NotAllowed):
            keepers.read(cast, opening, actor=keepers.with_password(getattr(cast, role)))
    assert "findings.petition.read_sealed" not in verbs()


def test_the_same_person_never_asks_and_allows(cast):
    opening = keepers.asked(cast)
    with pytest.raises(NotAllowed, match="另一人"):
        services.approve_opening(actor=cast.member, opening=opening)
    with pytest.raises(NotAllowed):
        keepers.read(cast, opening)


@pytest.mark.parametrize(
    "role", ["leader", "deputy", "archivist", "outsider", "town", "discipline", "sysadmin"]
)
def test_who_keeps_no_key_neither_asks_nor_allows(cast, role):
    opening = keepers.asked(cast)
    with pytest.raises(NotAllowed):
        services.approve_opening(actor=getattr(cast, role), opening=opening)
    with pytest.raises(NotAllowed):
        services.ask_to_read(
            actor=getattr(cast, role), petition=opening.petition, wanted=["name"], reason="需要联系反映人核对"
        )


@pytest.mark.parametrize(
    ("wanted", "reason"),
    [([], "需要联系反映人核对合同"), (["name"], "太短"), (["x"], "需要联系反映人核对合同")],
)
def test_a_request_names_what_and_why(cast, wanted, reason):
    petition = keepers.sealed_petition(cast)
    with pytest.raises(ServiceError):
        services.ask_to_read(actor=cast.member, petition=petition, wanted=wanted, reason=reason)
    assert not Opening.objects.exists()


def test_a_refusal_says_why_and_opens_nothing(cast):
    opening = services.refuse_opening(
        actor=cast.office_clerk, opening=keepers.asked(cast), reason="摘要已经够用"
    )
    entry = AuditEntry.objects.get(verb="findings.opening.refuse")
    assert (entry.target_id, entry.reason) == (str(opening.pk), "摘要已经够用")
    with pytest.raises(NotAllowed):
        keepers.read(cast, keepers.reload(opening))


# --- custodians -------------------------------------------------------------------------------------------


def test_the_head_of_the_office_appoints_from_the_inspecting_side(cast):
    for role in ("office_clerk", "leader", "sysadmin", "town"):
        with pytest.raises(NotAllowed):
            services.appoint_custodian(actor=getattr(cast, role), user=cast.member)
    with pytest.raises(ServiceError):
        keepers.appointed(cast, cast.town)
    keepers.appointed(cast, cast.member)
    with pytest.raises(ServiceError, match="已经是"):
        keepers.appointed(cast, cast.member)


def test_nobody_chooses_the_passphrase_of_another(cast):
    row = keepers.appointed(cast, cast.member)
    with pytest.raises(NotAllowed):
        services.choose_passphrase(
            actor=keepers.with_password(cast.office_head),
            custodian=row,
            password=keepers.PASSWORD,
            passphrase="x" * 12,
        )


@pytest.mark.parametrize("passphrase", ["短", keepers.PASSWORD])
def test_a_weak_passphrase_is_refused(cast, passphrase):
    with pytest.raises(ServiceError):
        keepers.keeper(cast, cast.member, passphrase)


def test_the_passphrase_is_nowhere_and_can_be_changed(cast):
    opening = keepers.approved(cast)
    row = Custodian.objects.get(user=cast.member)
    new = "换一句别人想不到的话来用"
    change = {"actor": cast.member, "custodian": row, "password": keepers.PASSWORD, "passphrase": new}
    with keepers.cheap():
        with pytest.raises(ServiceError, match="原封存口令"):
            services.change_passphrase(**change, old=new)
        services.change_passphrase(**change, old=keepers.PASSPHRASE)
    with pytest.raises(ServiceError):
        keepers.read(cast, opening)
    assert shown(keepers.read(cast, opening, passphrase=new)) == {"反映人姓名": ["欧阳告"]}


def test_who_comes_later_reads_earlier_ones_only_after_wrapping_anew(cast):
    petition = keepers.sealed_petition(cast)
    keepers.keeper(cast, cast.leader)
    ask = {"petition": petition, "wanted": ["name"], "reason": "需要联系反映人核对合同原件"}

    def reading():
        row = services.ask_to_read(actor=cast.leader, **ask)
        row = services.approve_opening(actor=cast.office_head, opening=keepers.reload(row))
        return keepers.read(cast, keepers.reload(row), actor=cast.leader)

    assert (shown(reading()), reading().locked) == ({"反映人姓名": []}, 1)
    own = Custodian.objects.get(user=cast.member)
    with pytest.raises(ServiceError, match="口令不对"):
        services.rewrap_packets(actor=cast.member, custodian=own, passphrase="不是这一句话")
    services.rewrap_packets(actor=cast.member, custodian=own, passphrase=keepers.PASSPHRASE)
    assert (shown(reading()), reading().locked) == ({"反映人姓名": ["欧阳告"]}, 0)


def test_who_is_released_opens_nothing_any_more(cast):
    opening = keepers.approved(cast)
    row = Custodian.objects.get(user=cast.member)
    services.retire_custodian(actor=cast.office_head, custodian=row, reason="轮岗")
    with pytest.raises(NotAllowed):
        keepers.read(cast, opening)
    assert not SealedKey.objects.filter(custodian=row).exists()
    assert bytes(Custodian.objects.get(pk=row.pk).locked_key) == b""
    last = Custodian.objects.get(user=cast.office_clerk)
    with pytest.raises(ServiceError, match="只有.*能打开"):
        services.retire_custodian(actor=cast.office_head, custodian=last, reason="轮岗")
