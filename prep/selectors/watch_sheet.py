"""The watch list of a village in words, as it goes to paper."""

from typing import Any

from django.utils import timezone

from prep.documents.watch import WatchLine, WatchListData
from prep.models import WatchItem, WatchStatus
from prep.selectors.watch import grouped, watch_items
from villages.models import VillageInspection


def watch_sheet(viewer: Any, inspection: VillageInspection) -> WatchListData:
    """The list as far as the viewer may see it, dated by its latest change."""
    items = list(watch_items(viewer, inspection))
    latest = max((item.updated_at for item in items), default=inspection.updated_at)
    return WatchListData(
        village=inspection.village.name,
        round=inspection.round.name,
        team=inspection.team.name,
        office=f"{inspection.round.district.name}委巡察办",
        day=timezone.localdate(latest),
        groups=tuple((name, tuple(map(_line, rows))) for name, rows in grouped(items)),
    )


def _line(item: WatchItem) -> WatchLine:
    return WatchLine(
        seq=item.seq,
        title=item.title,
        origin=item.get_origin_display(),
        basis=item.basis,
        method=item.method,
        evidence_hint=item.evidence_hint,
        holder=item.assignee.display_name if item.assignee else "",
        due_on=item.due_on,
        result=item.get_status_display() if item.status != WatchStatus.OPEN else "",
        note=item.note,
    )
