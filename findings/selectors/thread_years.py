"""One thread as its page draws it: years as columns, terms of office as bands, papers and checks below."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q

from core import clock
from findings import rules
from findings.models import Finding, ProblemThread, ThreadPaper
from findings.rules.tenure import Tenure, TermWords, holders, span_of, term_words
from findings.selectors.watch import known_of
from prep.models import CommitteeMember, Origin, WatchItem, WatchStatus
from prep.selectors import head_terms

# A page holds so many columns; what is older is said in words.
WIDEST = 12


@dataclass(frozen=True)
class Entry:
    """A paper of the thread. ``readable``: may the viewer open it; else only its words are shown.

    ``aside``: why it does not count any more, in words; ``into``: the paper it went into.
    """

    place: ThreadPaper
    finding: Finding
    known: str
    readable: bool
    aside: str = ""
    into: Finding | None = None


@dataclass(frozen=True)
class Cell:
    """Some years of one row. ``kind`` names its look; ``label`` is empty where nothing is."""

    span: int
    label: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Row:
    """One row of the drawing: what it is about and its cells, whose spans add up to the number of years."""

    title: str
    detail: str
    cells: list[Cell]


@dataclass(frozen=True)
class ThreadYears:
    """The whole drawing with what is said about terms; ``older``: years before the first column."""

    columns: list[int]
    older: list[int]
    bands: list[Row]
    rounds: Row
    rows: list[Row]
    terms: list[TermWords]
    undated: int
    named: bool

    @property
    def crosses(self) -> bool:
        """Did the problem go over a change of office?"""
        return any(words.crosses for words in self.terms)


def entries_of(viewer: Any, thread: ProblemThread) -> list[Entry]:
    """Papers of the thread, oldest round first; two queries.

    The thread has been fetched as visible. Of another team's papers only confirmed ones are told.
    """
    seen = Finding.objects.visible_to(viewer).filter(pk=OuterRef("finding"))
    rows = ThreadPaper.objects.visible_to(viewer).filter(thread=thread).annotate(readable=Exists(seen))
    rows = rows.filter(Q(readable=True) | Q(finding__status__in=Finding.CONFIRMED))
    joined = rows.select_related(
        "finding__round", "finding__team", "finding__category", "finding__subcategory",
        "finding__watch_item__check_point", "finding__merged_into__team", "round",
    )  # fmt: skip
    return [_entry(row) for row in joined.order_by("round__starts_on", "finding__period_from", "id")]


def _entry(row: Any) -> Entry:
    finding = row.finding
    aside = "" if rules.stands(finding) else "已删除" if finding.deleted_at else finding.get_status_display()
    return Entry(row, finding, known_of(finding), row.readable, aside, finding.merged_into)


def thread_years(viewer: Any, thread: ProblemThread, entries: Sequence[Entry]) -> ThreadYears:
    """The drawing of ``entries``; one query, for the register of who was in office."""
    papers = [entry.finding for entry in entries if not entry.aside]
    columns, older = _columns(papers)
    named = rules.can_see_holders(viewer)
    register = head_terms(viewer, [thread.village_id])[thread.village_id]
    posts = tenures(register, named=named)
    span = span_of((paper.period_from, paper.period_to, paper.years) for paper in papers)
    today = clock.today()
    terms = [term_words(title, rows, span, today) for title, rows in posts.items()] if span else []
    return ThreadYears(
        columns=columns,
        older=older,
        bands=[Row(title, "", _band(rows, columns)) for title, rows in posts.items()],
        rounds=Row("巡察", "", _marks(columns, {p.round.year: p.round.name for p in papers})),
        rows=[_paper_row(entry.finding, columns) for entry in entries if not entry.aside],
        terms=terms,
        undated=len({row.pk for _, row in register if row.from_on is None}),
        named=named,
    )


def _columns(papers: Iterable[Finding]) -> tuple[list[int], list[int]]:
    """From the first year to the last, found or inspected; the newest ``WIDEST`` as columns."""
    years = {year for paper in papers for year in [*paper.years, paper.round.year]}
    if not years:
        return [], []
    last = max(years)
    first = max(min(years), last - WIDEST + 1)
    return list(range(first, last + 1)), sorted(year for year in years if year < first)


def tenures(register: Iterable[tuple[str, CommitteeMember]], *, named: bool) -> dict[str, list[Tenure]]:
    """The register by post, oldest first; terms of one person that follow each other are one.

    Rows without a beginning are left out, and the page says how many. Without ``named`` no name comes along.
    """
    merged: dict[str, list[tuple[str, dt.date, dt.date | None]]] = defaultdict(list)
    for title, row in register:
        rows = merged[title]
        if row.from_on is None:
            continue
        if rows and rows[-1][0] == row.name and _follows(rows[-1][2], row.from_on):
            rows[-1] = (row.name, rows[-1][1], _later(rows[-1][2], row.to_on))
        else:
            rows.append((row.name, row.from_on, row.to_on))
    return {
        title: [Tenure(name if named else "", n, start, end) for n, (name, start, end) in enumerate(rows, 1)]
        for title, rows in merged.items()
    }


def crosses_terms(register: Iterable[tuple[str, CommitteeMember]], papers: Iterable[Finding]) -> bool:
    """Did more than one person hold a post while the papers' problem lasted?"""
    span = span_of((paper.period_from, paper.period_to, paper.years) for paper in papers)
    if span is None:
        return False
    posts = tenures(register, named=False).values()
    return any(len(holders(terms, span.start, span.end)) > 1 for terms in posts)


