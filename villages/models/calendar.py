"""The working-day calendar: days that differ from the week, as the yearly notice on holidays arranges them."""

from django.db import models

from core.models import Record
from villages.models.parameters import SharedQuerySet


class CalendarDay(Record):
    """One day that is not what its weekday says: a holiday, or a weekend day people work on instead."""

    class Kind(models.TextChoices):
        REST = "rest", "休息日"
        WORK = "work", "调休上班"

    KIND_TONE = {"rest": "bad", "work": "info"}

    day = models.DateField(unique=True, verbose_name="日期")
    kind = models.CharField(max_length=4, choices=Kind, verbose_name="性质")
    name = models.CharField(max_length=30, verbose_name="名称")
    objects = SharedQuerySet.as_manager()

    class Meta:
        verbose_name = "日历调整"
        verbose_name_plural = verbose_name
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day.isoformat()} {self.get_kind_display()} {self.name}"
