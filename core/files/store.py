"""The file store: bytes first, row second, so that a row never names a file that is not there.

Order on disk: temporary file on the same file system, SHA-256 while writing, fsync, rename to a random name,
fsync of the directory, then the row. A crash in between leaves at worst a file no row names.
"""

import errno
import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from core import audit, records
from core.errors import ServiceError
from core.files import guards, thumbnails
from core.files import pages as page_counts
from core.files.names import clean_name, extension_of
from core.files.policy import CONTENT_TYPE, KIND_OF_EXTENSION, MEGABYTE, UploadPolicy
from core.models.files import StoredFile
from core.office.check import check_ooxml

_PIECE = 1024 * 1024


class StorageFull(ServiceError):
    """No room left; nothing was kept, and the person is told so."""

    status = 507

    def __init__(self) -> None:
        super().__init__("服务器存储空间不足，文件未保存。请联系系统管理员清理后再上传，已填内容不会丢失。")


class FileMissing(ServiceError):
    """The row is there, the bytes are not: a fault of the store, not of the person."""

    status = 500

    def __init__(self, stored: StoredFile) -> None:
        super().__init__(f"文件“{stored.name}”在存储中找不到，请联系系统管理员核对备份。")


class Incoming:
    """A file on its way in: counts and hashes what is written to it. Made by :func:`receiving`."""

    def __init__(self, path: Path, stream: IO[bytes]) -> None:
        self.path = path
        self.size = 0
        self._stream = stream
        self._hash = hashlib.sha256()

    def write(self, block: bytes) -> int:
        """Append ``block``; has the shape of a file's ``write`` so that a zip can be streamed into it."""
        self._hash.update(block)
        self.size += len(block)
        return self._stream.write(block)

    def flush(self) -> None:
        """Hand written bytes to the operating system."""
        self._stream.flush()

    @property
    def sha256(self) -> str:
        """Digest of everything written so far, 64 hexadecimal digits."""
        return self._hash.hexdigest()


@contextmanager
def noticing_full() -> Iterator[None]:
    """Turn the operating system's "no space left" into ``StorageFull``."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StorageFull from None
        raise


@contextmanager
def receiving() -> Iterator[Incoming]:
    """Open a temporary file in the store; it is gone after the block unless it was kept by a row."""
    folder = Path(settings.MEDIA_ROOT) / "tmp"
    path = folder / secrets.token_hex(16)
    try:
        with noticing_full():
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), "wb") as stream:
                yield Incoming(path, stream)
    finally:
        path.unlink(missing_ok=True)
        path.with_name(path.name + thumbnails.SUFFIX).unlink(missing_ok=True)


def store_upload(
    *,
    actor: Any,
    upload: UploadedFile,
    policy: UploadPolicy,
    origin: str = StoredFile.Origin.ELECTRONIC,
    pages: int | None = None,
) -> StoredFile:
    """Take in one uploaded file, untouched, after all checks; raise ``ServiceError`` saying what to do instead."""
    name = clean_name(upload.name or "")
    with receiving() as incoming:
        counted = take_in(incoming, name, upload.chunks(_PIECE), policy)
        pages = counted if pages is None else pages
        return keep(incoming, actor=actor, name=name, verb="files.upload", origin=origin, pages=pages)


def take_in(incoming: Incoming, name: str, blocks: Iterable[bytes], policy: UploadPolicy) -> int | None:
    """The one gate for files from outside: write ``blocks``, check them, draw the small picture of an image.

    Returns the number of pages where it can be known. Raises ``ServiceError`` naming the file.
    """
    kind = guards.allowed_kind(name, policy)
    for block in blocks:
        incoming.write(block)
        if incoming.size > policy.max_bytes:
            raise too_large(name, policy)
    incoming.flush()
    try:
        guards.check_content(incoming.path, kind)
        if kind in ("jpg", "png"):
            thumbnails.make(incoming.path)
        return page_counts.count(incoming.path, kind)
    except ServiceError as refusal:
        raise ServiceError(f"“{name}”：{refusal.message}", refusal.field) from None


@contextmanager
def checked(upload: UploadedFile, kind: str) -> Iterator[Path]:
    """An upload that is not to be kept as it is: its bytes in a temporary file while they pass the gate's checks."""
    with receiving() as incoming:
        for block in upload.chunks():
            incoming.write(block)
        incoming.flush()
        guards.check_content(incoming.path, kind)
        yield incoming.path


def too_large(name: str, policy: UploadPolicy) -> ServiceError:
    """The refusal of a file over the limit."""
    limit = policy.max_bytes // MEGABYTE
    return ServiceError(f"“{name}”超过 {limit} MB，未接收。请压缩、拆分或降低清晰度后上传。")


