"""The village's profile (村情档案): counts and traits for one round, yearly figures and the committee for good."""

from decimal import Decimal
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from core.models import Record, VisibleQuerySet
from core.text import SafeJSONField
from prep.models.library import Trait
from villages.models import InspectionRecord, SpineQuerySet, Village, VillageInspection


class AttentionClass(models.TextChoices):
    """How closely a village is looked at."""

    KEY = "key", "重点关注"
    CONCERN = "concern", "关注"
    GENERAL = "general", "一般"


class Gender(models.TextChoices):
    """As on the register of cadres."""

    MALE = "male", "男"
    FEMALE = "female", "女"


class VillageProfile(InspectionRecord):
    """What the team knows of a village before it enters it: one sheet per village and round."""

    # The vocabulary behind a list field, for showing its values in words.
    LIST_CHOICES = {"traits": Trait}
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
    def trait_labels(self) -> list[str]:
        """The traits in words."""
        labels = dict(Trait.choices)
        return [labels[trait] for trait in self.traits if trait in labels]

    @property
    def year_figures(self) -> str:
        """The village's yearly figures as one text, as people compare two versions of it."""
        rows = YearFigure.objects.filter(village=self.village)
        return self.rows_text(list(rows.values(*YearFigure.SHOWN)), YearFigure.SHOWN)

    @property
    def committee(self) -> str:
        """The village's committee as one text."""
        rows = CommitteeMember.objects.filter(village=self.village)
        return self.rows_text(list(rows.values(*CommitteeMember.SHOWN)), CommitteeMember.SHOWN)

    @staticmethod
    def rows_text(rows: list[dict[str, Any]], names: tuple[str, ...]) -> str:
        """Rows in words, one a line and sorted, so that equal lists give equal text."""
        return "\n".join(sorted(" ".join(_cell(row.get(name)) for name in names) for row in rows))


def _cell(value: Any) -> str:
    if value in (None, ""):
        return "—"
    return f"{value:.2f}" if isinstance(value, Decimal) else str(value)


class VillageKnowledgeQuerySet(VisibleQuerySet):
    """Rows of a village beyond one round: seen by whoever sees an inspection of that village."""

    def _visible(self, user: Any) -> Self:
        return self.filter(village__in=VillageInspection.objects.visible_to(user).values("village"))


class YearFigure(Record):
    """The money and the complaints of one village in one year (money in yuan)."""

    SHOWN: ClassVar = ("year", "income", "expense", "debt", "petitions", "cases")

    village = models.ForeignKey(
        Village, models.PROTECT, related_name="year_figures", verbose_name="村（社区）"
    )
    year = models.PositiveSmallIntegerField(verbose_name="年度")
    income = models.DecimalField(
        max_digits=14, decimal_places=2, null=True, blank=True, verbose_name="集体收入（元）"
    )
    expense = models.DecimalField(
        max_digits=14, decimal_places=2, null=True, blank=True, verbose_name="集体支出（元）"
    )
    debt = models.DecimalField(
        max_digits=14, decimal_places=2, null=True, blank=True, verbose_name="年末债务（元）"
    )
    petitions = models.PositiveSmallIntegerField(null=True, blank=True, verbose_name="信访件数")
    cases = models.PositiveSmallIntegerField(null=True, blank=True, verbose_name="违纪案件数")
    objects = VillageKnowledgeQuerySet.as_manager()

    class Meta:
        verbose_name = "年度数据"
        verbose_name_plural = verbose_name
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["village", "year"], name="year_figure_once"),
            models.CheckConstraint(condition=Q(year__gte=1949, year__lte=2999), name="year_figure_year"),
        ]

    def __str__(self) -> str:
        return f"{self.village.name}{self.year}年"


class CommitteeMember(Record):
    """Who sat in the village's committees, in which post and when: asked again when a problem is dated."""

    SHOWN: ClassVar = ("name", "post", "gender", "born", "education", "from_on", "to_on")

    village = models.ForeignKey(
        Village, models.PROTECT, related_name="committee_members", verbose_name="村（社区）"
    )
    name = models.CharField(max_length=40, verbose_name="姓名")
    post = models.CharField(max_length=60, verbose_name="职务")
    gender = models.CharField(max_length=6, choices=Gender, blank=True, verbose_name="性别")
    born = models.DateField(null=True, blank=True, verbose_name="出生年月")
    education = models.CharField(max_length=20, blank=True, verbose_name="学历")
    from_on = models.DateField(null=True, blank=True, verbose_name="任职起")
    to_on = models.DateField(null=True, blank=True, verbose_name="任职止")
    objects = VillageKnowledgeQuerySet.as_manager()

    class Meta:
        verbose_name = "两委成员"
        verbose_name_plural = verbose_name
        ordering = ["-from_on", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["village", "name", "post", "from_on"], name="committee_member_once"
            ),
            models.UniqueConstraint(
                fields=["village", "name", "post"],
                condition=Q(from_on__isnull=True),
                name="committee_member_undated_once",
            ),
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(from_on__isnull=True) | Q(to_on__gte=F("from_on")),
                name="committee_member_term",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.post}"
