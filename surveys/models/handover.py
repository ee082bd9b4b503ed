"""Hand-over of a locked rating to the organisation department (移交组织部门), with its receipt."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from core.text import SafeJSONField
from surveys.models.rating import Rating
from villages.models import InspectionRecord, Office, Role, SpineQuerySet


class HandoverStatus(models.TextChoices):
    """Until the receipt the office may take a hand-over back; its number stays used."""

    DRAFT = "draft", "待移交"
    HANDED = "handed", "已移交"
    RECEIVED = "received", "已签收"
    TAKEN_BACK = "taken_back", "已收回"
    VOID = "void", "已作废"


class HandoverQuerySet(SpineQuerySet):
    """Beside office and team the receiving department: what was handed over to it, and nothing else."""

    def _visible(self, user: Any) -> Self:
        if user.role == Role.ORGANISATION and user.office_id:
            arrived = [HandoverStatus.HANDED, HandoverStatus.RECEIVED]
            return self.filter(to_office=user.office_id, status__in=arrived)
        return super()._visible(user)


# On its way or arrived: of each rating there is one at most.
_LIVE = ["draft", "handed", "received"]


class RatingHandover(InspectionRecord):
    """One locked rating on its way to the organisation department.

    ``contents``: subjects, counts and scores as the locked rating had them when this was drafted, with the digest of
    the rating; ``content_hash`` is SHA-256 over them and stands on the paper. ``number`` counts what was handed over
    in a year without gaps.
    """

    # How people were rated is not for the trail.
    AUDIT_SECRET = frozenset({"contents"})
    Status = HandoverStatus
    LIVE = _LIVE
    STATUS_TONE = {
        "draft": "warn", "handed": "info", "received": "ok", "taken_back": "neutral", "void": "neutral",
    }  # fmt: skip

    rating = models.ForeignKey(Rating, models.PROTECT, related_name="handovers", verbose_name="民主测评")
    to_office = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name="接收单位")
    status = models.CharField(
        max_length=10,
        choices=HandoverStatus,
        default=HandoverStatus.DRAFT,
        editable=False,
        verbose_name="状态",
    )
    note = models.CharField(max_length=500, blank=True, verbose_name="移交说明")
    contents = SafeJSONField(default=dict, editable=False, verbose_name="移交内容")
    content_hash = models.CharField(max_length=64, editable=False, verbose_name="内容摘要")
    drafted_by_name = models.CharField(max_length=60, editable=False, verbose_name="起草人")
    handed_by_name = models.CharField(max_length=60, blank=True, editable=False, verbose_name="移交人")
    handed_on = models.DateField(null=True, blank=True, editable=False, verbose_name="移交日期")
    year = models.PositiveSmallIntegerField(null=True, blank=True, editable=False, verbose_name="编号年度")
    number = models.PositiveIntegerField(null=True, blank=True, editable=False, verbose_name="编号")
    doc_no = models.CharField(max_length=60, blank=True, editable=False, verbose_name="移交编号")
    receiver_name = models.CharField(max_length=60, blank=True, editable=False, verbose_name="接收人")
    received_on = models.DateField(null=True, blank=True, editable=False, verbose_name="签收日期")
    receipt_note = models.CharField(max_length=500, blank=True, editable=False, verbose_name="签收说明")
    end_reason = models.CharField(max_length=500, blank=True, editable=False, verbose_name="收回（作废）原因")
    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = "测评结果移交"
        verbose_name_plural = verbose_name
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["rating"],
                condition=Q(status__in=_LIVE),
                name="rating_handed_over_once",
            ),
            models.UniqueConstraint(fields=["year", "number"], name="handover_number_once"),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "void"], number__isnull=True)
                | Q(
                    status__in=["handed", "received", "taken_back"],
                    number__isnull=False,
                    handed_on__isnull=False,
                ),
                name="handover_numbered_when_handed",
            ),
            models.CheckConstraint(
                condition=~Q(status="received") | (Q(received_on__isnull=False) & ~Q(receiver_name="")),
                name="handover_receipt_whole",
            ),
        ]
        indexes = [models.Index(fields=["round", "status", "-id"], name="handover_list")]

    def __str__(self) -> str:
        return f"{self.village.name}民主测评结果移交"
