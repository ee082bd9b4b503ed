"""The watch list of a village, filtered, counted and in groups."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, QuerySet

from prep.models import Origin, Scope, WatchItem, WatchStatus
from prep.selectors.library import HIT
from villages.models import VillageInspection

NO_CATEGORY = "未分类"


@dataclass(frozen=True)
class WatchFilters:
    """What of the list is wanted, in which order; empty means all, by number.

    ``holder``: key of an account or ``-``; ``due``: ``late``, ``week`` or ``-``; ``sort``: a name of ``SORTS``, with
    ``-`` before it downwards.
    """

    status: str = ""
    category: str = ""
    scope: str = ""
    holder: str = ""
    origin: str = ""
    due: str = ""
    sort: str = ""

    @classmethod
    def read(cls, data: Any) -> "WatchFilters":
        """From the address of the page."""
        return cls(**{name: data.get(name, "") for name in cls.__dataclass_fields__})

    @property
    def in_use(self) -> int:
        """How many filters narrow the list; its order is none."""
        return sum(bool(getattr(self, name)) for name in self.__dataclass_fields__ if name != "sort")


def watch_items(viewer: Any, inspection: VillageInspection) -> QuerySet[WatchItem]:
    """The whole list of a village in the order of its numbers, with category and holder."""
    rows = WatchItem.objects.visible_to(viewer).filter(inspection=inspection)
    return rows.select_related("category__parent", "assignee", "check_point").order_by("seq")


@dataclass(frozen=True)
class WatchLine:
    """An item with the number of other villages of the round in which its check point has hit."""

    item: WatchItem
    elsewhere: int = 0


def hits_elsewhere(inspection: VillageInspection) -> dict[str, int]:
    """By code of the check point: other villages of the round in which it was confirmed.

    Numbers only, over all teams: which villages they are is their teams' business.
    """
    rows = WatchItem.objects.filter(
        round=inspection.round_id, check_point__isnull=False, status__in=HIT
    ).exclude(inspection=inspection)
    counted = rows.order_by().values_list("check_point__code").annotate(Count("inspection", distinct=True))
    return dict(counted)


def watch_line(item: WatchItem) -> WatchLine:
    """One item as the list shows it."""
    if item.check_point is None:
        return WatchLine(item)
    return WatchLine(item, hits_elsewhere(item.inspection).get(item.check_point.code, 0))


@dataclass(frozen=True)
class WatchList:
    """The lines under the chosen filters, and the choices with their counts."""

    lines: list[WatchLine]
    total: int
    concluded: int
    states: list[dict[str, Any]]
    categories: list[dict[str, Any]]
    holders: list[dict[str, Any]]
    origins: list[dict[str, Any]]
    dues: list[dict[str, Any]]
    individual: int


def watch_list(
    viewer: Any, inspection: VillageInspection, filters: WatchFilters, today: dt.date
) -> WatchList:
    """Two queries: a village's list is short enough (dozens to a few hundred) to be counted in memory."""
    every = list(watch_items(viewer, inspection))
    hits = hits_elsewhere(inspection)
    states = Counter(item.status for item in every)
    wanted = _sorted([item for item in every if _wanted(item, filters, today)], filters.sort)
    return WatchList(
        lines=[WatchLine(i, hits.get(i.check_point.code, 0) if i.check_point else 0) for i in wanted],
        total=len(every),
        concluded=len(every) - states[WatchStatus.OPEN],
        states=_states(states),
        categories=_categories(every),
        holders=_holders(every, viewer),
        origins=_origins(every),
        dues=_dues(every, today),
        individual=sum(item.scope == Scope.INDIVIDUAL for item in every),
    )


def top(item: WatchItem) -> Any:
    """The first-level category of an item, or ``None``."""
    return item.category and (item.category.parent or item.category)


_LATER = dt.date.max
SORTS = {
    "seq": lambda item: item.seq,
    "due": lambda item: (item.due_on or _LATER, item.seq),
    "category": lambda item: (item.category.order if item.category else 10**6, item.seq),
    "holder": lambda item: (item.assignee.display_name if item.assignee else "", item.seq),
    "status": lambda item: (WatchStatus.values.index(item.status), item.seq),
}


def _sorted(items: list[WatchItem], sort: str) -> list[WatchItem]:
    key = SORTS.get(sort.removeprefix("-"))
    return sorted(items, key=key, reverse=sort.startswith("-")) if key else items


def due_state(item: WatchItem, today: dt.date) -> str:
    """``late``, ``week`` (within seven days) or ``-`` (no day) for an open item; empty for any other."""
    if item.status != WatchStatus.OPEN:
        return ""
    if item.due_on is None:
        return "-"
    if item.due_on < today:
        return "late"
    return "week" if item.due_on <= today + dt.timedelta(days=7) else ""


def _wanted(item: WatchItem, filters: WatchFilters, today: dt.date) -> bool:
    group = top(item)
    return (
        filters.status in ("", item.status)
        and filters.scope in ("", item.scope)
        and filters.category in ("", group.code if group else "-")
        and filters.holder in ("", str(item.assignee_id or "-"))
        and filters.origin in ("", item.origin)
        and filters.due in ("", due_state(item, today))
    )


def _states(counts: Counter[str]) -> list[dict[str, Any]]:
    options = [
        {"value": value, "label": label, "count": counts[value]}
        for value, label in WatchStatus.choices
        if counts[value]
    ]
    return [{"value": "", "label": "全部", "count": counts.total()}, *options]


def _origins(items: list[WatchItem]) -> list[dict[str, Any]]:
    counts = Counter(item.origin for item in items)
    return [{"value": v, "label": label, "count": counts[v]} for v, label in Origin.choices if counts[v]]


def _dues(items: list[WatchItem], today: dt.date) -> list[dict[str, Any]]:
    counts = Counter(due_state(item, today) for item in items)
    names = (("late", "已逾期"), ("week", "七天内到期"), ("-", "没有期限"))
    return [{"value": v, "label": label, "count": counts[v]} for v, label in names if counts[v]]


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
