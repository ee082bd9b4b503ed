"""Whom one must talk to and where one must visit (六必谈、六必访): the plan of each, and visits counted by hand."""

from django.db import models
from django.db.models import Q

from core.models import SoftDeletable
from villages.models import InspectionRecord, SpineQuerySet, User


class DutyPart(models.TextChoices):
    """The two halves of the checklist."""

    TALK = "talk", "必谈"
    VISIT = "visit", "必访"


class DutyPlan(InspectionRecord):
    """Day and person for one line of the checklist. ``subject`` is its name; empty for all households together."""

    part = models.CharField(max_length=6, choices=DutyPart, verbose_name="事项")
    subject = models.CharField(max_length=40, blank=True, verbose_name="对象")
    planned_on = models.DateField(null=True, blank=True, verbose_name="计划日期")
    assignee = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="负责人"
    )
    note = models.CharField(max_length=200, blank=True, verbose_name="备注")
    objects = SpineQuerySet.as_manager()

    class Meta:
        verbose_name = "必谈必访安排"
        verbose_name_plural = verbose_name
        constraints = [
            models.UniqueConstraint(fields=["inspection", "part", "subject"], name="duty_planned_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_part_display()}：{self.subject or '入户走访'}"


class VisitCount(InspectionRecord, SoftDeletable):
    """So many households of one group visited on one day by somebody; ``group`` is empty for other households."""

    group = models.CharField(max_length=40, blank=True, verbose_name="走访对象")
    households = models.PositiveSmallIntegerField(verbose_name="户数")
    visited_on = models.DateField(verbose_name="走访日期")
    visitor = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="走访人")
    note = models.CharField(max_length=200, blank=True, verbose_name="备注")
    objects = SpineQuerySet.as_manager()

    class Meta:
        verbose_name = "走访登记"
        verbose_name_plural = verbose_name
        ordering = ["-visited_on", "-id"]
        constraints = [models.CheckConstraint(condition=Q(households__gt=0), name="visit_count_positive")]

    def __str__(self) -> str:
        return f"{self.group or '其他农户'}{self.households}户"
