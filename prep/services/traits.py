"""The list of traits: added to, renamed, put in order, retired. A code, once given, is never taken away."""

import secrets
from typing import Any

from django.db import transaction

from core import records
from core.access import demand
from core.errors import ServiceError
from core.text import clean
from prep import rules
from prep.models import Trait


@transaction.atomic
def add_trait(*, actor: Any, label: str, hint: str = "", order: int = 0, active: bool = True) -> Trait:
    """Add a kind of village. Its code is made by the system: people only ever see the name."""
    demand(rules.can_keep_traits(actor))
    code = f"t-{secrets.token_hex(4)}"
    row = Trait(code=code, label=_label(label), hint=clean(hint).strip(), order=order, active=active)
    return records.create(row, actor=actor, verb="prep.add_trait")


@transaction.atomic
def edit_trait(*, actor: Any, trait: Trait, revision: int, values: dict[str, Any]) -> Trait:
    """Rename, move or retire one; profiles and check points keep its code and show its new name."""
    demand(rules.can_keep_traits(actor))
    changes: dict[str, Any] = {name: values[name] for name in ("hint", "order", "active") if name in values}
    if "label" in values:
        changes["label"] = _label(values["label"], trait)
    return records.update(trait, actor=actor, verb="prep.edit_trait", revision=revision, changes=changes)


def _label(text: str, own: Trait | None = None) -> str:
    label = clean(text).strip()
    if not label:
        raise ServiceError("请写明名称。", "label")
    if Trait.objects.filter(label=label).exclude(pk=own.pk if own else None).exists():
        raise ServiceError(f"已有名为“{label}”的村情类型，请换一个名称或改用原有的。", "label")
    return label
