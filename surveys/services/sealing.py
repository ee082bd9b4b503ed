"""Keys of the anonymous part: keyed digests of tokens, and the sealed boxes that only the mixer opens.

Answers are sealed to the public half of a key pair made for one survey, before they reach the database: neither a
copy of the waiting rows nor a log of the database shows an answer next to the slip it came with. The private half
is a file ``<survey>-<public key>.key`` (mode 0600) below ``settings.SURVEY_KEYS_DIR``: named after its other half,
so that a second attempt to open a survey never overwrites the key of the first. It goes when the survey is forgotten.
"""

import hashlib
import hmac
import json
import os
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from nacl.public import PrivateKey, PublicKey, SealedBox

from core.errors import ServiceError

# Every sealed answer of one questionnaire has the same number of bytes inside, so that its length says nothing about
# what was written or whether anybody was rated: choices and marks, and for each open question as much as may be
# written in it (four bytes a character).
_CHOICES_BYTES = 640
_WORDS_BYTES = 2000


def keyed(purpose: str, text: str) -> str:
    """Keyed digest (HMAC-SHA-256, hexadecimal) of ``text``; ``purpose`` keeps the kinds apart."""
    message = f"{purpose}:{text}".encode()
    return hmac.new(settings.SURVEY_KEY.encode(), message, hashlib.sha256).hexdigest()


def make_key(survey_id: UUID) -> str:
    """Make the key pair of a survey; keep the private half in its file and return the public half (hexadecimal)."""
    private = PrivateKey.generate()
    public = private.public_key.encode().hex()
    path = _path(survey_id, public)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(private.encode().hex().encode())
        file.flush()
        os.fsync(file.fileno())
    return public


def destroy_key(survey_id: UUID) -> None:
    """Remove the private half: copies of answers that waited can never be opened again."""
    for path in Path(settings.SURVEY_KEYS_DIR).glob(f"{survey_id}-*.key"):
        path.unlink(missing_ok=True)


def seal(public_key: str, answer: dict[str, Any], open_questions: int = 1) -> bytes:
    """Seal one answer so that only the mixer reads it; all of a questionnaire with so many open questions are equally
    long.
    """
    size = _CHOICES_BYTES + max(1, open_questions) * _WORDS_BYTES
    plain = json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()
    if len(plain) > size:
        raise ServiceError("填写内容过长，请缩短意见建议后再提交。")
    return SealedBox(PublicKey(bytes.fromhex(public_key))).encrypt(plain.ljust(size))


class Opener:
    """Opens what was sealed for one survey."""

    def __init__(self, survey_id: UUID, public_key: str) -> None:
        try:
            private = PrivateKey(bytes.fromhex(_path(survey_id, public_key).read_text()))
        except FileNotFoundError:
            raise ServiceError("找不到本次调查的混合密钥，请联系系统管理员恢复密钥文件。") from None
        self._box = SealedBox(private)

    def open(self, sealed: bytes) -> dict[str, Any]:
        """Return the answer as it was before sealing."""
        return json.loads(self._box.decrypt(bytes(sealed)))


def _path(survey_id: UUID, public_key: str) -> Path:
    return Path(settings.SURVEY_KEYS_DIR) / f"{survey_id}-{public_key[:16]}.key"
