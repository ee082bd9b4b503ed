"""Looks at a zip's directory before anything unpacks it, and refuses what no honest office file contains.

Python below 3.11.8 reads entries that overlap (CVE-2024-0450): a 10 KB file then yields 200 MB. So overlap,
sizes, names and flags are judged here from the directory and the local headers alone; only then is each entry
unpacked once, bounded, which finds damaged and lying entries.
"""

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from core.errors import ServiceError

MAX_ENTRIES = 2_000
MAX_TOTAL = 200 * 1024 * 1024
MAX_RATIO = 100
# Below this unpacked size the ratio means nothing: a short run of equal cells packs better than 100 to 1.
RATIO_FLOOR = 8 * 1024 * 1024
MAX_DIRECTORY = MAX_ENTRIES * 512

_PIECE = 65536
_END = struct.Struct("<4s4H2LH")
_LOCAL = struct.Struct("<4s5H3L2H")
_ENCRYPTED, _STRONG = 0x1, 0x40
_ARCHIVE_NAME = re.compile(
    r"\.(zip|rar|7z|gz|tgz|bz2|xz|tar|jar|docx|docm|xlsx|xlsm|xlsb|pptx|pptm|odt|ods|ofd)$", re.I
)
_ARCHIVE_START = (b"PK\x03\x04", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_DOCTYPE = tuple("<!DOCTYPE".encode(codec) for codec in ("ascii", "utf-16-le", "utf-16-be"))

DAMAGED = "文件不完整或已损坏，请在电脑上确认能打开，另存一份后重新上传。"
EMBEDDED = "文件里嵌有其他文件（压缩包或文档），未接收。请删去嵌入的文件，或导出为 PDF 后上传。"
SUSPICIOUS = "文件内部结构异常，未接收。请用 Word、Excel 或 WPS 打开后另存一份再上传。"


def open_checked(stream: IO[bytes]) -> zipfile.ZipFile:
    """Return the zip after all checks; raise ``ServiceError`` with what to do when one fails.

    Every entry has been unpacked once, its checksum compared and its declared size found true.
    """
    _check_end(stream)
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error):
        raise ServiceError(DAMAGED) from None
    entries = archive.infolist()
    _check_sizes(entries)
    for entry in entries:
        _check_entry(entry)
    if len({entry.filename.lower() for entry in entries}) != len(entries):
        raise ServiceError(SUSPICIOUS)
    starts = _check_layout(stream, entries, archive.start_dir)
    for entry in entries:
        _check_content(stream, entry, starts[entry.filename])
    return archive


def _check_end(stream: IO[bytes]) -> None:
    """Bound the directory before ``zipfile`` reads it: it would happily list a million entries."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _END.size - 65535))
    tail = stream.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END.size:
        raise ServiceError(DAMAGED)
    _, _, _, _, count, directory, offset, _ = _END.unpack_from(tail, at)
    if count > MAX_ENTRIES or directory > MAX_DIRECTORY:
        raise ServiceError(f"压缩文件里的内容超过 {MAX_ENTRIES} 项，未接收。请拆分后上传。")
    # Bytes before the archive or between directory and end record would shift every offset read later.
    if offset + directory != size - len(tail) + at:
        raise ServiceError(SUSPICIOUS)


def _check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_ENTRIES:
        raise ServiceError(f"压缩文件里的内容超过 {MAX_ENTRIES} 项，未接收。请拆分后上传。")
    total = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if total > MAX_TOTAL:
        limit = MAX_TOTAL // 1024 // 1024
        raise ServiceError(f"文件展开后超过 {limit} MB，未接收。请删去多余的空行、空列或图片后另存再上传。")
    if total > RATIO_FLOOR and total > packed * MAX_RATIO:
        raise ServiceError(
            "文件展开后的体积异常（可能带有大量空白格式），未接收。请把有内容的部分复制到新文件再上传。"
        )


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.orig_filename
    parts = re.split(r"[/\\]", name)
    if "\x00" in name or name.startswith(("/", "\\")) or re.match(r"^[A-Za-z]:", name) or ".." in parts:
        raise ServiceError(SUSPICIOUS)
    mode = entry.external_attr >> 16
    if mode and not (stat.S_ISREG(mode) or stat.S_ISDIR(mode) or stat.S_IFMT(mode) == 0):
        raise ServiceError(SUSPICIOUS)
    if entry.flag_bits & (_ENCRYPTED | _STRONG):
        raise ServiceError("文件设有密码，系统无法核对内容。请取消密码后重新上传。")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ServiceError(SUSPICIOUS)
    if _ARCHIVE_NAME.search(name):
        raise ServiceError(EMBEDDED)


def _check_layout(stream: IO[bytes], entries: list[zipfile.ZipInfo], directory_at: int) -> dict[str, int]:
    """Return where each entry's data begins; each must end before the next entry begins."""
    ordered = sorted(entries, key=lambda entry: entry.header_offset)
    limits = [entry.header_offset for entry in ordered[1:]] + [directory_at]
    starts = {}
    for entry, limit in zip(ordered, limits, strict=True):
        stream.seek(entry.header_offset)
        header = stream.read(_LOCAL.size)
        if len(header) < _LOCAL.size or not header.startswith(b"PK\x03\x04"):
            raise ServiceError(DAMAGED)
        fields = _LOCAL.unpack(header)
        name_length, extra_length = fields[9], fields[10]
        start = entry.header_offset + _LOCAL.size + name_length + extra_length
        if start + entry.compress_size > limit:
            raise ServiceError(SUSPICIOUS)
        starts[entry.filename] = start
    return starts


def _check_content(stream: IO[bytes], entry: zipfile.ZipInfo, start: int) -> None:
    """Unpack once in pieces: damage, false sizes, archives under other names and document types show here."""
    is_markup = entry.filename.lower().endswith((".xml", ".rels", ".vml"))
    stream.seek(start)
    size, checksum, tail = 0, 0, b""
    for block in _unpack(stream, entry):
        if not size and block.startswith(_ARCHIVE_START):
            raise ServiceError(EMBEDDED)
        size, checksum, tail = size + len(block), zlib.crc32(block, checksum), tail[-32:] + block
        if size > entry.file_size or (is_markup and any(mark in tail for mark in _DOCTYPE)):
            raise ServiceError(SUSPICIOUS)
    if size != entry.file_size or checksum != entry.CRC:
        raise ServiceError(DAMAGED)


def _unpack(stream: IO[bytes], entry: zipfile.ZipInfo) -> Iterator[bytes]:
    left = entry.compress_size
    inflater = zlib.decompressobj(-15) if entry.compress_type == zipfile.ZIP_DEFLATED else None
    while left > 0:
        packed = stream.read(min(left, _PIECE))
        if not packed:
            return
        left -= len(packed)
        if inflater is None:
            yield packed
            continue
        try:
            while packed:
                yield inflater.decompress(packed, _PIECE)
                packed = inflater.unconsumed_tail
        except zlib.error:
            raise ServiceError(DAMAGED) from None
