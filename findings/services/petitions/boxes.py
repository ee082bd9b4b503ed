"""The boxes themselves: what is sealed with a public key opens only with a passphrase. Nothing here touches a row.

A packet has a random data key. Each of its parts is encrypted under it (XChaCha20-Poly1305) and bound to its place,
so that a ciphertext moved elsewhere does not open. The data key is wrapped to each custodian (X25519 sealed box); the
custodian's private half is locked under a key that Argon2id makes of the passphrase. A later version adds a number.
"""

import struct

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.pwhash import argon2id
from nacl.secret import Aead, SecretBox
from nacl.utils import random

from findings.models.ciphertext import SHORT_BLOCK, Stored, decrypt, encrypt

_VERSION = 1
# What one guess at a passphrase costs; kept beside each locked key, so that it can be raised later.
OPSLIMIT = argon2id.OPSLIMIT_MODERATE
MEMLIMIT = argon2id.MEMLIMIT_MODERATE
_LOCK = struct.Struct(f">BII{argon2id.SALTBYTES}s")
# Lengths tell: every part fills whole blocks.
_BLOCK = {"original": 4096, "files": 65536, "originals": 65536, "attachments": 262144}


class WrongPassphrase(Exception):
    """The locked key does not open with this passphrase."""


def make_pair(passphrase: str) -> tuple[str, bytes]:
    """A new pair: the public half in hexadecimal, the private half locked with ``passphrase``."""
    private = PrivateKey.generate()
    return private.public_key.encode().hex(), _lock(private, passphrase)


def lock_again(locked: Stored, old: str, new: str) -> bytes:
    """The same private half under another passphrase."""
    return _lock(unlock(locked, old), new)


def _lock(private: PrivateKey, passphrase: str) -> bytes:
    salt = random(argon2id.SALTBYTES)
    box = SecretBox(_stretch(passphrase, salt, OPSLIMIT, MEMLIMIT))
    return _LOCK.pack(_VERSION, OPSLIMIT, MEMLIMIT, salt) + box.encrypt(private.encode())


def unlock(locked: Stored, passphrase: str) -> PrivateKey:
    """The private half; raises :class:`WrongPassphrase`."""
    _, ops, mem, salt = _LOCK.unpack(bytes(locked[: _LOCK.size]))
    try:
        return PrivateKey(
            SecretBox(_stretch(passphrase, salt, ops, mem)).decrypt(bytes(locked[_LOCK.size :]))
        )
    except CryptoError:
        raise WrongPassphrase from None


def _stretch(passphrase: str, salt: bytes, ops: int, mem: int) -> bytes:
    return argon2id.kdf(SecretBox.KEY_SIZE, passphrase.encode(), salt, opslimit=ops, memlimit=mem)


def new_data_key() -> bytes:
    """The key of one packet; it is kept only wrapped."""
    return random(Aead.KEY_SIZE)


def wrap(data_key: bytes, packet: str, public_key: str) -> bytes:
    """``data_key`` of the packet named ``packet`` for the owner of ``public_key`` (hexadecimal)."""
    return SealedBox(PublicKey(bytes.fromhex(public_key))).encrypt(data_key + packet.encode())


def unwrap(box: Stored, packet: str, private: PrivateKey) -> bytes:
    """The data key; raises ``CryptoError`` for a box of another packet."""
    plain = SealedBox(private).decrypt(bytes(box))
    if plain[Aead.KEY_SIZE :] != packet.encode():
        raise CryptoError("wrapped for another packet")
    return plain[: Aead.KEY_SIZE]


def seal(data_key: bytes, place: str, name: str, content: bytes) -> bytes:
    """``content`` encrypted and bound to ``place``, its length hidden within whole blocks."""
    return encrypt(data_key, _bound(place), content, _BLOCK.get(name, SHORT_BLOCK))


def open_part(data_key: bytes, place: str, box: Stored) -> bytes:
    """What was sealed at ``place``; raises ``CryptoError`` for anything else."""
    return decrypt(data_key, _bound(place), box)


def _bound(place: str) -> bytes:
    return f"{_VERSION}|{place}".encode()
