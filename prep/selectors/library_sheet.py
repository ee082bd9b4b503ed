"""A version of the library in words, as it goes into a workbook."""

from typing import Any

from django.utils import timezone

from prep.documents.library import LibraryRow, LibrarySheet
from prep.models import CheckPointLibrary
from prep.selectors.library import PointFilters, PointLine, point_list


def library_sheet(viewer: Any, library: CheckPointLibrary) -> LibrarySheet:
    """All points of a version, those left out too, with their record."""
    lines = point_list(viewer, library, PointFilters()).lines
    latest = max((line.point.updated_at for line in lines), default=library.updated_at)
    return LibrarySheet(
        name=library.name,
        version=library.version,
        status=library.get_status_display(),
        day=timezone.localdate(latest),
        office="区委巡察办",
        rows=tuple(map(_row, lines)),
    )


def _row(line: PointLine) -> LibraryRow:
    point, record = line.point, line.record
    return LibraryRow(
        code=point.code, category=point.category, title=point.title, basis=point.basis, method=point.method,
        evidence_hint=point.evidence_hint, traits=line.traits, attention=line.attention,
        active="是" if point.active else "否", used=record.used, hits=record.hits, last_hit=record.last_hit,
    )  # fmt: skip
