"""Common problems (横向共性问题) of a round: groups of alike papers of several villages, and what people decided."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from core.models import Record, VisibleQuerySet
from core.text import SafeJSONField
from findings.models.finding import Finding
from findings.models.lead import Lead
from villages.models import InspectionRecord, Role, Round, SpineQuerySet
from villages.models.parameters import RoundChildQuerySet
from villages.models.roles import OFFICE_ROLES


class GroupStatus(models.TextChoices):
    """A group is proposed by the machine, accepted by people, and may be given up."""

    PROPOSED = "proposed", "待认定"
    ACCEPTED = "accepted", "已认定"
    DISSOLVED = "dissolved", "已撤销"


class CommonGroupQuerySet(RoundChildQuerySet):
    """The office sees all groups of a round; an inspector those that hold a paper he may see."""

    def _visible(self, user: Any) -> Self:
        if user.role in OFFICE_ROLES:
            return self
        if user.role != Role.INSPECTOR:
            return self.none()
        own = CommonMember.objects.visible_to(user).filter(group=OuterRef("pk"))
        return self.filter(Exists(own))


class CommonGroup(Record):
    """Papers of several villages that tell of one problem. Every village keeps its own item.

    ``keywords``: words its papers share, the most telling first. ``profile``: what one paper more is compared with,
    see ``findings.rules.common.shelf``. ``villages`` and ``papers`` follow the members, so that a list is sorted
    without reading them.
    """

    # Words of papers stand here, and those of leads are never quoted in the trail.
    AUDIT_SECRET = frozenset({"name", "description", "keywords", "profile"})
    STATUS_TONE = {"proposed": "warn", "accepted": "ok", "dissolved": "neutral"}
    Status = GroupStatus

    round = models.ForeignKey(Round, models.PROTECT, related_name="common_groups", verbose_name="轮次")
    name = models.CharField(max_length=120, verbose_name="共性问题")
    named = models.BooleanField(default=False, editable=False, verbose_name="名称经人工确定")
    description = models.TextField(blank=True, verbose_name="说明")
    keywords = SafeJSONField(default=list, blank=True, verbose_name="共同用语")
    profile = SafeJSONField(default=dict, editable=False, verbose_name="比对特征")
    status = models.CharField(
        max_length=10, choices=GroupStatus, default=GroupStatus.PROPOSED, editable=False, verbose_name="状态"
    )
    villages = models.PositiveIntegerField(default=0, editable=False, verbose_name="村（社区）数")
    papers = models.PositiveIntegerField(default=0, editable=False, verbose_name="问题数")
    accepted_by_name = models.CharField(max_length=60, blank=True, editable=False, verbose_name="认定人")
    accepted_on = models.DateField(null=True, blank=True, editable=False, verbose_name="认定日期")
    objects = CommonGroupQuerySet.as_manager()

    class Meta:
        verbose_name = "共性问题"
        verbose_name_plural = verbose_name
        ordering = ["-villages", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="accepted") | Q(accepted_on__isnull=False),
                name="common_group_accepted_on_a_day",
            )
        ]
        indexes = [models.Index(fields=["round", "status", "-villages", "id"], name="common_group_list")]

    def __str__(self) -> str:
        return self.name

    def audit_label(self) -> str:
        """The trail says that it is a group, not what its papers say."""
        return "共性问题"


class CommonMember(InspectionRecord):
    """A finding or lead in a group; each stands in one group at most.

    ``seq``: the most typical first. ``sure``: people put it there or accepted it; the machine only proposes.
    """

    group = models.ForeignKey(CommonGroup, models.CASCADE, related_name="members", verbose_name="共性问题")
    finding = models.OneToOneField(
        Finding, models.CASCADE, null=True, blank=True, related_name="common_member", verbose_name="问题底稿"
    )
    lead = models.OneToOneField(
        Lead, models.CASCADE, null=True, blank=True, related_name="common_member", verbose_name="疑点"
    )
    seq = models.PositiveIntegerField(default=0, editable=False, verbose_name="次序")
    sure = models.BooleanField(default=False, editable=False, verbose_name="经人工认定")
    objects = SpineQuerySet.as_manager()

    class Meta:
        verbose_name = "共性问题中的问题"
        verbose_name_plural = verbose_name
        ordering = ["seq", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(finding__isnull=False, lead__isnull=True)
                | Q(finding__isnull=True, lead__isnull=False),
                name="common_member_is_one_thing",
            )
        ]
        indexes = [
            models.Index(fields=["group", "seq", "id"], name="common_member_list"),
            models.Index(fields=["group", "town", "village"], name="common_member_places"),
        ]

    def __str__(self) -> str:
        return "共性问题中的问题"

    @property
    def paper(self) -> Any:
        """The finding or the lead."""
        return self.finding or self.lead

    @property
    def key(self) -> str:
        """Key of the finding or the lead, as the grouping knows it."""
        return str(self.finding_id or self.lead_id)


class CommonDecisionQuerySet(RoundChildQuerySet):
    """Kept for the next proposal; the office looks after them."""

    def _visible(self, user: Any) -> Self:
        return self if user.role in OFFICE_ROLES else self.none()


class CommonDecision(Record):
    """What somebody said: all of ``left`` are one problem, or none of ``left`` is one with any of ``right``.

    Both are lists of keys of findings and leads. Later decisions stand over earlier ones.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="common_decisions", verbose_name="轮次")
    together = models.BooleanField(verbose_name="同一问题")
    left = SafeJSONField(default=list, verbose_name="问题")
    right = SafeJSONField(default=list, blank=True, verbose_name="与之不同的问题")
    by_name = models.CharField(max_length=60, editable=False, verbose_name="判断人")
    objects = CommonDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "共性问题判断"
        verbose_name_plural = verbose_name
        ordering = ["id"]
        indexes = [models.Index(fields=["round", "id"], name="common_decisions_of_round")]

    def __str__(self) -> str:
        return "同一问题" if self.together else "不是同一问题"


class CommonIndex(Record):
    """The last proposal of a round: how many papers it read, and how rare its words are. No page shows it.

    ``scale``: see ``findings.rules.common.shelf``; one paper more is weighed by it within milliseconds.
    """

    round = models.OneToOneField(Round, models.CASCADE, related_name="common_index", verbose_name="轮次")
    papers = models.PositiveIntegerField(default=0, editable=False, verbose_name="比对份数")
    proposed_at = models.DateTimeField(editable=False, verbose_name="提出时间")
    scale = SafeJSONField(default=dict, editable=False, verbose_name="用语权重")
    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "共性问题比对"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return "共性问题比对"
