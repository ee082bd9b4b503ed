"""Keeping a village's figures as its books stand now, and asking for the workbook of its pictures."""

from typing import Any

from django.db import transaction

from core import records
from core.jobs import enqueue
from core.models import Job
from core.verbs import name_verbs
from ledgers.models import VillageFigures
from ledgers.selectors.books import stamp_of
from ledgers.selectors.figures import Counted
from villages.models import Village

name_verbs({"ledgers.figures": "更新账册数字"})


@transaction.atomic
def keep_figures(*, actor: Any, village: Village, counted: Counted) -> VillageFigures:
    """Write the figures, unless those of newer books are there already."""
    Village.objects.select_for_update(no_key=True).get(pk=village.pk)
    row = VillageFigures.objects.filter(village=village).first()
    if row is None:
        made = VillageFigures(village=village, **counted._asdict())
        return records.create(made, actor=actor, verb="ledgers.figures")
    if row.changes > counted.changes:
        return row
    return records.update(row, actor=actor, verb="ledgers.figures", revision=None, changes=counted._asdict())


@transaction.atomic
def request_figures(*, actor: Any, village: Village) -> Job:
    """Have the figures counted in the background; a change of the books asks for it in the name of the system."""
    return enqueue(
        "ledgers.figures",
        args={"village": str(village.pk)},
        actor=actor,
        title=f"{village.name}账册数字",
        dedupe=f"ledgers.figures:{village.pk}:{stamp_of(village)}",
        subject=village,
    )


@transaction.atomic
def request_pictures(*, actor: Any, village: Village) -> Job:
    """Ask for the workbook of the pictures of a village's books."""
    return enqueue(
        "ledgers.pictures",
        args={"village": str(village.pk)},
        actor=actor,
        title=f"{village.name}账册画像表",
        dedupe=f"ledgers.pictures:{village.pk}:{stamp_of(village)}",
        subject=village,
    )
