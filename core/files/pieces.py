"""Files that arrive in pieces, over a line that drops: each piece at its place, the whole through the one gate.

The row says how much has safely arrived; bytes reach the disk before the row counts them. A piece that comes twice, or
whose answer was lost, changes nothing: whoever sends asks where to go on. Only a file that has arrived whole and has
passed the gate of :func:`core.files.store.take_in` becomes a stored file, in the transaction that attaches it.
"""

import datetime as dt
import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Sum

from core import clock
from core.errors import ServiceError
from core.files import guards
from core.files.names import clean_name
from core.files.policy import MEGABYTE, UploadPolicy
from core.files.store import keep, noticing_full, receiving, sync, take_back, take_in, too_large
from core.models.files import StoredFile
from core.models.uploads import Upload
from core.records import take_turns

_BLOCK = 1024 * 1024
# Files without a row that are older than this were left by a crash between row and disk.
_STRAY_SECONDS = 24 * 3600

Attach = Callable[[StoredFile], Any]


class AlreadyThere(ServiceError):
    """The record has this very file, byte for byte: nothing is added twice."""

    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}”与已有的一件内容完全相同，没有重复添加。")


class Gone(ServiceError):
    """The upload is not there any more: given up, expired, or never this person's."""

    status = 404

    def __init__(self) -> None:
        super().__init__("这个文件的上传记录已不存在，请重新选择文件上传。")


def folder() -> Path:
    """Where half-sent files lie."""
    return Path(settings.MEDIA_ROOT) / "pieces"


def path_of(row: Upload) -> Path:
    """Where the bytes of ``row`` wait."""
    return folder() / row.pk.hex


def waiting(owner: Any, target: models.Model) -> list[Upload]:
    """What ``owner`` has begun to send to ``target`` and not finished."""
    return list(_of(owner, target).unfinished())


def find(owner: Any, target: models.Model, key: Any) -> Upload:
    """The upload of ``owner`` to ``target``; raises ``Gone`` for any other."""
    row = _of(owner, target).filter(pk=key).first() if key else None
    if row is None:
        raise Gone
    return row


def _of(owner: Any, target: models.Model) -> Any:
    return Upload.objects.visible_to(owner).filter(**_target(target))


def _target(target: models.Model) -> dict[str, str]:
    return {"target_type": target._meta.label_lower, "target_id": str(target.pk)}


@transaction.atomic
def begin(
    *, owner: Any, target: models.Model, name: str, size: int, mark: str, policy: UploadPolicy
) -> Upload:
    """Announce a file. The same file announced again is the same row, with what has arrived of it.

    Raises ``ServiceError`` for a kind or size the policy does not take, before a byte is sent.
    """
    name = clean_name(name)
    guards.allowed_kind(name, policy)
    if size <= 0:
        raise ServiceError(f"“{name}”是空的，没有任何内容，请核对后重新选择。")
    if size > policy.max_bytes:
        raise too_large(name, policy)
    digest = hashlib.sha256(f"{name}\n{size}\n{mark}".encode()).hexdigest()
    take_turns(owner)
    known = _of(owner, target).filter(mark=digest).order_by("-id").first()
    if known is not None:
        return known
    _demand_room(owner, size)
    row, _ = Upload.objects.get_or_create(
        owner_id=owner.pk,
        mark=digest,
        file=None,
        **_target(target),
        defaults={"name": name, "size": size, "expires_at": _expiry()},
    )
    return row


def _demand_room(owner: Any, size: int) -> None:
    """Half-sent files of one person must not fill the disk."""
    rows = Upload.objects.filter(owner_id=owner.pk).unfinished()
    if rows.count() >= settings.UPLOAD_WAITING_FILES:
        raise ServiceError(
            f"您有 {settings.UPLOAD_WAITING_FILES} 个文件没有传完，请先把它们传完或放弃，再传新的。"
        )
    held = rows.aggregate(held=Sum("size"))["held"] or 0
    if held + size > settings.UPLOAD_WAITING_BYTES:
        limit = settings.UPLOAD_WAITING_BYTES // MEGABYTE
        raise ServiceError(f"您没有传完的文件合计已近 {limit} MB，请先把它们传完或放弃，再传新的。")


def _expiry() -> dt.datetime:
    return clock.now() + dt.timedelta(hours=settings.UPLOAD_KEEP_HOURS)


