"""A file of a village's books as it arrived, kept untouched."""

from django.conf import settings
from django.db import models

from core.models import PaperFile
from prep.models.knowledge import VillageKnowledgeQuerySet
from villages.models import Village


class LedgerSource(PaperFile):
    """One file handed in for a village. ``year`` is the one chosen for sheets that name none themselves; ``owner`` is
    empty for files the command took in.

    Books are known of a village for good: whoever sees the village in a round of theirs sees the books of all years,
    and the inspected side sees nothing of what was taken in.
    """

    village = models.ForeignKey(
        Village, models.PROTECT, related_name="ledger_sources", verbose_name="村（社区）"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="上传人"
    )
    year = models.PositiveSmallIntegerField(null=True, blank=True, verbose_name="所选年度")
    read_at = models.DateTimeField(null=True, editable=False, verbose_name="读完时间")
    objects = VillageKnowledgeQuerySet.as_manager()

    class Meta:
        verbose_name = "账册文件"
        verbose_name_plural = verbose_name
        ordering = ["-id"]
