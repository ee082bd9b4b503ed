"""What this stage files: signed workpapers and their materials. Talks and petitions name people and stay out."""

from collections.abc import Callable, Iterator
from typing import Any

from core.filing import FiledPaper, reachable
from findings.documents import paper_docx
from findings.models import EvidenceItem, Finding, SourceKind
from findings.selectors.paper import paper_data, with_relations
from villages.models import Stage, VillageInspection


def papers_to_file(viewer: Any, inspection: VillageInspection) -> Iterator[FiledPaper]:
    """The confirmed workpapers of one village by number, each followed by its stored materials."""
    rows = with_relations(reachable(Finding.objects.filter(inspection=inspection), viewer).confirmed())
    findings = list(rows.order_by("no"))
    materials = EvidenceItem.objects.filter(
        finding__in=findings, file__isnull=False, talk__isnull=True, paper__isnull=True
    ).exclude(kind=SourceKind.PETITION)
    by_finding: dict[Any, list[EvidenceItem]] = {}
    for item in materials.select_related("file").order_by("seq"):
        by_finding.setdefault(item.finding_id, []).append(item)
    for finding in findings:
        keys = _keys(finding)
        yield FiledPaper(
            source=f"findings.finding/{finding.pk}",
            title=f"问题底稿：{finding.title}",
            name=f"问题底稿 {finding.no}.docx",
            dated_on=finding.prepared_on,
            doc_no=finding.no,
            render=_renderer(finding),
            about=(finding.pk, *(item.pk for item in by_finding.get(finding.pk, []))),
            **keys,
        )
        for item in by_finding.get(finding.pk, []):
            yield FiledPaper(
                source=f"findings.evidence/{item.pk}",
                title=f"{finding.no}支撑材料{item.seq}：{item.name}",
                name=item.file.name if item.file else item.name,
                dated_on=finding.prepared_on,
                doc_no=finding.no,
                file=item.file,
                **keys,
            )


def _keys(finding: Finding) -> dict[str, Any]:
    return {
        "stage": Stage.FINDING,
        "responsible": finding.team.name,
        "team_id": finding.team_id,
        "town_id": finding.town_id,
        "village_id": finding.village_id,
    }


def _renderer(finding: Finding) -> Callable[[], bytes]:
    return lambda: paper_docx(paper_data(finding))
