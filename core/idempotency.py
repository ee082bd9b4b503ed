"""One form instance, one effect: a double click, a resend, a retry after a lost answer."""

import hashlib
import json
from collections.abc import Callable
from typing import Any, TypeVar

from django.apps import apps
from django.db import models, transaction

from core.audit import plain
from core.errors import ReplayMismatch
from core.models.forms import FormKey

M = TypeVar("M", bound=models.Model)


@transaction.atomic
def once(*, scope: str, key: str, payload: dict[str, Any], action: Callable[[], M]) -> M:
    """Run ``action`` unless ``key`` was already processed in ``scope``; then return the object it made.

    The key row is written in the transaction of the effect: a parallel twin waits on the unique index and then
    reads the answer; a crash takes both back. Raises ``ReplayMismatch`` for the same key with other content.
    An empty key runs the action unguarded.
    """
    if not key:
        return action()
    digest = hashlib.sha256(json.dumps(plain(payload), sort_keys=True, default=str).encode()).hexdigest()
    FormKey.objects.bulk_create([FormKey(scope=scope, key=key, payload_hash=digest)], ignore_conflicts=True)
    row = FormKey.objects.select_for_update().get(scope=scope, key=key)
    if row.object_id or row.payload_hash != digest:
        return _replayed(row, digest)
    result = action()
    FormKey.objects.filter(pk=row.pk).update(object_type=result._meta.label_lower, object_id=str(result.pk))
    return result


def _replayed(row: FormKey, digest: str) -> Any:
    if row.payload_hash != digest:
        raise ReplayMismatch
    return apps.get_model(row.object_type)._base_manager.get(pk=row.object_id)
