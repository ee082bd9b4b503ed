"""What is asked of the list, three ways: the least there is to do, the product's, and the usual one."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet

from core.listing import keyset
from findings.models import Finding
from findings.selectors.review import LISTED, ReviewFilters, papers_of, review_list
from villages.models import Category, Round, User, Village

PAGE = 51
DEEP = 1_000
# Words and in how many papers: one in three, one in a hundred and twenty, one in five thousand, none.
WORDS = {"公开": 3, "白条": 120, "鼋鼍": 5_000, "饕餮": 0}
CASES = {
    "page": {},
    "tight": {"village": "990101000007", "severity": "key", "weak": "1"},
    "counts": {},
    "huge": {},
    "common": {"q": "公开"},
    "rare": {"q": "鼋鼍"},
    "nothing": {"q": "饕餮"},
    "between": {"q": "白条"},
    "realistic": {"q": "公开"},
    "deep": {},
    "embedded": {},
    "embedded-word": {"q": "鼋鼍"},
}
# Where the page alone is measured; elsewhere it is the page with all its filters and counts.
_PAGE_ONLY = {"page", "tight", "deep"}
_REALISTIC = {"counts", "realistic"}


def way(case: str, contestant: str) -> Callable[[], Any]:
    """The work of one contestant."""
    viewer, filters = User.objects.get(), ReviewFilters.read(CASES[case])
    round_ = Round.objects.get(number=2 if case in _REALISTIC else 1)
    if contestant == "limit":
        return limit
    if contestant == "peer":
        page = DEEP if case == "deep" else 1
        return lambda: usual(viewer, round_, filters, page, counts=case not in _PAGE_ONLY)
    if case not in _PAGE_ONLY:
        return lambda: review_list(viewer, round_, filters, size=PAGE - 1)
    cursor = _cursor(viewer, round_) if case == "deep" else ""
    return lambda: product_page(viewer, round_, filters, cursor)


def limit() -> list[Finding]:
    """A page of papers by primary key."""
    return list(Finding.objects.order_by("pk").only(*(name for name in LISTED if "__" not in name))[:PAGE])


def product_page(viewer: Any, round_: Round, filters: ReviewFilters, cursor: str) -> Any:
    """The product's page without its counts."""
    rows = filters.papers(viewer, round_).select_related("village", "team", "category")
    return keyset(rows.only(*LISTED), order=filters.order, cursor=cursor, size=PAGE - 1)


def _cursor(viewer: Any, round_: Round) -> str:
    """The cursor of page 1,000, as a person has it who went on and on."""
    rows = papers_of(viewer, round_).order_by("id")
    skipped = rows[max(0, min(DEEP * (PAGE - 1), rows.count() - PAGE)) :][: PAGE - 1]
    return keyset(rows.filter(pk__gte=skipped[0].pk), order=["id"], size=PAGE - 1).next


def usual(viewer: Any, round_: Round, filters: ReviewFilters, page: int, *, counts: bool) -> Any:
    """Joined, ILIKE over every column, an exact count and OFFSET for the page, a grouping for each filter."""
    papers = papers_of(viewer, round_)
    if filters.q:
        somewhere = ("title", "no", "summary", "village__name")
        condition = Q()
        for column in somewhere:
            condition |= Q(**{f"{column}__icontains": filters.q})
        papers = papers.filter(condition)
    rows: QuerySet[Finding] = papers
    if filters.village:
        rows = rows.filter(village__code=filters.village, severity="key", strength__lte=1)
    found = [
        list(
            Paginator(rows.select_related("village", "team", "category").order_by("id"), PAGE).get_page(page)
        )
    ]
    for name in ("status", "village__code", "category__code", "severity") if counts else ():
        found.append(list(papers.order_by().values(name).annotate(n=Count("pk"))))
    return found, list(Village.objects.values("code", "name")), list(Category.objects.values("code", "name"))
