"""Figures of a village's books counted anew after a change."""

from core.jobs import JobContext, job
from ledgers.models import VillageFigures
from ledgers.selectors.books import stamp_of
from ledgers.selectors.figures import count_figures
from ledgers.services import keep_figures
from villages.models import Village


@job("ledgers.figures", title="更新账册数字")
def figures(ctx: JobContext, village: str) -> None:
    """One village, unless a run for a later change has counted it already."""
    row = Village.objects.filter(pk=village).first()
    if row is None or VillageFigures.objects.filter(village=row, changes=stamp_of(row)).exists():
        return
    counted = count_figures(row)
    with ctx.finishing():
        keep_figures(actor=ctx.actor, village=row, counted=counted)
