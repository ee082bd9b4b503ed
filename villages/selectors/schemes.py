"""Category schemes: the list, one as a tree, and where a code of the five aspects belongs in another scheme."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from villages.models import Category, CategoryScheme, Round
from villages.models.reference_data import SCHEME_CODE


class CategoryMap:
    """Finds the category of one round for codes written in the scheme ``written_in``. One query."""

    def __init__(self, round_: Round, written_in: str = SCHEME_CODE) -> None:
        rows = list(Category.objects.filter(scheme=round_.scheme_id).select_related("scheme"))
        self._own = {row.code: row for row in rows} if rows and rows[0].scheme.code == written_in else {}
        self._covering: dict[str, Category] = {}
        # Second levels last: the finer category wins where both cover a code.
        for row in sorted(rows, key=lambda row: row.parent_id is not None):
            for code in row.covers:
                known = self._covering.get(code)
                if known is None or known.parent_id is None:
                    self._covering[code] = row

    def find(self, code: str) -> Category | None:
        """The category for ``code``, else for its first level (``E`` for ``E6``), else ``None``."""
        for wanted in (code, code[:1]):
            if found := self._own.get(wanted) or self._covering.get(wanted):
                return found
        return None


def five_code(category: Category | None) -> str:
    """The code of the five aspects that stands for ``category`` of any scheme; empty for none."""
    if category is None:
        return ""
    if category.scheme.code == SCHEME_CODE:
        return category.code
    return str(category.covers[0]) if category.covers else ""


def five_aspects() -> dict[str, str]:
    """Codes and names of the newest version of the five aspects, both levels, in order."""
    rows = Category.objects.filter(scheme__code=SCHEME_CODE).order_by("scheme__version", "order", "code")
    return dict(rows.values_list("code", "name"))


def schemes(viewer: Any) -> QuerySet[CategoryScheme]:
    """Every scheme and version, with ``category_count`` and ``in_use`` (has a round chosen it?)."""
    rows = CategoryScheme.objects.visible_to(viewer)
    chosen = Round.objects.filter(scheme=OuterRef("pk"))
    return rows.annotate(category_count=Count("categories"), in_use=Exists(chosen)).order_by(
        "code", "-version"
    )


@dataclass(frozen=True)
class Branch:
    """A first level with its second ones, each with what it covers in words."""

    category: Category
    covers: list[str]
    children: list[tuple[Category, list[str]]]


def scheme_tree(viewer: Any, scheme: CategoryScheme) -> list[Branch]:
    """The scheme as people read it; two queries."""
    rows = list(Category.objects.visible_to(viewer).filter(scheme=scheme))
    names = five_aspects()

    def words(row: Category) -> list[str]:
        return [f"{code} {names.get(code, '')}".strip() for code in row.covers]

    return [
        Branch(top, words(top), [(row, words(row)) for row in rows if row.parent_id == top.pk])
        for top in rows
        if top.parent_id is None
    ]


def uncovered(scheme: CategoryScheme, branches: list[Branch]) -> list[str]:
    """Second levels of the five aspects that no category of another scheme takes in, in words."""
    if scheme.code == SCHEME_CODE:
        return []
    taken = {code for branch in branches for row, _ in branch.children for code in row.covers}
    return [f"{code} {name}" for code, name in five_aspects().items() if len(code) > 1 and code not in taken]
