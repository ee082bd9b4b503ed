"""Problems of earlier rounds put on the watch list of the village's present one."""

from typing import Any

from django.db import transaction

from core.access import demand
from core.errors import ServiceError
from findings import rules
from findings.selectors.watch import earlier_problems, seed_of
from prep.models import Origin, WatchItem
from prep.services import seed_watch_items
from villages.models import VillageInspection


@transaction.atomic
def take_over_earlier(*, actor: Any, inspection: VillageInspection, papers: list[str]) -> list[WatchItem]:
    """Put the chosen earlier problems (keys of their papers) on the list; return the items that were new."""
    demand(rules.can_take_over(actor, inspection))
    chosen = [row.finding for row in earlier_problems(inspection) if str(row.finding.pk) in set(papers)]
    if not chosen:
        raise ServiceError("请先勾选要带入的问题。")
    return seed_watch_items(
        actor=actor, inspection=inspection, origin=Origin.EARLIER, rows=[seed_of(paper) for paper in chosen]
    )
