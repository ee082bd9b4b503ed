"""The confidentiality pledge (保密承诺书) as a text in versions: what every member signs before opening a village."""

from typing import Any, Self

from django.db import models

from core import clock
from core.models import Record, VisibleQuerySet
from villages.models.roles import CONTENT_ROLES


class PledgeQuerySet(VisibleQuerySet):
    """The text is known to everybody who may have to sign it."""

    def _visible(self, user: Any) -> Self:
        return self if user.role in CONTENT_ROLES else self.none()

    def in_force(self) -> Self:
        """Versions that have begun to count, the one in force first."""
        return self.filter(valid_from__lte=clock.today()).order_by("-valid_from", "-version")


class SecrecyPledge(Record):
    """One version of the pledge. It is never changed, people have signed it: a new wording is a new version."""

    version = models.PositiveSmallIntegerField(unique=True, verbose_name="版次")
    text = models.TextField(verbose_name="承诺内容")
    valid_from = models.DateField(verbose_name="自何日起")
    note = models.CharField(max_length=300, blank=True, verbose_name="修订说明")
    objects = PledgeQuerySet.as_manager()

    class Meta:
        verbose_name = "保密承诺书"
        verbose_name_plural = verbose_name
        ordering = ["-version"]

    def __str__(self) -> str:
        return f"保密承诺书（第{self.version}版）"
