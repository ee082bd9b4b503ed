"""What this stage files: signed workpapers with their materials, survey tables, and petitions as redacted papers.

Talks name people and stay out; so does everything that is sealed, which remains with the custodians.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from core.filing import FiledPaper, reachable
from findings.documents import paper_docx, petition_docx, register_xlsx, tables_xlsx
from findings.models import EvidenceItem, Finding, Petition, SourceKind, SurveyTable, TalkStatus
from findings.selectors.paper import paper_data, with_relations
from findings.selectors.petition_papers import petition_data, register_data, with_printed_relations
from findings.selectors.table_hints import day_of
from findings.selectors.table_papers import tables_data
from findings.selectors.tables import with_table_relations
from villages.models import Stage, VillageInspection


def papers_to_file(viewer: Any, inspection: VillageInspection) -> Iterator[FiledPaper]:
    """The confirmed workpapers of one village by number, each with its stored materials; then tables and petitions."""
    rows = with_relations(reachable(Finding.objects.filter(inspection=inspection), viewer).confirmed())
    findings = list(rows.order_by("no"))
    materials = EvidenceItem.objects.filter(
        finding__in=findings, file__isnull=False, talk__isnull=True, paper__isnull=True, table__isnull=True
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
    yield from _tables(viewer, inspection)
    yield from _petitions(viewer, inspection)


def _tables(viewer: Any, inspection: VillageInspection) -> Iterator[FiledPaper]:
    rows = reachable(SurveyTable.objects.filter(inspection=inspection), viewer).alive()
    for table in with_table_relations(rows.filter(status=TalkStatus.SIGNED)).order_by("no"):
        yield FiledPaper(
            source=f"findings.table/{table.pk}",
            title=table.heading,
            name=f"三资调查表 {table.no}.xlsx",
            dated_on=day_of(table),
            doc_no=table.no,
            render=partial(_workbook, table),
            about=(table.pk,),
            **_keys(table),
        )


def _workbook(table: SurveyTable) -> bytes:
    return tables_xlsx(tables_data([table]))


def _petitions(viewer: Any, inspection: VillageInspection) -> Iterator[FiledPaper]:
    """The sheet of every petition and the village's register, both from redacted summaries."""
    rows = with_printed_relations(reachable(Petition.objects.filter(inspection=inspection), viewer))
    petitions = list(rows.order_by("received_on", "id"))
    for petition in petitions:
        yield FiledPaper(
            source=f"findings.petition/{petition.pk}",
            # The catalogue is read by more people than the paper: it does not quote the summary.
            title=f"信访件登记表：{petition.get_kind_display()}（{petition.get_channel_display()}）",
            name=f"信访件登记表 {petition.no}.docx",
            dated_on=petition.received_on,
            doc_no=petition.no,
            render=partial(_sheet, petition),
            about=(petition.pk,),
            **_keys(petition),
        )
    if petitions:
        yield _register(petitions)


def _sheet(petition: Petition) -> bytes:
    return petition_docx(petition_data(petition))


def _register(petitions: list[Petition]) -> FiledPaper:
    last = petitions[-1]
    as_of = max(row.closed_on or row.received_on for row in petitions)
    title = f"{last.village.name}信访登记台账"

    def render() -> bytes:
        data = register_data(petitions, title=title, round_=last.round, narrowed="", as_of=as_of)
        return register_xlsx(data)

    return FiledPaper(
        source=f"findings.petition_register/{last.inspection_id}",
        title=f"{title}（封存原件由保密管理人另行保管，不入卷）",
        name=f"{title}.xlsx",
        dated_on=as_of,
        render=render,
        **_keys(last),
    )


def _keys(paper: Finding | Petition | SurveyTable) -> dict[str, Any]:
    return {
        "stage": Stage.FINDING,
        "responsible": paper.team.name,
        "team_id": paper.team_id,
        "town_id": paper.town_id,
        "village_id": paper.village_id,
    }


def _renderer(finding: Finding) -> Callable[[], bytes]:
    return lambda: paper_docx(paper_data(finding))
