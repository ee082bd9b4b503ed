"""A row of a village's books, of whatever kind its sheet is."""

from typing import Any, Self

from django.db import models

from core.models import Record
from core.text import SafeJSONField
from ledgers.models.sheet import LedgerKind, LedgerSheet, SheetStatus
from prep.models.knowledge import VillageKnowledgeQuerySet
from villages.models import Village


class LedgerRowQuerySet(VillageKnowledgeQuerySet):
    """Rows of all sheets, previews and withdrawn ones too, until they are narrowed."""

    def counted(self, village: Any) -> Self:
        """The rows that are the village's books: those of its confirmed sheets."""
        sheets = LedgerSheet.objects.filter(village=village, status=SheetStatus.CONFIRMED)
        return self.filter(village=village, sheet__in=sheets.values("pk"))


class LedgerRow(Record):
    """One row. ``data`` holds the filled fields of its dataclass (:mod:`ledgers.rules.stored`), ``line`` the row's
    number in the file, ``words`` what a search looks through. ``year`` is empty where the kind knows none.

    The rows behind a point of a chart or a hit are opened by their keys.
    """

    AUDIT_SECRET = frozenset({"data", "words"})

    sheet = models.ForeignKey(LedgerSheet, models.CASCADE, related_name="rows", verbose_name="账册表")
    village = models.ForeignKey(Village, models.PROTECT, related_name="+", verbose_name="村（社区）")
    kind = models.CharField(max_length=12, choices=LedgerKind, verbose_name="表类")
    year = models.PositiveSmallIntegerField(null=True, verbose_name="年度")
    month = models.PositiveSmallIntegerField(null=True, verbose_name="月份")
    line = models.PositiveIntegerField(verbose_name="行号")
    data = SafeJSONField(verbose_name="内容")
    words = models.TextField(blank=True, verbose_name="可查找的文字")
    objects = LedgerRowQuerySet.as_manager()

    class Meta:
        verbose_name = "账册行"
        verbose_name_plural = verbose_name
        ordering = ["sheet", "line"]
        constraints = [models.UniqueConstraint(fields=["sheet", "line"], name="ledger_line_once")]
        indexes = [
            models.Index(fields=["sheet", "id"], name="ledger_row_page"),
            models.Index(fields=["village", "kind", "year", "id"], name="ledger_row_of_village"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}第{self.line}行"
