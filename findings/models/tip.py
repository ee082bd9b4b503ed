"""Experience between teams (交流): how a kind of problem was found, without a person and without a place."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, Q

from core.models import Record, VisibleQuerySet
from findings.models.finding import Finding
from villages.models import InspectionRecord, SpineQuerySet, User, VillageInspection


class TipStatus(models.TextChoices):
    """A tip is written by the team, given out by its leader, and may be taken back."""

    DRAFT = "draft", "草稿"
    SHARED = "shared", "已交流"
    WITHDRAWN = "withdrawn", "已撤回"


class TipQuerySet(SpineQuerySet):
    """The own team sees its tips; what has been given out, everybody who works in villages of the district."""

    def _visible(self, user: Any) -> Self:
        own = super()._visible(user).values("pk")
        working = VillageInspection.objects.visible_to(user).filter(
            round__district=models.OuterRef("round__district")
        )
        return self.filter(Q(pk__in=own) | (Q(status=TipStatus.SHARED) & Exists(working)))


class Tip(InspectionRecord):
    """One piece of experience. ``point`` is the code of the check point, the same in every version of the library.

    The row knows its paper and its village; what other teams are shown of it does not.
    """

    STATUS_TONE = {"draft": "neutral", "shared": "ok", "withdrawn": "neutral"}
    Status = TipStatus

    finding = models.OneToOneField(Finding, models.PROTECT, related_name="tip", verbose_name="问题底稿")
    point = models.CharField(max_length=12, editable=False, db_index=True, verbose_name="监督要点")
    what = models.CharField(max_length=300, verbose_name="发现了什么")
    how = models.TextField(verbose_name="怎么发现的")
    evidence = models.CharField(max_length=300, verbose_name="靠什么材料定下来")
    status = models.CharField(
        max_length=10, choices=TipStatus, default=TipStatus.DRAFT, editable=False, verbose_name="状态"
    )
    shared_on = models.DateField(null=True, blank=True, editable=False, verbose_name="交流日期")
    objects = TipQuerySet.as_manager()

    class Meta:
        verbose_name = "交流经验"
        verbose_name_plural = verbose_name
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="shared") | Q(shared_on__isnull=False), name="tip_shared_on_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"交流经验（{self.point}）"


class TipUseQuerySet(VisibleQuerySet):
    """Who tried a tip is seen by whoever sees the tip; pages only count."""

    def _visible(self, user: Any) -> Self:
        return self.filter(tip__in=Tip.objects.visible_to(user))


class TipUse(Record):
    """Somebody tried it in a village, and it helped or did not."""

    tip = models.ForeignKey(Tip, models.CASCADE, related_name="uses", verbose_name="交流经验")
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="使用人")
    helped = models.BooleanField(verbose_name="有用")
    objects = TipUseQuerySet.as_manager()

    class Meta:
        verbose_name = "经验使用"
        verbose_name_plural = verbose_name
        constraints = [models.UniqueConstraint(fields=["tip", "user"], name="tip_rated_once_by_each")]

    def __str__(self) -> str:
        return "有用" if self.helped else "没用上"