def _follows(ended: dt.date | None, begins: dt.date) -> bool:
    return ended is None or begins <= ended + dt.timedelta(days=1)


def _later(one: dt.date | None, two: dt.date | None) -> dt.date | None:
    return None if one is None or two is None else max(one, two)


def _band(terms: Sequence[Tenure], columns: Sequence[int]) -> list[Cell]:
    """Who held the post in each year; years of the same holders are one cell."""
    cells: list[Cell] = []
    for year in columns:
        found = holders(terms, dt.date(year, 1, 1), dt.date(year, 12, 31))
        label = "、".join(term.who for term in found) or "没有登记"
        kind = f"term-{found[-1].number % 3}" if len(found) == 1 else "term-change" if found else "none"
        if cells and (cells[-1].label, cells[-1].kind) == (label, kind):
            cells[-1] = Cell(cells[-1].span + 1, label, kind)
        else:
            cells.append(Cell(1, label, kind))
    return cells


def _marks(columns: Sequence[int], words: dict[int, str]) -> list[Cell]:
    return [Cell(1, words.get(year, ""), "round" if year in words else "") for year in columns]


def _paper_row(paper: Finding, columns: Sequence[int]) -> Row:
    cells = [Cell(1, "涉及", "on") if year in paper.years else Cell(1) for year in columns]
    return Row(paper.title, f"{paper.round.name} {paper.short_no}", cells)


# --- checks -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Check:
    """A line of a watch list that followed the problem up, and what came of it."""

    item: WatchItem
    concluded: bool


def checks_of(viewer: Any, thread: ProblemThread, entries: Sequence[Entry]) -> list[Check]:
    """Items taken from a paper of the thread, or at the same check point, as far as the viewer sees them; one query."""
    keys = [WatchItem.key_of(Origin.EARLIER, str(entry.finding.pk)) for entry in entries]
    items = [entry.finding.watch_item for entry in entries if entry.finding.watch_item]
    points = {item.check_point.code for item in items if item.check_point}
    rows = WatchItem.objects.visible_to(viewer).filter(village=thread.village_id)
    found = rows.filter(Q(source_key__in=keys) | Q(check_point__code__in=points))
    ordered = found.select_related("round", "check_point").order_by("round__starts_on", "seq")[:20]
    return [Check(item, item.status != WatchStatus.OPEN) for item in ordered]
