"""One sheet of a file, as it was read and as people took it into the books."""

from typing import ClassVar

from django.db import models

from core.display import years_in_words
from core.models import Record
from core.text import SafeJSONField
from ledgers.models.source import LedgerSource
from prep.models.knowledge import VillageKnowledgeQuerySet
from villages.models import Village


class LedgerKind(models.TextChoices):
    """The kinds of sheets that can be read, as :mod:`ledgers.rules.reading.kinds` tells them apart."""

    ENTRIES = "entries", "收支明细"
    BALANCES = "balances", "科目余额表"
    DEBTS = "debts", "往来款"
    CONTRACTS = "contracts", "合同台账"
    ASSETS = "assets", "固定资产"
    RESOURCES = "resources", "资源"
    PROJECTS = "projects", "工程项目"
    BENEFITS = "benefits", "惠民补贴"
    CADRES = "cadres", "村干部名单"
    KIN = "kin", "干部近亲属"
    LISTS = "lists", "外来名单"
    DISCLOSURES = "disclosures", "财务公开"


class SheetStatus(models.TextChoices):
    """Only the rows of confirmed sheets are the village's books."""

    PREVIEW = "preview", "待确认"
    CONFIRMED = "confirmed", "已入账册"
    WITHDRAWN = "withdrawn", "已撤出"
    DISCARDED = "discarded", "已放弃"


class LedgerSheet(Record):
    """A sheet with what was understood of it. Its rows are stored when it is read and count once it is confirmed.

    ``kind`` is empty where the sheet could not be read; then ``refusal`` says why and ``mapping`` holds the heads
    found, for mapping them by hand. ``years`` counts rows by year (``{"2023": 812}``), of sheets without years it is
    empty. ``differences``, ``unread`` and ``notes`` are lists of ``{"row", "column", "told"}``: figures that do not
    agree, cells that could not be read, rows passed over; the longest of them hold only the first, the counts tell all.
    ``gaps`` are sentences on years that are missing.
    """

    AUDIT_SECRET = frozenset({"mapping", "differences", "unread", "notes", "unmapped"})
    STATUS_TONE: ClassVar[dict[str, str]] = {
        "preview": "warn", "confirmed": "ok", "withdrawn": "neutral", "discarded": "neutral",
    }  # fmt: skip

    source = models.ForeignKey(LedgerSource, models.PROTECT, related_name="sheets", verbose_name="账册文件")
    village = models.ForeignKey(
        Village, models.PROTECT, related_name="ledger_sheets", verbose_name="村（社区）"
    )
    position = models.PositiveSmallIntegerField(verbose_name="第几张")
    name = models.CharField(max_length=120, blank=True, verbose_name="工作表")
    kind = models.CharField(max_length=12, choices=LedgerKind, blank=True, verbose_name="表类")
    title = models.CharField(max_length=200, blank=True, verbose_name="标题")
    status = models.CharField(
        max_length=10, choices=SheetStatus, default=SheetStatus.PREVIEW, verbose_name="状态"
    )
    mapping = SafeJSONField(default=dict, verbose_name="各列的含义")
    by_hand = models.BooleanField(default=False, verbose_name="各列由人指定")
    refusal = models.TextField(blank=True, verbose_name="读不了的原因")
    differences_count = models.PositiveIntegerField(default=0, verbose_name="对不上的数（处）")
    unread_count = models.PositiveIntegerField(default=0, verbose_name="没有读出的格（处）")
    unread_figures = models.PositiveIntegerField(default=0, verbose_name="没有读出的数（处）")
    rows_count = models.PositiveIntegerField(default=0, verbose_name="行数")
    years = SafeJSONField(default=dict, verbose_name="各年行数")
    differences = SafeJSONField(default=list, verbose_name="对不上的数")
    unread = SafeJSONField(default=list, verbose_name="没有读出的格")
    notes = SafeJSONField(default=list, verbose_name="略过的行")
    unmapped = SafeJSONField(default=list, verbose_name="没有用到的列")
    gaps = SafeJSONField(default=list, verbose_name="缺少的年度")
    accepted = models.TextField(blank=True, verbose_name="按原样采用的理由")
    withdrawn_reason = models.TextField(blank=True, verbose_name="撤出的理由")
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced", verbose_name="被哪张替换"
    )
    objects = VillageKnowledgeQuerySet.as_manager()

    class Meta:
        verbose_name = "账册表"
        verbose_name_plural = verbose_name
        ordering = ["-source", "position"]
        constraints = [models.UniqueConstraint(fields=["source", "position"], name="ledger_sheet_once")]
        indexes = [models.Index(fields=["village", "status", "kind"], name="ledger_sheet_of_village")]

    @property
    def years_in_words(self) -> str:
        """The years of its rows; empty where they have none."""
        return years_in_words(map(int, self.years)) if self.years else ""

    @property
    def doubtful(self) -> bool:
        """Does anything in it not agree, so that a person has to say why it is taken all the same?"""
        return bool(self.differences_count or self.unread_figures or self.gaps)

    def __str__(self) -> str:
        return self.title or self.name or f"第{self.position}张表"
