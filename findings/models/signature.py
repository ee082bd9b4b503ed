"""Signatures: who confirmed which content. A signature holds the hash of what was signed, and is never removed."""

from django.db import models
from django.db.models import Q

from core.models import Record
from findings.models.children import PaperPartQuerySet, TalkPartQuerySet
from findings.models.choices import SignRole
from findings.models.field import FieldPaper, FieldPartQuerySet
from findings.models.finding import Finding
from findings.models.table import SurveyTable, TablePartQuerySet
from findings.models.talk import Talk
from villages.models import User


class Mark(Record):
    """A signature under some paper. A cleared one stays as history with the reason."""

    role = models.CharField(max_length=10, choices=SignRole, verbose_name="签名身份")
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="签名人")
    at = models.DateTimeField(verbose_name="签名时间")
    content_hash = models.CharField(max_length=64, verbose_name="内容摘要")
    cleared_at = models.DateTimeField(null=True, blank=True, verbose_name="失效时间")
    clear_reason = models.CharField(max_length=300, blank=True, verbose_name="失效原因")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.user}"


class Signature(Mark):
    """A signature under a problem workpaper; those in force are by different people, one per capacity."""

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="signatures", verbose_name="问题底稿")
    objects = PaperPartQuerySet.as_manager()

    class Meta:
        verbose_name = "底稿签名"
        verbose_name_plural = verbose_name
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["finding", "role"],
                condition=Q(cleared_at__isnull=True),
                name="signature_once_per_role",
            ),
            models.UniqueConstraint(
                fields=["finding", "user"],
                condition=Q(cleared_at__isnull=True),
                name="signatures_by_different_people",
            ),
        ]


class TalkSignature(Mark):
    """A signature under a talk record: the recorder's, then the talker's."""

    talk = models.ForeignKey(Talk, models.CASCADE, related_name="signatures", verbose_name="谈话记录")
    objects = TalkPartQuerySet.as_manager()

    class Meta:
        verbose_name = "谈话签名"
        verbose_name_plural = verbose_name
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["talk", "role"],
                condition=Q(cleared_at__isnull=True),
                name="talk_signature_once_per_role",
            ),
            models.UniqueConstraint(
                fields=["talk", "user"], condition=Q(cleared_at__isnull=True), name="talk_signatures_by_two"
            ),
        ]


class FieldSignature(Mark):
    """A signature under a field paper: the recorder's, then that of who was there too."""

    paper = models.ForeignKey(FieldPaper, models.CASCADE, related_name="signatures", verbose_name="现场记录")
    objects = FieldPartQuerySet.as_manager()

    class Meta:
        verbose_name = "现场记录签名"
        verbose_name_plural = verbose_name
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "role"],
                condition=Q(cleared_at__isnull=True),
                name="field_signature_once_per_role",
            ),
            models.UniqueConstraint(
                fields=["paper", "user"], condition=Q(cleared_at__isnull=True), name="field_signatures_by_two"
            ),
        ]


class TableSignature(Mark):
    """A signature under a survey sheet: the recorder's, then the checker's."""

    table = models.ForeignKey(
        SurveyTable, models.CASCADE, related_name="signatures", verbose_name="三资调查表"
    )
    objects = TablePartQuerySet.as_manager()

    class Meta:
        verbose_name = "三资调查表签名"
        verbose_name_plural = verbose_name
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["table", "role"],
                condition=Q(cleared_at__isnull=True),
                name="table_signature_once_per_role",
            ),
            models.UniqueConstraint(
                fields=["table", "user"], condition=Q(cleared_at__isnull=True), name="table_signatures_by_two"
            ),
        ]
