"""What a person has read of a paper: the content last looked at, so that later changes can be told."""

from typing import Any, Self

from django.db import models

from core.models import VisibleQuerySet
from findings.models.finding import Finding
from villages.models import User


class LookQuerySet(VisibleQuerySet):
    """Nobody but the reader."""

    def _visible(self, user: Any) -> Self:
        return self.filter(user=user)


class Look(models.Model):
    """The last look of one person at one paper.

    ``seen_revision`` and ``seen_entry`` (number of the newest entry of the trail about the paper) say what was looked
    at; ``before_entry`` and ``before_at`` belong to the look before, from which on the changes are shown.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name="阅看人")
    finding = models.ForeignKey(Finding, models.CASCADE, related_name="looks", verbose_name="问题底稿")
    seen_revision = models.PositiveIntegerField(verbose_name="看过的版次")
    seen_entry = models.BigIntegerField(default=0, verbose_name="看到的留痕序号")
    seen_at = models.DateTimeField(verbose_name="阅看时间")
    before_entry = models.BigIntegerField(null=True, blank=True, verbose_name="上次看到的留痕序号")
    before_at = models.DateTimeField(null=True, blank=True, verbose_name="上次阅看时间")
    objects = LookQuerySet.as_manager()

    class Meta:
        verbose_name = "底稿阅看记录"
        verbose_name_plural = verbose_name
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["user", "finding"], name="look_once")]

    def __str__(self) -> str:
        return f"第{self.seen_revision}版"
