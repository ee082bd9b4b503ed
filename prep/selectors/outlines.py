"""Outlines of a village as a list, as a page, on paper, and beside their earlier version."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone

from prep.documents.outline import OutlineData, QuestionGroup, QuestionLine
from prep.models import Outline, OutlineLine, OutlineStatus, Section, TargetKind, WatchStatus
from prep.selectors.drawing import Candidate, candidates, rest_of_bank, sources_of
from prep.selectors.facts import committee, target_kinds
from prep.selectors.posts import holders
from villages.models import VillageInspection

_LIVE = (OutlineStatus.DRAFT, OutlineStatus.FINAL)


def with_relations(rows: Any) -> Any:
    """Join what rules and pages of an outline read."""
    return rows.select_related(
        "inspection", "round__district", "team", "village", "town", "kind", "finalised_by"
    )


@dataclass(frozen=True)
class KindLine:
    """One kind of person with the outlines made for it, newest first, and who it is in this village."""

    kind: TargetKind
    outlines: list[Outline]
    people: list[str]

    @property
    def covered(self) -> bool:
        """Is there an outline at all?"""
        return bool(self.outlines)


def outline_list(viewer: Any, inspection: VillageInspection) -> list[KindLine]:
    """Every kind of person in use, with its outlines that count; three queries."""
    rows = outlines_of(viewer, inspection)
    made: dict[Any, list[Outline]] = {}
    for row in rows:
        made.setdefault(row.kind_id, []).append(row)
    kinds = target_kinds(viewer)
    people = committee(viewer, inspection)
    known = {kind.pk for kind in kinds.values()}
    retired = {row.kind.pk: row.kind for row in rows if row.kind_id not in known}
    return [
        KindLine(kind, made.get(kind.pk, []), holders(kind, people))
        for kind in [*kinds.values(), *retired.values()]
    ]


def outlines_of(viewer: Any, inspection: VillageInspection) -> list[Outline]:
    """Drafts and versions in force of a village, with how many questions they have and must ask."""
    rows = Outline.objects.visible_to(viewer).filter(inspection=inspection, status__in=_LIVE)
    counted = with_relations(rows).annotate(
        question_count=Count("lines"), must_count=Count("lines", filter=Q(lines__must=True))
    )
    return list(counted.order_by("kind__order", "person", "-version"))


def lines_of(outline: Outline) -> list[OutlineLine]:
    """The questions in order with what they come from."""
    return list(outline.lines.order_by("seq").select_related("category__parent").prefetch_related("items"))


@dataclass(frozen=True)
class ReadGroup:
    """Questions that stand together under one heading."""

    title: str
    lines: list[OutlineLine]


def grouped(lines: Iterable[OutlineLine]) -> list[ReadGroup]:
    """Neighbours of the same part of the talk and the same aspect, under one heading; the order stays."""
    return [ReadGroup(title, list(rows)) for title, rows in groupby(lines, key=_heading)]


def _heading(line: OutlineLine) -> str:
    if line.section != Section.TOPIC:
        return Section(line.section).label
    top = line.category and (line.category.parent or line.category)
    return top.name if top else Section.TOPIC.label


def origin_words(line: OutlineLine) -> str:
    """Where a question comes from, in words, for the edit page."""
    numbers = "、".join(str(item.seq) for item in line.items.all())
    if numbers:
        return f"清单{numbers}"
    return line.get_origin_display()


def settled_items(lines: Iterable[OutlineLine]) -> set[Any]:
    """Questions all of whose items have a conclusion by now: perhaps they need not be asked any more."""
    return {
        line.pk
        for line in lines
        if (items := list(line.items.all())) and all(item.status != WatchStatus.OPEN for item in items)
    }


def versions_of(viewer: Any, outline: Outline) -> QuerySet[Outline]:
    """All versions of this outline, the newest first; a draft before every number."""
    rows = Outline.objects.visible_to(viewer).filter(
        inspection=outline.inspection_id, kind=outline.kind_id, person=outline.person
    )
    draft_first = Case(When(status="draft", then=Value(0)), default=Value(1), output_field=IntegerField())
    return with_relations(rows).exclude(status=OutlineStatus.DROPPED).order_by(draft_first, "-version")


@dataclass(frozen=True)
class Offers:
    """What could be added: newly drawn, drawn before but taken out, and the rest of the bank."""

    fresh: list[Candidate]
    declined: list[Candidate]
    bank: list[Candidate]

    @property
    def any(self) -> bool:
        """Is there anything at all?"""
        return bool(self.fresh or self.declined or self.bank)


def offers(viewer: Any, outline: Outline) -> Offers:
    """What would be drawn now and is not in yet; people's own words are not touched by it."""
    covered = sources_of(lines_of(outline))
    drawn = candidates(viewer, outline.inspection, outline.kind, covered)
    out = set(outline.declined)
    declined = [candidate for candidate in drawn if candidate.sources & out]
    fresh = [candidate for candidate in drawn if not candidate.sources & out]
    rest = rest_of_bank(viewer, outline.inspection, outline.kind, covered | {c.source for c in drawn})
    return Offers(fresh, declined, rest)


