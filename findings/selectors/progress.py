"""How far the papers of a village are, and what keeps its stage from ending."""

from collections import Counter

from findings.models import Finding, FindingStatus
from villages.models import VillageInspection

# A paper in these states waits for somebody: the stage cannot end over it.
WAITING = (FindingStatus.CHECKING, FindingStatus.SIGNING, FindingStatus.RETURNED)


def open_papers(inspection: VillageInspection) -> list[str]:
    """Sentences on what keeps the stage from ending; empty when nothing does. Drafts do not: they are no papers yet."""
    rows = Finding.objects.alive().filter(inspection=inspection).values_list("status", flat=True)
    counts = Counter(rows.order_by())
    found = [f"{counts[state]}份底稿{state.label}" for state in WAITING if counts[state]]
    if not counts[FindingStatus.SIGNED] + counts[FindingStatus.FILED]:
        found.append("还没有已审签的底稿")
    return found
