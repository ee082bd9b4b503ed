"""The key in the safe: opens everything when no custodian can, nothing else, and says what was typed wrongly."""

import pytest
from django.urls import reverse

from core.audit import AuditEntry
from core.errors import NotAllowed, ServiceError
from findings import services
from findings.models import Custodian, RecoveryKey, SealedKey, SealedPacket
from findings.services.petitions import boxes, paperkey
from tests.findings.petitions import keepers

pytestmark = pytest.mark.django_db
OTHER = "换一句别人想不到的话来用"


def made(cast):
    head = keepers.with_password(cast.office_head)
    return services.make_recovery_key(actor=head, password=keepers.PASSWORD)


def lose_all(cast):
    """Nobody knows a passphrase any more: every locked key is overwritten by one nobody has the words for."""
    with keepers.cheap():
        _, locked = boxes.make_pair("没有人知道的另一句话")
    Custodian.objects.update(locked_key=locked)


def read_with(cast, petition, recovery, wanted=("name",)):
    opening = keepers.approved(cast, petition, wanted)
    return services.read_sealed(
        actor=cast.member, opening=opening, password=keepers.PASSWORD, recovery=recovery
    )


def rewrap(cast, **secret):
    own = Custodian.objects.get(user=cast.member, retired_on=None)
    return services.rewrap_packets(actor=cast.member, custodian=own, **secret)


def texts(reading):
    return reading.parts[0].texts


def test_when_all_passphrases_are_lost_everything_opens_with_the_key_and_nothing_without(cast):
    before = [keepers.sealed_petition(cast, {"name": f"甲{n}"}) for n in range(3)]
    key = made(cast)
    rewrap(cast, passphrase=keepers.PASSPHRASE)
    after = [keepers.sealed_petition(cast, {"name": f"乙{n}"}) for n in range(2)]
    lose_all(cast)
    for petition in before + after:
        with pytest.raises(ServiceError, match="封存口令"):
            keepers.read(cast, keepers.approved(cast, petition))
    found = [texts(read_with(cast, petition, key)) for petition in before + after]
    assert found == [["甲0"], ["甲1"], ["甲2"], ["乙0"], ["乙1"]]


def test_what_was_sealed_before_the_key_needs_wrapping_anew(cast):
    petition = keepers.sealed_petition(cast)
    key = made(cast)
    reading = read_with(cast, petition, key)
    assert (texts(reading), reading.locked) == ([], 1)
    rewrap(cast, passphrase=keepers.PASSPHRASE)
    assert texts(read_with(cast, petition, key)) == ["欧阳告"]


def test_a_new_custodian_is_given_everything_with_the_key(cast):
    petition = keepers.sealed_petition(cast)
    key = made(cast)
    rewrap(cast, passphrase=keepers.PASSPHRASE)
    for row in Custodian.objects.filter(retired_on=None):
        services.retire_custodian(actor=cast.office_head, custodian=row, reason="全部轮岗")
    keepers.keeper(cast, cast.member, OTHER)
    assert texts(keepers.read(cast, keepers.approved(cast, petition), passphrase=OTHER)) == []
    rewrap(cast, recovery=key)
    assert texts(keepers.read(cast, keepers.approved(cast, petition), passphrase=OTHER)) == ["欧阳告"]
    assert RecoveryKey.objects.get().used_on is not None


def test_a_use_has_a_verb_of_its_own_and_asks_for_a_new_key(cast):
    made(cast)
    petition = keepers.sealed_petition(cast)
    assert RecoveryKey.objects.get().used_on is None
    key = made(cast)
    rewrap(cast, passphrase=keepers.PASSPHRASE)
    read_with(cast, petition, key)
    verbs = list(AuditEntry.objects.values_list("verb", flat=True))
    assert verbs.count("findings.petition.read_by_recovery") == 1
    assert "findings.petition.read_sealed" not in verbs
    assert RecoveryKey.objects.get(current=True).used_on is not None


def test_the_steps_before_a_reading_are_the_same(cast):
    key = made(cast)
    opening = keepers.asked(cast)
    proof = {"opening": opening, "password": keepers.PASSWORD, "recovery": key}
    with pytest.raises(NotAllowed):
        services.read_sealed(actor=cast.member, **proof)
    opening = services.approve_opening(actor=cast.office_head, opening=opening)
    for role in ("office_head", "leader", "office_clerk"):
        with pytest.raises(NotAllowed):
            services.read_sealed(
                actor=keepers.with_password(getattr(cast, role)), **proof | {"opening": opening}
            )
    with pytest.raises(ServiceError, match="登录密码"):
        services.read_sealed(actor=cast.member, **proof | {"opening": opening, "password": "x"})


def test_a_replaced_key_opens_until_its_successor_opens_everything(cast):
    old = made(cast)
    petition = keepers.sealed_petition(cast)
    new = made(cast)
    assert texts(read_with(cast, petition, old)) == ["欧阳告"]
    rewrap(cast, passphrase=keepers.PASSPHRASE)
    assert texts(read_with(cast, petition, old)) == []
    assert texts(read_with(cast, petition, new)) == ["欧阳告"]


