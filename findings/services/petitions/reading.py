"""The one way to read what is sealed: asked for, allowed by another, traced, shown once."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.hashers import check_password
from django.db import transaction
from nacl.exceptions import CryptoError

from core import audit, clock, records
from core.access import demand
from core.errors import NotAllowed, ServiceError
from core.text import clean
from findings import rules
from findings.models import Opening, Petition, SealedField, SealedKey, SealedPacket, SealedPart
from findings.services.petitions import boxes
from findings.services.petitions.holders import Unlocked, unlocked
from findings.services.petitions.readings import Opened, Reading, SealedFile
from findings.services.petitions.sealed import PICTURES, place_of
from findings.services.petitions.vault import in_vault
from findings.workflow import OPENING_FLOW

_LEAST_REASON = 10
_DAMAGED = "有一份封存内容打不开：密文被改动或挪动过。请保留现场，报告巡察办主任和系统管理员。"


@transaction.atomic
def ask_to_read(*, actor: Any, petition: Petition, wanted: Sequence[str], reason: str) -> Opening:
    """Ask for one reading of ``wanted`` (:class:`SealedField`), with the reason why."""
    demand(rules.can_ask_to_read(actor, petition))
    chosen = [name for name in SealedField.values if name in wanted]
    if not chosen:
        raise ServiceError("请选择要查阅的内容，只选办理需要的。", "wanted")
    words = clean(reason).strip()
    if len(words) < _LEAST_REASON:
        raise ServiceError(
            f"请写明查阅理由，至少{_LEAST_REASON}个字：为什么不看这些内容就办不下去。", "reason"
        )
    row = Opening(petition=petition, wanted=chosen, reason=words, requested_by=actor)
    return records.create(row, actor=actor, verb="findings.opening.ask")


@transaction.atomic
def approve_opening(*, actor: Any, opening: Opening, revision: int | None = None) -> Opening:
    """Allow the reading somebody else asked for."""
    changes = {"approved_by": actor, "approved_at": clock.now()}
    return OPENING_FLOW.apply(opening, "approve", actor=actor, revision=revision, changes=changes)


@transaction.atomic
def refuse_opening(*, actor: Any, opening: Opening, reason: str, revision: int | None = None) -> Opening:
    """Refuse it, with a reason."""
    return OPENING_FLOW.apply(opening, "refuse", actor=actor, revision=revision, reason=clean(reason)[:500])


@in_vault
def read_sealed(
    *, actor: Any, opening: Opening, password: str, passphrase: str = "", recovery: str = ""
) -> Reading:
    """Give what was allowed, once: the entry in the trail is committed before anything is opened.

    Opened with the own ``passphrase`` or, when no custodian can any more, with the ``recovery`` key from the safe.
    Every refused attempt leaves an entry of its own. Must not be called inside a transaction that could take the
    entry back.
    """
    try:
        key = _proven(actor, opening, password, passphrase, recovery)
    except ServiceError as refusal:
        with transaction.atomic():
            audit.record(actor=actor, verb="findings.opening.denied", target=opening, reason=refusal.message)
        raise
    with transaction.atomic():
        OPENING_FLOW.apply(opening, "read", actor=actor, changes={"read_at": clock.now()})
        key.note_use(actor)
        audit.record(
            actor=actor, verb=key.verb, target=opening.petition, after={"查阅内容": opening.wanted_labels}
        )
        if _hands_out(opening):
            audit.record(actor=actor, verb="findings.petition.hand_out", target=opening.petition)
    try:
        return _opened(opening, key)
    except CryptoError:
        raise ServiceError(_DAMAGED) from None


def _hands_out(opening: Opening) -> bool:
    """Does the reading let whole files out, which no page can take back?"""
    wanted = SealedField.ATTACHMENTS in opening.wanted
    parts = SealedPart.objects.filter(packet__handle=opening.petition.seal_handle)
    return wanted and parts.filter(name=SealedField.ATTACHMENTS).exists()


def _proven(actor: Any, opening: Opening, password: str, passphrase: str, recovery: str) -> Unlocked:
    verdict = OPENING_FLOW.check(actor, opening, "read")
    keeper = rules.keeper(actor)
    if not verdict or keeper is None:
        raise NotAllowed(verdict.why)
    if not Petition.objects.visible_to(actor).filter(pk=opening.petition_id).exists():
        raise NotAllowed("这件信访已不在您可以看的范围内。")
    # Without the account's own method, which would write a hash of newer strength: the vault's role may not.
    if not check_password(password, actor.password):
        raise ServiceError("登录密码不对。", "password")
    return unlocked(keeper, passphrase, recovery)


def _opened(opening: Opening, key: Unlocked) -> Reading:
    found = {name: Opened(SealedField(name).label) for name in opening.wanted}
    packets = SealedPacket.objects.filter(handle=opening.petition.seal_handle).order_by("id")
    keys = dict(SealedKey.objects.filter(key.holds, packet__in=packets).values_list("packet", "box"))
    mine = [packet for packet in packets if packet.pk in keys]
    for packet in mine:
        data_key = boxes.unwrap(keys[packet.pk], str(packet.pk), key.private)
        for part in packet.parts.filter(name__in=opening.wanted):
            content = boxes.open_part(data_key, place_of(packet, part.name, part.seq), part.box)
            _put(found[part.name], part.name, content)
    return Reading(list(found.values()), len(packets) - len(mine))


def _put(opened: Opened, name: str, content: bytes) -> None:
    if name in PICTURES:
        opened.pictures.append(content)
    elif name == SealedField.ATTACHMENTS:
        kind, _, whole = content.partition(b"\n")
        opened.files.append(SealedFile(kind.decode(), whole))
    elif content:
        opened.texts.append(content.decode())
