"""Supporting material (支撑材料): the numbered list of what a problem stands on."""

from django.db import models

from core.models import StoredFile
from findings.models.choices import MaterialForm, SourceKind
from findings.models.field import FieldPaper
from findings.models.finding import Finding
from findings.models.minutes import Minutes
from findings.models.table import SurveyTable
from findings.models.talk import Talk
from villages.models import InspectionRecord, SpineQuerySet


class EvidenceItem(InspectionRecord):
    """One material: a stored file, a talk, field paper or survey sheet of this village, or a paper in the folder."""

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="evidence", verbose_name="问题底稿")
    seq = models.PositiveSmallIntegerField(verbose_name="序号")
    name = models.CharField(max_length=200, verbose_name="材料名称")
    kind = models.CharField(
        max_length=12, choices=SourceKind, default=SourceKind.DOCUMENT, verbose_name="来源种类"
    )
    origin = models.CharField(
        max_length=12, choices=MaterialForm, default=MaterialForm.COPY, verbose_name="材料形式"
    )
    page_range = models.CharField(max_length=40, blank=True, verbose_name="页码")
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="文件"
    )
    talk = models.ForeignKey(
        Talk, models.PROTECT, null=True, blank=True, related_name="cited", verbose_name="谈话记录"
    )
    paper = models.ForeignKey(
        FieldPaper, models.PROTECT, null=True, blank=True, related_name="cited", verbose_name="现场记录"
    )
    table = models.ForeignKey(
        SurveyTable, models.PROTECT, null=True, blank=True, related_name="cited", verbose_name="三资调查表"
    )
    objects = SpineQuerySet.as_manager()

    class Meta:
        verbose_name = "支撑材料"
        verbose_name_plural = verbose_name
        ordering = ["seq"]
        constraints = [models.UniqueConstraint(fields=["finding", "seq"], name="evidence_order")]

    @property
    def minutes(self) -> Minutes | None:
        """The talk, field paper or survey sheet this material is, if it is one."""
        return self.talk or self.paper or self.table

    def __str__(self) -> str:
        return self.name
