"""What this stage files: instant-fix orders, the ledger of each town, and the evidence its owners handed in."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from core.filing import FiledPaper, reachable
from rectification.documents import ledger_xlsx
from rectification.models import Progress, RectifyItem
from rectification.selectors.order_filing import orders_to_file
from rectification.selectors.papers import filled
from villages.models import Round, Stage, VillageInspection


def papers_to_file(
    viewer: Any, round_: Round, inspection: VillageInspection | None = None
) -> Iterator[FiledPaper]:
    """Orders with their files, then a ledger per town and the evidence of each item; for one village only its own."""
    yield from orders_to_file(viewer, round_, inspection)
    rows = reachable(RectifyItem.objects.filter(round=round_), viewer)
    if inspection is not None:
        rows = rows.filter(village=inspection.village_id, team=inspection.team_id)
    rows = rows.select_related("town", "village", "owner", "team", "round__district")
    items = list(rows.order_by("town__code", "team__number", "feedback_on", "seq"))
    towns = {(item.town_id, item.team_id): item for item in items}
    for (town, team), first in towns.items():
        if inspection is None:
            yield _ledger(first, rows.filter(town=town, team=team))
        yield from _evidence([item for item in items if (item.town_id, item.team_id) == (town, team)])


def _ledger(first: RectifyItem, rows: QuerySet[RectifyItem]) -> FiledPaper:
    # The day of the last change rather than of today: the same ledger gives the same bytes.
    day = timezone.localdate(max(rows.values_list("updated_at", flat=True)))
    name = f"{first.round.name}{first.town.name}"
    return FiledPaper(
        source=f"rectification.ledger/{first.town_id}/{first.team_id}",
        stage=Stage.RECTIFY,
        title=f"{name}整改台账",
        name=f"{first.town.name}整改台账.xlsx",
        responsible=f"{first.round.district.name}委巡察办",
        dated_on=day,
        team_id=first.team_id,
        town_id=first.town_id,
        retention="Y",
        render=_renderer(rows, name, first.round.district.name, day),
        about=tuple(rows.values_list("pk", flat=True)),
    )


def _renderer(rows: QuerySet[RectifyItem], name: str, district: str, day: Any) -> Callable[[], bytes]:
    return lambda: ledger_xlsx(filled(rows, name, district, day))


def _evidence(items: list[RectifyItem]) -> Iterator[FiledPaper]:
    by_key = {item.pk: item for item in items}
    steps = (
        Progress.objects.filter(item__in=items)
        .prefetch_related("files")
        .order_by("item__seq", "told_at", "id")
    )
    for step in steps:
        item = by_key[step.item_id]
        for number, file in enumerate(sorted(step.files.all(), key=lambda file: file.pk), 1):
            yield FiledPaper(
                source=f"rectification.progress/{step.pk}/{file.pk}",
                stage=Stage.RECTIFY,
                title=f"整改佐证{item.seq}-{step.on:%m%d}-{number}：{item.title}",
                name=file.name,
                responsible=item.owner.name,
                dated_on=step.on,
                team_id=item.team_id,
                town_id=item.town_id,
                village_id=item.village_id,
                doc_no=item.doc_no,
                file=file,
                about=(item.pk, step.pk),
            )
