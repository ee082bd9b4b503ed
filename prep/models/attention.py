"""How closely a village is to be looked at: each decision with the proposal it answered, and earlier rounds' counts."""

from django.db import models
from django.db.models import Q

from core import clock
from core.text import SafeJSONField
from prep.models.profile import AttentionClass
from villages.models import InspectionRecord, SpineQuerySet, User


class AttentionDecision(InspectionRecord):
    """One decision; the newest counts. ``snapshot`` holds what was proposed and from which figures and weights."""

    proposed = models.CharField(max_length=10, choices=AttentionClass, verbose_name="建议类别")
    points = models.DecimalField(max_digits=5, decimal_places=1, verbose_name="建议得分")
    decided = models.CharField(max_length=10, choices=AttentionClass, verbose_name="确定类别")
    reason = models.CharField(max_length=300, blank=True, verbose_name="理由")
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="确定人")
    decided_at = models.DateTimeField(default=clock.now, verbose_name="确定时间")
    snapshot = SafeJSONField(default=dict, verbose_name="建议依据")
    objects = SpineQuerySet.as_manager()

    class Meta:
        verbose_name = "关注类别决定"
        verbose_name_plural = verbose_name
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(proposed=models.F("decided")) | ~Q(reason=""), name="attention_other_explained"
            )
        ]
        indexes = [models.Index(fields=["inspection", "-id"], name="attention_newest")]

    def __str__(self) -> str:
        return f"{self.village.name}{self.get_decided_display()}"

    @property
    def differs(self) -> bool:
        """Did people decide otherwise than was proposed?"""
        return self.proposed != self.decided


class PriorCount(InspectionRecord):
    """How many problems a finished round found in a village; told by the stage that found them."""

    problems = models.PositiveSmallIntegerField(verbose_name="发现问题数")
    objects = SpineQuerySet.as_manager()

    class Meta:
        verbose_name = "往轮问题数"
        verbose_name_plural = verbose_name
        constraints = [models.UniqueConstraint(fields=["inspection"], name="prior_count_once")]

    def __str__(self) -> str:
        return f"{self.round.name}{self.village.name}发现问题{self.problems}个"
