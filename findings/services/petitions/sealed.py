"""Sealing what tells who reported, and the one way to read it: asked for, allowed by another, traced, shown once."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from nacl.public import PrivateKey

from core import audit, clock, records
from core.access import demand
from core.errors import NotAllowed, ServiceError
from core.files import guards, thumbnails
from core.files.policy import MEGABYTE, UploadPolicy
from core.files.store import receiving
from core.text import clean
from findings import rules
from findings.models import Custodian, Opening, Petition, SealedField, SealedKey, SealedPacket, SealedPart
from findings.services.petitions import boxes
from findings.workflow import OPENING_FLOW

# Photographs of a letter; more goes into another packet.
SEALED_PICTURES = UploadPolicy(("jpg", "jpeg", "png"), 5 * MEGABYTE, 6)
_PICTURES = (SealedField.FILES, SealedField.ORIGINALS)
_TEXTS = tuple(name for name in SealedField.values if name not in _PICTURES)
# The working copy: large enough to read a letter, without what a camera writes into a picture.
_EDGE = 1800
_LONGEST = 20_000
_LEAST_REASON = 10


@transaction.atomic
def seal_petition(
    *, actor: Any, petition: Petition, texts: Mapping[str, str], pictures: Sequence[UploadedFile] = ()
) -> Petition:
    """Seal ``texts`` (by :class:`SealedField`) and ``pictures`` of a petition; what was sealed before stays."""
    demand(rules.can_seal(actor, petition))
    given = {name: clean(texts.get(name, "")).strip() for name in _TEXTS}
    if not any(given.values()) and not pictures:
        raise ServiceError("没有要封存的内容。")
    if any(len(text) > _LONGEST for text in given.values()):
        raise ServiceError(f"单项内容不超过{_LONGEST}字，更长的请拍照封存。")
    contents = [(name, 0, text.encode()) for name, text in given.items()]
    for seq, both in enumerate(_pictures(pictures)):
        contents += [(name, seq, content) for name, content in zip(_PICTURES, both, strict=True)]
    handle = petition.seal_handle or secrets.token_hex(16)
    _seal(handle, contents)
    if not petition.seal_handle:
        changes = {"seal_handle": handle}
        return records.update(
            petition, actor=actor, verb="findings.petition.seal", revision=None, changes=changes
        )
    audit.record(actor=actor, verb="findings.petition.seal", target=petition)
    return petition


def _seal(handle: str, contents: list[tuple[str, int, bytes]]) -> None:
    keepers = list(Custodian.objects.ready())
    if not keepers:
        raise ServiceError(
            "还没有设好口令的保密管理人，反映人信息暂时不能录入；请只登记脱敏摘要，原件另行保管。"
        )
    packet = SealedPacket.objects.create(handle=handle, sealed_on=clock.today())
    data_key = boxes.new_data_key()
    SealedPart.objects.bulk_create(
        SealedPart(
            packet=packet, name=name, seq=seq,
            box=boxes.seal(data_key, place_of(packet, name, seq), name, content),
        )
        for name, seq, content in contents
    )  # fmt: skip
    SealedKey.objects.bulk_create(
        SealedKey(
            packet=packet, custodian=keeper, box=boxes.wrap(data_key, str(packet.pk), keeper.public_key)
        )
        for keeper in keepers
    )


def place_of(packet: SealedPacket, name: str, seq: int) -> str:
    """Where a ciphertext belongs; it opens nowhere else."""
    return f"{packet.handle}|{packet.pk}|{name}|{seq}"


def _pictures(uploads: Sequence[UploadedFile]) -> list[tuple[bytes, bytes]]:
    """Uploads past the gate, each as its working copy and as it came; nothing of them is kept in clear."""
    if len(uploads) > SEALED_PICTURES.max_count:
        raise ServiceError(
            f"一次最多封存{SEALED_PICTURES.max_count}张照片，其余的登记后再补充封存。", "sealed_files"
        )
    return [_picture(upload) for upload in uploads]


def _picture(upload: UploadedFile) -> tuple[bytes, bytes]:
    if (upload.size or 0) > SEALED_PICTURES.max_bytes:
        raise ServiceError("有照片超过5 MB，未接收。请降低清晰度后再选。", "sealed_files")
    try:
        kind = guards.allowed_kind(upload.name or "", SEALED_PICTURES)
        with receiving() as incoming:
            for block in upload.chunks():
                incoming.write(block)
            incoming.flush()
            guards.check_content(incoming.path, kind)
            copy = thumbnails.make(incoming.path, _EDGE).read_bytes()
            return copy, incoming.path.read_bytes()
    except ServiceError as refusal:
        raise ServiceError(refusal.message, "sealed_files") from None


# --- reading ----------------------------------------------------------------------------------------------


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


@dataclass(frozen=True)
class Opened:
    """What was sealed as one field: texts and pictures, in the order in which they were sealed."""

    label: str
    texts: list[str] = field(default_factory=list)
    pictures: list[bytes] = field(default_factory=list)


@dataclass(frozen=True)
class Reading:
    """What one reading shows. ``locked``: sealings before this custodian's time, not wrapped to the own key yet."""

    parts: list[Opened]
    locked: int


def read_sealed(*, actor: Any, opening: Opening, password: str, passphrase: str) -> Reading:
    """Give what was allowed, once: the entry in the trail is committed before anything is opened.

    Every refused attempt leaves an entry of its own. Must not be called inside a transaction that could take the
    entry back.
    """
    try:
        private = _proven(actor, opening, password, passphrase)
    except ServiceError as refusal:
        with transaction.atomic():
            audit.record(actor=actor, verb="findings.opening.denied", target=opening, reason=refusal.message)
        raise
    with transaction.atomic():
        OPENING_FLOW.apply(opening, "read", actor=actor, changes={"read_at": clock.now()})
        audit.record(
            actor=actor, verb="findings.petition.read_sealed", target=opening.petition,
            after={"查阅内容": opening.wanted_labels},
        )  # fmt: skip
    return _opened(opening, rules.keeper(actor), private)


def _proven(actor: Any, opening: Opening, password: str, passphrase: str) -> PrivateKey:
    verdict = OPENING_FLOW.check(actor, opening, "read")
    keeper = rules.keeper(actor)
    if not verdict or keeper is None:
        raise NotAllowed(verdict.why)
    if not actor.check_password(password):
        raise ServiceError("登录密码不对。", "password")
    try:
        return boxes.unlock(keeper.locked_key, passphrase)
    except boxes.WrongPassphrase:
        raise ServiceError("封存口令不对。", "passphrase") from None


def _opened(opening: Opening, keeper: Custodian | None, private: PrivateKey) -> Reading:
    found = {name: Opened(SealedField(name).label) for name in opening.wanted}
    packets = SealedPacket.objects.filter(handle=opening.petition.seal_handle).order_by("id")
    keys = dict(SealedKey.objects.filter(custodian=keeper, packet__in=packets).values_list("packet", "box"))
    mine = [packet for packet in packets if packet.pk in keys]
    for packet in mine:
        data_key = boxes.unwrap(keys[packet.pk], str(packet.pk), private)
        for part in packet.parts.filter(name__in=opening.wanted):
            content = boxes.open_part(data_key, place_of(packet, part.name, part.seq), part.box)
            if part.name in _PICTURES:
                found[part.name].pictures.append(content)
            elif content:
                found[part.name].texts.append(content.decode())
    return Reading(list(found.values()), len(packets) - len(mine))
