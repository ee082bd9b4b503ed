"""The list of traits: their names, and how often each is used."""

from collections import Counter
from typing import Any

from prep.models import CheckPoint, Trait, VillageProfile


def trait_labels() -> dict[str, str]:
    """Names by code, retired ones included: one query for a whole page."""
    return dict(Trait.objects.values_list("code", "label"))


def named_traits(codes: list[str]) -> list[str]:
    """The names of ``codes``, in the order of the list."""
    return [label for code, label in trait_labels().items() if code in codes]


def trait_lines(viewer: Any) -> list[dict[str, Any]]:
    """Every trait with how many profiles and check points use it: three queries."""
    villages = Counter(
        code for codes in VillageProfile.objects.values_list("traits", flat=True) for code in codes
    )
    points = Counter(
        code
        for codes in CheckPoint.objects.filter(active=True).values_list("traits", flat=True)
        for code in codes
    )
    return [
        {"row": row, "villages": villages[row.code], "points": points[row.code]}
        for row in Trait.objects.visible_to(viewer)
    ]
