"""An import between preview and confirmation: exactly what was shown is what will be written."""

from django.db import models

from core.models import KeptImport


class ImportStage(KeptImport):
    """One uploaded workbook, read and compared with the register, waiting for its owner's yes.

    ``payload`` is the plan (rows with what each would do, errors, warnings); ``result`` the figures after it.
    """

    class Kind(models.TextChoices):
        VILLAGES = "villages", "村（社区）名册"
        ACCOUNTS = "accounts", "账号名册"

    kind = models.CharField(max_length=10, choices=Kind, verbose_name="类别")
    # Optional here alone: rows without a file may exist and stay readable.
    file = models.ForeignKey(  # type: ignore[assignment]
        "core.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="原文件"
    )
    county = models.CharField(max_length=6, blank=True, verbose_name="区代码")

    class Meta(KeptImport.Meta):
        verbose_name = "待确认的导入"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.filename}"
