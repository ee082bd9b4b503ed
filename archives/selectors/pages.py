"""The pages of filing: the catalogue by stage, and the packages."""

from collections import Counter
from typing import Any

from django.db.models import Q, QuerySet

from archives.models import ArchiveEntry, ArchivePackage
from archives.rules import KEEPERS
from rectification.models import FixOrder, RectifyItem
from villages.access import is_office
from villages.models import Membership, Round, Stage, VillageInspection


def entries(viewer: Any, round_: Round | None, stage: str = "", village: str = "") -> QuerySet[ArchiveEntry]:
    """Catalogue rows the viewer may see, by number."""
    rows = ArchiveEntry.objects.visible_to(viewer).filter(round=round_).select_related("village", "file")
    if stage:
        rows = rows.filter(stage=stage)
    if village:
        rows = rows.filter(village__code=village)
    return rows.order_by("seq")


def counts(viewer: Any, round_: Round | None) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """How many papers of each stage and of each village: one query."""
    rows = ArchiveEntry.objects.visible_to(viewer).filter(round=round_).order_by()
    facts = list(rows.values_list("stage", "village__code", "village__name"))
    stages = Counter(row[0] for row in facts)
    villages = Counter((row[1], row[2]) for row in facts if row[1])
    by_stage = [{"value": "", "label": "全部", "count": len(facts)}]
    by_stage += [{"value": s.value, "label": s.label, "count": stages[s]} for s in Stage if stages[s]]
    by_village = [
        {"value": code, "label": name, "count": villages[code, name]} for code, name in sorted(villages)
    ]
    return by_stage, by_village


def packages(viewer: Any, round_: Round | None) -> list[ArchivePackage]:
    """Packages of a round, newest first."""
    rows = ArchivePackage.objects.visible_to(viewer).filter(round=round_)
    return list(rows.select_related("inspection__village", "round", "file", "made_by").order_by("-id")[:50])


def packable(viewer: Any, round_: Round | None) -> QuerySet[VillageInspection]:
    """Villages of the round the viewer may pack one by one."""
    rows = VillageInspection.objects.visible_to(viewer).filter(round=round_)
    if not is_office(viewer):
        posts = Membership.objects.filter(user=viewer.pk, role__in=KEEPERS)
        rows = rows.filter(team__in=posts.values("team"))
    return rows.select_related("village", "team").order_by("village__code")


def villages_to_file(package: ArchivePackage) -> tuple[list[VillageInspection], list[VillageInspection]]:
    """Villages of a package at the last stage: those whose matters are all struck off, and those that still wait.

    A lasting matter is struck off late, if ever: verified is enough for it. What the town has to do for all its
    villages keeps each of them open; so does an order on the spot that was issued and is not settled.
    """
    rows = VillageInspection.objects.filter(round=package.round_id, status=Stage.RECTIFY)
    if package.inspection_id:
        rows = rows.filter(pk=package.inspection_id)
    settled = Q(status=RectifyItem.Status.CLOSED) | Q(
        term=RectifyItem.Term.LASTING, status=RectifyItem.Status.VERIFIED
    )
    items = RectifyItem.objects.filter(round=package.round_id).exclude(settled)
    open_ = set(items.values_list("team_id", "town_id", "village_id"))
    pressed = set(
        FixOrder.objects.filter(round=package.round_id, status__in=FixOrder.OPEN).values_list(
            "inspection_id", flat=True
        )
    )
    ready, waiting = [], []
    for row in rows.select_related("village", "team").order_by("village__code"):
        keys = {(row.team_id, row.town_id, row.village_id), (row.team_id, row.town_id, None)}
        (waiting if keys & open_ or row.pk in pressed else ready).append(row)
    return ready, waiting
