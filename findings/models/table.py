"""Sheets of the survey of funds, assets and resources (三资), counted on the spot by two people; their import."""

from django.db import models
from django.db.models import F, Q

from core.models import StagedImport
from findings.models.children import PaperPartQuerySet
from findings.models.choices import SignRole
from findings.models.minutes import Minutes
from findings.models.table_kinds import TABLES, TableKind, TableSpec
from villages.models import User, VillageInspection


class SurveyTable(Minutes):
    """One sheet of one table, as it was counted on one occasion. ``rows`` holds what was typed, by :data:`TABLES`.

    A row is ``{"id": …, column: text}``: amounts and areas as plain decimals, dates as ``2023``, ``2023-05`` or
    ``2023-05-06``, account and identity numbers as ``{"tail": last four signs, "key": keyed digest or ""}``. What is
    worked out is not stored. Names of people, account ends and amounts stay in the sheet: the trail quotes none.
    """

    AUDIT_SECRET = frozenset({"rows", "scope", "present", "remarks", "place"})
    CODE, VERB, OTHER, OTHER_ROLE = "SZ", "findings.table", "checker", SignRole.CHECKER

    kind = models.CharField(max_length=10, choices=TableKind, editable=False, verbose_name="表")
    scope = models.CharField(max_length=120, blank=True, verbose_name="清查范围")
    checker = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="核对人")
    present = models.CharField(max_length=200, blank=True, verbose_name="村、镇在场人员")
    remarks = models.TextField(blank=True, verbose_name="清查情况说明")
    rows = models.JSONField(default=list, verbose_name="各行")

    class Meta:
        verbose_name = "三资调查表"
        verbose_name_plural = verbose_name
        ordering = ["-happened_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(checker=F("recorder")), name="table_by_two_people"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("happened_at")),
                name="table_ends_after_start",
            ),
            models.CheckConstraint(condition=Q(status="draft") | ~Q(no=""), name="table_signed_has_number"),
            models.UniqueConstraint(fields=["no"], condition=~Q(no=""), name="table_number_once"),
        ]
        indexes = [
            models.Index(fields=["inspection", "kind", "status"], name="table_by_village"),
            models.Index(fields=["round", "-happened_at"], name="table_list"),
        ]

    @property
    def spec(self) -> TableSpec:
        """What a table of this kind asks for."""
        return TABLES[self.kind]

    @property
    def noun(self) -> str:
        """How such a sheet is called."""
        return self.spec.title

    @property
    def heading(self) -> str:
        """Letter, title and what part of the village it covers."""
        return f"表{self.spec.letter} {self.spec.title}" + (f"（{self.scope}）" if self.scope else "")

    def __str__(self) -> str:
        return self.no or f"{self.spec.title}（未编号）"


class TablePartQuerySet(PaperPartQuerySet):
    """Parts of a survey sheet."""

    paper = "table"


class TableImport(StagedImport):
    """A filled workbook between preview and confirmation. The file is not kept: it may hold whole account numbers."""

    AUDIT_SECRET = frozenset({"payload"})

    inspection = models.ForeignKey(
        VillageInspection, models.PROTECT, related_name="+", verbose_name="村（社区）"
    )

    class Meta(StagedImport.Meta):
        verbose_name = "三资调查表导入"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return f"三资调查表 {self.filename}"
