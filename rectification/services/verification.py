"""What the inspecting side does with a reported item: verify, send back, close."""

from typing import Any

from django.db import transaction

from core import clock
from core.errors import ServiceError
from core.text import clean
from rectification.models import RectifyItem
from rectification.workflow import ITEM


@transaction.atomic
def verify_item(*, actor: Any, item: RectifyItem, note: str, revision: int | None = None) -> RectifyItem:
    """Confirm that the matter is put right; never by the person who reported it."""
    words = clean(note).strip()
    if not words:
        raise ServiceError("请写明核验方式和结果。", "note")
    changes = {"verified_by": actor, "verified_on": clock.today(), "verified_note": words}
    return ITEM.apply(item, "verify", actor=actor, revision=revision, changes=changes)


@transaction.atomic
def return_item(*, actor: Any, item: RectifyItem, reason: str, revision: int | None = None) -> RectifyItem:
    """Send a reported item back with the reason; it falls back on its deadline."""
    changes = {"returned_reason": clean(reason).strip(), "returned_at": clock.now()}
    return ITEM.apply(item, "return", actor=actor, revision=revision, reason=reason, changes=changes)


@transaction.atomic
def close_item(*, actor: Any, item: RectifyItem, basis: str, revision: int | None = None) -> RectifyItem:
    """Strike the item off the ledger, with the basis it rests on."""
    words = clean(basis).strip()
    if not words:
        raise ServiceError("请填写销号依据。", "basis")
    changes = {"closed_on": clock.today(), "closure_basis": words}
    return ITEM.apply(item, "close", actor=actor, revision=revision, changes=changes)
