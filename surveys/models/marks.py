"""What became of an open answer: read, or turned into a lead. Says nothing about who wrote it."""

from django.db import models

from core.models import Record
from surveys.models.anonymous import OpenAnswer
from surveys.models.survey import Survey, SurveyPartQuerySet


class AnswerMark(Record):
    """One open answer that somebody of the team has looked at; what nobody looked at has no row.

    It stands apart so that the answer keeps no time and no order: its own time says when it was read here. Which lead
    came of an answer is not written down; a keyed digest on the lead finds it again (``findings``).
    """

    class Status(models.TextChoices):
        UNREAD = "unread", "未阅"
        READ = "read", "已阅"
        LEAD = "lead", "已转疑点"

    STATUS_TONE = {"unread": "warn", "read": "neutral", "lead": "ok"}

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="marks", verbose_name="问卷调查")
    answer = models.OneToOneField(OpenAnswer, models.CASCADE, related_name="mark", verbose_name="开放题意见")
    status = models.CharField(max_length=10, choices=Status, default=Status.READ, verbose_name="处理情况")
    objects = SurveyPartQuerySet.as_manager()

    class Meta:
        verbose_name = "开放题意见标记"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return "开放题意见标记"
