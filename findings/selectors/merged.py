"""Papers that went into others: what hangs on one of them is read at the paper that was kept.

Rows stay where they are, for a merged paper keeps its own history; only the reading follows ``merged_into``.
"""

from typing import Any

from django.db.models import QuerySet

from findings.models import Finding


def kept_in_the_end(papers: QuerySet[Finding]) -> dict[Any, Any]:
    """The merged ones among ``papers`` by their keys, each with the key of the paper it stands in now; one query."""
    into = dict(papers.filter(merged_into__isnull=False).order_by().values_list("pk", "merged_into"))
    return {key: _last(key, into) for key in into}


def _last(key: Any, into: dict[Any, Any]) -> Any:
    seen = set()
    while key in into and key not in seen:
        seen.add(key)
        key = into[key]
    return key


def keys_within(viewer: Any, finding: Finding) -> set[Any]:
    """Its own key and those of all papers that stand in it now."""
    kept = kept_in_the_end(_beside(viewer, finding))
    return {finding.pk, *(key for key, last in kept.items() if last == finding.pk)}


def kept_paper(viewer: Any, finding: Finding | None) -> Finding | None:
    """The paper in which ``finding`` stands now; ``None`` when it was not merged."""
    if finding is None or finding.merged_into_id is None:
        return None
    rows = _beside(viewer, finding)
    return rows.filter(pk=kept_in_the_end(rows).get(finding.pk)).select_related("team").first()


def _beside(viewer: Any, finding: Finding) -> QuerySet[Finding]:
    # Papers are merged within one village only.
    return Finding.objects.visible_to(viewer).filter(inspection=finding.inspection_id)
