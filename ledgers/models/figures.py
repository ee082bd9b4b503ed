"""What is kept of each village's books so that medians of many villages need not read all their rows."""

from django.db import models

from core.models import Record, VisibleQuerySet
from core.text import SafeJSONField
from villages.models import Village


class VillageFiguresQuerySet(VisibleQuerySet):
    """Nobody reads another village's figures here: pages show medians of at least five villages."""


class VillageFigures(Record):
    """One village's figures as :mod:`ledgers.rules.pictures.summary` has them, of the books at ``changes``
    (:class:`ledgers.models.LedgerStamp`).
    """

    AUDIT_SECRET = frozenset({"figures"})

    village = models.OneToOneField(
        Village, models.PROTECT, related_name="ledger_figures", verbose_name="村（社区）"
    )
    changes = models.PositiveIntegerField(default=0, verbose_name="账册变动次数")
    figures = SafeJSONField(default=dict, verbose_name="各年数字")
    objects = VillageFiguresQuerySet.as_manager()

    class Meta:
        verbose_name = "账册数字"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return f"{self.village.name}账册数字"
