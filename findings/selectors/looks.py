"""What changed since a person last looked: marks beside papers, and the papers themselves."""

from typing import Any

from django.db.models import F, QuerySet

from findings.models import Finding, Look
from villages.models import Round

NEW, CHANGED = "new", "changed"


def changed_papers(viewer: Any, round_: Round) -> QuerySet[Look, Any]:
    """Keys of the round's papers that are other than when ``viewer`` looked; found from the few that were looked at."""
    looks = Look.objects.visible_to(viewer).filter(finding__round=round_)
    return looks.filter(seen_revision__lt=F("finding__revision")).values("finding")


def mark_papers(viewer: Any, papers: list[Finding]) -> None:
    """Set ``mark`` on each of ``papers``: ``new`` when never looked at, ``changed``, or nothing; one query."""
    looks = Look.objects.visible_to(viewer).filter(finding__in=papers)
    seen = dict(looks.values_list("finding", "seen_revision"))
    for paper in papers:
        known = seen.get(paper.pk)
        paper.mark = NEW if known is None else CHANGED if known < paper.revision else ""
