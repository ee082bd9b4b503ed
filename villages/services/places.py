"""The register of towns and villages, by hand: single corrections between two imports."""

from typing import Any

from django.db import transaction

from core import records
from core.access import demand
from core.errors import ServiceError
from villages import rules
from villages.models import Round, Town, Village

_FIELDS = (
    "town",
    "code",
    "name",
    "kind",
    "households",
    "population",
    "members",
    "secretary",
    "phone",
    "note",
)


@transaction.atomic
def create_village(*, actor: Any, **values: Any) -> Village:
    """Register one village or community; ``values`` are the fields of the model."""
    demand(rules.can_edit_places(actor))
    village = Village(**{name: values[name] for name in _FIELDS if name in values})
    _check_code(village.code, village.town)
    if Village.objects.filter(code=village.code).exists():
        raise ServiceError(f"区划代码{village.code}已经登记。", "code")
    return records.create(village, actor=actor, verb="places.add_village")


@transaction.atomic
def update_village(*, actor: Any, village: Village, revision: int, changes: dict[str, Any]) -> Village:
    """Correct a village; the code stays what it is, a re-import finds the row by it."""
    demand(rules.can_edit_places(actor))
    kept = {
        name: value for name, value in changes.items() if name in _FIELDS and name not in ("code", "town")
    }
    return records.update(village, actor=actor, verb="places.update_village", revision=revision, changes=kept)


@transaction.atomic
def retire_village(*, actor: Any, village: Village, reason: str, revision: int | None = None) -> Village:
    """Put a merged or dissolved village aside; its earlier rounds stay readable."""
    demand(rules.can_edit_places(actor))
    if not reason.strip():
        raise ServiceError("请填写撤并的理由。", "reason")
    if village.inspections.exclude(round__status=Round.Status.CLOSED).exists():
        raise ServiceError("该村（社区）正在接受巡察，本轮结束后再撤并。")
    return records.soft_delete(
        village, actor=actor, verb="places.retire_village", reason=reason, revision=revision
    )


@transaction.atomic
def restore_village(*, actor: Any, village: Village, revision: int | None = None) -> Village:
    """Take a village back into the register."""
    demand(rules.can_edit_places(actor))
    return records.restore(village, actor=actor, verb="places.restore_village", revision=revision)


def _check_code(code: str, town: Town) -> None:
    if len(code) != 12 or not code.isascii() or not code.isdigit():
        raise ServiceError("区划代码应为12位数字。", "code")
    if code[:9] != town.code[:9]:
        raise ServiceError(f"代码前9位应与{town.name}（{town.code[:9]}）一致。", "code")
