"""Papers made in advance: who keeps a team's papers, and the sets that were made of them."""

from typing import Any, Self

from django.db import models

from core.models import Record, VisibleQuerySet
from villages.models import Membership, Role, Round, Team, User, VillageInspection
from villages.models.roles import OFFICE_ROLES


class PaperKeeperQuerySet(VisibleQuerySet):
    """The office sees all, an inspector the own team's."""

    def _visible(self, user: Any) -> Self:
        if user.role in OFFICE_ROLES:
            return self
        if user.role == Role.INSPECTOR:
            return self.filter(team__in=Membership.objects.filter(user=user).values("team"))
        return self.none()


class PaperKeeper(Record):
    """Who keeps a team's papers, and who those kept apart, where the leader named somebody else than usual."""

    team = models.OneToOneField(Team, models.CASCADE, related_name="+", verbose_name="巡察组")
    keeper = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="表单保管人")
    sealed_keeper = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="专管材料保管人")
    objects = PaperKeeperQuerySet.as_manager()

    class Meta:
        verbose_name = "表单保管人"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return f"{self.team} 表单保管人"


class FormSetQuerySet(VisibleQuerySet):
    """A village's set goes with the village; a team's holds all its villages and is for members who may see them all;
    a round's is the office's alone.
    """

    def _visible(self, user: Any) -> Self:
        if user.role in OFFICE_ROLES:
            return self
        if user.role != Role.INSPECTOR:
            return self.none()
        teams = Membership.objects.filter(user=user).values("team")
        own = VillageInspection.objects.visible_to(user)
        hidden = VillageInspection.objects.filter(team__in=teams).exclude(pk__in=own.values("pk"))
        of_team = models.Q(inspection=None, team__in=teams) & ~models.Q(team__in=hidden.values("team"))
        return self.filter(models.Q(inspection__in=own.values("pk")) | of_team)


class FormSet(Record):
    """One package of papers: of a village, of a team's villages, or of a whole round.

    The row is written when the package is finished, so an unfinished one leaves nothing. ``keeper`` is who kept the
    papers that day; ``received_at`` that this person signed for them.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="+", verbose_name="轮次")
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="巡察组"
    )
    inspection = models.ForeignKey(
        VillageInspection, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="村（社区）"
    )
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="生成人")
    keeper = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="表单保管人"
    )
    file = models.ForeignKey("core.StoredFile", models.PROTECT, related_name="+", verbose_name="表单包")
    village_count = models.PositiveSmallIntegerField(verbose_name="村数")
    paper_count = models.PositiveIntegerField(verbose_name="文件数")
    received_at = models.DateTimeField(null=True, blank=True, verbose_name="签收时间")
    receipt_note = models.CharField(max_length=200, blank=True, verbose_name="签收说明")
    objects = FormSetQuerySet.as_manager()

    class Meta:
        verbose_name = "成套表单"
        verbose_name_plural = verbose_name
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(inspection=None) | models.Q(team__isnull=False),
                name="form_set_village_has_team",
            )
        ]
        indexes = [
            models.Index(fields=["inspection", "-id"], name="form_set_of_village"),
            models.Index(fields=["round", "-id"], name="form_set_of_round"),
        ]

    def __str__(self) -> str:
        return f"{self.scope}成套表单"

    @property
    def scope(self) -> str:
        """What it is a set of."""
        if self.inspection is not None:
            return self.inspection.village.name
        return self.team.name if self.team is not None else "全轮"
