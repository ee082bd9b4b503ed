"""Rounds, the teams made for one round, and who serves in them (一次一授权)."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from core.models import Record, SoftDeletable, VisibleQuerySet
from villages.models.people import User
from villages.models.places import District, Town
from villages.models.pledge import SecrecyPledge
from villages.models.roles import OFFICE_ROLES, Role


class RoundQuerySet(VisibleQuerySet):
    """Rounds: the office sees all, an inspector those served in, others those that reached them."""

    def _visible(self, user: Any) -> Self:
        if user.role in OFFICE_ROLES:
            return self
        if user.role == Role.INSPECTOR:
            return self.filter(pk__in=Membership.objects.filter(user=user).values("round"))
        return self.none()


class Round(Record, SoftDeletable):
    """One round of inspection: its term, year and number, and the days it lasts."""

    class Mode(models.TextChoices):
        DIRECT = "direct", "直接巡村"
        TOWN_AND_VILLAGES = "town_and_villages", "镇村一体巡"
        TOWN_WITH_VILLAGES = "town_with_villages", "巡镇带村"
        SPECIAL = "special", "专项巡村"
        FOLLOW_UP = "follow_up", "回头看"

    class Status(models.TextChoices):
        PLANNED = "planned", "筹备"
        OPEN = "open", "进行中"
        CLOSED = "closed", "已结束"

    STATUS_TONE = {"planned": "neutral", "open": "info", "closed": "ok"}

    district = models.ForeignKey(District, models.PROTECT, related_name="rounds", verbose_name="区")
    term = models.PositiveSmallIntegerField(verbose_name="届次")
    year = models.PositiveSmallIntegerField(verbose_name="年度")
    number = models.PositiveSmallIntegerField(verbose_name="轮次")
    name = models.CharField(max_length=80, verbose_name="名称")
    mode = models.CharField(max_length=20, choices=Mode, default=Mode.DIRECT, verbose_name="方式")
    status = models.CharField(max_length=10, choices=Status, default=Status.PLANNED, verbose_name="状态")
    starts_on = models.DateField(verbose_name="开始日期")
    ends_on = models.DateField(verbose_name="结束日期")
    scheme = models.ForeignKey(
        "villages.CategoryScheme", models.PROTECT, related_name="+", verbose_name="分类方案"
    )
    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = "巡察轮次"
        verbose_name_plural = verbose_name
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["district", "term", "year", "number"], name="round_natural_key"),
            models.CheckConstraint(condition=models.Q(ends_on__gte=models.F("starts_on")), name="round_days"),
        ]

    def __str__(self) -> str:
        return self.name


class TeamQuerySet(VisibleQuerySet):
    """Teams: the office sees all, an inspector the teams of the rounds served in (teams exchange experience)."""

    def _visible(self, user: Any) -> Self:
        return self.filter(round__in=RoundQuerySet(Round).visible_to(user))


class Team(Record):
    """An inspection team, made for one round."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="teams", verbose_name="轮次")
    number = models.PositiveSmallIntegerField(verbose_name="组号")
    name = models.CharField(max_length=40, verbose_name="名称")
    towns = models.ManyToManyField(Town, related_name="+", blank=True, verbose_name="负责镇（街道）")
    objects = TeamQuerySet.as_manager()

    class Meta:
        verbose_name = "巡察组"
        verbose_name_plural = verbose_name
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="team_number_once")]

    def __str__(self) -> str:
        return self.name


class TeamRole(models.TextChoices):
    """Post in a team; writer, second checker and leader of a paper are three people."""

    LEADER = "leader", "组长"
    DEPUTY = "deputy", "副组长"
    LIAISON = "liaison", "联络员"
    MEMBER = "member", "组员"
    ARCHIVIST = "archivist", "档案管理员"


class MembershipQuerySet(VisibleQuerySet):
    """Memberships of the teams one may see."""

    def _visible(self, user: Any) -> Self:
        return self.filter(round__in=RoundQuerySet(Round).visible_to(user))

    def sworn(self) -> Self:
        """Memberships that open villages: the pledge in force is signed and ties are declared.

        An ended round stays as it was sworn: a later wording is not asked for there.
        """
        in_force = SecrecyPledge.objects.in_force().values("pk")[:1]
        ended = Q(pledge__isnull=False, round__status=Round.Status.CLOSED)
        return self.filter(Q(pledge__in=in_force) | ended)


class Ties(models.TextChoices):
    """What a member declared before opening a village."""

    NONE = "none", "没有应当回避的情形"
    NAMED = "named", "有应当回避的情形，已逐项申报"


class Membership(Record):
    """One person's post in one team for one round, by an authorisation for this round only.

    ``pledge``, ``sworn_at`` and ``ties`` are written together by one signature under both papers, the pledge and the
    declaration; ``ties_named`` quotes the declared ties as they were that day, one a line.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="memberships", verbose_name="轮次")
    team = models.ForeignKey(Team, models.CASCADE, related_name="memberships", verbose_name="巡察组")
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships", verbose_name="人员")
    role = models.CharField(max_length=10, choices=TeamRole, verbose_name="组内职务")
    authorised_on = models.DateField(null=True, blank=True, verbose_name="授权日期")
    authorisation_no = models.CharField(max_length=60, blank=True, verbose_name="授权文号")
    pledge = models.ForeignKey(
        SecrecyPledge, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="所签保密承诺书"
    )
    sworn_at = models.DateTimeField(null=True, blank=True, verbose_name="承诺与申报签署时间")
    ties = models.CharField(max_length=10, choices=Ties, blank=True, verbose_name="回避申报")
    ties_named = models.TextField(blank=True, verbose_name="申报的回避情形")
    reminded_at = models.DateTimeField(null=True, blank=True, verbose_name="最近提醒签署")
    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "组成员"
        verbose_name_plural = verbose_name
        ordering = ["team", "role"]
        constraints = [
            models.UniqueConstraint(fields=["round", "user"], name="one_team_per_round"),
            models.CheckConstraint(
                condition=Q(pledge__isnull=True, sworn_at__isnull=True, ties="")
                | Q(pledge__isnull=False, sworn_at__isnull=False, ties__in=Ties.values),
                name="membership_sworn_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()}"
