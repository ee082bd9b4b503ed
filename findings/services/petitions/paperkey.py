"""The private half of the recovery key on paper: groups of characters that are hard to misread, with a check."""

import hashlib

from nacl.public import PrivateKey

from core.errors import ServiceError

# Crockford's base 32: no I, L, O, U. Whoever types one of the first three meant 1, 1, 0.
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MEANT = str.maketrans("ILO", "110")
_KEY, _CHECK, _GROUP = 32, 3, 4
# 35 bytes are 280 bits are 56 letters are 14 groups.
_LENGTH = (_KEY + _CHECK) * 8 // 5
_FIELD = "recovery_passphrase"


def as_text(private: PrivateKey) -> str:
    """Fourteen groups of four."""
    raw = private.encode()
    number = int.from_bytes(raw + _check(raw), "big")
    letters = []
    for _ in range(_LENGTH):
        number, digit = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[digit])
    text = "".join(reversed(letters))
    return " ".join(text[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP))


def typed(text: str) -> PrivateKey:
    """The key somebody copied from paper; raises ``ServiceError`` for one that was copied wrongly."""
    letters = "".join(char for char in text.upper() if char.isalnum()).translate(_MEANT)
    if len(letters) != _LENGTH:
        raise ServiceError(
            f"恢复密钥应为{_LENGTH // _GROUP}组、每组{_GROUP}个字符，现在是{len(letters)}个字符，请补齐或删去多余的。",
            _FIELD,
        )
    if strange := sorted({char for char in letters if char not in _LETTERS}):
        raise ServiceError(f"恢复密钥里没有“{'、'.join(strange)}”，请对照纸面逐组核对。", _FIELD)
    number = 0
    for char in letters:
        number = number * len(_LETTERS) + _LETTERS.index(char)
    raw = number.to_bytes(_KEY + _CHECK, "big")
    if raw[_KEY:] != _check(raw[:_KEY]):
        raise ServiceError("恢复密钥有字符抄错（校验不符），请对照纸面逐组核对。", _FIELD)
    return PrivateKey(raw[:_KEY])


def _check(raw: bytes) -> bytes:
    return hashlib.sha256(b"recovery" + raw).digest()[:_CHECK]
