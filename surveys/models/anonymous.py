"""The anonymous part. Nothing here may lead from an answer to a slip, a moment, an address or an order.

These tables are no ``Record``: a time-ordered key, a revision or a ``created_at`` would each give the order of
submissions back. Keys are random (UUID4), days are whole days of a batch, and no column may be added without
changing the list that the tests hold these tables to. Nobody sees their rows: ``visible_to`` stays empty, pages
read sums only.
"""

import uuid

from django.db import models

from core.models import VisibleQuerySet
from surveys.models.specification import MOST_PLACES
from surveys.models.survey import Channel, Survey
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
    """One sheet of answers: one character per place of the questionnaire's specification, ``0`` unanswered."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False, verbose_name="标识")
    survey = models.ForeignKey(
        Survey, models.CASCADE, related_name="sheets", db_index=False, verbose_name="问卷调查"
    )
    village = models.ForeignKey(Village, models.PROTECT, related_name="+", verbose_name="村（社区）")
    group = models.CharField(max_length=20, blank=True, verbose_name="人员类别")
    channel = models.CharField(max_length=12, choices=Channel, verbose_name="场合")
    answers = models.CharField(max_length=MOST_PLACES, verbose_name="答案")
    day = models.DateField(verbose_name="入库日期")
    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "答卷"
        verbose_name_plural = verbose_name
        # Counting reads the index alone; it also stands for the foreign key's.
        indexes = [models.Index(fields=["survey", "answers"], name="answer_sheet_counting")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answers__regex=r"^[0-9A-T]+$"), name="answer_sheet_codes"
            )
        ]

    def __str__(self) -> str:
        return "答卷"


class OpenAnswer(models.Model):
    """What somebody wrote in one open question, kept apart from the sheet, the group and the other open answers.

    ``question``: number of the item that asked, 0 for the questionnaire's closing question.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False, verbose_name="标识")
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="open_answers", verbose_name="问卷调查")
    village = models.ForeignKey(Village, models.PROTECT, related_name="+", verbose_name="村（社区）")
    question = models.PositiveSmallIntegerField(default=0, verbose_name="题号")
    text = models.CharField(max_length=OPEN_ANSWER_LIMIT, verbose_name="意见建议")
    day = models.DateField(verbose_name="入库日期")
    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "开放题意见"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return "开放题意见"


class InvalidTry(models.Model):
    """How often slips that do not count were tried: by one address within some minutes, or by all together.

    ``key``: keyed digest of the day's salt, the address and the stretch of minutes; it leads back to neither. Rows go
    with their day. Slips that are good are never looked for here.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False, verbose_name="标识")
    key = models.CharField(max_length=64, unique=True, verbose_name="计数摘要")
    count = models.PositiveIntegerField(default=0, verbose_name="次数")
    day = models.DateField(verbose_name="日期")
    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "无效票据计数"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return "无效票据计数"
