"""The end of the stage for one village: every paper decided, at least one signed."""

from typing import Any

from django.db import transaction

from core.access import demand
from core.errors import ServiceError
from findings import rules
from findings.selectors.progress import open_papers
from villages.models import Stage, VillageInspection
from villages.services import advance_stage


@transaction.atomic
def finish_findings(
    *, actor: Any, inspection: VillageInspection, revision: int | None = None
) -> VillageInspection:
    """Move the village on to writing the report. Raises ``ServiceError`` saying which papers are in the way."""
    demand(rules.can_finish(actor, inspection))
    obstacles = open_papers(inspection)
    if obstacles:
        raise ServiceError(f"还不能转入撰写报告：{'；'.join(obstacles)}。")
    return advance_stage(actor=actor, inspection=inspection, to=Stage.REPORT, revision=revision)
