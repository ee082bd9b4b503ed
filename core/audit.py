"""Write, read and verify the audit trail.

An entry is appended in the transaction of the change it describes: if either fails, neither exists. The chain
is kept by locking one head row, so parallel writers queue instead of forking it.
"""

import datetime as dt
import decimal
import hashlib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from core import clock
from core.context import client_address
from core.digests import canonical
from core.models.audit import AuditEntry, AuditHead
from core.text import clean_deep

GENESIS = "0" * 64
HIDDEN = "（不留存内容）"


@dataclass(frozen=True)
class SystemActor:
    """The actor of work that no person started: reapers, scheduled jobs, first set-up."""

    pk: str = ""
    display_name: str = "系统"
    role: str = "system"


SYSTEM = SystemActor()


def record(
    *,
    actor: Any,
    verb: str,
    target: models.Model | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
    label: str | None = None,
) -> AuditEntry:
    """Append one entry and return it.

    ``verb`` is dotted (``findings.sign``); ``before``/``after`` hold the changed fields only. Values of the
    target's ``AUDIT_SECRET`` fields are replaced by a fixed phrase.
    """
    secret = getattr(target, "AUDIT_SECRET", frozenset())
    entry = AuditEntry(
        at=clock.now(),
        actor_id=str(actor.pk or ""),
        actor_name=actor.display_name[:60],
        actor_role=str(getattr(actor, "role", ""))[:40],
        verb=verb,
        target_type=target._meta.label_lower if target is not None else "",
        target_id=str(target.pk) if target is not None else "",
        target_label=(label if label is not None else _label(target))[:300],
        before=_storable(before or {}, secret),
        after=_storable(after or {}, secret),
        reason=reason,
        source=client_address.get(),
    )
    return _append(entry)


def _append(entry: AuditEntry) -> AuditEntry:
    with transaction.atomic():
        AuditHead.objects.get_or_create(pk=1)
        head = AuditHead.objects.select_for_update().get(pk=1)
        entry.seq = head.seq + 1
        entry.previous = head.digest
        for field in ("actor_name", "target_label", "reason"):
            setattr(entry, field, clean_deep(getattr(entry, field)))
        entry.digest = digest_of(entry)
        entry.save(force_insert=True)
        AuditHead.objects.filter(pk=1).update(seq=entry.seq, digest=entry.digest)
    return entry


def _label(target: models.Model | None) -> str:
    if target is None:
        return ""
    return target.audit_label() if hasattr(target, "audit_label") else str(target)


def _storable(values: dict[str, Any], secret: frozenset[str]) -> dict[str, Any]:
    return clean_deep({key: HIDDEN if key in secret else plain(value) for key, value in values.items()})


def plain(value: Any) -> Any:
    """Turn a field value into what JSON keeps identically on every database (numbers with fractions as text)."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, float | decimal.Decimal | uuid.UUID):
        return str(value)
    if isinstance(value, models.Model):
        return str(value)
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset | models.QuerySet):
        return [plain(item) for item in value]
    return str(value)


def digest_of(entry: AuditEntry) -> str:
    """Return the entry's SHA-256, chained over the previous one, as 64 hexadecimal digits."""
    body = {
        "v": 1,
        "seq": entry.seq,
        "at": entry.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        "actor": [entry.actor_id, entry.actor_name, entry.actor_role],
        "verb": entry.verb,
        "target": [entry.target_type, entry.target_id, entry.target_label],
        "before": entry.before,
        "after": entry.after,
        "reason": entry.reason,
        "source": entry.source,
    }
    return hashlib.sha256(f"{entry.previous}\n{canonical(body)}".encode()).hexdigest()


def history(obj: models.Model) -> models.QuerySet[AuditEntry]:
    """Entries about one object, newest first."""
    return AuditEntry.objects.filter(target_type=obj._meta.label_lower, target_id=str(obj.pk))


@dataclass(frozen=True)
class Break:
    """The first place where the chain does not hold: the sequence number and what is wrong."""

    seq: int
    kind: str
    message: str


def verify(start: int = 1) -> tuple[int, Break | None]:
    """Walk the chain from ``start``; return how many entries were read and the first break, if any."""
    count, expected, previous = 0, start, _digest_before(start)
    for entry in _chain(start):
        problem = _problem(entry, expected, previous)
        if problem:
            return count, problem
        count, expected, previous = count + 1, expected + 1, entry.digest
    head = AuditHead.objects.filter(pk=1).first()
    stored = (head.seq, head.digest) if head else (0, GENESIS)
    if stored != (expected - 1, previous):
        return count, Break(expected, "tail", f"链首记录第{stored[0]}条，实际只到第{expected - 1}条。")
    return count, None


def _digest_before(start: int) -> str:
    if start <= 1:
        return GENESIS
    return AuditEntry.objects.filter(seq=start - 1).values_list("digest", flat=True).first() or ""


def _chain(start: int) -> Iterator[AuditEntry]:
    return AuditEntry.objects.filter(seq__gte=start).order_by("seq").iterator(chunk_size=2000)


def _problem(entry: AuditEntry, expected: int, previous: str) -> Break | None:
    if entry.seq != expected:
        return Break(expected, "missing", f"第{expected}条缺失。")
    if entry.previous != previous:
        return Break(entry.seq, "link", f"第{entry.seq}条与前一条不相连。")
    if entry.digest != digest_of(entry):
        return Break(entry.seq, "content", f"第{entry.seq}条内容被改动。")
    return None
