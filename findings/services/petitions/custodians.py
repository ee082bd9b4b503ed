"""Those who keep the keys: appointed, given a pair of their own, wrapped to, released."""

from typing import Any

from django.contrib.auth.hashers import check_password
from django.db import transaction
from django.db.models import Exists, OuterRef
from nacl.public import PrivateKey

from core import audit, clock, records
from core.access import demand
from core.errors import ServiceError
from findings import rules
from findings.models import Custodian, RecoveryKey, SealedKey, SealedPacket
from findings.services.petitions import boxes, paperkey
from findings.services.petitions.holders import (
    Holder,
    Unlocked,
    closed_to,
    held_by,
    in_safe,
    unlocked,
    wrapped,
)
from findings.services.petitions.vault import in_vault
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


@in_vault
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


@in_vault
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
    _check_password(actor, password)
    if len(passphrase) < SHORTEST:
        raise ServiceError(f"封存口令至少{SHORTEST}个字符，最好是一句只有自己知道的话。", "passphrase")
    if passphrase == password:
        raise ServiceError("封存口令不能与登录密码相同。", "passphrase")


def _check_password(actor: Any, password: str) -> None:
    if not check_password(password, actor.password):
        raise ServiceError("登录密码不对。", "password")


@in_vault
@transaction.atomic
def rewrap_packets(
    *, actor: Any, custodian: Custodian, passphrase: str = "", recovery: str = ""
) -> Custodian:
    """Wrap everything that can be opened to every custodian, and to the recovery key, who cannot open it yet.

    Opened with the own ``passphrase``, or with the ``recovery`` key: then ``custodian`` is given everything as well.
    """
    demand(rules.can_rewrap(actor, custodian))
    key = unlocked(custodian, passphrase, recovery)
    made = sum(_give(key, other) for other in [*Custodian.objects.ready(), *in_safe()])
    key.note_use(actor)
    _drop_replaced()
    audit.record(actor=actor, verb="findings.custodian.rewrap", target=custodian, after={"补授封存件": made})
    return custodian


def _give(key: Unlocked, other: Holder) -> int:
    keys = SealedKey.objects.filter(key.holds, packet__in=closed_to(other))
    rows = [
        wrapped(row.packet_id, boxes.unwrap(row.box, str(row.packet_id), key.private), other)
        for row in keys.iterator(chunk_size=500)
    ]
    return len(SealedKey.objects.bulk_create(rows, batch_size=500))


def _drop_replaced() -> None:
    """What a replaced recovery key opens is taken from it once its successor opens everything."""
    successor = in_safe().first()
    if successor is not None and not closed_to(successor).exists():
        SealedKey.objects.filter(recovery__current=False).delete()


@in_vault
@transaction.atomic
def make_recovery_key(*, actor: Any, password: str) -> str:
    """Make the recovery key, or a new one in place of it; gives its text, which is kept nowhere.

    What is sealed from now on is wrapped to it, what was sealed before once a custodian has wrapped it anew; until
    then a replaced one still opens.
    """
    demand(rules.can_manage_custodians(actor))
    _check_password(actor, password)
    private = PrivateKey.generate()
    for row in in_safe():
        records.update(
            row, actor=actor, verb="findings.recovery.replace", revision=None, changes={"current": False}
        )
    made = RecoveryKey(public_key=private.public_key.encode().hex(), made_on=clock.today(), made_by=actor)
    records.create(made, actor=actor, verb="findings.recovery.make")
    return paperkey.as_text(private)


@in_vault
@transaction.atomic
def retire_custodian(*, actor: Any, custodian: Custodian, reason: str) -> Custodian:
    """Release a custodian and destroy the key, unless something would then open for nobody any more.

    What the recovery key opens is not lost: whoever forgot the passphrase can be released once that key holds all.
    """
    demand(rules.can_retire_custodian(actor, custodian))
    if not reason.strip():
        raise ServiceError("请填写卸任的理由。", "reason")
    others = SealedKey.objects.filter(packet=OuterRef("pk")).exclude(held_by(custodian))
    alone = SealedPacket.objects.filter(keys__custodian=custodian).filter(~Exists(others)).count()
    if alone:
        raise ServiceError(
            f"有{alone}件封存内容只有{custodian.user.display_name}能打开，请先由本人为其他保密管理人和恢复密钥补授，再卸任。"
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
