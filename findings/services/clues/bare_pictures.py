"""Pictures inside of Word and Excel files without what a camera or a program wrote beside the picture itself.

The picture is not drawn anew: segments and chunks that draw nothing are left out, and what follows the end as well.
"""

import struct
from collections.abc import Iterator

JPEG, PNG = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
# Drawn or needed to draw; everything else a writer may fill with words, places and days.
_PNG_KEPT = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs", b"hIST"}
)  # fmt: skip
_END, _SCAN, _COMMENT = 0xD9, 0xDA, 0xFE
# How the colours were coded; the one application segment a reader cannot do without.
_JFIF, _ADOBE = 0xE0, 0xEE


class NotBare(Exception):
    """Not the picture it begins like: it cannot be told what in it is the picture."""


def bare_picture(content: bytes) -> bytes | None:
    """A JPEG or PNG without what was written beside it; ``None`` for anything else. Raises :class:`NotBare`."""
    if content.startswith(JPEG):
        return JPEG + b"".join(_segments(content))
    if content.startswith(PNG):
        return PNG + b"".join(_chunks(content))
    return None


def _chunks(content: bytes) -> Iterator[bytes]:
    at = len(PNG)
    while at + 12 <= len(content):
        length, kind = struct.unpack(">I4s", content[at : at + 8])
        end = at + 12 + length
        if end > len(content):
            break
        if kind in _PNG_KEPT:
            yield content[at:end]
        if kind == b"IEND":
            return
        at = end
    raise NotBare


def _segments(content: bytes) -> Iterator[bytes]:
    at = len(JPEG)
    while (at := _marker(content, at)) + 1 < len(content):
        marker = content[at + 1]
        if marker == _END:
            yield content[at : at + 2]
            return
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if marker == _SCAN:
            end = _after_scan(content, end)
        if not _is_beside(marker):
            yield content[at:end]
        at = end
    raise NotBare


def _is_beside(marker: int) -> bool:
    return marker == _COMMENT or (_JFIF < marker <= 0xEF and marker != _ADOBE)


def _marker(content: bytes, at: int) -> int:
    """Where the next marker begins; any number of fill bytes may stand before it."""
    if content[at : at + 1] != b"\xff":
        raise NotBare
    while content[at + 1 : at + 2] == b"\xff":
        at += 1
    return at


def _after_scan(content: bytes, at: int) -> int:
    """Where the coded picture ends: the first marker that is neither a stuffed byte nor a restart."""
    while (at := content.find(b"\xff", at)) != -1:
        following = content[at + 1 : at + 2]
        if following != b"\0" and not b"\xd0" <= following <= b"\xd7":
            return at
        at += 2
    raise NotBare
