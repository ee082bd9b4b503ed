"""Field papers as a list, as a page and as a printed form."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from core.listing import Page, counts_by, keyset
from core.search import every_word
from core.text import clean
from findings.documents.field import FieldData, FieldPicture
from findings.documents.paper import SignatureLine
from findings.models import FieldKind, FieldPaper, FieldSignature, TalkStatus
from findings.selectors.content import field_hash
from villages.models import Round, Village


@dataclass(frozen=True)
class FieldFilters:
    """The choices in the address of the list; empty means no restriction."""

    kind: str = ""
    status: str = ""
    village: str = ""
    q: str = ""

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> "FieldFilters":
        """Take what the address says; unknown names and values restrict nothing."""
        kind, status = given.get("kind", ""), given.get("status", "")
        return cls(
            kind=kind if kind in FieldKind.values else "",
            status=status if status in TalkStatus.values else "",
            village=clean(str(given.get("village", "")))[:12],
            q=clean(str(given.get("q", "")))[:60].strip(),
        )

    def condition(self, without: str = "") -> Q:
        """The restriction, one choice left out where its alternatives are counted."""
        found = matches(self.q)
        for name, path in (("kind", "kind"), ("status", "status"), ("village", "village__code")):
            value = getattr(self, name)
            if value and name != without:
                found &= Q(**{path: value})
        return found


def matches(words: str) -> Q:
    """Papers in which every word stands in number, subject, place, content or village name."""
    return every_word(words, "subject", "no", "place", "content", "village__name")


@dataclass(frozen=True)
class FieldList:
    """One page of papers with the counts behind the filters."""

    page: Page
    count: int
    kinds: list[dict[str, Any]]
    states: list[dict[str, Any]]
    villages: list[dict[str, Any]]


def with_field_relations(papers: Any) -> Any:
    """Join what rules and pages of a field paper read."""
    return papers.select_related("inspection", "round", "team", "village", "companion", "recorder", "counted")


def field_list(viewer: Any, round_: Round, filters: FieldFilters, *, cursor: str = "") -> FieldList:
    """Field papers of a round the viewer may see, newest first, in a constant number of queries."""
    papers = FieldPaper.objects.visible_to(viewer).alive().filter(round=round_)
    kinds = counts_by(papers.filter(filters.condition("kind")), "kind")
    states = counts_by(papers.filter(filters.condition("status")), "status")
    villages = counts_by(papers.filter(filters.condition("village")), "village__code")
    names = Village.objects.filter(code__in=villages).order_by("code").values_list("code", "name")
    rows = with_field_relations(papers.filter(filters.condition())).annotate(pictures=Count("files"))
    pills = [{"value": "", "label": "全部", "count": kinds.total()}]
    return FieldList(
        page=keyset(rows, order=["-happened_at", "id"], cursor=cursor, size=50),
        count=kinds[filters.kind] if filters.kind else kinds.total(),
        kinds=pills
        + [{"value": k.value, "label": k.label, "count": kinds[k]} for k in FieldKind if kinds[k]],
        states=[{"value": s.value, "label": s.label, "count": states[s]} for s in TalkStatus if states[s]],
        villages=[{"value": code, "label": name, "count": villages[code]} for code, name in names],
    )


@dataclass(frozen=True)
class ShownPart:
    """A part of a paper in words: a value, or a list with its headings and rows of ``(heading, cell)``."""

    label: str
    text: str
    long: bool = False
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[tuple[str, str], ...], ...] = ()


def shown_parts(paper: FieldPaper) -> list[ShownPart]:
    """The parts of the kind as they are read, in the order of the paper form."""
    return [_shown(part, paper.details.get(part.name, part.empty())) for part in paper.spec.parts]


def _shown(part: Any, value: Any) -> ShownPart:
    if part.kind == "rows":
        rows = tuple(tuple((c.label, row.get(c.name, "")) for c in part.columns) for row in value)
        return ShownPart(part.label, "", headings=tuple(c.label for c in part.columns), rows=rows)
    if part.kind == "yes":
        return ShownPart(part.label, "是" if value else "否")
    return ShownPart(part.label, "" if value is None else str(value), long=part.kind == "text")


def field_page(paper: FieldPaper) -> dict[str, Any]:
    """What stands on a paper's page: parts, files, signatures, the workpapers that cite it."""
    signatures = list(paper.signatures.select_related("user").order_by("at", "id"))
    live = {mark.content_hash for mark in signatures if mark.cleared_at is None}
    parts = shown_parts(paper)
    return {
        "lines": [part for part in parts if not part.headings and not part.long],
        "texts": [part for part in parts if part.long],
        "tables": [part for part in parts if part.headings],
        "files": list(paper.files.select_related("file").order_by("seq")),
        "signatures": signatures,
        "seal_broken": bool(live) and live != {field_hash(paper)},
        "cited": paper.cited.select_related("finding__team", "finding__round").order_by("finding_id"),
    }


def field_data(paper: FieldPaper) -> FieldData:
    """The paper in words, for the printed form."""
    return FieldData(
        kind=paper.get_kind_display(),
        number=paper.no or "首次签名时编号",
        office=f"{paper.round.district.name}委巡察办",
        round=paper.round.name,
        team=paper.team.name,
        village=f"{paper.town.name}{paper.village.name}",
        created=timezone.localdate(paper.happened_at),
        when=_when(paper),
        place=(paper.spec.place, paper.place),
        subject=(paper.spec.subject, paper.subject),
        people=f"{paper.companion.display_name}、{paper.recorder.display_name}",
        content=(paper.spec.content, paper.content),
        spec=paper.spec,
        details=paper.details,
        pictures=tuple(
            FieldPicture(row.seq, row.caption or row.file.name, row.file.get_kind_display())
            for row in paper.files.select_related("file").order_by("seq")
        ),
        status=paper.get_status_display(),
        signatures=_signature_lines(paper),
    )


def _when(paper: FieldPaper) -> str:
    start = timezone.localtime(paper.happened_at)
    text = f"{start.year}年{start.month}月{start.day}日{start:%H:%M}"
    return f"{text}—{timezone.localtime(paper.ended_at):%H:%M}" if paper.ended_at else text


def _signature_lines(paper: FieldPaper) -> tuple[SignatureLine, ...]:
    live: dict[str, FieldSignature] = {
        mark.role: mark for mark in paper.signatures.filter(cleared_at__isnull=True).select_related("user")
    }
    lines = []
    for role, label in (("companion", "同行人"), ("recorder", "记录人")):
        mark = live.get(role)
        day = timezone.localdate(mark.at) if mark else None
        lines.append(SignatureLine(label, mark.user.display_name if mark else "", day))
    return tuple(lines)
