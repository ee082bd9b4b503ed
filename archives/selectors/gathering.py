"""Every stage's papers of a round or of one village in it, in the order of the catalogue."""

from collections.abc import Iterator
from typing import Any

from core.filing import FiledPaper, reachable
from findings.selectors import filing as findings
from rectification.selectors import filing as rectification
from reports.selectors import filing as reports
from villages.models import Round, VillageInspection


def gathered(viewer: Any, round_: Round, inspection: VillageInspection | None = None) -> list[FiledPaper]:
    """Papers the viewer may file, by stage, then town and village, then number."""
    return list(_all(viewer, round_, inspection))


def _all(viewer: Any, round_: Round, inspection: VillageInspection | None) -> Iterator[FiledPaper]:
    rows = reachable(VillageInspection.objects.filter(round=round_), viewer)
    if inspection is not None:
        rows = rows.filter(pk=inspection.pk)
    for row in rows.select_related("village").order_by("village__code"):
        yield from findings.papers_to_file(viewer, row)
    yield from reports.papers_to_file(viewer, round_, inspection)
    yield from rectification.papers_to_file(viewer, round_, inspection)
