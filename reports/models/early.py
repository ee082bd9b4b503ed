"""Early feedback (共性问题提示函): what several villages of a town have in common, told to it before the report."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from core.models import Record, VisibleQuerySet
from core.text import SafeJSONField
from findings.models import CommonGroup
from villages.models import Role, Round, Town
from villages.models.roles import OFFICE_ROLES


class EarlyLetterQuerySet(VisibleQuerySet):
    """The office's own papers; a town committee sees what was sent to it."""

    def _visible(self, user: Any) -> Self:
        if user.role in OFFICE_ROLES:
            return self
        if user.role == Role.TOWN and user.office_id and user.office.town_id:
            return self.filter(town=user.office.town_id, status__in=EarlyLetter.SENT)
        return self.none()


class EarlyLetter(Record):
    """One letter about one common problem to one town.

    ``figures``: villages and share as they were when the letter was drafted; nothing later changes them, and
    ``figures_hash`` is SHA-256 over them. The villages' own findings are copied in no word of their papers.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", "草稿"
        SENT = "sent", "已发出"
        RECEIVED = "received", "已签收"
        VOID = "void", "已作废"

    LONGEST_TEXT = 20_000
    SENT = frozenset({Status.SENT, Status.RECEIVED})
    STATUS_TONE = {"draft": "warn", "sent": "info", "received": "ok", "void": "neutral"}

    round = models.ForeignKey(Round, models.PROTECT, related_name="early_letters", verbose_name="轮次")
    town = models.ForeignKey(Town, models.PROTECT, related_name="+", verbose_name="镇（街道）")
    group = models.ForeignKey(
        CommonGroup, models.PROTECT, related_name="early_letters", verbose_name="共性问题"
    )
    status = models.CharField(
        max_length=10, choices=Status, default=Status.DRAFT, editable=False, verbose_name="状态"
    )
    title = models.CharField(max_length=160, verbose_name="标题")
    addressee = models.CharField(max_length=120, verbose_name="主送")
    body = models.TextField(verbose_name="正文")
    figures = SafeJSONField(default=dict, editable=False, verbose_name="采用的数据")
    figures_hash = models.CharField(max_length=64, editable=False, verbose_name="数据摘要")
    drafted_by_name = models.CharField(max_length=60, editable=False, verbose_name="起草人")
    sent_by_name = models.CharField(max_length=60, blank=True, editable=False, verbose_name="签发人")
    dated_on = models.DateField(null=True, blank=True, editable=False, verbose_name="成文日期")
    year = models.PositiveSmallIntegerField(null=True, blank=True, editable=False, verbose_name="编号年度")
    number = models.PositiveIntegerField(null=True, blank=True, editable=False, verbose_name="编号")
    doc_no = models.CharField(max_length=60, blank=True, editable=False, verbose_name="发文字号")
    received_by_name = models.CharField(max_length=60, blank=True, editable=False, verbose_name="签收人")
    received_on = models.DateField(null=True, blank=True, editable=False, verbose_name="签收日期")
    objects = EarlyLetterQuerySet.as_manager()

    class Meta:
        verbose_name = "共性问题提示函"
        verbose_name_plural = verbose_name
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "town"], condition=~Q(status="void"), name="early_letter_once"
            ),
            models.UniqueConstraint(fields=["year", "number"], name="early_letter_number_once"),
            models.CheckConstraint(
                condition=Q(status__in=["sent", "received"], number__isnull=False, dated_on__isnull=False)
                | (~Q(status__in=["sent", "received"]) & Q(number__isnull=True)),
                name="early_letter_numbered_when_sent",
            ),
            models.CheckConstraint(
                condition=~Q(status="received") | Q(received_on__isnull=False), name="early_letter_receipt"
            ),
        ]
        indexes = [models.Index(fields=["round", "-id"], name="early_letter_list")]

    def __str__(self) -> str:
        return self.title
