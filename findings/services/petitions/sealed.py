"""Sealing what tells who reported. Nothing here can open anything: only public halves of keys are at hand."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Sum

from core import audit, clock, records
from core.access import demand
from core.errors import ServiceError
from core.files import guards, thumbnails
from core.files.policy import MEGABYTE, UploadPolicy
from core.files.store import checked
from core.text import clean
from findings import rules
from findings.models import Custodian, Petition, SealedField, SealedKey, SealedPacket, SealedPart
from findings.services.petitions import boxes
from findings.services.petitions.holders import in_safe, wrapped

# More goes into another packet.
SEALED_FILES = UploadPolicy(("jpg", "jpeg", "png", "pdf", "docx", "m4a", "mp3", "mp4"), 20 * MEGABYTE, 6)
# What all files sealed for one petition may take, so that one reading can be held in memory.
LARGEST_STORE = 60 * MEGABYTE
_LARGEST_PICTURE = 5 * MEGABYTE
PICTURES = (SealedField.FILES, SealedField.ORIGINALS)
_FILES = (*PICTURES, SealedField.ATTACHMENTS)
_TEXTS = tuple(name for name in SealedField.values if name not in _FILES)
_LONGEST = 20_000

Content = tuple[str, int, bytes]


@transaction.atomic
def seal_petition(
    *, actor: Any, petition: Petition, texts: Mapping[str, str], files: Sequence[UploadedFile] = ()
) -> Petition:
    """Seal ``texts`` (by :class:`SealedField`) and ``files`` of a petition; what was sealed before stays."""
    demand(rules.can_seal(actor, petition))
    given = {name: clean(texts.get(name, "")).strip() for name in _TEXTS}
    if not any(given.values()) and not files:
        raise ServiceError("没有要封存的内容。")
    if any(len(text) > _LONGEST for text in given.values()):
        raise ServiceError(f"单项内容不超过{_LONGEST}字，更长的请拍照封存。")
    contents: list[Content] = [(name, 0, text.encode()) for name, text in given.items()]
    handle = petition.seal_handle or secrets.token_hex(16)
    _seal(handle, contents + _received(handle, files))
    if not petition.seal_handle:
        changes = {"seal_handle": handle}
        return records.update(
            petition, actor=actor, verb="findings.petition.seal", revision=None, changes=changes
        )
    audit.record(actor=actor, verb="findings.petition.seal", target=petition)
    return petition


def _seal(handle: str, contents: list[Content]) -> None:
    keepers = list(Custodian.objects.ready())
    if not keepers:
        raise ServiceError(
            "还没有设好口令的保密管理人，反映人信息暂时不能录入；请只登记脱敏摘要，原件另行保管。"
        )
    packet = SealedPacket.objects.create(handle=handle, sealed_on=clock.today())
    data_key = boxes.new_data_key()
    SealedPart.objects.bulk_create(_part(packet, data_key, *content) for content in contents)
    SealedKey.objects.bulk_create(wrapped(packet.pk, data_key, holder) for holder in [*keepers, *in_safe()])


def _part(packet: SealedPacket, data_key: bytes, name: str, seq: int, content: bytes) -> SealedPart:
    box = boxes.seal(data_key, place_of(packet, name, seq), name, content)
    return SealedPart(packet=packet, name=name, seq=seq, size=len(box), box=box)


def place_of(packet: SealedPacket, name: str, seq: int) -> str:
    """Where a ciphertext belongs; it opens nowhere else."""
    return f"{packet.handle}|{packet.pk}|{name}|{seq}"


def _received(handle: str, uploads: Sequence[UploadedFile]) -> list[Content]:
    """Uploads past the gate: a picture as its working copy and as it came, anything else as it came."""
    if len(uploads) > SEALED_FILES.max_count:
        raise _refused(f"一次最多封存{SEALED_FILES.max_count}个文件，其余的登记后再补充封存。")
    held = SealedPart.objects.filter(packet__handle=handle, name__in=_FILES).aggregate(all=Sum("size"))["all"]
    if uploads and sum(upload.size or 0 for upload in uploads) + (held or 0) > LARGEST_STORE:
        limit = LARGEST_STORE // MEGABYTE
        raise _refused(f"一件信访封存的照片和文件合计不超过{limit} MB，更多的材料请当面交给巡察组。")
    taken = [_taken(upload) for upload in uploads]
    pictures = [both for kind, both in taken if kind in ("jpg", "png")]
    others = [(kind, content) for kind, (content, _) in taken if kind not in ("jpg", "png")]
    found: list[Content] = []
    for seq, both in enumerate(pictures):
        found += [(name, seq, content) for name, content in zip(PICTURES, both, strict=True)]
    # Of the name only what says how to open it.
    return found + [
        (SealedField.ATTACHMENTS, seq, f"{kind}\n".encode() + content)
        for seq, (kind, content) in enumerate(others)
    ]


def _taken(upload: UploadedFile) -> tuple[str, tuple[bytes, bytes]]:
    """Kind, and the file twice: to work with, and as it came. Nothing of it is kept in clear."""
    try:
        kind = guards.allowed_kind(upload.name or "", SEALED_FILES)
        picture = kind in ("jpg", "png")
        limit = _LARGEST_PICTURE if picture else SEALED_FILES.max_bytes
        if (upload.size or 0) > limit:
            what = "照片" if picture else "文件"
            raise _refused(f"有{what}超过{limit // MEGABYTE} MB，未接收。请降低清晰度或分段后再选。")
        with checked(upload, kind) as path:
            whole = path.read_bytes()
            return kind, (thumbnails.working_copy(path) if picture else whole, whole)
    except ServiceError as refusal:
        raise _refused(refusal.message) from None


def _refused(why: str) -> ServiceError:
    return ServiceError(why, "sealed_files")
