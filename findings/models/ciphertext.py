"""Ciphertexts in columns: encrypted, authenticated, padded, and bound to the one place where they open.

The first two functions take any key. The other two are for columns named ``sealed_…`` that the server itself opens
for those who may see the row; their key (``CLUE_KEY``) lies in a file of its own, never in the database.
"""

import hashlib
import json
import struct
from typing import Any

from django.conf import settings
from django.db import models
from nacl.exceptions import CryptoError
from nacl.secret import Aead

from core.errors import ServiceError
from core.text import clean_deep

_VERSION = 1
# Lengths tell: a text fills whole blocks of this many bytes.
SHORT_BLOCK = 512
# As a database hands it out.
Stored = bytes | memoryview


class NotReadable(ServiceError):
    """A ciphertext that was moved, changed, or written with another key; said without a word of what it holds."""

    status = 500

    def __init__(self) -> None:
        super().__init__(
            "这条内容现在无法解密读取，可能是密钥没有配好或数据受损。请联系系统管理员核对密钥和备份。"
        )


def encrypt(key: bytes, place: bytes, content: bytes, block: int = SHORT_BLOCK) -> bytes:
    """``content`` under XChaCha20-Poly1305, bound to ``place``, its length hidden within blocks of ``block`` bytes."""
    framed = struct.pack(">I", len(content)) + content
    padded = framed.ljust(-(-len(framed) // block) * block, b"\0")
    return Aead(key).encrypt(padded, aad=place)


def decrypt(key: bytes, place: bytes, box: Stored) -> bytes:
    """What was encrypted for ``place``; raises ``CryptoError`` for anything else."""
    if len(box) < Aead.NONCE_SIZE + Aead.MACBYTES:
        raise CryptoError  # cut off; the library itself stumbles over some lengths
    plain = Aead(key).decrypt(bytes(box), aad=place)
    return plain[4 : 4 + struct.unpack(">I", plain[:4])[0]]


def lock_bytes(row: models.Model, name: str, content: bytes, block: int = SHORT_BLOCK) -> bytes:
    """``content`` for the column ``name`` of ``row``, which has its key already."""
    return encrypt(_key(), _place(row, name), content, block)


def unlock_bytes(row: models.Model, name: str) -> bytes:
    """What stands in the column ``name`` of ``row``, empty when nothing was written; raises :class:`NotReadable`."""
    box = getattr(row, name)
    if not box:
        return b""
    try:
        return decrypt(_key(), _place(row, name), box)
    except CryptoError:
        raise NotReadable from None


def lock(row: models.Model, name: str, value: Any) -> bytes:
    """A text, list or dictionary for the column ``name`` of ``row``, cleaned."""
    return lock_bytes(row, name, json.dumps(clean_deep(value), ensure_ascii=False).encode())


def unlock(row: models.Model, name: str) -> Any:
    """The value in the column ``name`` of ``row``; an empty text when nothing was written."""
    plain = unlock_bytes(row, name)
    return json.loads(plain) if plain else ""


def _key() -> bytes:
    return hashlib.blake2b(settings.CLUE_KEY.encode(), digest_size=Aead.KEY_SIZE, person=b"clue").digest()


def _place(row: models.Model, name: str) -> bytes:
    return f"{_VERSION}|{row._meta.label_lower}|{row.pk}|{name}".encode()
