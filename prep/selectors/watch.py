"""The watch list of a village, filtered, counted and in groups."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet

from prep.models import Scope, WatchItem, WatchStatus
from villages.models import VillageInspection

NO_CATEGORY = "未分类"


@dataclass(frozen=True)
class WatchFilters:
    """What of the list is wanted; empty means all. ``mine``: only what is given to the viewer."""

    status: str = ""
    category: str = ""
    scope: str = ""
    holder: str = ""

    @classmethod
    def read(cls, data: Any) -> "WatchFilters":
        """From the address of the page."""
        return cls(**{name: data.get(name, "") for name in ("status", "category", "scope", "holder")})


def watch_items(viewer: Any, inspection: VillageInspection) -> QuerySet[WatchItem]:
    """The whole list of a village in the order of its numbers, with category and holder."""
    rows = WatchItem.objects.visible_to(viewer).filter(inspection=inspection)
    return rows.select_related("category__parent", "assignee").order_by("seq")


@dataclass(frozen=True)
class WatchList:
    """The lines under the chosen filters, and the choices with their counts."""

    items: list[WatchItem]
    total: int
    concluded: int
    states: list[dict[str, Any]]
    categories: list[dict[str, Any]]
    holders: list[dict[str, Any]]
    individual: int


def watch_list(viewer: Any, inspection: VillageInspection, filters: WatchFilters) -> WatchList:
    """One query: a village's list is short enough (dozens to a few hundred) to be counted in memory."""
    every = list(watch_items(viewer, inspection))
    states = Counter(item.status for item in every)
    return WatchList(
        items=[item for item in every if _wanted(item, filters, viewer)],
        total=len(every),
        concluded=len(every) - states[WatchStatus.OPEN],
        states=_states(states),
        categories=_categories(every),
        holders=_holders(every, viewer),
        individual=sum(item.scope == Scope.INDIVIDUAL for item in every),
    )


def top(item: WatchItem) -> Any:
    """The first-level category of an item, or ``None``."""
    return item.category and (item.category.parent or item.category)


def _wanted(item: WatchItem, filters: WatchFilters, viewer: Any) -> bool:
    group = top(item)
    return (
        filters.status in ("", item.status)
        and filters.scope in ("", item.scope)
        and filters.category in ("", group.code if group else "-")
        and filters.holder in ("", str(item.assignee_id or "-"))
    )


def _states(counts: Counter[str]) -> list[dict[str, Any]]:
    options = [
        {"value": value, "label": label, "count": counts[value]}
        for value, label in WatchStatus.choices
        if counts[value]
    ]
    return [{"value": "", "label": "全部", "count": counts.total()}, *options]


def _categories(items: list[WatchItem]) -> list[dict[str, Any]]:
    groups = {group.pk: group for item in items if (group := top(item))}
    counts = Counter(group.pk if (group := top(item)) else None for item in items)
    options = [
        {"value": group.code, "label": group.name, "count": counts[group.pk]}
        for group in sorted(groups.values(), key=lambda group: group.order)
    ]
    return options + ([{"value": "-", "label": NO_CATEGORY, "count": counts[None]}] if counts[None] else [])


def _holders(items: list[WatchItem], viewer: Any) -> list[dict[str, Any]]:
    people = {item.assignee.pk: item.assignee for item in items if item.assignee}
    counts = Counter(item.assignee_id for item in items)
    named = sorted(people.values(), key=lambda person: (person.pk != viewer.pk, person.display_name))
    options = [
        {
            "value": str(person.pk),
            "label": "我承办的" if person.pk == viewer.pk else person.display_name,
            "count": counts[person.pk],
        }
        for person in named
    ]
    return ([{"value": "-", "label": "没有承办人", "count": counts[None]}] if counts[None] else []) + options


def grouped(items: list[WatchItem]) -> list[tuple[str, list[WatchItem]]]:
    """Items under their first-level category, in its order: for print."""
    groups: dict[Any, tuple[int, str, list[WatchItem]]] = {}
    for item in items:
        group = top(item)
        key = group.pk if group else None
        order, name = (group.order, group.name) if group else (10**6, NO_CATEGORY)
        groups.setdefault(key, (order, name, []))[2].append(item)
    return [(name, rows) for _, name, rows in sorted(groups.values(), key=lambda entry: entry[0])]


def neighbours(item: WatchItem, viewer: Any) -> tuple[Any, Any]:
    """Keys of the items before and after this one in the list."""
    rows = WatchItem.objects.visible_to(viewer).filter(inspection=item.inspection_id)
    before = rows.filter(seq__lt=item.seq).order_by("-seq").values_list("pk", flat=True).first()
    after = rows.filter(seq__gt=item.seq).order_by("seq").values_list("pk", flat=True).first()
    return before, after


def open_of(viewer: Any, round_: Any) -> QuerySet[WatchItem]:
    """Items of a round that ``viewer`` is to verify and has not, the most urgent first."""
    rows = WatchItem.objects.visible_to(viewer).filter(
        round=round_, assignee=viewer.pk, status=WatchStatus.OPEN
    )
    return rows.select_related("village").order_by(F("due_on").asc(nulls_last=True), "village__code", "seq")
