"""The review list: many papers beside one, with filters that say how many stand behind each choice."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Q, QuerySet

from core.listing import Page, keyset
from core.search import every_word
from core.text import clean
from findings.models import Finding, FindingStatus, Severity
from villages.access import is_office
from villages.models import Category, Membership, Round, TeamRole, Village

# What a column sorts by; the key is what stands in the address.
_SORTS = {
    "no": ["id"],
    "village": ["village_id", "id"],
    "severity": ["severity", "id"],
    "strength": ["strength", "id"],
    "updated": ["updated_at", "id"],
}
_LISTED = (
    "no", "draft_no", "title", "status", "severity", "strength", "evidence_count", "evidence_kinds", "revision",
    "updated_at", "round", "village__name", "team__number", "category__short", "category__name", "handler_id",
)  # fmt: skip


@dataclass(frozen=True)
class ReviewFilters:
    """The choices in the address of the review list; empty means no restriction."""

    status: str = ""
    village: str = ""
    category: str = ""
    severity: str = ""
    weak: str = ""
    q: str = ""
    sort: str = "no"

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> "ReviewFilters":
        """Take what the address says; unknown names and values restrict nothing."""
        status = given.get("status", "")
        sort = given.get("sort", "no")
        return cls(
            status=status if status in FindingStatus.values else "",
            village=clean(str(given.get("village", "")))[:12],
            category=clean(str(given.get("category", "")))[:10],
            severity=given.get("severity", "") if given.get("severity") in Severity.values else "",
            weak="1" if given.get("weak") else "",
            q=clean(str(given.get("q", "")))[:60].strip(),
            sort=sort if sort.lstrip("-") in _SORTS else "no",
        )

    def condition(self, *, without: str = "") -> Q:
        """The restriction on papers, one choice left out where its own alternatives are counted."""
        kept = replace(self, **{without: ""}) if without else self
        found = Q()
        if kept.status:
            found &= Q(status=kept.status)
        if kept.village:
            found &= Q(village__code=kept.village)
        if kept.category:
            found &= Q(category__code=kept.category)
        if kept.severity:
            found &= Q(severity=kept.severity)
        if kept.weak:
            found &= Q(strength__lte=1)
        if kept.q:
            found &= matches(kept.q)
        return found

    @property
    def order(self) -> list[str]:
        """Fields to sort by, for the keyset page."""
        fields = _SORTS[self.sort.lstrip("-")]
        return [f"-{name}" for name in fields] if self.sort.startswith("-") else fields


def matches(words: str) -> Q:
    """Papers in which every word stands in number, title, description or village name."""
    return every_word(words, "title", "no", "summary", "village__name")


@dataclass(frozen=True)
class ReviewList:
    """One page of papers and, for each filter, its choices with counts."""

    page: Page
    count: int
    total: int
    states: dict[str, int]
    villages: list[dict[str, Any]]
    categories: list[dict[str, Any]]
    key_count: int
    weak_count: int
    waiting: str


def papers_of(viewer: Any, round_: Round) -> QuerySet[Finding]:
    """Living papers of a round that ``viewer`` may see."""
    return Finding.objects.visible_to(viewer).alive().filter(round=round_)


def review_list(
    viewer: Any, round_: Round, filters: ReviewFilters, *, cursor: str = "", size: int = 30
) -> ReviewList:
    """The list as ``viewer`` sees it, in a constant number of queries."""
    papers = papers_of(viewer, round_)
    rows = papers.filter(filters.condition()).select_related("village", "team", "category").only(*_LISTED)
    cells = _cells(papers.filter(matches(filters.q)) if filters.q else papers)
    return ReviewList(
        page=keyset(rows, order=filters.order, cursor=cursor, size=size),
        count=sum(_tally(cells, filters, "").values()),
        total=sum(cell["n"] for cell in cells),
        states=dict(_tally(cells, filters, "status")),
        villages=_villages(_tally(cells, filters, "village")),
        categories=_categories(round_, _tally(cells, filters, "category")),
        key_count=_tally(cells, filters, "severity")[Severity.KEY],
        weak_count=_tally(cells, filters, "weak")["1"],
        waiting=waiting_state(viewer, round_),
    )


def _cells(papers: QuerySet[Finding]) -> list[dict[str, Any]]:
    """Papers counted by every combination of choices: one query answers all filters."""
    names = {
        "status": "status",
        "village": "village__code",
        "category": "category__code",
        "severity": "severity",
    }
    rows = papers.order_by().values(*names.values(), "strength").annotate(n=Count("pk"))
    cells = []
    for row in rows:
        cell = {name: row[path] for name, path in names.items()}
        cells.append(cell | {"weak": "1" if row["strength"] <= 1 else "0", "n": row["n"]})
    return cells


def _tally(cells: list[dict[str, Any]], filters: ReviewFilters, dimension: str) -> Counter[str]:
    """How many papers stand behind each value of ``dimension``, the other choices kept; all in one without it."""
    chosen = {name: getattr(filters, name) for name in ("status", "village", "category", "severity", "weak")}
    counts: Counter[str] = Counter()
    for cell in cells:
        if all(cell[name] == value for name, value in chosen.items() if value and name != dimension):
            counts[cell[dimension] if dimension else ""] += cell["n"]
    return counts


def _villages(counts: Counter[str]) -> list[dict[str, Any]]:
    rows = Village.objects.filter(code__in=counts).order_by("code").values_list("code", "name")
    return [{"value": code, "label": name, "count": counts[code]} for code, name in rows]


def _categories(round_: Round, counts: Counter[str]) -> list[dict[str, Any]]:
    rows = Category.objects.filter(scheme=round_.scheme_id, parent=None).values_list("code", "name")
    return [{"value": code, "label": name, "count": counts[code]} for code, name in rows if counts[code]]


def waiting_state(viewer: Any, round_: Round) -> str:
    """The state in which papers of this round wait for ``viewer``; empty when none does."""
    if is_office(viewer):
        return FindingStatus.SIGNED
    post = Membership.objects.filter(round=round_, user=viewer).values_list("role", flat=True).first()
    waits: dict[str, str] = {TeamRole.LEADER: FindingStatus.SIGNING, TeamRole.DEPUTY: FindingStatus.CHECKING}
    return waits.get(post or "", "")


def next_paper(viewer: Any, round_: Round, filters: ReviewFilters, after: Finding) -> Finding | None:
    """The paper to read after ``after``: the next one of the filtered list, else its first."""
    rows = papers_of(viewer, round_).filter(filters.condition()).order_by("id").only("id")
    return rows.filter(pk__gt=after.pk).first() or rows.exclude(pk=after.pk).first()
