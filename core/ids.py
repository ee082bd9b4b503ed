"""Time-ordered identifiers.

Rows made on laptops without a network are later merged, so keys must be unique across machines and still
sort by time (index locality, keyset pages): UUID version 7 of RFC 9562.
"""

import secrets
import threading
import time
import uuid

_lock = threading.Lock()
_last_stamp = 0


def uuid7() -> uuid.UUID:
    """Return a version 7 UUID; strictly increasing within one process, even within one millisecond.

    The 12 bits after the millisecond hold its fraction in units of 1/4096 ms (RFC 9562, method 3).
    """
    global _last_stamp
    with _lock:
        # 60 bits: milliseconds since the epoch and a 12-bit fraction of one.
        stamp = (time.time_ns() << 12) // 1_000_000
        stamp = max(stamp, _last_stamp + 1)
        _last_stamp = stamp
    milliseconds, fraction = stamp >> 12, stamp & 0xFFF
    value = (milliseconds & (1 << 48) - 1) << 80 | 0x7 << 76 | fraction << 64
    value |= 0b10 << 62 | secrets.randbits(62)
    return uuid.UUID(int=value)


def key_of(text: str) -> uuid.UUID | None:
    """A primary key from an address or a form; ``None`` for anything else."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