def test_a_key_moved_to_another_packet_opens_nothing(cast):
    key = made(cast)
    one, two = keepers.sealed_petition(cast), keepers.sealed_petition(cast)
    held = [SealedKey.objects.get(packet__handle=p.seal_handle, custodian=None) for p in (one, two)]
    SealedKey.objects.filter(pk=held[1].pk).update(box=held[0].box)
    with pytest.raises(ServiceError, match="打不开"):
        read_with(cast, two, key)


# --- on paper ---------------------------------------------------------------------------------------------


def test_the_key_is_kept_nowhere(cast):
    key = made(cast)
    row = RecoveryKey.objects.get()
    assert paperkey.typed(key).public_key.encode().hex() == row.public_key
    secret = paperkey.typed(key).encode().hex()
    entry = AuditEntry.objects.get(verb="findings.recovery.make")
    for text in (str(row.__dict__), str(entry.after)):
        assert secret not in text and key not in text
    assert row.public_key not in str(entry.after)


def test_it_may_be_typed_as_people_type(cast):
    key = made(cast)
    plain = paperkey.typed(key).encode()
    sloppy = key.lower().replace("0", "o").replace("1", "l").replace(" ", "-")
    assert paperkey.typed(f"  {sloppy}\n").encode() == plain


def test_every_single_slip_is_noticed():
    with_slips = 0
    key = paperkey.as_text(boxes.PrivateKey.generate())
    for at, char in enumerate(key):
        if char == " ":
            continue
        wrong = key[:at] + ("2" if char != "2" else "3") + key[at + 1 :]
        with pytest.raises(ServiceError, match="抄错"):
            paperkey.typed(wrong)
        with_slips += 1
    assert with_slips == 56


@pytest.mark.parametrize(
    ("text", "match"),
    [("", "14组"), ("ABCD", "4个字符"), ("U" * 56, "没有“U”"), ("A" * 57, "57个"), ("甲" * 56, "没有“甲”")],
)
def test_what_is_no_key_says_what_is_wrong_with_it(text, match):
    with pytest.raises(ServiceError, match=match):
        paperkey.typed(text)


def test_a_key_of_elsewhere_is_refused_and_traced(cast):
    made(cast)
    foreign = paperkey.as_text(boxes.PrivateKey.generate())
    with pytest.raises(ServiceError, match="不是本系统"):
        read_with(cast, keepers.sealed_petition(cast), foreign)
    assert AuditEntry.objects.order_by("seq").last().verb == "findings.opening.denied"


# --- who ----------------------------------------------------------------------------------------------------


def test_only_the_head_of_the_office_makes_it_and_proves_who_that_is(cast):
    for role in ("office_clerk", "member", "leader", "sysadmin"):
        with pytest.raises(NotAllowed):
            services.make_recovery_key(
                actor=keepers.with_password(getattr(cast, role)), password=keepers.PASSWORD
            )
    with pytest.raises(ServiceError, match="登录密码"):
        services.make_recovery_key(actor=keepers.with_password(cast.office_head), password="x")
    assert not RecoveryKey.objects.exists()


def test_a_custodian_is_released_once_the_key_holds_what_only_that_person_opens(cast):
    keepers.sealed_petition(cast)
    one, two = Custodian.objects.order_by("id")
    services.retire_custodian(actor=cast.office_head, custodian=two, reason="轮岗")
    made(cast)
    with pytest.raises(ServiceError, match="恢复密钥补授"):
        services.retire_custodian(actor=cast.office_head, custodian=one, reason="忘了口令")
    rewrap(cast, passphrase=keepers.PASSPHRASE)
    services.retire_custodian(actor=cast.office_head, custodian=one, reason="忘了口令")
    assert SealedKey.objects.count() == SealedPacket.objects.count() == 1


# --- pages ------------------------------------------------------------------------------------------------


def test_the_sheet_is_shown_once_and_then_only_that_there_is_one(cast, client):
    client.force_login(keepers.with_password(cast.office_head))
    page, address = reverse("findings:custodians"), reverse("findings:recovery_key")
    assert "还没有恢复密钥" in client.get(page).content.decode()
    assert client.post(address, {"password": "x"}).status_code == 422
    answer = client.post(address, {"password": keepers.PASSWORD})
    key = " ".join(answer.context["groups"])
    assert answer.headers["Cache-Control"] == "no-store"
    assert RecoveryKey.objects.get().public_key == paperkey.typed(key).public_key.encode().hex()
    for group in answer.context["groups"]:
        assert group in answer.content.decode()
    again = client.get(page).content.decode() + client.get(address).content.decode()
    assert not any(group in again for group in key.split())


def test_a_reading_by_the_key_through_its_page(cast, client):
    key = made(cast)
    opening = keepers.approved(cast)
    lose_all(cast)
    client.force_login(cast.member)
    address = reverse("findings:opening_read", kwargs={"pk": opening.pk})
    both = {
        "password": keepers.PASSWORD,
        "passphrase": "一二三四五六七八九十十一",
        "recovery_passphrase": key,
    }
    assert "只填一个" in client.post(address, both).content.decode()
    slip = {"password": keepers.PASSWORD, "recovery_passphrase": key[:-1] + ("2" if key[-1] != "2" else "3")}
    assert "抄错" in client.post(address, slip).content.decode()
    good = client.post(address, {"password": keepers.PASSWORD, "recovery_passphrase": key})
    assert "欧阳告" in good.content.decode()
