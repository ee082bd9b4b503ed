"""Experience as other teams read it: by check point, without the paper, the village or the people behind it."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from core.listing import Page, keyset
from findings import rules
from findings.models import Finding, Tip, TipStatus
from prep.models import CheckPoint, CheckPointLibrary
from villages.models import Round
from villages.selectors.schemes import five_code


@dataclass(frozen=True)
class TipLine:
    """One tip with how often it was tried and helped; ``mine``: of the viewer's own team."""

    pk: UUID
    point: str
    title: str
    what: str
    how: str
    evidence: str
    shared_on: dt.date | None
    tried: int
    helped: int
    tip: Tip
    mine: bool
    can_rate: bool


def tips_of(viewer: Any, round_: Round, *, point: str = "", cursor: str = "") -> Page:
    """Tips of the round's district the viewer may read, the latest first, as rows of :class:`TipLine`."""
    rows = Tip.objects.visible_to(viewer).filter(round__district=round_.district_id)
    if point:
        rows = rows.filter(point=point)
    page = keyset(_counted(rows), order=["-id"], cursor=cursor, size=30)
    return replace(page, rows=_lines(viewer, page.rows))


def tips_at(viewer: Any, item: Any) -> list[TipLine]:
    """What other teams found at the same check point, the most helpful first; for the item's page."""
    if item.check_point is None:
        return []
    rows = Tip.objects.visible_to(viewer).filter(
        point=item.check_point.code, status=TipStatus.SHARED, round__district=item.round.district_id
    )
    best = _counted(rows.exclude(inspection=item.inspection_id)).order_by("-helped", "-id")[:5]
    return _lines(viewer, list(best))


def points_for(viewer: Any, finding: Finding) -> QuerySet[CheckPoint]:
    """Points of the present library of the paper's kind of problem; the one it was written from is among them."""
    code = five_code(finding.subcategory or finding.category)
    current = Q(library__status=CheckPointLibrary.Status.CURRENT, active=True, category__startswith=code)
    own = Q(pk=finding.watch_item.check_point_id if finding.watch_item else None)
    return CheckPoint.objects.visible_to(viewer).filter(current | own)


def _counted(rows: QuerySet[Tip]) -> QuerySet[Tip]:
    counts = {"tried": Count("uses"), "helped": Count("uses", filter=Q(uses__helped=True))}
    return rows.annotate(**counts).select_related("team", "inspection", "round")


def _lines(viewer: Any, rows: list[Any]) -> list[TipLine]:
    points = CheckPoint.objects.filter(code__in={row.point for row in rows}).order_by("library_id")
    titles = dict(points.values_list("code", "title"))
    return [_line(viewer, row, titles.get(row.point, "")) for row in rows]


def _line(viewer: Any, row: Any, title: str) -> TipLine:
    return TipLine(
        pk=row.pk, point=row.point, title=title, what=row.what, how=row.how, evidence=row.evidence,
        shared_on=row.shared_on, tried=row.tried, helped=row.helped, tip=row,
        mine=bool(rules.can_share_tip(viewer, row) or rules.can_edit_tip(viewer, row)),
        can_rate=bool(rules.can_rate_tip(viewer, row)),
    )  # fmt: skip
