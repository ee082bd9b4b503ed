"""What is known of a village for good: its years, its people in office, its projects."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from core.models import Record, VisibleQuerySet
from villages.models import Village, VillageInspection


class Gender(models.TextChoices):
    """As on the register of cadres."""

    MALE = "male", "男"
    FEMALE = "female", "女"


class Body(models.TextChoices):
    """Which of the village's bodies a person sits in."""

    PARTY = "party", "党组织"
    COMMITTEE = "committee", "村（居）委会"
    SUPERVISION = "supervision", "监委会"
    OTHER = "other", "其他"


class ProjectState(models.TextChoices):
    """How far a project is."""

    PLANNED = "planned", "未开工"
    BUILDING = "building", "在建"
    BUILT = "built", "完工未结算"
    SETTLED = "settled", "已结算"


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

    SHOWN: ClassVar = (
        "name", "body", "post", "gender", "born", "education", "from_on", "to_on", "both_posts", "kin_note",
    )  # fmt: skip

    village = models.ForeignKey(
        Village, models.PROTECT, related_name="committee_members", verbose_name="村（社区）"
    )
    name = models.CharField(max_length=40, verbose_name="姓名")
    body = models.CharField(max_length=12, choices=Body, blank=True, verbose_name="所在班子")
    post = models.CharField(max_length=60, verbose_name="职务")
    gender = models.CharField(max_length=6, choices=Gender, blank=True, verbose_name="性别")
    born = models.DateField(null=True, blank=True, verbose_name="出生年月")
    education = models.CharField(max_length=20, blank=True, verbose_name="学历")
    from_on = models.DateField(null=True, blank=True, verbose_name="任职起")
    to_on = models.DateField(null=True, blank=True, verbose_name="任职止")
    both_posts = models.BooleanField(default=False, verbose_name="一肩挑")
    kin_note = models.CharField(max_length=120, blank=True, verbose_name="亲属关系")
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


class VillageProject(Record):
    """One project of the village: who paid, for how much (contract sum in yuan), who built it."""

    SHOWN: ClassVar = ("year", "name", "funding", "amount", "contractor", "state")

    village = models.ForeignKey(Village, models.PROTECT, related_name="+", verbose_name="村（社区）")
    year = models.PositiveSmallIntegerField(verbose_name="年度")
    name = models.CharField(max_length=80, verbose_name="项目名称")
    funding = models.CharField(max_length=60, blank=True, verbose_name="资金来源")
    amount = models.DecimalField(
        max_digits=14, decimal_places=2, null=True, blank=True, verbose_name="合同金额（元）"
    )
    contractor = models.CharField(max_length=60, blank=True, verbose_name="承建单位")
    state = models.CharField(max_length=10, choices=ProjectState, blank=True, verbose_name="进展")
    objects = VillageKnowledgeQuerySet.as_manager()

    class Meta:
        verbose_name = "村级项目"
        verbose_name_plural = verbose_name
        ordering = ["-year", "name"]
        constraints = [
            models.UniqueConstraint(fields=["village", "year", "name"], name="village_project_once"),
            models.CheckConstraint(condition=Q(year__gte=1949, year__lte=2999), name="village_project_year"),
        ]

    def __str__(self) -> str:
        return f"{self.year}年{self.name}"
