"""Those who keep the keys: appointed, given a pair of their own, wrapped to, released."""

from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from core import audit, clock, records
from core.access import demand
from core.errors import ServiceError
from findings import rules
from findings.models import Custodian, SealedKey, SealedPacket
from findings.services.petitions import boxes
from villages.access import is_inspecting
from villages.models import User

SHORTEST = 12


@transaction.atomic
def appoint_custodian(*, actor: Any, user: User) -> Custodian:
    """Make a person of the inspecting side a custodian; able to open anything only after choosing a passphrase."""
    demand(rules.can_manage_custodians(actor))
    if not is_inspecting(user):
        raise ServiceError("保密管理人只能是巡察办人员或巡察干部。", "user")
    if rules.keeper(user):
        raise ServiceError(f"{user.display_name}已经是保密管理人。", "user")
    row = Custodian(user=user, appointed_on=clock.today())
    return records.create(row, actor=actor, verb="findings.custodian.appoint")


@transaction.atomic
def choose_passphrase(*, actor: Any, custodian: Custodian, password: str, passphrase: str) -> Custodian:
    """Make the own pair of keys; whoever forgets the passphrase loses it, and is appointed anew."""
    demand(rules.can_set_passphrase(actor, custodian))
    if custodian.public_key:
        raise ServiceError("封存口令已经设置，请用修改。")
    _check_new(actor, password, passphrase)
    public, locked = boxes.make_pair(passphrase)
    changes = {"public_key": public, "locked_key": locked}
    return records.update(
        custodian, actor=actor, verb="findings.custodian.key", revision=None, changes=changes
    )


@transaction.atomic
def change_passphrase(
    *, actor: Any, custodian: Custodian, password: str, old: str, passphrase: str
) -> Custodian:
    """Lock the own private half under another passphrase."""
    demand(rules.can_set_passphrase(actor, custodian))
    _check_new(actor, password, passphrase)
    try:
        locked = boxes.lock_again(custodian.locked_key, old, passphrase)
    except boxes.WrongPassphrase:
        raise ServiceError("原封存口令不对。", "old_passphrase") from None
    return records.update(
        custodian, actor=actor, verb="findings.custodian.passphrase", revision=None,
        changes={"locked_key": locked},
    )  # fmt: skip


def _check_new(actor: Any, password: str, passphrase: str) -> None:
    if not actor.check_password(password):
        raise ServiceError("登录密码不对。", "password")
    if len(passphrase) < SHORTEST:
        raise ServiceError(f"封存口令至少{SHORTEST}个字符，最好是一句只有自己知道的话。", "passphrase")
    if passphrase == password:
        raise ServiceError("封存口令不能与登录密码相同。", "passphrase")


def unwrapped_packets(custodian: Custodian) -> Any:
    """Packets that ``custodian`` cannot open yet."""
    held = SealedKey.objects.filter(packet=OuterRef("pk"), custodian=custodian)
    return SealedPacket.objects.filter(~Exists(held))


@transaction.atomic
def rewrap_packets(*, actor: Any, custodian: Custodian, passphrase: str) -> Custodian:
    """Wrap the data key of everything ``custodian`` can open to every other custodian who cannot open it yet."""
    demand(rules.can_rewrap(actor, custodian))
    try:
        private = boxes.unlock(custodian.locked_key, passphrase)
    except boxes.WrongPassphrase:
        raise ServiceError("封存口令不对。", "passphrase") from None
    made = 0
    for other in Custodian.objects.ready().exclude(pk=custodian.pk):
        keys = SealedKey.objects.filter(custodian=custodian, packet__in=unwrapped_packets(other))
        rows = [_wrapped(key, private, other) for key in keys.iterator(chunk_size=500)]
        made += len(SealedKey.objects.bulk_create(rows, batch_size=500))
    audit.record(actor=actor, verb="findings.custodian.rewrap", target=custodian, after={"补授封存件": made})
    return custodian


def _wrapped(key: SealedKey, private: Any, other: Custodian) -> SealedKey:
    packet = str(key.packet_id)
    data_key = boxes.unwrap(key.box, packet, private)
    return SealedKey(
        packet_id=key.packet_id, custodian=other, box=boxes.wrap(data_key, packet, other.public_key)
    )


@transaction.atomic
def retire_custodian(*, actor: Any, custodian: Custodian, reason: str) -> Custodian:
    """Release a custodian and destroy the key, unless something would then open for nobody any more."""
    demand(rules.can_retire_custodian(actor, custodian))
    if not reason.strip():
        raise ServiceError("请填写卸任的理由。", "reason")
    others = SealedKey.objects.filter(packet=OuterRef("pk")).exclude(custodian=custodian)
    alone = SealedPacket.objects.filter(keys__custodian=custodian).filter(~Exists(others)).count()
    if alone:
        raise ServiceError(
            f"有{alone}件封存内容只有{custodian.user.display_name}能打开，请先由本人为其他保密管理人补授，再卸任。"
        )
    SealedKey.objects.filter(custodian=custodian).delete()
    changes = {"retired_on": clock.today(), "locked_key": b"", "public_key": ""}
    return records.update(
        custodian,
        actor=actor,
        verb="findings.custodian.retire",
        revision=None,
        changes=changes,
        reason=reason,
    )
