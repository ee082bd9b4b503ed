"""An upload between preview and confirmation: exactly what was shown is what will be written."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models

from core.models.base import Record, VisibleQuerySet
from core.text import SafeJSONField


class StagedState(models.TextChoices):
    """Where an upload stands: it waits for its owner's yes, was written, or was given up."""

    STAGED = "staged", "待确认"
    COMMITTED = "committed", "已导入"
    DISCARDED = "discarded", "已放弃"


class StagedImportQuerySet(VisibleQuerySet):
    """A preview belongs to the person who uploaded the file."""

    def _visible(self, user: Any) -> Self:
        return self.filter(owner=user)


class StagedImport(Record):
    """One upload as it was read. ``payload`` is the plan: what each row would do, errors, warnings."""

    State = StagedState
    STATUS_TONE: ClassVar[dict[str, str]] = {"staged": "warn", "committed": "ok", "discarded": "neutral"}

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上传人"
    )
    filename = models.CharField(max_length=200, verbose_name="文件名")
    state = models.CharField(
        max_length=10, choices=StagedState, default=StagedState.STAGED, verbose_name="状态"
    )
    payload = SafeJSONField(default=dict, verbose_name="预览内容")
    objects = StagedImportQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-created_at"]


class KeptImport(StagedImport):
    """A staged upload whose file is kept untouched; ``result`` holds the figures after the confirmation."""

    file = models.ForeignKey("core.StoredFile", models.PROTECT, related_name="+", verbose_name="原文件")
    result = SafeJSONField(default=dict, verbose_name="导入结果")

    class Meta(StagedImport.Meta):
        abstract = True
