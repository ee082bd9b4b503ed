"""The basis of a paper held against the rule book, and which papers cite a rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.listing import Page, keyset
from findings.models import Finding
from prep.models import Regulation
from prep.rules.in_force import act_of
from prep.selectors.citations import BookNames, BookReader, CitedLine, read_basis

# Papers looked through for one page of those that cite a rule: a book of a million is never read at once.
LOOKED_THROUGH = 300


def basis_of(viewer: Any, finding: Finding) -> list[CitedLine]:
    """The lines of a paper with what the book says of each for the time it happened; two queries.

    Who names no edition means the one in force on the day the paper was drawn up.
    """
    act = act_of(finding.period_from, finding.period_to, finding.years)
    return read_basis(viewer, finding.basis, act=act, as_of=finding.prepared_on)


def flagged_papers(viewer: Any, findings: Sequence[Finding]) -> list[Finding]:
    """Those of ``findings`` that cite what was not in force when it happened; two queries for all of them."""
    reader = BookReader(viewer, [line for paper in findings for line in paper.basis])
    return [
        paper
        for paper in findings
        if any(
            line.flags
            for line in reader.read(
                paper.basis,
                act=act_of(paper.period_from, paper.period_to, paper.years),
                as_of=paper.prepared_on,
            )
        )
    ]


@dataclass(frozen=True)
class CitingPage:
    """Papers that cite a rule among the ``looked`` newest ones of this page; ``page.next`` leads to older ones."""

    papers: list[Finding]
    looked: int
    page: Page


def papers_citing(
    viewer: Any, regulation: Regulation, *, cursor: str = "", size: int = LOOKED_THROUGH
) -> CitingPage:
    """Living papers of the viewer that name ``regulation`` in their basis, newest first; three queries.

    Read with the same eyes as the marks beside the basis, so that short names count and longer titles do not.
    """
    rows = Finding.objects.visible_to(viewer).alive().exclude(status__in=Finding.PUT_ASIDE)
    page = keyset(rows.only("id", "basis"), order=["-id"], cursor=cursor, size=size)
    names = BookNames(viewer)
    citing = [row.pk for row in page.rows if regulation.pk in names.names_in(row.basis)]
    papers = Finding.objects.visible_to(viewer).filter(pk__in=citing)
    joined = papers.select_related("village", "team", "round").order_by("-id")
    return CitingPage(list(joined) if citing else [], len(page.rows), page)
