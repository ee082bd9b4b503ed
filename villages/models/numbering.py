"""Form numbers: gap-free per round, team, village and kind of form, given at first signature, never used twice."""

from django.db import models

from core.models import Record
from villages.models.parameters import RoundChildQuerySet
from villages.models.rounds import Round, Team


class FormNumber(Record):
    """The counter of one kind of form in one team of one round; its row is locked while a number is taken."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="+", verbose_name="轮次")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", verbose_name="巡察组")
    kind = models.CharField(max_length=4, verbose_name="表类码")
    last = models.PositiveIntegerField(default=0, verbose_name="已用到")
    objects = RoundChildQuerySet.as_manager()

    class Meta:
        verbose_name = "表单编号"
        verbose_name_plural = verbose_name
        constraints = [models.UniqueConstraint(fields=["round", "team", "kind"], name="form_number_counter")]

    def __str__(self) -> str:
        return f"{self.kind} {self.last}"
