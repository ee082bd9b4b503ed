"""The review list: many papers beside one, with filters that say how many stand behind each choice.

Fast for a million papers: filters and counts read one index (``finding_list``), words are looked up by pairs of
characters, and counts are exact up to ``EXACT`` papers; beyond, they end at ``1000+``.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q, QuerySet

from core.listing import Page, capped_count, capped_counts, keyset, shown_count, tally
from core.search import holding
from core.text import clean
from findings.models import Finding, FindingStatus, Severity
from findings.selectors.bulk import offer_steps, post_in, waiting_for, waiting_in
from findings.selectors.looks import changed_papers, mark_papers
from villages.models import Category, Round, Village
from villages.selectors import top_categories

# What a column sorts by; the key is what stands in the address.
_SORTS = {
    "no": ["id"],
    "village": ["village_id", "id"],
    "severity": ["severity", "id"],
    "strength": ["strength", "id"],
    "updated": ["updated_at", "id"],
}
LISTED = (
    "no", "draft_no", "title", "status", "severity", "strength", "evidence_count", "evidence_kinds", "revision",
    "updated_at", "round", "inspection", "village__name", "team__number", "category__short", "category__name",
    "handler_id",
)  # fmt: skip
# Up to so many papers every choice is counted to the last one; a round of 300 villages has about ten thousand.
EXACT = 20_000
_CAP = 1000
# A common word in more papers than that: counting a thousand would mean reading too many texts.
_WORD_CAP = 100
_CHOICES = ("status", "village", "category", "severity", "strength")
# Stands among the states: what waits for the viewer, in whichever of them.
MINE = "mine"

Number = int | str


@dataclass(frozen=True)
class ReviewFilters:
    """The choices in the address of the review list; empty means no restriction."""

    status: str = ""
    village: str = ""
    category: str = ""
    severity: str = ""
    weak: str = ""
    changed: str = ""
    q: str = ""
    sort: str = "no"

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> "ReviewFilters":
        """Take what the address says; unknown names and values restrict nothing."""
        status = given.get("status", "")
        sort = given.get("sort", "no")
        return cls(
            status=status if status in (MINE, *FindingStatus.values) else "",
            village=clean(str(given.get("village", "")))[:12],
            category=clean(str(given.get("category", "")))[:10],
            severity=given.get("severity", "") if given.get("severity") in Severity.values else "",
            weak="1" if given.get("weak") else "",
            changed="1" if given.get("changed") else "",
            q=clean(str(given.get("q", "")))[:60].strip(),
            sort=sort if sort.lstrip("-") in _SORTS else "no",
        )

    @property
    def narrow(self) -> bool:
        """Is anything restricted at all?"""
        return self != ReviewFilters(sort=self.sort)

    def papers(self, viewer: Any, round_: Round) -> QuerySet[Finding]:
        """The papers of a round that every choice leaves for ``viewer``."""
        keys = _keys(viewer, post_in(viewer, round_), round_, self)
        papers = _begun(viewer, round_, self).filter(_condition(self, keys))
        return with_words(papers, self.q)

    @property
    def order(self) -> list[str]:
        """Fields to sort by, for the keyset page."""
        fields = _SORTS[self.sort.lstrip("-")]
        return [f"-{name}" for name in fields] if self.sort.startswith("-") else fields


def lost_choices(round_: Round, given: Mapping[str, Any]) -> list[str]:
    """Sentences on choices of an address that are no longer there: of an earlier round, or out of an old version."""
    filters, found = ReviewFilters.read(given), []
    for name, word in (("status", "状态"), ("severity", "轻重"), ("sort", "排序")):
        if given.get(name) and getattr(filters, name) != given[name]:
            found.append(f"{word}“{clean(str(given[name]))[:20]}”已不再使用，没有按它筛选。")
    if (
        filters.village
        and not Village.objects.filter(code=filters.village, inspections__round=round_).exists()
    ):
        found.append(f"代码{filters.village}的村（社区）不在{round_.name}，所以没有底稿。")
    if filters.category and not any(row.code == filters.category for row in top_categories(round_)):
        found.append(f"类别{filters.category}不在{round_.name}采用的分类里，所以没有底稿。")
    return found


@dataclass(frozen=True)
class _Keys:
    """The chosen village and category as keys of rows, so that no paper is joined to decide; a wrong code is no row.

    ``mine``: what waits for the viewer.
    """

    village: list[Any]
    category: list[Any]
    mine: Q


def _keys(viewer: Any, post: str, round_: Round, filters: ReviewFilters) -> _Keys:
    villages = Village.objects.filter(code=filters.village) if filters.village else Village.objects.none()
    named = Category.objects.filter(scheme=round_.scheme_id, code=filters.category)
    categories = named if filters.category else Category.objects.none()
    return _Keys(
        list(villages.values_list("pk", flat=True)),
        list(categories.values_list("pk", flat=True)),
        waiting_for(viewer, post),
    )


def _condition(filters: ReviewFilters, keys: _Keys) -> Q:
    """The restriction on papers, words left out."""
    found = Q()
    if filters.status:
        found &= keys.mine if filters.status == MINE else Q(status=filters.status)
    if filters.village:
        found &= Q(village__in=keys.village)
    if filters.category:
        found &= Q(category__in=keys.category)
    if filters.severity:
        found &= Q(severity=filters.severity)
    if filters.weak:
        found &= Q(strength__lte=1)
    return found


def with_words(papers: QuerySet[Finding], words: str) -> QuerySet[Finding]:
    """Papers in which every word stands in number, title, description or village name."""
    return _found(papers, words)[0]


def _found(papers: QuerySet[Finding], words: str) -> tuple[QuerySet[Finding], bool]:
    """The same, and whether they can be counted without reading all papers."""
    return holding(papers, words, "title", "no", "summary", also=_in_village_name)


def _in_village_name(word: str) -> Q:
    villages = list(Village.objects.filter(name__icontains=word).values_list("pk", flat=True))
    return Q(village__in=villages) if villages else Q()


@dataclass(frozen=True)
class ReviewList:
    """One page of papers and, for each filter, its choices with counts (``None``: too many to count)."""

    page: Page
    count: Number
    total: Number
    all_states: Number | None
    states: dict[str, Number | None]
    villages: list[dict[str, Any]]
    categories: list[dict[str, Any]]
    key_count: Number | None
    weak_count: Number | None
    changed_count: int
    mine_count: Number | None
    post: str
    waiting: str


def papers_of(viewer: Any, round_: Round) -> QuerySet[Finding]:
    """Living papers of a round that ``viewer`` may see."""
    return Finding.objects.visible_to(viewer).alive().filter(round=round_)


def _begun(viewer: Any, round_: Round, filters: ReviewFilters) -> QuerySet[Finding]:
    """Where filters begin: all papers, or those that changed since ``viewer`` last looked."""
    papers = papers_of(viewer, round_)
    return papers.filter(pk__in=changed_papers(viewer, round_)) if filters.changed else papers


def review_list(
    viewer: Any,
    round_: Round,
    filters: ReviewFilters,
    *,
    cursor: str = "",
    size: int = 30,
    exact: int = EXACT,
) -> ReviewList:
    """The list as ``viewer`` sees it, in a constant number of queries; up to ``exact`` papers all are counted."""
    post = post_in(viewer, round_)
    papers, keys = _begun(viewer, round_, filters), _keys(viewer, post, round_, filters)
    found, countable = _found(papers, filters.q)
    kept = _condition(filters, keys)
    # A common word among very many papers: to count it would mean to read them all.
    unread = not countable and capped_count(papers, exact)[1]
    cells, many = ({}, True) if unread else tally(found, *_CHOICES, cap=exact)
    # Among very many papers a word may be common in all and rare in the chosen ones: then it is judged anew.
    rows = with_words(papers.filter(kept), filters.q) if many and kept else found.filter(kept)
    listed = rows.select_related("village", "team", "category").only(*LISTED)
    counts = (
        _capped(round_, found, rows, filters, keys) if many else _exact(round_, found, cells, filters, keys)
    )
    page = keyset(listed, order=filters.order, cursor=cursor, size=size)
    mark_papers(viewer, page.rows)
    offer_steps(viewer, post, page.rows)
    return ReviewList(
        page=page,
        changed_count=rows.filter(pk__in=changed_papers(viewer, round_)).count(),
        total=counts["count"] if unread else shown_count(sum(cells.values()), exact),
        post=post,
        waiting=waiting_in(post),
        **counts,
    )


def _exact(
    round_: Round,
    found: QuerySet[Finding],
    cells: Mapping[tuple[Any, ...], int],
    filters: ReviewFilters,
    keys: _Keys,
) -> dict[str, Any]:
    """Every figure of the list from the papers counted by every combination of choices."""
    states, unstated = _tally(cells, filters, keys, "status"), replace(filters, status="")
    # What waits for one person is counted by itself: the cells of all papers do not know whom they wait for.
    own, _ = tally(found.filter(keys.mine), *_CHOICES, cap=sum(cells.values()))
    if filters.status == MINE:
        cells, filters = own, unstated
    tallies = {name: _tally(cells, filters, keys, name) for name in ("", *_CHOICES) if name != "status"}
    names = (
        Village.objects.filter(pk__in=tallies["village"]).order_by("code").values_list("pk", "code", "name")
    )
    return {
        "count": tallies[""][()],
        "all_states": sum(states.values()),
        "states": dict(states),
        "villages": [
            {"value": code, "label": name, "count": tallies["village"][pk]} for pk, code, name in names
        ],
        "categories": [
            {"value": row.code, "label": row.name, "count": tallies["category"][row.pk]}
            for row in top_categories(round_)
            if tallies["category"][row.pk]
        ],
        "mine_count": _tally(own, unstated, keys, "")[()],
        "key_count": tallies["severity"][Severity.KEY],
        "weak_count": sum(n for strength, n in tallies["strength"].items() if strength <= 1),
    }


def _tally(
    cells: Mapping[tuple[Any, ...], int], filters: ReviewFilters, keys: _Keys, dimension: str
) -> Counter[Any]:
    """How many papers stand behind each value of ``dimension``, the other choices kept; all in one without it."""
    chosen = {
        "status": {filters.status} if filters.status else None,
        "village": set(keys.village) if filters.village else None,
        "category": set(keys.category) if filters.category else None,
        "severity": {filters.severity} if filters.severity else None,
        "strength": {0, 1} if filters.weak else None,
    }
    tests = [
        (place, values)
        for place, name in enumerate(_CHOICES)
        if (values := chosen[name]) is not None and name != dimension
    ]
    place = _CHOICES.index(dimension) if dimension else None
    counts: Counter[Any] = Counter()
    for cell, n in cells.items():
        if not tests or all(cell[at] in values for at, values in tests):
            counts[() if place is None else cell[place]] += n
    return counts


def _capped(
    round_: Round,
    found: QuerySet[Finding],
    rows: QuerySet[Finding],
    filters: ReviewFilters,
    keys: _Keys,
) -> dict[str, Any]:
    """The figures where there are too many papers to count them all; with words only what was found is counted."""
    categories = list(top_categories(round_))
    wanted = {"count": rows} if filters.q else _choices(found, filters, keys, categories) | {"count": rows}
    cap = _WORD_CAP if filters.q else _CAP
    counts = {name: shown_count(n, cap) for name, n in capped_counts(wanted, cap).items()}
    villages = Village.objects.filter(inspections__round=round_).order_by("code").values_list("code", "name")
    return {
        "count": counts["count"],
        "all_states": counts.get("status:"),
        "states": {state: counts.get(f"status:{state}") for state in FindingStatus.values},
        "villages": [{"value": code, "label": name, "count": None} for code, name in villages],
        "categories": [
            {"value": row.code, "label": row.name, "count": counts.get(f"category:{row.pk}")}
            for row in categories
        ],
        "mine_count": counts.get("mine"),
        "key_count": counts.get("key"),
        "weak_count": counts.get("weak"),
    }


def _choices(
    found: QuerySet[Finding], filters: ReviewFilters, keys: _Keys, categories: list[Category]
) -> dict[str, QuerySet[Finding]]:
    """The papers behind each choice, the other choices kept."""

    def others(name: str) -> QuerySet[Finding]:
        return found.filter(_condition(replace(filters, **{name: ""}), keys))

    rows = {"status:": others("status"), "mine": others("status").filter(keys.mine)}
    rows |= {f"status:{state}": others("status").filter(status=state) for state in FindingStatus.values}
    rows |= {f"category:{row.pk}": others("category").filter(category=row.pk) for row in categories}
    rows |= {"key": others("severity").filter(severity=Severity.KEY)}
    return rows | {"weak": others("weak").filter(strength__lte=1)}


def is_awaited(viewer: Any, round_: Round) -> bool:
    """Does any paper of this round wait for ``viewer``?"""
    return papers_of(viewer, round_).filter(waiting_for(viewer, post_in(viewer, round_))).exists()


def waiting_state(viewer: Any, round_: Round) -> str:
    """The state in which papers of this round wait for ``viewer``; empty when none does."""
    return waiting_in(post_in(viewer, round_))


def next_paper(viewer: Any, round_: Round, filters: ReviewFilters, after: Finding) -> Finding | None:
    """The paper to read after ``after``: the next one of the filtered list, else its first."""
    rows = filters.papers(viewer, round_).order_by("id").only("id")
    return rows.filter(pk__gt=after.pk).first() or rows.exclude(pk=after.pk).first()
