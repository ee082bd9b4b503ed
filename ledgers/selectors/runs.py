"""Which villages of a round have books that have changed since they were last checked."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from ledgers.models import LedgerRun, LedgerStamp
from ledgers.selectors.limits import basis, own_limits
from villages.models import Round, VillageInspection


@dataclass(frozen=True)
class Due:
    """A village that has books, and whether they were checked as they stand."""

    inspection: VillageInspection
    checked_at: dt.datetime | None
    fresh: bool


def with_books(viewer: Any, round_: Round) -> QuerySet[VillageInspection]:
    """Villages of the round that have books; ``viewer`` of ``None`` is the operator, who sees all."""
    rows = VillageInspection.objects.all() if viewer is None else VillageInspection.objects.visible_to(viewer)
    has = LedgerStamp.objects.filter(changes__gt=0).values("village")
    rows = rows.filter(round=round_, village__in=has)
    return rows.select_related("round", "village").order_by("village__code")


def due_villages(viewer: Any, round_: Round, today: dt.date) -> list[Due]:
    """Every village with books and how its last run stands to them; three queries."""
    latest = LedgerRun.objects.filter(inspection=OuterRef("pk")).order_by("-id")
    rows = with_books(viewer, round_).annotate(
        run_stamp=Subquery(latest.values("stamp")[:1]),
        run_basis=Subquery(latest.values("basis")[:1]),
        run_at=Subquery(latest.values("created_at")[:1]),
        now_stamp=Subquery(LedgerStamp.objects.filter(village=OuterRef("village")).values("changes")[:1]),
    )
    wanted = basis(own_limits(round_), today)
    return [Due(row, row.run_at, (row.run_stamp, row.run_basis) == (row.now_stamp, wanted)) for row in rows]
