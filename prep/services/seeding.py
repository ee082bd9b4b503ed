"""Items taken over from elsewhere: earlier rounds, letters of departments, leads of the survey. Never twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max

from core import records
from core.access import demand
from core.errors import ServiceError
from core.text import clean
from prep import rules
from prep.models import Origin, Scope, WatchItem
from villages.models import VillageInspection, spine
from villages.selectors.schemes import CategoryMap

# Characters the list holds of each part.
_ROOM = {"title": 120, "basis": 300, "method": 300, "evidence_hint": 300}


@dataclass(frozen=True)
class WatchSeed:
    """One thing to verify, as another stage or a department reports it.

    ``source`` is the stable key of where it comes from (a primary key does): the same source is taken once.
    ``category`` is a code of the five aspects or empty; ``note`` says in words what is known from there.
    """

    title: str
    source: str
    category: str = ""
    basis: str = ""
    method: str = ""
    evidence_hint: str = ""
    note: str = ""


def next_seq(inspection: VillageInspection) -> int:
    """The next free number of a village's list; waits for whoever is numbering it at this moment."""
    VillageInspection.objects.select_for_update().get(pk=inspection.pk)
    return (WatchItem.objects.filter(inspection=inspection).aggregate(last=Max("seq"))["last"] or 0) + 1


@transaction.atomic
def seed_watch_items(
    *, actor: Any, inspection: VillageInspection, origin: str, rows: Sequence[WatchSeed]
) -> list[WatchItem]:
    """Put ``rows`` on the village's list as items of its own and return those that were new.

    What was taken before, even if it has been reworded or concluded since, is left alone.
    """
    demand(rules.can_edit(actor, inspection))
    if origin not in Origin.values:
        raise ServiceError("请说明待查问题的来源。", "origin")
    first = next_seq(inspection)
    known = set(
        WatchItem.objects.filter(inspection=inspection)
        .exclude(source_key="")
        .values_list("source_key", flat=True)
    )
    fresh = {key: row for row in rows if (key := WatchItem.key_of(origin, row.source)) not in known}
    places = CategoryMap(inspection.round)
    items = [
        WatchItem(
            **spine(inspection), seq=seq, origin=origin, source_key=key, scope=Scope.INDIVIDUAL,
            category=places.find(row.category), origin_note=clean(row.note).strip(), **_texts(row),
        )
        for seq, (key, row) in enumerate(fresh.items(), first)
    ]  # fmt: skip
    summary = f"{inspection.village.name}待查问题（{Origin(origin).label}）"
    return records.bulk_create(
        items, actor=actor, verb="prep.seed_watch_items", target=inspection, summary=summary
    )


def _texts(row: WatchSeed) -> dict[str, str]:
    """The words of a row as the list holds them; what is too long for a line is cut with a sign that it was."""
    texts = {}
    for name, room in _ROOM.items():
        text = " ".join(clean(getattr(row, name)).split())
        texts[name] = text if len(text) <= room else f"{text[: room - 1]}…"
    if not texts["title"]:
        raise ServiceError("请写明待查什么问题。", "title")
    return texts
