"""Reads about towns and villages: lists, filters with counts, one village through the rounds."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from villages.models import Round, Town, Village, VillageInspection


def villages(
    viewer: Any, *, text: str = "", town: str = "", kind: str = "", retired: bool = False
) -> QuerySet[Village]:
    """Villages the viewer may see, with their town; ``text`` looks in name, code and secretary."""
    rows = Village.objects.visible_to(viewer).select_related("town").filter(deleted_at__isnull=not retired)
    if text:
        rows = rows.filter(
            Q(name__contains=text)
            | Q(code__startswith=text)
            | Q(secretary__contains=text)
            | Q(town__name=text)
        )
    if town:
        rows = rows.filter(town__code=town)
    return rows.filter(kind=kind) if kind else rows


def town_options(viewer: Any) -> list[dict[str, Any]]:
    """Towns with the number of their villages, for a filter."""
    alive = Count("villages", filter=Q(villages__deleted_at=None))
    rows = Town.objects.visible_to(viewer).alive().annotate(number=alive).values("code", "name", "number")
    return [{"value": row["code"], "label": row["name"], "count": row["number"]} for row in rows]


def kind_options(rows: QuerySet[Village]) -> list[dict[str, Any]]:
    """All, villages, communities, each with its number among ``rows``."""
    numbers = dict(rows.order_by().values_list("kind").annotate(Count("pk")))
    kinds = [
        {"value": value, "label": label, "count": numbers.get(value, 0)}
        for value, label in Village.Kind.choices
    ]
    return [{"value": "", "label": "全部", "count": sum(numbers.values())}, *kinds]


def village_rounds(viewer: Any, village: Village) -> list[VillageInspection]:
    """The rounds in which the viewer may see this village, newest first."""
    rows = VillageInspection.objects.visible_to(viewer).filter(village=village)
    return list(rows.select_related("round", "team").order_by("-round__year", "-round__number"))


def with_current(viewer: Any, rows: Iterable[Village], round_: Round | None) -> list[tuple[Village, Any]]:
    """Each village with its place in ``round_``, when there is one the viewer may see: one query for all."""
    rows = list(rows)
    spines: dict[Any, VillageInspection] = {}
    if round_ is not None:
        found = VillageInspection.objects.visible_to(viewer).filter(round=round_, village__in=rows)
        spines = {row.village_id: row for row in found.select_related("team")}
    return [(village, spines.get(village.pk)) for village in rows]


def towns_with_villages(viewer: Any) -> QuerySet[Town]:
    """Towns with their present villages, two queries."""
    alive = Village.objects.visible_to(viewer).alive()
    return Town.objects.visible_to(viewer).alive().prefetch_related(Prefetch("villages", alive))
