"""Whether a village's books have changed since they were last looked at."""

from django.db import models

from core.models import Record
from prep.models.knowledge import VillageKnowledgeQuerySet
from villages.models import Village


class LedgerStamp(Record):
    """Raised with every change of what counts in a village's books: who checks keeps the number it has read."""

    village = models.OneToOneField(
        Village, models.PROTECT, related_name="ledger_stamp", verbose_name="村（社区）"
    )
    changes = models.PositiveIntegerField(default=0, verbose_name="变动次数")
    objects = VillageKnowledgeQuerySet.as_manager()

    class Meta:
        verbose_name = "账册变动"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return f"{self.village.name}账册变动"
