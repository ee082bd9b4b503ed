"""The stage of a village in a round: one step on when a stage is finished, one step back by the office."""

from typing import Any

from django.db import transaction

from core.errors import ServiceError
from villages.models import Stage, VillageInspection
from villages.workflow import ORDER, STAGES, advance_name, back_name, next_stage


@transaction.atomic
def advance_stage(
    *, actor: Any, inspection: VillageInspection, to: str, revision: int | None = None
) -> VillageInspection:
    """Move ``inspection`` on to stage ``to``, which must be the next one.

    Called by the stage that ends, in the same transaction, after its own conditions are met.
    """
    following = next_stage(inspection)
    if following is None or to != following:
        raise ServiceError(f"当前为“{Stage(inspection.status).label}”阶段，不能直接进入“{Stage(to).label}”。")
    return STAGES.apply(inspection, advance_name(to), actor=actor, revision=revision)


@transaction.atomic
def step_back(
    *, actor: Any, inspection: VillageInspection, reason: str, revision: int | None = None
) -> VillageInspection:
    """Send ``inspection`` back to the stage before, with a reason: the office."""
    position = ORDER.index(Stage(inspection.status))
    if position == 0:
        raise ServiceError("已经是第一个阶段，不能再退回。")
    step = back_name(ORDER[position - 1])
    return STAGES.apply(inspection, step, actor=actor, revision=revision, reason=reason)