def store_uploads(
    *,
    actor: Any,
    uploads: Iterable[UploadedFile],
    policy: UploadPolicy,
    origin: str = StoredFile.Origin.ELECTRONIC,
) -> list[StoredFile]:
    """Take in several files of one form: all of them or none."""
    uploads = list(uploads)
    if len(uploads) > policy.max_count:
        raise ServiceError(f"一次最多上传 {policy.max_count} 个文件，现有 {len(uploads)} 个，请分批上传。")
    stored: list[StoredFile] = []
    try:
        with transaction.atomic():
            for upload in uploads:
                stored.append(store_upload(actor=actor, upload=upload, policy=policy, origin=origin))
    except BaseException:
        for file in stored:
            take_back(file)
        raise
    return stored


def take_back(stored: StoredFile) -> None:
    """Remove the bytes of a file whose row is being rolled back."""
    _remove(path_of(stored))


def store_bytes(*, actor: Any, name: str, content: bytes, verb: str = "files.produce") -> StoredFile:
    """Keep a file this system made. Word and Excel files are checked first; a faulty one is a programming error."""
    with receiving() as incoming:
        incoming.write(content)
        incoming.flush()
        check_own(incoming.path, name)
        return keep(incoming, actor=actor, name=name, verb=verb)


def store_path(*, actor: Any, name: str, path: Path, verb: str = "files.produce") -> StoredFile:
    """Keep a copy of the file at ``path``, made by this system; the caller removes its own."""
    with receiving() as incoming, path.open("rb") as source:
        while block := source.read(_PIECE):
            incoming.write(block)
        incoming.flush()
        check_own(incoming.path, name)
        return keep(incoming, actor=actor, name=name, verb=verb)


def keep(
    incoming: Incoming,
    *,
    actor: Any,
    name: str,
    verb: str = "files.produce",
    origin: str = StoredFile.Origin.SYSTEM,
    pages: int | None = None,
) -> StoredFile:
    """Move a received file to its place and write its row and audit entry."""
    if not incoming.size:
        raise ServiceError("文件是空的，没有任何内容，请核对后重新上传。")
    name = clean_name(name)
    kind = KIND_OF_EXTENSION[extension_of(name)]
    token = secrets.token_hex(16)
    stored = StoredFile(
        name=name,
        path=f"{token[:2]}/{token}",
        size=incoming.size,
        sha256=incoming.sha256,
        kind=kind,
        content_type=CONTENT_TYPE[kind],
        origin=origin,
        pages=pages,
        uploaded_by_id=str(actor.pk or ""),
        uploaded_by_name=actor.display_name,
    )
    target = path_of(stored)
    _place(incoming.path, target)
    try:
        return records.create(stored, actor=actor, verb=verb)
    except BaseException:
        _remove(target)
        raise


@transaction.atomic
def discard(stored: StoredFile, *, actor: Any, reason: str) -> None:
    """Take a produced file back that no record came to name; its bytes go once the row's removal has committed."""
    audit.record(actor=actor, verb="files.discard", target=stored, reason=reason)
    target = path_of(stored)
    stored.delete()
    transaction.on_commit(lambda: _remove(target))


def check_own(path: Path, name: str) -> None:
    """Raise ``ValueError`` when a Word or Excel file this system made is faulty: that is a fault of ours."""
    if extension_of(name) in ("docx", "xlsx"):
        problems = check_ooxml(path)
        if problems:
            raise ValueError(f"produced {name} is faulty: {problems[:3]}")


def open_stored(stored: StoredFile) -> IO[bytes]:
    """Open the stored bytes for reading; raise ``FileMissing`` when the store has lost them."""
    try:
        return path_of(stored).open("rb")
    except FileNotFoundError:
        raise FileMissing(stored) from None


def read_bytes(stored: StoredFile) -> bytes:
    """Return the stored bytes."""
    with open_stored(stored) as stream:
        return stream.read()


def path_of(stored: StoredFile) -> Path:
    """Where the bytes lie. The thumbnail of an image lies beside them with ``thumbnails.SUFFIX``."""
    return Path(settings.MEDIA_ROOT) / stored.path


def _place(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    thumbnail = source.with_name(source.name + thumbnails.SUFFIX)
    if thumbnail.exists():
        os.replace(thumbnail, target.with_name(target.name + thumbnails.SUFFIX))
    sync(source)
    os.replace(source, target)
    sync(target.parent)


def sync(path: Path) -> None:
    """Force a file, or the names in a folder, onto the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove(target: Path) -> None:
    target.unlink(missing_ok=True)
    target.with_name(target.name + thumbnails.SUFFIX).unlink(missing_ok=True)
