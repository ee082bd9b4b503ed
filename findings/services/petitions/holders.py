"""Those to whom data keys are wrapped: each custodian, and the recovery key in the safe."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from nacl.public import PrivateKey

from core import clock, records
from core.errors import ServiceError
from findings.models import Custodian, RecoveryKey, SealedKey, SealedPacket
from findings.services.petitions import boxes, paperkey

Holder = Custodian | RecoveryKey


def held_by(holder: Holder) -> Q:
    """The wrapped keys that ``holder`` opens."""
    return Q(recovery=holder.pk) if isinstance(holder, RecoveryKey) else Q(custodian=holder.pk)


def in_safe() -> QuerySet[RecoveryKey]:
    """The recovery key in force, or none."""
    return RecoveryKey.objects.filter(current=True)


def wrapped(packet: Any, data_key: bytes, holder: Holder) -> SealedKey:
    """The data key of the packet with key ``packet``, for ``holder``; not saved yet."""
    box = boxes.wrap(data_key, str(packet), holder.public_key)
    if isinstance(holder, RecoveryKey):
        return SealedKey(packet_id=packet, recovery=holder, box=box)
    return SealedKey(packet_id=packet, custodian=holder, box=box)


def closed_to(holder: Holder) -> QuerySet[SealedPacket]:
    """Packets that ``holder`` cannot open yet."""
    keys = SealedKey.objects.filter(held_by(holder), packet=OuterRef("pk"))
    return SealedPacket.objects.filter(~Exists(keys))


@dataclass(frozen=True)
class Unlocked:
    """A private half in hand, and whose it is; alive for the length of one answer."""

    private: PrivateKey
    holder: Holder

    @property
    def holds(self) -> Q:
        """The wrapped keys it opens."""
        return held_by(self.holder)

    @property
    def verb(self) -> str:
        """How the trail names a reading with it."""
        by_recovery = isinstance(self.holder, RecoveryKey)
        return "findings.petition.read_by_recovery" if by_recovery else "findings.petition.read_sealed"

    def note_use(self, actor: Any) -> None:
        """The envelope in the safe has been opened: a new key has to be made."""
        if isinstance(self.holder, RecoveryKey):
            changes = {"used_on": clock.today()}
            records.update(
                self.holder, actor=actor, verb="findings.recovery.use", revision=None, changes=changes
            )


def unlocked(keeper: Custodian, passphrase: str, recovery: str) -> Unlocked:
    """The private half that opens: the recovery key's when one was typed, the custodian's own otherwise."""
    if recovery.strip():
        private = paperkey.typed(recovery)
        public = private.public_key.encode().hex()
        row = RecoveryKey.objects.filter(public_key=public).first()
        if row is None:
            raise ServiceError("这不是本系统现用的恢复密钥，请核对信封上的生成日期。", "recovery_passphrase")
        return Unlocked(private, row)
    try:
        return Unlocked(boxes.unlock(keeper.locked_key, passphrase), keeper)
    except boxes.WrongPassphrase:
        raise ServiceError("封存口令不对。", "passphrase") from None
