"""An import between preview and confirmation: exactly what was shown is what will be written."""

from typing import Any, Self

from django.db import models

from core.models import Record, VisibleQuerySet
from core.text import SafeJSONField
from villages.models.people import User


class ImportStageQuerySet(VisibleQuerySet):
    """A preview belongs to the person who uploaded the file."""

    def _visible(self, user: Any) -> Self:
        return self.filter(owner=user)


class ImportStage(Record):
    """One uploaded workbook, read and compared with the register, waiting for its owner's yes.

    ``payload`` is the plan (rows with what each would do, errors, warnings); ``result`` the figures after it.
    """

    class Kind(models.TextChoices):
        VILLAGES = "villages", "村（社区）名册"
        ACCOUNTS = "accounts", "账号名册"

    class State(models.TextChoices):
        STAGED = "staged", "待确认"
        COMMITTED = "committed", "已导入"
        DISCARDED = "discarded", "已放弃"

    STATUS_TONE = {"staged": "warn", "committed": "ok", "discarded": "neutral"}

    kind = models.CharField(max_length=10, choices=Kind, verbose_name="类别")
    state = models.CharField(max_length=10, choices=State, default=State.STAGED, verbose_name="状态")
    owner = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name="上传人")
    file = models.ForeignKey(
        "core.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="原文件"
    )
    filename = models.CharField(max_length=200, verbose_name="文件名")
    county = models.CharField(max_length=6, blank=True, verbose_name="区代码")
    payload = SafeJSONField(default=dict, verbose_name="预览内容")
    result = SafeJSONField(default=dict, verbose_name="导入结果")
    objects = ImportStageQuerySet.as_manager()

    class Meta:
        verbose_name = "待确认的导入"
        verbose_name_plural = verbose_name
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.filename}"
