"""The rows behind a point of a picture, however many, in the picture's own order."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from core.listing import Page
from ledgers.models import LedgerRow
from ledgers.selectors.rows import Group, group_of
from villages.models import Village


@dataclass(frozen=True)
class PointRows:
    """One page of them."""

    page: Page
    groups: list[Group]


def rows_of_point(
    viewer: Any, village: Village, keys: Sequence[str], *, cursor: str = "", size: int = 50
) -> PointRows:
    """The rows with ``keys``; ``cursor`` is how many come before the page."""
    at = int(cursor) if cursor.isascii() and cursor.isdigit() and len(cursor) <= 9 else 0
    part = keys[at : at + size]
    visible = LedgerRow.objects.visible_to(viewer).counted(village).select_related("sheet")
    known = {str(row.pk): row for row in visible.filter(pk__in=part)}
    found = [known[key] for key in part if key in known]
    page = Page(
        found,
        next=str(at + size) if at + size < len(keys) else "",
        previous=str(max(at - size, 0)) if at else "",
    )
    groups = [group_of(kind, list(rows)) for kind, rows in groupby(found, key=lambda row: row.kind)]
    return PointRows(page, groups)
