"""How far the preparation of each village is."""

from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from prep.models import VillageProfile, WatchStatus
from villages.models import Round, Stage, VillageInspection

OPEN = Q(watchitems__status=WatchStatus.OPEN)
HELD = Q(watchitems__assignee__isnull=False)


def villages(viewer: Any, round_: Round | None, stage: str = "") -> QuerySet[VillageInspection]:
    """Villages of a round the viewer may see, with counts of their watch list and their attention class.

    ``item_count``, ``held_count`` (with somebody to verify them), ``open_count``; ``attention`` is ``None`` without a
    profile and empty in one without a class.
    """
    profile = VillageProfile.objects.filter(inspection=OuterRef("pk")).values("attention_class")
    rows = VillageInspection.objects.visible_to(viewer).filter(round=round_)
    if stage in Stage.values:
        rows = rows.filter(status=stage)
    return rows.select_related("village", "town", "team").annotate(
        item_count=Count("watchitems"),
        held_count=Count("watchitems", filter=HELD),
        open_count=Count("watchitems", filter=OPEN),
        attention=Subquery(profile),
    )


def stage_options(viewer: Any, round_: Round | None) -> list[dict[str, Any]]:
    """The stages with how many villages are in each, for the filter."""
    rows = VillageInspection.objects.visible_to(viewer).filter(round=round_).order_by()
    numbers = dict(rows.values_list("status").annotate(Count("pk")))
    options = [
        {"value": value, "label": label, "count": numbers[value]}
        for value, label in Stage.choices
        if numbers.get(value)
    ]
    return [{"value": "", "label": "全部", "count": sum(numbers.values())}, *options]


def progress_of(viewer: Any, round_: Round) -> dict[Any, tuple[int, int]]:
    """By inspection: how many items of its watch list have a conclusion, and how many it has. For boards."""
    rows = VillageInspection.objects.visible_to(viewer).filter(round=round_).order_by()
    counted = rows.annotate(total=Count("watchitems"), left=Count("watchitems", filter=OPEN))
    return {pk: (total - left, total) for pk, total, left in counted.values_list("pk", "total", "left")}
