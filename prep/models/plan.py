"""The easy-first plan (先易后难计划) of a round: which team enters which village when, and why there."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from core.models import Record
from core.text import SafeJSONField
from villages.models import Round, SpineQuerySet, Team, Town, User, Village
from villages.models.parameters import RoundChildQuerySet
from villages.models.roles import OFFICE_ROLES


class PlanStatus(models.TextChoices):
    """A plan is worked on, then carried out, then replaced by a later one."""

    DRAFT = "draft", "草案"
    APPLIED = "applied", "执行中"
    SUPERSEDED = "superseded", "已被替代"


class PlanQuerySet(RoundChildQuerySet):
    """The office sees every plan of every round; an inspector the applied ones of the rounds served in."""

    def _visible(self, user: Any) -> Self:
        rows = super()._visible(user)
        return rows if user.role in OFFICE_ROLES else rows.filter(status=PlanStatus.APPLIED)


class RoundPlan(Record):
    """One plan of a round with what it was worked out from. Days are working days from ``begins_on``."""

    STATUS_TONE: ClassVar = {"draft": "info", "applied": "ok", "superseded": "neutral"}

    round = models.ForeignKey(Round, models.CASCADE, related_name="plans", verbose_name="轮次")
    number = models.PositiveSmallIntegerField(verbose_name="稿次")
    status = models.CharField(
        max_length=10, choices=PlanStatus, default=PlanStatus.DRAFT, verbose_name="状态"
    )
    begins_on = models.DateField(verbose_name="自何日排起")
    ends_on = models.DateField(verbose_name="排到何日为止")
    parameters = SafeJSONField(default=dict, verbose_name="所用参数")
    longest_days = models.PositiveSmallIntegerField(default=0, verbose_name="最长的组用工作日")
    bound_days = models.PositiveSmallIntegerField(default=0, verbose_name="工作日下界")
    explanation = models.TextField(blank=True, verbose_name="说明")
    edits = models.PositiveIntegerField(default=0, verbose_name="人工调整次数")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="编制人")
    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = "先易后难计划"
        verbose_name_plural = verbose_name
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="plan_number_once"),
            models.UniqueConstraint(
                fields=["round"], condition=Q(status="draft"), name="one_draft_plan_a_round"
            ),
            models.UniqueConstraint(
                fields=["round"], condition=Q(status="applied"), name="one_applied_plan_a_round"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round.name}先易后难计划（第{self.number}稿）"

    @property
    def ratio(self) -> float:
        """How many times the lower bound the longest team takes; 1.0 cannot be bettered."""
        return self.longest_days / self.bound_days if self.bound_days else 1.0


class StopQuerySet(SpineQuerySet):
    """As villages in a round: the office sees all, an inspector the own team's, and only of the applied plan."""

    def _visible(self, user: Any) -> Self:
        rows = super()._visible(user)
        return rows if user.role in OFFICE_ROLES else rows.filter(plan__status=PlanStatus.APPLIED)


class PlanStop(Record):
    """One village in the plan. Of ``reasons`` those that begin with ``TIES`` name declarations: for the office only.

    ``seen_revision`` is the revision of the village's assignment the plan was made from, empty when it had none: a
    plan is applied only to what it has seen. No link to the assignment itself, which counts its papers.
    """

    TIES: ClassVar = "须回避"

    plan = models.ForeignKey(RoundPlan, models.CASCADE, related_name="stops", verbose_name="计划")
    round = models.ForeignKey(Round, models.CASCADE, related_name="+", verbose_name="轮次")
    team = models.ForeignKey(Team, models.CASCADE, related_name="+", verbose_name="巡察组")
    village = models.ForeignKey(Village, models.CASCADE, related_name="+", verbose_name="村（社区）")
    town = models.ForeignKey(Town, models.CASCADE, related_name="+", verbose_name="镇（街道）")
    position = models.PositiveSmallIntegerField(verbose_name="次序")
    entry_on = models.DateField(verbose_name="进驻日期")
    exit_on = models.DateField(verbose_name="离村日期")
    load = models.DecimalField(max_digits=4, decimal_places=1, verbose_name="工作量（标准组工作日）")
    days = models.PositiveSmallIntegerField(verbose_name="驻村工作日")
    begun = models.BooleanField(default=False, verbose_name="已进驻")
    stays = models.BooleanField(default=False, verbose_name="已有准备材料，不换组")
    pinned_team = models.BooleanField(default=False, verbose_name="固定组")
    pinned_on = models.DateField(null=True, blank=True, verbose_name="固定进驻日期")
    seen_revision = models.PositiveIntegerField(null=True, blank=True, verbose_name="所见分工修订号")
    makeup = SafeJSONField(default=list, verbose_name="工作量构成")
    reasons = SafeJSONField(default=list, verbose_name="理由")
    objects = StopQuerySet.as_manager()

    class Meta:
        verbose_name = "计划中的村（社区）"
        verbose_name_plural = verbose_name
        ordering = ["team__number", "position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "village"], name="plan_village_once"),
            models.CheckConstraint(condition=Q(exit_on__gte=F("entry_on")), name="plan_stop_days"),
        ]
        indexes = [models.Index(fields=["plan", "team", "position"], name="plan_stop_order")]

    def __str__(self) -> str:
        return f"{self.village.name} {self.entry_on.isoformat()}"

    @property
    def movable(self) -> bool:
        """May it still be moved in time?"""
        return not self.begun
