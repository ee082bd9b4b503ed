"""What the columns of a source mean, as a person set it right once."""

from typing import Any, Self

from django.db import models

from core.models import Record, VisibleQuerySet
from core.text import SafeJSONField
from ledgers.models.sheet import LedgerKind
from villages.models import Role
from villages.models.roles import OFFICE_ROLES


class LearnedMappingQuerySet(VisibleQuerySet):
    """Heads of columns tell nothing of a village: all inspectors read with them."""

    def _visible(self, user: Any) -> Self:
        return self if user.role in OFFICE_ROLES or user.role == Role.INSPECTOR else self.none()


class LearnedMapping(Record):
    """The mapping for sheets with the same heads; ``heads_digest`` is the SHA-256 of the heads from left to right."""

    kind = models.CharField(max_length=12, choices=LedgerKind, verbose_name="表类")
    heads_digest = models.CharField(max_length=64, unique=True, editable=False, verbose_name="表头摘要")
    mapping = SafeJSONField(verbose_name="各列的含义")
    objects = LearnedMappingQuerySet.as_manager()

    class Meta:
        verbose_name = "学会的列对应"
        verbose_name_plural = verbose_name
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}的列对应"
