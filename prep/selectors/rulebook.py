"""The rule book as people read it: the list with its filters, one rule with its editions."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, QuerySet, Value, When

from core.listing import Page, keyset
from core.text import clean
from prep.models import Regulation, RegulationEdition, RegulationLevel
from prep.rules import in_force
from prep.selectors.rule_words import about
from villages.selectors.schemes import five_aspects

STATES = {"current": "现行", "ahead": "尚未施行", "ended": "已停止施行", "off": "已停用"}
TONES = {"current": "ok", "ahead": "warn", "ended": "neutral", "off": "neutral"}
_PAGE = 50
_MOST_WORDS = 5


@dataclass(frozen=True)
class BookFilters:
    """The choices in the address of the list; empty means no restriction."""

    level: str = ""
    state: str = ""
    category: str = ""
    q: str = ""

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> "BookFilters":
        """Take what the address says; unknown values restrict nothing."""
        level, state = str(given.get("level", "")), str(given.get("state", ""))
        return cls(
            level=level if level in RegulationLevel.values else "",
            state=state if state in STATES else "",
            category=clean(str(given.get("category", "")))[:10],
            q=clean(str(given.get("q", "")))[:60].strip(),
        )

    def condition(self) -> Q:
        """The restriction on rules."""
        found = Q()
        for word in self.q.strip("《》").split()[:_MOST_WORDS]:
            found &= about(word) | Q(issuer__icontains=word)
        if self.level:
            found &= Q(level=self.level)
        if self.state:
            found &= Q(state=self.state)
        if self.category:
            found &= Q(category__startswith=self.category)
        return found


@dataclass(frozen=True)
class RuleLine:
    """A rule in the list: the edition in force, or the one nearest to it, and how many there are."""

    regulation: Regulation
    edition: RegulationEdition | None
    editions: int
    state: str
    tone: str


@dataclass(frozen=True)
class BookList:
    """One page of rules and, for each filter, its choices with counts."""

    page: Page
    count: int
    total: int
    levels: list[dict[str, Any]]
    states: list[dict[str, Any]]
    categories: list[dict[str, Any]]


def with_state(rows: QuerySet[Regulation], today: dt.date) -> QuerySet[Regulation]:
    """Rules with ``state``, a key of ``STATES``."""
    editions = RegulationEdition.objects.filter(regulation=OuterRef("pk"))
    lasting = Q(until_day__isnull=True) | Q(until_day__gte=today)
    current = editions.filter(lasting, from_day__lte=today)
    ahead = editions.filter(from_day__gt=today)
    state = Case(
        When(active=False, then=Value("off")),
        When(Exists(current), then=Value("current")),
        When(Exists(ahead), then=Value("ahead")),
        default=Value("ended"),
        output_field=CharField(),
    )
    return rows.annotate(state=state)


def book_list(viewer: Any, filters: BookFilters, today: dt.date, *, cursor: str = "") -> BookList:
    """The list as ``viewer`` sees it: four queries, however many rules there are."""
    rows = with_state(Regulation.objects.visible_to(viewer), today)
    found = rows.filter(filters.condition()).prefetch_related("editions")
    page = keyset(found, order=["title"], cursor=cursor, size=_PAGE)
    searched = rows.filter(replace(BookFilters(), q=filters.q).condition())
    cells = list(searched.order_by().values("level", "state", "category").annotate(n=Count("pk")))
    states = _tally(cells, filters, "state")
    levels = _tally(cells, filters, "level")
    return BookList(
        page=replace(page, rows=[_line(row, today) for row in page.rows]),
        count=sum(_tally(cells, filters, "").values()),
        total=sum(cell["n"] for cell in cells),
        states=[{"value": "", "label": "全部", "count": states.total()}]
        + [
            {"value": key, "label": name, "count": states[key]} for key, name in STATES.items() if states[key]
        ],
        levels=[
            {"value": level.value, "label": level.label, "count": levels[level.value]}
            for level in RegulationLevel
            if levels[level.value]
        ],
        categories=_categories(_tally(cells, filters, "category")),
    )


def _tally(cells: list[dict[str, Any]], filters: BookFilters, dimension: str) -> Counter[str]:
    """How many rules stand behind each value of ``dimension``, the other choices kept; all in one without it."""
    counts: Counter[str] = Counter()
    for cell in cells:
        fits = {
            "level": not filters.level or cell["level"] == filters.level,
            "state": not filters.state or cell["state"] == filters.state,
            "category": cell["category"].startswith(filters.category),
        }
        if all(fit for name, fit in fits.items() if name != dimension):
            key = cell[dimension][:1] if dimension == "category" else cell[dimension] if dimension else ""
            counts[key] += cell["n"]
    return counts


def _categories(counts: Counter[str]) -> list[dict[str, Any]]:
    names = five_aspects() if any(counts) else {}
    return [
        {"value": code, "label": name, "count": counts[code]}
        for code, name in names.items()
        if len(code) == 1 and counts[code]
    ]


def _line(regulation: Any, today: dt.date) -> RuleLine:
    editions = list(regulation.editions.all())
    return RuleLine(
        regulation=regulation,
        edition=in_force.on(editions, today),
        editions=len(editions),
        state=STATES[regulation.state],
        tone=TONES[regulation.state],
    )


@dataclass(frozen=True)
class EditionLine:
    """One edition on the page of its rule. ``before``: editions of other rules whose place it took."""

    edition: RegulationEdition
    standing: tuple[str, str]
    before: list[RegulationEdition]


def edition_lines(viewer: Any, regulation: Regulation, today: dt.date) -> list[EditionLine]:
    """The editions of a rule, the newest first; two queries."""
    rows = RegulationEdition.objects.visible_to(viewer)
    own = list(
        rows.filter(regulation=regulation)
        .select_related("regulation", "replaced_by__regulation")
        .order_by("-from_day")
    )
    others = rows.filter(replaced_by__regulation=regulation).exclude(regulation=regulation)
    before: dict[Any, list[RegulationEdition]] = {}
    for row in others.select_related("regulation").order_by("from_day"):
        before.setdefault(row.replaced_by_id, []).append(row)
    return [EditionLine(row, row.standing(today), before.get(row.pk, [])) for row in own]


def successors(viewer: Any, edition: RegulationEdition) -> QuerySet[RegulationEdition]:
    """Editions of other rules that may have taken the place of ``edition``."""
    rows = RegulationEdition.objects.visible_to(viewer).filter(from_day__gt=edition.from_day)
    return (
        rows.exclude(regulation=edition.regulation_id)
        .select_related("regulation")
        .order_by("regulation__title", "from_day")
    )
