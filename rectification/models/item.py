"""The ledger of rectification: what the inspected side was told to put right, in copied words, and how it goes."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from core.models import Record
from reports.models import FeedbackItem, TownRowQuerySet
from villages.models import Office, Role, Round, Team, Town, User, Village


def addressed_to(user: Any) -> Q | None:
    """Items an inspected account may see: a town all of its own, a village those assigned to it."""
    office = user.office if user.office_id else None
    if user.role == Role.TOWN and office and office.town_id:
        return Q(town=office.town_id)
    if user.role == Role.VILLAGE and office and office.village_id:
        return Q(village=office.village_id)
    return None


class ItemQuerySet(TownRowQuerySet):
    """Office and team as for any row of a town; the inspected side its own."""

    def _visible(self, user: Any) -> Self:
        own = addressed_to(user)
        return super()._visible(user) if own is None else self.filter(own)


class RectifyItem(Record):
    """One matter to put right, owned by a town committee and, where assigned, by a village.

    Every word of it was copied when the feedback was issued: no path leads from here to a finding, a talk or a
    petition. ``feedback_item`` proves where it came from and is followed on the inspecting side only.
    """

    class Level(models.TextChoices):
        VILLAGE = "village", "村改"
        TOWN = "town", "镇改"
        DEPARTMENT = "department", "部门改"
        RULES = "rules", "共性建章"

    class Term(models.TextChoices):
        IMMEDIATE = "immediate", "立行立改"
        FIXED = "fixed", "限期"
        LASTING = "lasting", "长期坚持"

    class Status(models.TextChoices):
        PENDING = "pending", "待认领"
        ACKNOWLEDGED = "acknowledged", "已认领"
        IN_PROGRESS = "in_progress", "正在推进"
        REPORTED = "reported", "已报完成"
        RETURNED = "returned", "核验退回"
        VERIFIED = "verified", "已核验"
        CLOSED = "closed", "已销号"

    STATUS_TONE = {
        "pending": "info", "acknowledged": "neutral", "in_progress": "neutral", "reported": "warn",
        "returned": "bad", "verified": "ok", "closed": "ok",
    }  # fmt: skip

    feedback_item = models.ForeignKey(FeedbackItem, models.PROTECT, related_name="+", verbose_name="反馈问题")
    round = models.ForeignKey(Round, models.PROTECT, related_name="+", verbose_name="轮次")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", verbose_name="巡察组")
    town = models.ForeignKey(Town, models.PROTECT, related_name="+", verbose_name="镇（街道）")
    village = models.ForeignKey(
        Village, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="村（社区）"
    )
    owner = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name="责任单位")
    seq = models.PositiveSmallIntegerField(verbose_name="序号")
    doc_no = models.CharField(max_length=60, verbose_name="反馈文号")
    feedback_on = models.DateField(verbose_name="反馈日期")
    category = models.CharField(max_length=60, verbose_name="问题类别")
    title = models.CharField(max_length=120, verbose_name="问题")
    detail = models.TextField(verbose_name="问题表现")
    requirement = models.TextField(verbose_name="整改要求")
    level = models.CharField(max_length=12, choices=Level, verbose_name="整改层级")
    term = models.CharField(max_length=12, choices=Term, default=Term.FIXED, verbose_name="时限类别")
    due_on = models.DateField(verbose_name="整改期限")
    status = models.CharField(max_length=12, choices=Status, default=Status.PENDING, verbose_name="状态")
    plan = models.TextField(blank=True, verbose_name="整改措施")
    receipt_name = models.CharField(max_length=40, blank=True, verbose_name="签收人")
    receipt_at = models.DateTimeField(null=True, blank=True, verbose_name="签收时间")
    result = models.TextField(blank=True, verbose_name="整改结果")
    reported_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="报送人"
    )
    reported_on = models.DateField(null=True, blank=True, verbose_name="报送日期")
    returned_reason = models.TextField(blank=True, verbose_name="退回理由")
    returned_at = models.DateTimeField(null=True, blank=True, verbose_name="退回时间")
    verified_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="核验人"
    )
    verified_on = models.DateField(null=True, blank=True, verbose_name="核验日期")
    verified_note = models.TextField(blank=True, verbose_name="核验情况")
    closed_on = models.DateField(null=True, blank=True, verbose_name="销号日期")
    closure_basis = models.TextField(blank=True, verbose_name="销号依据")
    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = "整改事项"
        verbose_name_plural = verbose_name
        ordering = ["due_on", "seq"]
        indexes = [
            models.Index(fields=["round", "town", "status"], name="rectify_ledger"),
            models.Index(fields=["town", "due_on"], name="rectify_portal"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["feedback_item"], name="item_once_a_feedback_item"),
            models.CheckConstraint(
                condition=Q(reported_by__isnull=True)
                | Q(verified_by__isnull=True)
                | ~Q(reported_by=F("verified_by")),
                name="reporter_is_not_verifier",
            ),
            models.CheckConstraint(
                condition=~Q(status="closed") | (Q(closed_on__isnull=False) & ~Q(closure_basis="")),
                name="closed_item_has_basis",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_done(self) -> bool:
        """Whether nothing more is expected from the owner."""
        return self.status in (self.Status.VERIFIED, self.Status.CLOSED)


class ProgressQuerySet(TownRowQuerySet):
    """Progress of the items one may see."""

    path = "item__"

    def _visible(self, user: Any) -> Self:
        own = addressed_to(user)
        if own is None:
            return super()._visible(user)
        return self.filter(item__in=RectifyItem.objects.filter(own))


class Progress(Record):
    """One step told by the owner: what was done on which day, with photographs or papers."""

    item = models.ForeignKey(RectifyItem, models.CASCADE, related_name="progress", verbose_name="整改事项")
    on = models.DateField(verbose_name="日期")
    told_at = models.DateTimeField(verbose_name="填报时间")
    text = models.TextField(verbose_name="进展")
    reporter = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="填报人")
    files = models.ManyToManyField("core.StoredFile", related_name="+", verbose_name="佐证材料")
    objects = ProgressQuerySet.as_manager()

    class Meta:
        verbose_name = "整改进展"
        verbose_name_plural = verbose_name
        ordering = ["item", "told_at", "id"]

    def __str__(self) -> str:
        return f"{self.on} {self.text[:30]}"
