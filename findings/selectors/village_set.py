"""The whole set of a village's signed papers for one print: the catalogue, and each paper when its turn comes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils import timezone

from core import clock
from core.office.pictures import Picture
from findings.documents import SetData, SetLine
from findings.models import FieldFile, FieldKind, FieldPaper, Finding, Loan, Talk, TalkStatus
from findings.selectors.field import field_data, printed_field_parts, with_field_relations
from findings.selectors.loan_print import loans_data, printable_loans
from findings.selectors.paper import paper_data, printed_parts, with_relations
from findings.selectors.talks import printed_talk_parts, talk_data, with_people
from villages.models import VillageInspection

# So many papers have their parts fetched at once: the queries do not grow with each paper, the memory not with all.
_BATCH = 40

Draw = Callable[[FieldFile], Picture | None]


@dataclass(frozen=True)
class VillageSet:
    """What a viewer may print of a village, each kind in the order of its numbers."""

    inspection: VillageInspection
    findings: list[Finding]
    talks: list[Talk]
    fields: list[FieldPaper]
    loans: list[Loan]

    @property
    def count(self) -> int:
        """How many papers it is; the documents asked for are one list."""
        return len(self.findings) + len(self.talks) + len(self.fields) + bool(self.loans)


def village_set(viewer: Any, inspection: VillageInspection) -> VillageSet:
    """All signed papers of the village ``viewer`` may see. Petitions and persons concerned are no part of it."""
    minutes = {"inspection": inspection, "status": TalkStatus.SIGNED}
    papers = Finding.objects.visible_to(viewer).filter(inspection=inspection).confirmed()
    talks = Talk.objects.visible_to(viewer).alive().filter(**minutes)
    fields = FieldPaper.objects.visible_to(viewer).alive().filter(**minutes)
    kinds = list(FieldKind.values)
    return VillageSet(
        inspection=inspection,
        findings=list(with_relations(papers).select_related("round__district").order_by("no")),
        talks=list(with_people(talks).select_related("town", "round__district").order_by("no")),
        fields=sorted(
            with_field_relations(fields).select_related("town", "round__district").order_by("no"),
            key=lambda paper: kinds.index(paper.kind),
        ),
        loans=list(printable_loans(viewer, inspection).filter(signed_on__isnull=False)),
    )


def set_data(papers: VillageSet) -> SetData:
    """The cover and the catalogue. Names of those who were talked to or visited are not in the catalogue."""
    inspection = papers.inspection
    lines = [*_lines(papers)]
    days = [line.on for line in lines if line.on]
    return SetData(
        office=f"{inspection.round.district.name}委巡察办",
        round=inspection.round.name,
        team=inspection.team.name,
        village=f"{inspection.village.town.name}{inspection.village.name}党组织",
        created=max(days, default=clock.today()),
        lines=tuple(lines),
    )


def _lines(papers: VillageSet) -> Iterator[SetLine]:
    for finding in papers.findings:
        yield SetLine("问题底稿", finding.no, finding.title, finding.prepared_on)
    for talk in papers.talks:
        day = timezone.localdate(talk.happened_at)
        yield SetLine("个别谈话", talk.no, f"谈话对象类别：{talk.get_target_category_display()}", day)
    for paper in papers.fields:
        about = paper.details.get("visit_kind") or paper.details.get("method") or ""
        yield SetLine(paper.get_kind_display(), paper.no, about, timezone.localdate(paper.happened_at))
    if papers.loans:
        whole = loans_data(papers.loans)
        yield SetLine("调阅资料清单", whole.number, f"{len(papers.loans)}件", whole.created)


def set_papers(papers: VillageSet, draw: Draw) -> Iterator[Any]:
    """The data of each paper in the order of the catalogue, made when it is asked for."""
    yield from _each(papers.findings, printed_parts(), paper_data)
    yield from _each(papers.talks, printed_talk_parts(), talk_data)
    yield from _each(papers.fields, printed_field_parts(), lambda paper: field_data(paper, draw))
    if papers.loans:
        yield loans_data(papers.loans)


def _each(rows: list[Any], parts: tuple[Any, ...], data: Callable[[Any], Any]) -> Iterator[Any]:
    for start in range(0, len(rows), _BATCH):
        batch = rows[start : start + _BATCH]
        prefetch_related_objects(batch, *parts)
        yield from map(data, batch)
