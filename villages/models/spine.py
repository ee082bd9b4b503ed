"""The spine: one village in one round. Every stage row hangs on it and copies its keys, so lists need no joins."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from core.models import Record, VisibleQuerySet
from villages.models.places import Town, Village
from villages.models.recusal import Recusal, RecusalException
from villages.models.roles import OFFICE_ROLES, Role
from villages.models.rounds import Membership, Round, Team


class Stage(models.TextChoices):
    """The five stages, one word each, and what follows them."""

    PREP = "prep", "细·准备"
    SURVEY = "survey", "广·调查测评"
    FINDING = "finding", "谋·发现问题"
    REPORT = "report", "准·撰写报告"
    RECTIFY = "rectify", "实·巡察整改"
    FILED = "filed", "已归档"


class SpineQuerySet(VisibleQuerySet):
    """Rows that carry ``round``, ``team``, ``village`` and ``town``.

    The office sees all; an inspector who has signed pledge and declaration the rows of the own team, unless recused
    from the village; nobody else.
    """

    def _visible(self, user: Any) -> Self:
        if user.role in OFFICE_ROLES:
            return self
        if user.role == Role.INSPECTOR:
            own = Membership.objects.filter(user=user).sworn().values("team")
            return self.filter(team__in=own).exclude(recused_rows(user))
        return self.none()


def recused_rows(user: Any) -> Q:
    """Rows of villages from which ``user`` stands aside, approved exceptions left out."""
    declared = Recusal.objects.filter(user=user, active=True).filter(
        Q(village=OuterRef("village")) | Q(village__isnull=True, town=OuterRef("town"))
    )
    excepted = RecusalException.objects.filter(
        user=user, village=OuterRef("village"), round=OuterRef("round")
    )
    return Q(Exists(declared)) & ~Q(Exists(excepted))


def people_aside(row: Any) -> Q:
    """The accounts that stand aside from the village of ``row``, approved exceptions left out: the same, turned."""
    declared = Recusal.objects.filter(user=OuterRef("pk"), active=True).filter(
        Q(village=row.village_id) | Q(village__isnull=True, town=row.town_id)
    )
    excepted = RecusalException.objects.filter(
        user=OuterRef("pk"), village=row.village_id, round=row.round_id
    )
    return Q(Exists(declared)) & ~Q(Exists(excepted))


class VillageInspection(Record):
    """One village in one round: its team, its days, and the stage it has reached."""

    STATUS_TONE = {
        "prep": "neutral", "survey": "info", "finding": "info", "report": "warn", "rectify": "warn", "filed": "ok",
    }  # fmt: skip

    round = models.ForeignKey(Round, models.PROTECT, related_name="inspections", verbose_name="轮次")
    team = models.ForeignKey(Team, models.PROTECT, related_name="inspections", verbose_name="巡察组")
    village = models.ForeignKey(
        Village, models.PROTECT, related_name="inspections", verbose_name="村（社区）"
    )
    town = models.ForeignKey(Town, models.PROTECT, related_name="+", verbose_name="镇（街道）")
    status = models.CharField(max_length=10, choices=Stage, default=Stage.PREP, verbose_name="阶段")
    entry_on = models.DateField(null=True, blank=True, verbose_name="进驻日期")
    exit_on = models.DateField(null=True, blank=True, verbose_name="离村日期")
    objects = SpineQuerySet.as_manager()

    class Meta:
        verbose_name = "被巡察村（社区）"
        verbose_name_plural = verbose_name
        ordering = ["town", "village"]
        constraints = [
            models.UniqueConstraint(fields=["round", "village"], name="village_once_a_round"),
            models.CheckConstraint(
                condition=Q(exit_on__isnull=True)
                | Q(entry_on__isnull=True)
                | Q(exit_on__gte=models.F("entry_on")),
                name="inspection_days",
            ),
        ]
        indexes = [models.Index(fields=["round", "team", "status"], name="inspection_board")]

    def __str__(self) -> str:
        return f"{self.round.name} {self.village.name}"


class InspectionRecord(Record):
    """A stage row of one village in one round. Services fill the copied keys with ``spine(inspection)``."""

    inspection = models.ForeignKey(
        VillageInspection, models.PROTECT, related_name="%(class)ss", verbose_name="被巡察村（社区）"
    )
    round = models.ForeignKey(Round, models.PROTECT, related_name="+", verbose_name="轮次")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", verbose_name="巡察组")
    village = models.ForeignKey(Village, models.PROTECT, related_name="+", verbose_name="村（社区）")
    town = models.ForeignKey(Town, models.PROTECT, related_name="+", verbose_name="镇（街道）")
    objects = SpineQuerySet.as_manager()

    class Meta:
        abstract = True


def spine(inspection: VillageInspection) -> dict[str, Any]:
    """The keys every stage row copies from its village in the round, ready as keyword arguments."""
    return {
        "inspection": inspection,
        "round_id": inspection.round_id,
        "team_id": inspection.team_id,
        "village_id": inspection.village_id,
        "town_id": inspection.town_id,
    }
