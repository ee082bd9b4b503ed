"""Portraits (自画像、预画像): sheets the village or its town filled in, kept beside the profile."""

from django.db import models

from core.text import SafeJSONField
from villages.models import InspectionRecord, SpineQuerySet


class PortraitKind(models.TextChoices):
    """Who filled the sheet."""

    SELF = "self", "自画像"
    TOWN = "town", "预画像"


class PortraitStatus(models.TextChoices):
    """What became of a sheet."""

    STAGED = "staged", "待确认"
    ADOPTED = "adopted", "已采用"
    DISCARDED = "discarded", "已放弃"


class Portrait(InspectionRecord):
    """One sheet as it came: the untouched file, and every cell of it as text, value or fault.

    ``cells``: by key, what ``prep.selectors.portrait_cells.PortraitCell`` holds. ``remarks``: sentences about the sheet
    as a whole; ``strays``: text found outside of every field, with its address. ``taken``: keys the profile took.
    """

    # Long and kept on the row itself: the trail says who mended what, and the sources of what the profile took.
    AUDIT_SECRET = frozenset({"cells", "remarks", "strays"})
    STATUS_TONE = {"staged": "warn", "adopted": "ok", "discarded": "neutral"}

    kind = models.CharField(max_length=10, choices=PortraitKind, verbose_name="种类")
    status = models.CharField(
        max_length=10, choices=PortraitStatus, default=PortraitStatus.STAGED, verbose_name="状态"
    )
    file = models.ForeignKey("core.StoredFile", models.PROTECT, related_name="+", verbose_name="原文件")
    edition = models.PositiveSmallIntegerField(default=0, verbose_name="表格版次")
    filled_by = models.CharField(max_length=60, blank=True, verbose_name="填表人")
    filled_on = models.DateField(null=True, blank=True, verbose_name="填表日期")
    cells = SafeJSONField(default=dict, verbose_name="各栏内容")
    remarks = SafeJSONField(default=list, verbose_name="读取说明")
    strays = SafeJSONField(default=list, verbose_name="表外文字")
    taken = SafeJSONField(default=list, verbose_name="采用的栏目")
    objects = SpineQuerySet.as_manager()

    class Meta:
        verbose_name = "村情画像"
        verbose_name_plural = verbose_name
        ordering = ["-id"]
        indexes = [models.Index(fields=["inspection", "kind", "-id"], name="portrait_newest")]

    def __str__(self) -> str:
        return f"{self.village.name}{self.get_kind_display()}"
