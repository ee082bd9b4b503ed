"""The plain writes: create, change, put aside, restore. Each raises the revision and leaves its audit entry."""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.contrib.auth import get_user_model
from django.db import models, transaction

from core import audit, clock
from core.errors import ServiceError, StaleRecord
from core.models.base import Record

M = TypeVar("M", bound=Record)


def take_turns(person: Any) -> None:
    """Let what ``person`` does in several windows at once pass here one after the other, until each has committed.

    For writes that first look at what the person has: how many rows, how large, under which name.
    """
    get_user_model()._base_manager.select_for_update(no_key=True).get(pk=person.pk)


def field_values(obj: models.Model, names: Sequence[str]) -> dict[str, Any]:
    """Return the named concrete fields of ``obj``; a relation gives the related object (or ``None``)."""
    return {name: getattr(obj, name) for name in names}


def check_lengths(objs: Sequence[Record]) -> None:
    """Refuse rows with a text longer than their model allows; for the few places that insert past this module."""
    for obj in objs:
        for field in obj._meta.concrete_fields:
            _check_length(obj, field, getattr(obj, field.attname))


def _check_length(obj: Record, field: Any, value: Any) -> None:
    most = obj.LONGEST_TEXT
    if isinstance(field, models.TextField) and isinstance(value, str) and len(value) > most:
        raise ServiceError(
            f"{field.verbose_name}有{len(value)}字，最多{most}字，没有保存。请缩短，更长的内容作为附件上传。",
            field.name,
        )


@transaction.atomic
def create(obj: M, *, actor: Any, verb: str, reason: str = "") -> M:
    """Insert ``obj`` and record every filled field as the entry's ``after``."""
    check_lengths([obj])
    obj.save(force_insert=True)
    skip = {"id", "revision", "created_at", "updated_at", "password"}
    names = [f.name for f in obj._meta.concrete_fields if f.name not in skip]
    after = {
        name: value for name, value in field_values(obj, names).items() if value not in (None, "", [], {})
    }
    audit.record(actor=actor, verb=verb, target=obj, after=after, reason=reason)
    return obj


@transaction.atomic
def bulk_create(
    objs: list[M],
    *,
    actor: Any,
    verb: str,
    summary: str,
    target: models.Model | None = None,
    details: dict[str, Any] | None = None,
) -> list[M]:
    """Insert many rows of one import or one generated list under a single audit entry.

    ``summary`` names the batch in the trail; ``details`` are its figures.
    """
    if not objs:
        return []
    model = type(objs[0])
    check_lengths(objs)
    created = model._default_manager.bulk_create(objs, batch_size=500)
    after = {"count": len(objs)} | (details or {})
    audit.record(actor=actor, verb=verb, target=target, after=after, label=summary)
    return created


@transaction.atomic
def update(
    obj: M, *, actor: Any, verb: str, revision: int | None, changes: dict[str, Any], reason: str = ""
) -> M:
    """Write ``changes`` if the row still has ``revision`` (``None``: the revision of ``obj`` as loaded).

    Raises ``StaleRecord`` with the stored row when somebody else saved first. Without a real change nothing is
    written and the row comes back as it is.
    """
    expected = obj.revision if revision is None else revision
    before = field_values(obj, list(changes))
    changed = {name: value for name, value in changes.items() if before[name] != value}
    if not changed and obj.revision == expected:
        return obj
    return write_revision(
        obj, expected, changed, attempted=changes, actor=actor, verb=verb, before=before, reason=reason
    )


def write_revision(
    obj: M,
    expected: int,
    changed: dict[str, Any],
    *,
    attempted: dict[str, Any],
    actor: Any,
    verb: str,
    before: dict[str, Any],
    reason: str = "",
    guard: dict[str, Any] | None = None,
) -> M:
    """Apply ``changed`` where id, ``expected`` revision and ``guard`` hold; demand that exactly one row changed."""
    for name, value in changed.items():
        _check_length(obj, obj._meta.get_field(name), value)
    values = changed | {"revision": expected + 1, "updated_at": clock.now()}
    rows = type(obj)._base_manager.filter(pk=obj.pk, revision=expected, **(guard or {})).update(**values)
    if rows != 1:
        current = type(obj)._base_manager.filter(pk=obj.pk).first()
        raise StaleRecord(current, attempted)
    for name, value in values.items():
        setattr(obj, name, value)
    audit.record(
        actor=actor,
        verb=verb,
        target=obj,
        before={name: before[name] for name in changed},
        after=changed,
        reason=reason,
    )
    return obj


def soft_delete(obj: M, *, actor: Any, verb: str, reason: str, revision: int | None = None) -> M:
    """Put ``obj`` aside with a reason; the row stays and can be restored."""
    changes = {"deleted_at": clock.now(), "deleted_by_name": actor.display_name, "delete_reason": reason}
    return update(obj, actor=actor, verb=verb, revision=revision, changes=changes, reason=reason)


def restore(obj: M, *, actor: Any, verb: str, revision: int | None = None) -> M:
    """Bring a row that was put aside back to where it was."""
    changes = {"deleted_at": None, "deleted_by_name": "", "delete_reason": ""}
    return update(obj, actor=actor, verb=verb, revision=revision, changes=changes)
