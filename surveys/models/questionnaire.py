"""The questionnaire: aspects and items, versioned, and frozen once a survey has been opened with it."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from core.models import Record, VisibleQuerySet
from core.text import SafeJSONField
from villages.models.roles import CONTENT_ROLES


class Level(models.TextChoices):
    """One answer, as the digit that is stored; ``0`` in a sheet stands for an item left unanswered."""

    GOOD = "1", "好"
    FAIR = "2", "较好"
    MIDDLING = "3", "一般"
    POOR = "4", "差"
    UNKNOWN = "5", "不了解"


# What a digit of a sheet means.
ANSWERS = [*Level.choices, ("0", "未答")]


class QuestionnaireQuerySet(VisibleQuerySet):
    """Questionnaires are shared by the inspecting side."""

    def _visible(self, user: Any) -> Self:
        return self if user.role in CONTENT_ROLES else self.none()


class Questionnaire(Record):
    """One version of a questionnaire. Changing a frozen one would change the meaning of answers already given."""

    class Status(models.TextChoices):
        DRAFT = "draft", "编制中"
        FROZEN = "frozen", "已定稿"

    STATUS_TONE = {"draft": "warn", "frozen": "ok"}

    code = models.SlugField(max_length=30, verbose_name="代码")
    version = models.PositiveSmallIntegerField(default=1, verbose_name="版本")
    title = models.CharField(max_length=80, verbose_name="名称")
    intro = models.CharField(max_length=500, blank=True, verbose_name="卷首语")
    open_question = models.CharField(max_length=200, blank=True, verbose_name="开放题")
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT, verbose_name="状态")
    objects = QuestionnaireQuerySet.as_manager()

    class Meta:
        verbose_name = "调查问卷"
        verbose_name_plural = verbose_name
        ordering = ["code", "-version"]
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="questionnaire_version_once")]

    def __str__(self) -> str:
        return f"{self.title}（第{self.version}版）"


class Aspect(Record):
    """One of the aspects the items are grouped into."""

    questionnaire = models.ForeignKey(
        Questionnaire, models.CASCADE, related_name="aspects", verbose_name="调查问卷"
    )
    order = models.PositiveSmallIntegerField(verbose_name="次序")
    name = models.CharField(max_length=40, verbose_name="方面")
    objects = QuestionnaireQuerySet.as_manager()

    class Meta:
        verbose_name = "问卷方面"
        verbose_name_plural = verbose_name
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["questionnaire", "order"], name="aspect_order_once")]

    def __str__(self) -> str:
        return self.name


class Item(Record):
    """One question. What its kind makes of a sheet's characters is said by :mod:`surveys.models.specification`.

    ``number`` is its place among the questions. ``options``: the choices of a single or multiple choice, or the scale
    of a matrix (empty: the five levels); ``rows``: what a matrix asks about. ``required`` binds phones only: nobody can
    make a paper sheet complete.
    """

    class Kind(models.TextChoices):
        SCALE5 = "scale5", "五级评价"
        SINGLE = "single", "单选"
        MULTIPLE = "multiple", "多选"
        MATRIX = "matrix", "矩阵评价"
        TEXT = "text", "填写文字"

    questionnaire = models.ForeignKey(
        Questionnaire, models.CASCADE, related_name="items", verbose_name="调查问卷"
    )
    aspect = models.ForeignKey(Aspect, models.CASCADE, related_name="items", verbose_name="方面")
    number = models.PositiveSmallIntegerField(verbose_name="题号")
    text = models.CharField(max_length=120, verbose_name="题目")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.SCALE5, verbose_name="题型")
    hint = models.CharField(max_length=120, blank=True, verbose_name="填写说明")
    required = models.BooleanField(default=False, verbose_name="手机上必答")
    options = SafeJSONField(default=list, blank=True, verbose_name="选项")
    rows = SafeJSONField(default=list, blank=True, verbose_name="评价对象")
    objects = QuestionnaireQuerySet.as_manager()

    class Meta:
        verbose_name = "问卷题目"
        verbose_name_plural = verbose_name
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "number"], name="item_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="item_number_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"
