"""A signed visit counts towards the households that must be visited; when its signatures fall it no longer does."""

from typing import Any

from django.utils import timezone

from findings.models import FieldPaper
from findings.models.field_kinds import HOUSEHOLD
from prep.models import DutyPart, VisitCount
from prep.selectors.duties import subjects
from prep.services import count_visits, withdraw_visits


def count_visit(actor: Any, paper: Any) -> dict[str, VisitCount]:
    """Count the households of a visit; the change to be written on the paper, empty for anything else."""
    if not isinstance(paper, FieldPaper) or paper.details.get("visit_kind") != HOUSEHOLD:
        return {}
    group = paper.details["visitee"]
    known = subjects(paper.inspection, DutyPart.VISIT)
    counted = count_visits(
        actor=actor,
        inspection=paper.inspection,
        households=paper.details["households"],
        visited_on=timezone.localdate(paper.happened_at),
        visitor=paper.companion,
        group=group if group in known else "",
        note=f"走访记录{paper.no}",
    )
    return {"counted": counted}


def uncount_visit(actor: Any, paper: Any) -> dict[str, None]:
    """Take the count of a visit back; the change to be written on the paper, empty where nothing was counted."""
    if not isinstance(paper, FieldPaper) or paper.counted is None:
        return {}
    withdraw_visits(actor=actor, row=paper.counted, reason=f"走访记录{paper.no}签名后修改，重新签名后再计")
    return {"counted": None}
