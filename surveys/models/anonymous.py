"""The anonymous part. Nothing here may lead from an answer to a slip, a moment, an address or an order.

These tables are no ``Record``: a time-ordered key, a revision or a ``created_at`` would each give the order of
submissions back. Keys are random (UUID4), days are whole days of a batch, and no column may be added without
changing the list that the tests hold these tables to. Nobody sees their rows: ``visible_to`` stays empty, pages
read sums only.
"""

import uuid

from django.db import models

from core.models import VisibleQuerySet
from surveys.models.survey import Channel, Group, Survey
from villages.models import Village

OPEN_ANSWER_LIMIT = 500


class Slip(models.Model):
    """One unused slip (答题票): keyed digests of its token and of its short typed code. Used means deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False, verbose_name="标识")
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="slips", verbose_name="问卷调查")
    token_hmac = models.CharField(max_length=64, unique=True, verbose_name="票据摘要")
    code_hmac = models.CharField(max_length=64, unique=True, verbose_name="短码摘要")
    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "答题票"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return "答题票"


class Waiting(models.Model):
    """A sealed answer waiting to be mixed: all of one length, readable with the mixer's private key only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False, verbose_name="标识")
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="waiting", verbose_name="问卷调查")
    sealed = models.BinaryField(verbose_name="封存内容")
    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "待混合答卷"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return "待混合答卷"


class Receipt(models.Model):
    """Keyed digest of a submission's own id, so that a phone that never heard the answer hears it once more."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False, verbose_name="标识")
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="receipts", verbose_name="问卷调查")
    submission_hmac = models.CharField(max_length=64, unique=True, verbose_name="提交摘要")
    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "收卷回执"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return "收卷回执"


class AnswerSheet(models.Model):
    """One sheet of answers: one digit per item in order, ``1``–``5`` a level, ``0`` unanswered."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False, verbose_name="标识")
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="sheets", verbose_name="问卷调查")
    village = models.ForeignKey(Village, models.PROTECT, related_name="+", verbose_name="村（社区）")
    group = models.CharField(max_length=14, choices=Group, blank=True, verbose_name="人员类别")
    channel = models.CharField(max_length=12, choices=Channel, verbose_name="场合")
    answers = models.CharField(max_length=60, verbose_name="答案")
    day = models.DateField(verbose_name="入库日期")
    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "答卷"
        verbose_name_plural = verbose_name
        constraints = [
            models.CheckConstraint(condition=models.Q(answers__regex=r"^[0-5]+$"), name="answer_sheet_digits")
        ]

    def __str__(self) -> str:
        return "答卷"


class OpenAnswer(models.Model):
    """What somebody wrote in the open question, kept apart from the sheet it came with and from the group."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False, verbose_name="标识")
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="open_answers", verbose_name="问卷调查")
    village = models.ForeignKey(Village, models.PROTECT, related_name="+", verbose_name="村（社区）")
    text = models.CharField(max_length=OPEN_ANSWER_LIMIT, verbose_name="意见建议")
    day = models.DateField(verbose_name="入库日期")
    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "开放题意见"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return "开放题意见"
