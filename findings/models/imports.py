"""A list of problems between preview and confirmation: exactly what was shown is what will be written."""

from django.db import models

from core.models import KeptImport
from villages.models import Round


class FindingImport(KeptImport):
    """One uploaded list, read and placed in its villages, waiting for its owner's yes."""

    AUDIT_SECRET = frozenset({"payload"})

    round = models.ForeignKey(Round, models.PROTECT, related_name="+", verbose_name="轮次")

    class Meta(KeptImport.Meta):
        verbose_name = "问题清单导入"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return f"问题清单 {self.filename}"
