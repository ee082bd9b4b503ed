"""The report page: outline, sentences with their bars and sources, and the evidence of one sentence."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from core.office.chinese import numeral
from findings.models import EvidenceItem, Finding
from reports.documents.report import EXAMPLE
from reports.models import Report, Section, Statement, StatementSource
from reports.selectors.drafting import total
from reports.selectors.facts import HOW, inspections_of
from reports.selectors.support import Support, support_for, supports
from villages.models import Round, Team, TeamRole, Town, VillageInspection


@dataclass(frozen=True)
class Piece:
    """A stretch of a sentence; ``tone`` marks the words that are wrong."""

    text: str
    tone: str = ""


@dataclass(frozen=True)
class Row:
    """One sentence as the page shows it."""

    statement: Statement
    support: Support
    number: str
    lead: str
    pieces: tuple[Piece, ...]
    note: str

    @property
    def tone(self) -> str:
        """Colour of the bar; a narrative and a pending matter stay grey."""
        if self.support.gaps:
            return self.support.tone
        plain = (Statement.Kind.NARRATIVE, Statement.Kind.HEADING)
        if self.statement.section == Section.PENDING or self.statement.kind in plain:
            return ""
        return "ok"


@dataclass
class Block:
    """One chapter, or one category of the chapter of problems."""

    anchor: str
    title: str
    section: str
    category: Any = None
    rows: list[Row] = field(default_factory=list)

    @property
    def count(self) -> int:
        """Numbered problems, or simply sentences."""
        numbered = [row for row in self.rows if row.number]
        return len(numbered) if self.section == Section.PROBLEMS else len(self.rows)


@dataclass(frozen=True)
class Part:
    """A chapter: its numeral, its title and the short one of the outline, and its blocks with their numerals."""

    numeral: str
    title: str
    short: str
    blocks: list[tuple[str, Block]]


@dataclass(frozen=True)
class Page:
    """Everything of the report page but its buttons."""

    blocks: list[Block]
    parts: list[Part]
    pending: Block
    facts: int
    backed: int
    added_today: int
    changed_today: int
    gaps: list[tuple[Row, Any]]


def report_page(report: Report, today: dt.date) -> Page:
    """Shape the statements of ``report``; a constant number of queries however long it is."""
    held = supports(report)
    blocks: dict[tuple[str, Any], Block] = {}
    for statement in report.statements.in_order().select_related("category"):
        key = (statement.section, statement.category_id)
        block = blocks.setdefault(key, _block(statement))
        block.rows.append(_row(statement, held[statement.pk], block))
    pending = blocks.pop((Section.PENDING, None), Block("pending", Section.PENDING.label, Section.PENDING))
    shown = _with_empty(list(blocks.values()))
    rows = [row for block in shown for row in block.rows]
    facts = [row for row in rows if row.statement.kind == Statement.Kind.FACT]
    fresh = [row for row in rows if timezone.localdate(row.statement.created_at) == today]
    moved = [
        row for row in rows if timezone.localdate(row.statement.updated_at) == today and row not in fresh
    ]
    return Page(
        blocks=shown,
        parts=_parts(shown),
        pending=pending,
        facts=len(facts),
        backed=sum(bool(row.support.living) for row in facts),
        added_today=len(fresh),
        changed_today=len(moved),
        gaps=[(row, gap) for row in rows for gap in row.support.gaps],
    )


def _block(statement: Statement) -> Block:
    if statement.category:
        title = f"{statement.category.name}方面"
        return Block(f"c-{statement.category.code}", title, statement.section, statement.category)
    return Block(statement.section, Section(statement.section).label, statement.section)


def _with_empty(blocks: list[Block]) -> list[Block]:
    """Chapters without a sentence still stand in the outline: something may be added there."""
    present = {block.section for block in blocks}
    missing = [
        Block(section, section.label, section)
        for section in Section
        if section != Section.PENDING and section not in present
    ]
    order = list(Section)
    return sorted([*blocks, *missing], key=lambda block: order.index(Section(block.section)))


_SHORT = {
    Section.BASIC: "基本情况",
    Section.EVALUATION: "总体评价",
    Section.PROBLEMS: "主要问题",
    Section.CAUSES: "原因及责任",
    Section.INSTANT: "立行立改",
    Section.SUGGESTIONS: "意见建议",
}


def _parts(blocks: list[Block]) -> list[Part]:
    chapters = [section for section in Section if section != Section.PENDING]
    return [
        Part(
            numeral(position),
            section.label,
            _SHORT[section],
            [(numeral(n), block) for n, block in enumerate((b for b in blocks if b.section == section), 1)],
        )
        for position, section in enumerate(chapters, 1)
    ]


def _row(statement: Statement, support: Support, block: Block) -> Row:
    text = statement.text
    numbered = (
        statement.section == Section.PROBLEMS
        and statement.kind != Statement.Kind.HEADING
        and not text.startswith(EXAMPLE)
    )
    number = f"{sum(bool(row.number) for row in block.rows) + 1}." if numbered else ""
    lead, rest = "", text
    if numbered and "。" in text[:60]:
        lead, _, rest = text.partition("。")
        rest = f"。{rest}"
    return Row(statement, support, number, lead, tuple(_pieces(rest, support)), _note(statement, support))


def _pieces(text: str, support: Support) -> Iterable[Piece]:
    marks = [gap.mark for gap in support.gaps if gap.mark and gap.mark in text]
    for mark in marks:
        before, _, text = text.partition(mark)
        yield Piece(before)
        yield Piece(mark, "bad")
    yield Piece(text)


def _note(statement: Statement, support: Support) -> str:
    """The grey words behind a sentence: what it stands on, or what is wrong."""
    if support.gaps:
        return "；".join(gap.words for gap in support.gaps)
    if statement.section == Section.PENDING or not support.living:
        return ""
    if len(support.living) == 1:
        finding = support.living[0]
        return f"{finding.short_no} · {finding.strength}类来源"
    kind = "共性 · " if len({finding.village_id for finding in support.living}) > 1 else ""
    return f"{kind}{len(support.living)}份底稿"


@dataclass(frozen=True)
class Evidence:
    """What stands behind one sentence, for the panel beside it."""

    statement: Statement
    support: Support
    total: Any
    with_amounts: bool
    materials: list[EvidenceItem]
    figures: list[tuple[str, Any, str]]


def evidence(viewer: Any, statement: Statement) -> Evidence:
    """Findings of a sentence, and, where it is one, the materials of that finding."""
    held = support_for(statement)
    findings = [*held.living, *held.fallen]
    materials: list[EvidenceItem] = []
    if len(findings) == 1:
        rows = EvidenceItem.objects.visible_to(viewer).filter(finding=findings[0])
        materials = list(rows.select_related("file"))
    hidden = ("findings", "修订号")
    shown = {name: value for name, value in statement.facts.items() if name not in hidden}
    figures = [(name, value, HOW.get(name, "")) for name, value in shown.items()]
    return Evidence(
        statement,
        held,
        total(held.living),
        any(finding.amount for finding in findings),
        materials,
        figures if statement.kind == Statement.Kind.FIGURE else [],
    )


def report_list(viewer: Any, round_: Round | None) -> QuerySet[Report]:
    """Reports of a round with how many facts they state and how many of those lack support."""
    living = StatementSource.objects.filter(
        statement=OuterRef("statements"),
        finding__status__in=Finding.CONFIRMED,
        finding__deleted_at__isnull=True,
    )
    fact: Any = Q(statements__kind=Statement.Kind.FACT) & ~Q(statements__section=Section.PENDING)
    rows = Report.objects.visible_to(viewer).filter(round=round_).select_related("town", "team", "round")
    return rows.annotate(
        facts=Count("statements", filter=fact, distinct=True),
        bare=Count("statements", filter=fact & ~Exists(living), distinct=True),
        stale=Count("statements", filter=Q(statements__stale=True), distinct=True),
        pending=Count("statements", filter=Q(statements__section=Section.PENDING), distinct=True),
    ).order_by("town__code", "team__number")


def towns_without_report(viewer: Any, round_: Round | None) -> list[tuple[Team, Town, int]]:
    """(team, town, villages) of the viewer's team where a report is still to be opened."""
    if round_ is None:
        return []
    rows = VillageInspection.objects.visible_to(viewer).filter(
        round=round_, team__memberships__user=viewer, team__memberships__role__in=_WRITERS
    )
    pairs = Counter((row.team, row.town) for row in rows.select_related("team", "town"))
    known = set(Report.objects.filter(round=round_).values_list("team_id", "town_id"))
    open_ = [(team, town, n) for (team, town), n in pairs.items() if (team.pk, town.pk) not in known]
    return sorted(open_, key=lambda row: row[1].code)


_WRITERS = (TeamRole.LEADER, TeamRole.DEPUTY, TeamRole.LIAISON, TeamRole.MEMBER)


def villages_of(report: Report) -> list[Any]:
    """The villages a report is about, by code."""
    return [row.village for row in inspections_of(report)]
