"""Which assigned villages already have papers: asked of the relations, whatever stages exist."""

from collections.abc import Iterable
from typing import Any

from villages.models import VillageInspection


def with_papers(inspections: Iterable[VillageInspection]) -> set[Any]:
    """Keys of those villages in a round on which a row of any stage hangs: one query for each kind of row."""
    keys = [row.pk for row in inspections]
    found: set[Any] = set()
    for relation in VillageInspection._meta.related_objects:
        name = relation.field.name
        rows = relation.related_model._base_manager.filter(**{f"{name}__in": keys})
        found.update(rows.values_list(relation.field.attname, flat=True).distinct())
    return found