def take_piece(row: Upload, *, offset: int, content: bytes) -> int:
    """Write a piece that begins at byte ``offset``; return from where to go on.

    A piece that does not begin where the file ends so far is left alone: the answer says where it does.
    """
    if row.file_id or offset != row.received or not content:
        return row.received
    end = offset + len(content)
    if end > row.size:
        raise ServiceError(f"“{row.name}”比开始时登记的大，可能在上传途中被改动，请放弃后重新选择。")
    if not _write(path_of(row), offset, content):
        return _begin_anew(row)
    Upload.objects.filter(pk=row.pk, received=offset).update(received=end, expires_at=_expiry())
    return _received(row)


def _begin_anew(row: Upload) -> int:
    """The bytes are gone (a store brought back from a backup): the file is sent from its beginning."""
    Upload.objects.filter(pk=row.pk).update(received=0)
    row.received = 0
    return 0


def _received(row: Upload) -> int:
    """Where the row stands now: another copy of the piece may have been quicker."""
    counted = Upload.objects.filter(pk=row.pk).values_list("received", flat=True).first()
    if counted is None:
        raise Gone
    return counted


def _write(path: Path, offset: int, content: bytes) -> bool:
    """Put ``content`` at its place and force it onto the disk; no when what should lie before it does not."""
    with noticing_full():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_CREAT | os.O_WRONLY, 0o600)
        try:
            if os.fstat(handle).st_size < offset:
                return False
            written = 0
            while written < len(content):
                written += os.pwrite(handle, content[written:], offset + written)
            os.fsync(handle)
        finally:
            os.close(handle)
        if not offset:
            sync(path.parent)
    return True


def finish(
    row: Upload,
    *,
    actor: Any,
    policy: UploadPolicy,
    attach: Attach,
    origin: str = StoredFile.Origin.ELECTRONIC,
) -> StoredFile | None:
    """Let a whole file through the gate, keep it and ``attach`` it, all or nothing; a second call changes nothing.

    Returns ``None`` when bytes are missing still. A file the gate refuses is dropped: it would be refused again, and so
    is one that is there already. What ``attach`` refuses otherwise keeps its bytes, so that the person can put right
    what was wrong and ask again.
    """
    if row.file_id:
        return row.file
    if row.received < row.size:
        return None
    if _size_of(path_of(row)) < row.size:
        _begin_anew(row)
        return None
    with receiving() as incoming:
        try:
            pages = take_in(incoming, row.name, _blocks(path_of(row), row.size), policy)
        except ServiceError as refusal:
            if refusal.status < 500:
                drop(row)
            raise
        with transaction.atomic():
            current = Upload.objects.select_for_update().filter(pk=row.pk).first()
            if current is None:
                raise Gone
            if current.file_id:
                return current.file
            stored = keep(
                incoming, actor=actor, name=row.name, verb="files.upload", origin=origin, pages=pages
            )
            try:
                attach(stored)
                Upload.objects.filter(pk=row.pk).update(file=stored, expires_at=_expiry())
            except BaseException:
                take_back(stored)
                raise
    path_of(row).unlink(missing_ok=True)
    return stored


def _size_of(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _blocks(path: Path, size: int) -> Iterator[bytes]:
    """The first ``size`` bytes, a block at a time."""
    with path.open("rb") as stream:
        while size and (block := stream.read(min(size, _BLOCK))):
            size -= len(block)
            yield block


def drop(row: Upload) -> None:
    """Give an upload up; what had arrived is removed. A finished one keeps its file."""
    Upload.objects.filter(pk=row.pk).unfinished().delete()
    path_of(row).unlink(missing_ok=True)


def drop_expired() -> int:
    """Remove uploads nobody went on with, and bytes that no row names; return how many rows went."""
    expired = list(Upload.objects.filter(expires_at__lt=clock.now()).order_by("id")[:1000])
    for row in expired:
        path_of(row).unlink(missing_ok=True)
    Upload.objects.filter(pk__in=[row.pk for row in expired]).delete()
    names = {key.hex for key in Upload.objects.unfinished().values_list("pk", flat=True)}
    limit = clock.now().timestamp() - _STRAY_SECONDS
    for path in folder().glob("*"):
        if path.name not in names and path.stat().st_mtime < limit:
            path.unlink(missing_ok=True)
    return len(expired)
