"""Field papers as a list, as a page and as a printed form."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, prefetch_related_objects
from django.utils import timezone

from core.office.pictures import Picture
from findings.documents.field import FieldData, FieldPicture
from findings.documents.paper import SignatureLine
from findings.models import FieldFile, FieldKind, FieldPaper, FieldSignature, Minutes, SignRole
from findings.selectors.by_kind import KindFilters, KindList, kind_list
from findings.selectors.content import field_hash
from villages.models import Round


class FieldFilters(KindFilters):
    """Choices among visits, checks and meetings."""

    KINDS = FieldKind
    TEXTS = ("subject", "no", "place", "content", "village__name")


def with_field_relations(papers: Any) -> Any:
    """Join what rules and pages of a field paper read."""
    return papers.select_related("inspection", "round", "team", "village", "companion", "recorder", "counted")


def field_list(viewer: Any, round_: Round, filters: FieldFilters, *, cursor: str = "") -> KindList:
    """Field papers of a round the viewer may see, newest first, in a constant number of queries."""
    return kind_list(
        FieldPaper.objects.visible_to(viewer).alive().filter(round=round_),
        filters,
        dress=lambda rows: with_field_relations(rows).annotate(pictures=Count("files")),
        label=lambda kind: kind.label,
        cursor=cursor,
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


def printed_field_parts() -> tuple[Any, ...]:
    """What :func:`field_data` reads beside the paper itself, to be fetched for many papers at once."""
    return (
        Prefetch("signatures", FieldSignature.objects.select_related("user").order_by("at", "id")),
        Prefetch("files", FieldFile.objects.select_related("file").order_by("seq")),
    )


def field_data(paper: FieldPaper, draw: Callable[[FieldFile], Picture | None] | None = None) -> FieldData:
    """The paper in words, for the printed form; ``draw`` gives the copy of a picture that is to be shown."""
    prefetch_related_objects([paper], *printed_field_parts())
    return FieldData(
        kind=paper.get_kind_display(),
        number=paper.no or "首次签名时编号",
        office=f"{paper.round.district.name}委巡察办",
        round=paper.round.name,
        team=paper.team.name,
        village=f"{paper.town.name}{paper.village.name}",
        created=timezone.localdate(paper.happened_at),
        when=spoken_time(paper),
        place=(paper.spec.place, paper.place),
        subject=(paper.spec.subject, paper.subject),
        people=f"{paper.companion.display_name}、{paper.recorder.display_name}",
        content=(paper.spec.content, paper.content),
        spec=paper.spec,
        details=paper.details,
        pictures=tuple(
            FieldPicture(
                row.seq,
                row.caption or row.file.name,
                row.file.get_kind_display(),
                draw(row) if draw else None,
            )
            for row in paper.files.all()
        ),
        status=paper.get_status_display(),
        signatures=signature_lines(paper),
    )


def spoken_time(paper: Minutes) -> str:
    """From when to when, as a form has it."""
    start = timezone.localtime(paper.happened_at)
    text = f"{start.year}年{start.month}月{start.day}日{start:%H:%M}"
    return f"{text}—{timezone.localtime(paper.ended_at):%H:%M}" if paper.ended_at else text


def signature_lines(paper: Any) -> tuple[SignatureLine, ...]:
    """The two places to sign of a paper by two people, whose signatures have been fetched."""
    live = {mark.role: mark for mark in paper.signatures.all() if mark.cleared_at is None}
    lines = []
    for role in (paper.OTHER_ROLE, SignRole.RECORDER):
        mark = live.get(role)
        day = timezone.localdate(mark.at) if mark else None
        lines.append(SignatureLine(str(role.label), mark.user.display_name if mark else "", day))
    return tuple(lines)
