"""The audit entries about the papers of a package, as lines of JSON in the order of the chain."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from core.audit import plain
from core.models import AuditEntry, AuditHead

_KEYS_AT_ONCE = 500
_ROWS_AT_ONCE = 1000
_FIELDS = (
    "seq", "at", "actor_id", "actor_name", "actor_role", "verb", "target_type", "target_id", "target_label",
    "before", "after", "reason", "source", "previous", "digest",
)  # fmt: skip


def chain_head() -> tuple[int, str]:
    """Number and digest of the newest entry of the whole trail."""
    head = AuditHead.objects.filter(pk=1).first()
    return (head.seq, head.digest) if head else (0, "0" * 64)


def extract(keys: Iterable[Any], up_to: int) -> Iterator[bytes]:
    """Entries about the rows ``keys`` up to entry ``up_to``; each line keeps the digests that place it in the chain."""
    wanted = sorted({str(key) for key in keys})
    numbers: set[int] = set()
    for start in range(0, len(wanted), _KEYS_AT_ONCE):
        part = wanted[start : start + _KEYS_AT_ONCE]
        rows = AuditEntry.objects.filter(target_id__in=part, seq__lte=up_to)
        numbers.update(rows.order_by().values_list("seq", flat=True))
    ordered = sorted(numbers)
    for start in range(0, len(ordered), _ROWS_AT_ONCE):
        for row in AuditEntry.objects.filter(seq__in=ordered[start : start + _ROWS_AT_ONCE]).order_by("seq"):
            values = {name: plain(getattr(row, name)) for name in _FIELDS}
            yield json.dumps(values, ensure_ascii=False, sort_keys=True).encode() + b"\n"
