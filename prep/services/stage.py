"""The end of preparation: the team knows the village and who looks for what."""

from typing import Any

from django.db import transaction

from core.access import demand
from core.errors import ServiceError
from prep import rules
from villages.models import Stage, VillageInspection
from villages.services import advance_stage


@transaction.atomic
def finish_preparation(
    *, actor: Any, inspection: VillageInspection, revision: int | None = None
) -> VillageInspection:
    """Move the village on to the survey. Raises ``ServiceError`` saying what is still missing."""
    demand(rules.can_finish(actor, inspection))
    missing = rules.unfinished(inspection)
    if missing:
        raise ServiceError(f"还不能转入调查测评：{'；'.join(missing)}。")
    return advance_stage(actor=actor, inspection=inspection, to=Stage.SURVEY, revision=revision)
