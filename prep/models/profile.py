"""The village's profile (村情档案): counts and traits for one round, yearly figures and the committee for good."""

from decimal import Decimal
from typing import Any

from django.db import models

from core.text import SafeJSONField
from prep.models.knowledge import CommitteeMember, VillageProject, YearFigure
from prep.models.traits import TraitWords
from villages.models import InspectionRecord, SpineQuerySet


class AttentionClass(models.TextChoices):
    """How closely a village is looked at."""

    KEY = "key", "重点关注"
    CONCERN = "concern", "关注"
    GENERAL = "general", "一般"


class VillageProfile(InspectionRecord):
    """What the team knows of a village before it enters it: one sheet per village and round."""

    # The vocabulary behind a list field, for showing its values in words.
    LIST_CHOICES = {"traits": TraitWords()}
    ATTENTION_TONE = {"key": "bad", "concern": "warn", "general": "ok"}

    households = models.PositiveIntegerField(null=True, blank=True, verbose_name="户数")
    population = models.PositiveIntegerField(null=True, blank=True, verbose_name="户籍人口")
    residents = models.PositiveIntegerField(null=True, blank=True, verbose_name="常住人口")
    group_count = models.PositiveSmallIntegerField(null=True, blank=True, verbose_name="村（居）民小组数")
    member_count = models.PositiveIntegerField(null=True, blank=True, verbose_name="党员数")
    branch_count = models.PositiveSmallIntegerField(null=True, blank=True, verbose_name="党支部（小组）数")
    representative_count = models.PositiveSmallIntegerField(
        null=True, blank=True, verbose_name="村（居）民代表数"
    )
    traits = SafeJSONField(default=list, blank=True, verbose_name="村情类型")
    minimum_households = models.PositiveIntegerField(null=True, blank=True, verbose_name="低保户数")
    destitute_people = models.PositiveIntegerField(null=True, blank=True, verbose_name="特困供养人数")
    disabled_people = models.PositiveIntegerField(null=True, blank=True, verbose_name="持证残疾人数")
    lifted_households = models.PositiveIntegerField(null=True, blank=True, verbose_name="脱贫户数")
    watched_households = models.PositiveIntegerField(null=True, blank=True, verbose_name="防止返贫监测户数")
    assets = models.TextField(blank=True, verbose_name="集体资产、资源概况")
    prior_count = models.PositiveSmallIntegerField(
        null=True, blank=True, verbose_name="以往巡察、审计发现问题数"
    )
    attention_class = models.CharField(
        max_length=10, choices=AttentionClass, blank=True, verbose_name="关注类别"
    )
    attention_reason = models.CharField(max_length=300, blank=True, verbose_name="定类理由")
    prior_problems = models.TextField(blank=True, verbose_name="上次巡察、审计发现问题及整改情况")
    note = models.TextField(blank=True, verbose_name="画像结论")
    objects = SpineQuerySet.as_manager()

    class Meta:
        verbose_name = "村情档案"
        verbose_name_plural = verbose_name
        constraints = [models.UniqueConstraint(fields=["inspection"], name="one_profile_a_round")]

    def __str__(self) -> str:
        return f"{self.village.name}村情档案"

    @property
    def attention_tone(self) -> str:
        """The tone of the tag that shows the attention class."""
        return self.ATTENTION_TONE.get(self.attention_class, "neutral")

    @property
    def year_figures(self) -> str:
        """The village's yearly figures as one text, as people compare two versions of it."""
        return self._stored_text(YearFigure)

    @property
    def committee(self) -> str:
        """The village's committee as one text."""
        return self._stored_text(CommitteeMember)

    @property
    def projects(self) -> str:
        """The village's projects as one text."""
        return self._stored_text(VillageProject)

    def _stored_text(self, model: Any) -> str:
        rows = list(model.objects.filter(village=self.village).values(*model.SHOWN))
        return self.rows_text(rows, model.SHOWN)

    @staticmethod
    def rows_text(rows: list[dict[str, Any]], names: tuple[str, ...]) -> str:
        """Rows in words, one a line and sorted, so that equal lists give equal text."""
        return "\n".join(sorted(" ".join(_cell(row.get(name)) for name in names) for row in rows))


def _cell(value: Any) -> str:
    if value in (None, "", False):
        return "—"
    return f"{value:.2f}" if isinstance(value, Decimal) else str(value)