@dataclass(frozen=True)
class Difference:
    """One question in two versions; one side is ``None`` when it is new or gone."""

    before: OutlineLine | None
    after: OutlineLine | None

    @property
    def state(self) -> str:
        """``added``, ``dropped``, ``changed`` or ``same``."""
        if self.before is None:
            return "added"
        if self.after is None:
            return "dropped"
        same = (self.before.text, self.before.must) == (self.after.text, self.after.must)
        return "same" if same else "changed"


@dataclass(frozen=True)
class Comparison:
    """Two versions side by side in the order of the newer one; what is gone stands where it was."""

    rows: list[Difference]
    counts: dict[str, int]
    reordered: bool


def compare(before: Outline, after: Outline) -> Comparison:
    """A question is the same one in both versions when its thread is, however its words changed."""
    old, new = lines_of(before), lines_of(after)
    earlier, later = {line.thread: line for line in old}, {line.thread: line for line in new}
    rows = [Difference(earlier.get(line.thread), line) for line in new]
    for line in old:
        if line.thread not in later:
            rows.insert(_place(rows, old, line), Difference(line, None))
    kept = [line.thread for line in old if line.thread in later]
    moved = kept != [line.thread for line in new if line.thread in earlier]
    return Comparison(rows, dict(Counter(row.state for row in rows)), moved)


def _place(rows: list[Difference], old: list[OutlineLine], line: OutlineLine) -> int:
    """Right behind the question it followed before."""
    before = {earlier.thread for earlier in old[: old.index(line)]}
    at = [n for n, row in enumerate(rows) if row.before is not None and row.before.thread in before]
    return at[-1] + 1 if at else 0


def printable(viewer: Any, inspection: Any, outline: Any = None) -> list[Outline]:
    """One outline, or every outline of a village: where there is a version in force that one, otherwise the draft."""
    rows = Outline.objects.visible_to(viewer).filter(inspection=inspection)
    if outline:
        return list(with_relations(rows.filter(pk=outline)))
    chosen: dict[tuple[Any, str], Outline] = {}
    for row in (
        with_relations(rows.filter(status__in=_LIVE, lines__isnull=False))
        .order_by("kind__order", "person", "version")
        .distinct()
    ):
        chosen[(row.kind_id, row.person)] = row
    return list(chosen.values())


def papers_of(rows: list[Outline]) -> list[OutlineData]:
    """Outlines as plain data for print."""
    return [_paper(row) for row in rows]


def _paper(row: Outline) -> OutlineData:
    lines = lines_of(row)
    numbers = {line.pk: number for number, line in enumerate(lines, 1)}
    groups = tuple(
        QuestionGroup(group.title, tuple(_printed(line, numbers[line.pk]) for line in group.lines))
        for group in grouped(lines)
    )
    return OutlineData(
        made_on=timezone.localdate(row.finalised_at or row.updated_at), office=f"{row.round.district.name}委巡察办",
        round=row.round.name, team=row.team.name, village=row.village.name, kind=row.kind.name,
        person=row.person, shielded=row.kind.shielded, version=row.version_label, groups=groups,
    )  # fmt: skip


def _printed(line: OutlineLine, number: int) -> QuestionLine:
    items = tuple(sorted(item.seq for item in line.items.all()))
    return QuestionLine(number, line.text, line.must, items, line.why)
