"""A list of problems between preview and confirmation: exactly what was shown is what will be written."""

from typing import Any, Self

from django.db import models

from core.models import Record, StoredFile, VisibleQuerySet
from core.text import SafeJSONField
from villages.models import Round, User


class FindingImportQuerySet(VisibleQuerySet):
    """A preview belongs to the person who uploaded the file."""

    def _visible(self, user: Any) -> Self:
        return self.filter(owner=user)


class FindingImport(Record):
    """One uploaded list, read and placed in its villages, waiting for its owner's yes."""

    class State(models.TextChoices):
        STAGED = "staged", "待确认"
        COMMITTED = "committed", "已导入"
        DISCARDED = "discarded", "已放弃"

    AUDIT_SECRET = frozenset({"payload"})
    STATUS_TONE = {"staged": "warn", "committed": "ok", "discarded": "neutral"}

    round = models.ForeignKey(Round, models.PROTECT, related_name="+", verbose_name="轮次")
    owner = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="上传人")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="原文件")
    filename = models.CharField(max_length=200, verbose_name="文件名")
    state = models.CharField(max_length=10, choices=State, default=State.STAGED, verbose_name="状态")
    payload = SafeJSONField(default=dict, verbose_name="预览内容")
    result = SafeJSONField(default=dict, verbose_name="导入结果")
    objects = FindingImportQuerySet.as_manager()

    class Meta:
        verbose_name = "问题清单导入"
        verbose_name_plural = verbose_name
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"问题清单 {self.filename}"
