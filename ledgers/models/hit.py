"""What the checks found in a village's books: hits, the stories they make, and when they were last looked for."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from core.display import cn_date
from core.text import SafeJSONField
from villages.models import InspectionRecord, SpineQuerySet, User


class StoryStatus(models.TextChoices):
    """What people did with a story. A hit is a suspicion: whether it is true is said of the lead, never here."""

    OPEN = "open", "待处理"
    LED = "led", "已列疑点"
    EXPLAINED = "explained", "有合理解释"
    DATA_ERROR = "data_error", "数据错误"


class Weight(models.IntegerChoices):
    """How much a hit weighs by itself: the values of :class:`ledgers.rules.rule.Severity` in words."""

    HINT = 1, "提示"
    DOUBT = 2, "疑问"
    GRAVE = 3, "重点"


def marked(values: Any) -> str:
    """Several short values in one column that can be searched for one of them: ``" 2021 2023 "``."""
    return f" {' '.join(map(str, values))} "


class StoryQuerySet(SpineQuerySet):
    """Stories of all states, those that no longer arise included."""

    def standing(self) -> Self:
        """Those the books still bear out."""
        return self.filter(gone=False)


class LedgerStory(InspectionRecord):
    """Hits about one matter of one village; it keeps its ``key`` from run to run, so that what was decided stands.

    ``years`` and ``rules`` are texts of :func:`marked`. ``settled``: the hits (``LedgerHit.same``) known when somebody
    last decided; new ones open a dismissed story again, and ``word`` says so. ``gone``: no hit of it arises any more.
    """

    AUDIT_SECRET = frozenset({"key", "title", "text", "reason", "word", "related", "settled"})
    STATUS_TONE: ClassVar[dict[str, str]] = {
        "open": "warn", "led": "info", "explained": "ok", "data_error": "neutral",
    }  # fmt: skip
    DISMISSED = frozenset({StoryStatus.EXPLAINED, StoryStatus.DATA_ERROR})

    key = models.CharField(max_length=200, editable=False, verbose_name="标识")
    title = models.CharField(max_length=120, verbose_name="疑点")
    text = models.TextField(verbose_name="具体情况")
    amount = models.DecimalField(max_digits=16, decimal_places=2, null=True, verbose_name="金额（元）")
    severity = models.PositiveSmallIntegerField(choices=Weight, verbose_name="轻重")
    years = models.CharField(max_length=200, verbose_name="年度")
    rules = models.CharField(max_length=300, verbose_name="规则")
    hits_count = models.PositiveIntegerField(default=0, verbose_name="条数")
    rows_count = models.PositiveIntegerField(default=0, verbose_name="账册行数")
    related = SafeJSONField(default=list, verbose_name="依据同样账册行的其他疑点")
    first_seen = models.DateField(verbose_name="首次比出")
    last_seen = models.DateField(verbose_name="最近比出")
    gone = models.BooleanField(default=False, verbose_name="不再出现")
    status = models.CharField(
        max_length=12, choices=StoryStatus, default=StoryStatus.OPEN, editable=False, verbose_name="处理"
    )
    reason = models.TextField(blank=True, editable=False, verbose_name="理由")
    settled_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name="处理人"
    )
    settled_on = models.DateField(null=True, blank=True, editable=False, verbose_name="处理日期")
    settled = SafeJSONField(default=list, editable=False, verbose_name="处理时已知的提示")
    word = models.TextField(blank=True, editable=False, verbose_name="变化说明")
    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name = "账册疑点"
        verbose_name_plural = verbose_name
        ordering = ["-severity", "id"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "key"], name="ledger_story_once"),
            models.CheckConstraint(
                condition=~Q(status__in=["explained", "data_error"])
                | (~Q(reason="") & Q(settled_on__isnull=False)),
                name="ledger_story_dismissed_with_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["inspection", "gone", "-severity", "id"], name="ledger_story_list"),
            models.Index(fields=["round", "gone", "status"], name="ledger_story_round"),
        ]

    def __str__(self) -> str:
        # The trail names rows by this: never what the story says of whom.
        return f"{self.village.name}账册疑点"

    @property
    def year_list(self) -> list[int]:
        """The years concerned."""
        return [int(year) for year in self.years.split()]

    @property
    def rule_list(self) -> list[str]:
        """The codes of its rules."""
        return self.rules.split()

    @property
    def decision(self) -> str:
        """What was decided of it, by whom and why, in a sentence."""
        who = self.settled_by.display_name if self.settled_by else ""
        day = cn_date(self.settled_on) if self.settled_on else ""
        return f"此前{who}于{day}记为“{self.get_status_display()}”：{self.reason}"


class LedgerHit(InspectionRecord):
    """One hit of one rule with the rows it rests on (keys of ``LedgerRow``).

    ``same`` names it by what its rows say, not by their keys: a sheet read in again gives the same hits.
    """

    AUDIT_SECRET = frozenset({"reason"})

    story = models.ForeignKey(LedgerStory, models.PROTECT, related_name="hits", verbose_name="账册疑点")
    rule = models.CharField(max_length=6, verbose_name="规则")
    same = models.CharField(max_length=64, verbose_name="内容摘要")
    years = models.CharField(max_length=200, verbose_name="年度")
    amount = models.DecimalField(max_digits=16, decimal_places=2, null=True, verbose_name="金额（元）")
    severity = models.PositiveSmallIntegerField(choices=Weight, verbose_name="轻重")
    reason = models.TextField(verbose_name="理由")
    rows = SafeJSONField(default=list, verbose_name="账册行")
    first_seen = models.DateField(verbose_name="首次比出")
    last_seen = models.DateField(verbose_name="最近比出")
    gone = models.BooleanField(default=False, verbose_name="不再出现")
    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name = "账册比对提示"
        verbose_name_plural = verbose_name
        ordering = ["-severity", "rule", "id"]
        constraints = [models.UniqueConstraint(fields=["inspection", "same"], name="ledger_hit_once")]
        indexes = [models.Index(fields=["round", "rule", "gone"], name="ledger_hit_by_rule")]

    def __str__(self) -> str:
        return f"{self.rule}提示"

    @property
    def year_list(self) -> list[int]:
        """The years concerned."""
        return [int(year) for year in self.years.split()]


class LedgerRun(InspectionRecord):
    """The checks run over one village's books: as of which state of the books, and what came of it.

    ``stamp`` counts the changes of the books, ``basis`` is the digest of what else decides: limits and month. Equal
    ones need no new run.
    """

    stamp = models.PositiveIntegerField(verbose_name="账册变动次数")
    basis = models.CharField(max_length=64, verbose_name="参数摘要")
    rows_count = models.PositiveIntegerField(default=0, verbose_name="账册行数")
    hits_count = models.PositiveIntegerField(default=0, verbose_name="提示条数")
    stories_count = models.PositiveIntegerField(default=0, verbose_name="疑点个数")
    new_count = models.PositiveIntegerField(default=0, verbose_name="新增提示")
    gone_count = models.PositiveIntegerField(default=0, verbose_name="不再出现的提示")

    class Meta:
        verbose_name = "账册比对"
        verbose_name_plural = verbose_name
        ordering = ["-id"]
        indexes = [models.Index(fields=["inspection", "-id"], name="ledger_run_latest")]

    def __str__(self) -> str:
        return f"{self.village.name}账册比对"
