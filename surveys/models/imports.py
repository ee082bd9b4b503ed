"""Paper sheets that are typed into a workbook: the preview waiting for a yes, and the numbers already taken."""

from typing import Any, Self

from django.db import models

from core.models import Record, StagedImport, StagedImportQuerySet
from surveys.models.survey import Channel, Survey, SurveyPartQuerySet


class AnswerImportQuerySet(StagedImportQuerySet):
    """A preview belongs to the person who uploaded the workbook, as long as that person sees the survey."""

    def _visible(self, user: Any) -> Self:
        return super()._visible(user).filter(survey__in=Survey.objects.visible_to(user))


class AnswerImport(StagedImport):
    """One uploaded workbook as it was read; exactly what was shown is what a yes writes.

    ``payload`` holds the sheets and the defects; it is emptied once the import is confirmed or given up, because
    next to the sheet numbers it would keep readable answers.
    """

    AUDIT_SECRET = frozenset({"payload"})

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="imports", verbose_name="问卷调查")
    channel = models.CharField(max_length=12, choices=Channel, verbose_name="场合")
    occasion = models.ForeignKey(
        "surveys.Occasion", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="场次"
    )
    accepted = models.PositiveIntegerField(default=0, verbose_name="可计入份数")
    refused = models.PositiveIntegerField(default=0, verbose_name="有误份数")
    repeated = models.PositiveIntegerField(default=0, verbose_name="重复份数")
    defects = models.PositiveIntegerField(default=0, verbose_name="有误处数")
    objects = AnswerImportQuerySet.as_manager()

    class Meta(StagedImport.Meta):
        verbose_name = "纸质问卷导入"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return f"{self.survey.village.name} {self.filename}"


class SheetNumber(Record):
    """A paper sheet's own number (份号), so that no paper is counted twice. It does not lead to the stored sheet.

    ``digest`` is a keyed digest of number and content: it tells the same sheet typed again from another sheet under
    the same number.
    """

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="sheet_numbers", verbose_name="问卷调查")
    channel = models.CharField(max_length=12, choices=Channel, verbose_name="场合")
    occasion = models.ForeignKey(
        "surveys.Occasion", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="场次"
    )
    number = models.CharField(max_length=20, verbose_name="份号")
    digest = models.CharField(max_length=64, verbose_name="内容摘要")
    objects = SurveyPartQuerySet.as_manager()

    class Meta:
        verbose_name = "纸质问卷份号"
        verbose_name_plural = verbose_name
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "channel", "number"],
                condition=models.Q(occasion=None),
                name="sheet_number_once",
            ),
            models.UniqueConstraint(
                fields=["occasion", "number"],
                condition=models.Q(occasion__isnull=False),
                name="occasion_number_once",
            ),
        ]

    def __str__(self) -> str:
        return self.number
