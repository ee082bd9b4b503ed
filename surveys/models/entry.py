"""Paper sheets typed in by keyboard: a pile of them, typed once, typed again by somebody else, then put away."""

from django.db import models

from core.models import Record
from core.text import SafeJSONField
from surveys.models.survey import Channel, Survey, SurveyPartQuerySet
from villages.models import User


class EntryBatch(Record):
    """One pile of paper sheets (一批) on its way into the system.

    ``payload`` holds what was typed: ``first`` and ``second`` by sheet number, each ``[group, answers, words]``, and
    ``settled``, what a third look at the paper decided. It is emptied when the pile is stored or given up, because
    next to the sheet numbers it would keep readable answers. ``expected``: sheets counted by hand before typing.
    """

    AUDIT_SECRET = frozenset({"payload"})

    class Status(models.TextChoices):
        FIRST = "first", "录入中"
        SECOND = "second", "复录中"
        SETTLING = "settling", "待核对差异"
        STORED = "stored", "已入库"
        DISCARDED = "discarded", "已放弃"

    STATUS_TONE = {
        "first": "info",
        "second": "info",
        "settling": "warn",
        "stored": "ok",
        "discarded": "neutral",
    }

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="batches", verbose_name="问卷调查")
    channel = models.CharField(max_length=12, choices=Channel, verbose_name="场合")
    occasion = models.ForeignKey(
        "surveys.Occasion", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="场次"
    )
    number = models.PositiveSmallIntegerField(verbose_name="批次")
    expected = models.PositiveIntegerField(default=0, verbose_name="清点份数")
    double = models.BooleanField(default=True, verbose_name="由第二人复录")
    status = models.CharField(max_length=10, choices=Status, default=Status.FIRST, verbose_name="状态")
    first_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="录入人"
    )
    second_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="复录人"
    )
    settled_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="差异裁定人"
    )
    typed = models.PositiveIntegerField(default=0, verbose_name="已录份数")
    retyped = models.PositiveIntegerField(default=0, verbose_name="已复录份数")
    stored = models.PositiveIntegerField(default=0, verbose_name="入库份数")
    payload = SafeJSONField(default=dict, blank=True, verbose_name="录入内容")
    objects = SurveyPartQuerySet.as_manager()

    class Meta:
        verbose_name = "纸质问卷录入批次"
        verbose_name_plural = verbose_name
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["survey", "number"], name="entry_batch_once")]

    def __str__(self) -> str:
        return f"{self.survey.village.name}第{self.number}批纸质问卷"
