"""The survey of one village: its way from draft to locked, the head counts, and the tallies kept after locking."""

from typing import Any, Self

from django.db import models

from core.models import Record, VisibleQuerySet
from core.text import run_together
from surveys.models.groups import group_names
from surveys.models.questionnaire import Item, Questionnaire
from villages.models import InspectionRecord, SpineQuerySet


class Channel(models.TextChoices):
    """On what occasion a sheet came in."""

    MOBILISATION = "mobilisation", "动员会"
    ENTRY = "entry", "村进驻会"
    VISIT = "visit", "走访"
    PHONE = "phone", "手机扫码"


class Survey(InspectionRecord):
    """One questionnaire put to one village.

    ``mixer_key`` is the public half (hex) of the key pair that answers from phones are sealed to; the private half
    is a file outside of the database. ``mixed_on``: the last day whose mixing stands in the trail, which names days
    only. ``result_hash`` is SHA-256 over the tallies at locking.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", "未开始"
        OPEN = "open", "进行中"
        CLOSED = "closed", "已结束"
        LOCKED = "locked", "结果已锁定"

    STATUS_TONE = {"draft": "neutral", "open": "info", "closed": "warn", "locked": "ok"}

    questionnaire = models.ForeignKey(
        Questionnaire, models.PROTECT, related_name="surveys", verbose_name="调查问卷"
    )
    planned = models.PositiveIntegerField(default=0, verbose_name="计划份数")
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT, verbose_name="状态")
    mixer_key = models.CharField(max_length=64, blank=True, editable=False, verbose_name="封存公钥")
    opened_on = models.DateField(null=True, blank=True, editable=False, verbose_name="开始日期")
    closed_on = models.DateField(null=True, blank=True, editable=False, verbose_name="结束日期")
    locked_on = models.DateField(null=True, blank=True, editable=False, verbose_name="锁定日期")
    mixed_on = models.DateField(null=True, blank=True, editable=False, verbose_name="混合入库至")
    forgotten_on = models.DateField(null=True, blank=True, editable=False, verbose_name="混合密钥销毁日期")
    close_reason = models.CharField(max_length=500, blank=True, editable=False, verbose_name="份数不符的说明")
    result_hash = models.CharField(max_length=64, blank=True, editable=False, verbose_name="结果摘要")
    objects = SpineQuerySet.as_manager()

    class Meta:
        verbose_name = "问卷调查"
        verbose_name_plural = verbose_name
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "questionnaire"], name="questionnaire_once_a_village"
            ),
            models.CheckConstraint(
                condition=models.Q(status="draft") | ~models.Q(mixer_key=""), name="open_survey_has_key"
            ),
            models.CheckConstraint(
                condition=~models.Q(status="locked") | ~models.Q(result_hash=""),
                name="locked_survey_is_hashed",
            ),
        ]
        indexes = [models.Index(fields=["round", "team", "status"], name="survey_list")]

    def __str__(self) -> str:
        return f"{self.village.name}{self.questionnaire.title}"

    @property
    def name_in_round(self) -> str:
        """The questionnaire with its round: 第五轮对村巡察调查问卷."""
        return run_together(self.round.name, self.questionnaire.title)

    @property
    def paper_counts(self) -> str:
        """The paper counts as one text, as people compare two versions of it."""
        names = ("issued", "returned", "missing", "valid", "void")
        rows = self.counts.exclude(channel=Channel.PHONE).select_related("occasion")
        return self.counts_text(
            [(row.occasion or row.channel, row.group, {n: getattr(row, n) for n in names}) for row in rows]
        )

    @staticmethod
    def counts_text(rows: list[tuple[Any, str, dict[str, int]]]) -> str:
        """Counts in words, one occasion and group a line, sorted, so that equal counts give equal text.

        The first of each is the occasion, or the channel where no occasion is named.
        """
        words, groups = ("发放", "回收", "未收回", "有效", "无效"), group_names()
        lines = [
            f"{Channel(where).label if where in Channel.values else where}{groups.get(group, group)}："
            + " ".join(f"{word}{figure}" for word, figure in zip(words, figures.values(), strict=True))
            for where, group, figures in rows
        ]
        return "\n".join(sorted(lines))


class SurveyPartQuerySet(VisibleQuerySet):
    """Rows of a survey are seen by whoever sees the survey."""

    def _visible(self, user: Any) -> Self:
        return self.filter(survey__in=Survey.objects.visible_to(user))


class SurveyCount(Record):
    """How many sheets were handed out and came back, as counted by hand, on one occasion and for one group.

    ``occasion`` empty: by channel only. ``group`` empty: not told apart. Right counts hold
    ``issued = returned + missing`` and ``returned = valid + void``.
    """

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="counts", verbose_name="问卷调查")
    channel = models.CharField(max_length=12, choices=Channel, verbose_name="场合")
    occasion = models.ForeignKey(
        "surveys.Occasion", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="场次"
    )
    group = models.CharField(max_length=20, blank=True, verbose_name="人员类别")
    issued = models.PositiveIntegerField(default=0, verbose_name="发放")
    returned = models.PositiveIntegerField(default=0, verbose_name="回收")
    missing = models.PositiveIntegerField(default=0, verbose_name="未收回")
    valid = models.PositiveIntegerField(default=0, verbose_name="有效")
    void = models.PositiveIntegerField(default=0, verbose_name="无效")
    objects = SurveyPartQuerySet.as_manager()

    class Meta:
        verbose_name = "问卷份数"
        verbose_name_plural = verbose_name
        ordering = ["channel", "group"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "channel", "group"],
                condition=models.Q(occasion=None),
                name="survey_count_once",
            ),
            models.UniqueConstraint(
                fields=["occasion", "group"],
                condition=models.Q(occasion__isnull=False),
                name="occasion_count_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.occasion or self.get_channel_display()}"


class TallyQuerySet(VisibleQuerySet):
    """Tallies hold cells too small to show: pages read them through the selector that suppresses, nobody here."""


class Tally(Record):
    """After locking: how many of one group gave one code to one item. ``group`` empty: all sheets.

    ``part``: row of a matrix or option of a multiple choice, else 0. ``level``: the character of the sheet.
    """

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="tallies", verbose_name="问卷调查")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", verbose_name="题目")
    part = models.PositiveSmallIntegerField(default=0, verbose_name="分项")
    group = models.CharField(max_length=20, blank=True, verbose_name="人员类别")
    level = models.CharField(max_length=1, verbose_name="答案")
    count = models.PositiveIntegerField(verbose_name="份数")
    objects = TallyQuerySet.as_manager()

    class Meta:
        verbose_name = "问卷统计"
        verbose_name_plural = verbose_name
        constraints = [
            models.UniqueConstraint(fields=["survey", "item", "part", "group", "level"], name="tally_once")
        ]

    def __str__(self) -> str:
        return f"{self.item.number} {self.level} {self.count}"
