"""Data letters (部门函询): what was asked of which department, until when, and what came back."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Q

from core.models import PaperFile, Record, VisibleQuerySet
from villages.models import Membership, Role, Round, User, VillageInspection
from villages.models.roles import CONTENT_ROLES, OFFICE_ROLES


class DepartmentQuerySet(VisibleQuerySet):
    """Who is asked for what is working knowledge of the inspecting side."""

    def _visible(self, user: Any) -> Self:
        return self if user.role in CONTENT_ROLES else self.none()


class AskedDepartment(Record):
    """A department with what it is usually asked for and in which form it answers."""

    name = models.CharField(max_length=60, unique=True, verbose_name="部门")
    addressee = models.CharField(max_length=80, verbose_name="主送名称")
    asks = models.TextField(verbose_name="一般请提供的内容")
    form = models.CharField(max_length=120, blank=True, verbose_name="回复形式")
    active = models.BooleanField(default=True, verbose_name="启用")
    order = models.PositiveSmallIntegerField(default=0, verbose_name="次序")
    objects = DepartmentQuerySet.as_manager()

    class Meta:
        verbose_name = "函询部门"
        verbose_name_plural = verbose_name
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name


class LetterStatus(models.TextChoices):
    """How far a letter is; late is derived from the due day."""

    DRAFT = "draft", "草稿"
    SENT = "sent", "已发出"
    PARTIAL = "partial", "部分回复"
    REPLIED = "replied", "已回复"
    CLOSED = "closed", "已办结"


WAITING = (LetterStatus.SENT, LetterStatus.PARTIAL)


class Marking(models.TextChoices):
    """How the letter and its answer are to be kept; state secrets never enter this system."""

    INTERNAL = "internal", "内部"
    WORK_SECRET = "work_secret", "工作秘密"


class LetterQuerySet(VisibleQuerySet):
    """The office sees all. A sworn inspector sees what was sent for the whole round or for a village open to them."""

    path = ""

    def _visible(self, user: Any) -> Self:
        if user.role in OFFICE_ROLES:
            return self
        if user.role != Role.INSPECTOR:
            return self.none()
        rounds = Membership.objects.filter(user=user).sworn().values("round")
        letters = DataLetter.objects.filter(round__in=rounds).exclude(status=LetterStatus.DRAFT)
        villages = VillageInspection.objects.visible_to(user)
        named = DataLetter.inspections.through.objects.values("dataletter")
        mine = DataLetter.inspections.through.objects.filter(villageinspection__in=villages)
        seen = letters.filter(~Q(pk__in=named) | Q(pk__in=mine.values("dataletter")))
        # A village one stands aside from closes the letter that names it: the answer speaks of all its villages.
        hidden = VillageInspection.objects.filter(team__memberships__user=user).exclude(pk__in=villages)
        closed = DataLetter.inspections.through.objects.filter(villageinspection__in=hidden)
        seen = seen.exclude(pk__in=closed.values("dataletter"))
        return self.filter(**{f"{self.path}pk__in": seen.values("pk")})

    def late(self, today: dt.date) -> Self:
        """Letters that wait for an answer past their day."""
        return self.filter(status__in=WAITING, due_on__lt=today)


class DataLetter(Record):
    """One letter to one department in one round; without ``inspections`` it asks about every village of the round."""

    STATUS_TONE = {
        "draft": "warn", "sent": "info", "partial": "info", "replied": "ok", "closed": "neutral",
    }  # fmt: skip

    round = models.ForeignKey(Round, models.PROTECT, related_name="data_letters", verbose_name="轮次")
    department = models.ForeignKey(
        AskedDepartment, models.PROTECT, related_name="letters", verbose_name="部门"
    )
    inspections = models.ManyToManyField(
        VillageInspection, related_name="+", blank=True, verbose_name="涉及的村（社区）"
    )
    asks = models.TextField(verbose_name="请提供的内容")
    form = models.CharField(max_length=120, blank=True, verbose_name="回复形式")
    marking = models.CharField(
        max_length=12, choices=Marking, default=Marking.INTERNAL, verbose_name="保密标识"
    )
    status = models.CharField(
        max_length=10, choices=LetterStatus, default=LetterStatus.DRAFT, verbose_name="状态"
    )
    doc_no = models.CharField(max_length=60, blank=True, verbose_name="发文字号")
    sent_on = models.DateField(null=True, blank=True, verbose_name="发出日期")
    due_on = models.DateField(verbose_name="回复期限")
    replied_on = models.DateField(null=True, blank=True, verbose_name="回复日期")
    reminders = models.PositiveSmallIntegerField(default=0, verbose_name="催办次数")
    reminder_no = models.CharField(max_length=60, blank=True, verbose_name="最近催办文号")
    reminded_on = models.DateField(null=True, blank=True, verbose_name="最近催办日期")
    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = "部门函询"
        verbose_name_plural = verbose_name
        ordering = ["department__order", "created_at"]
        constraints = [
            models.UniqueConstraint(fields=["doc_no"], condition=~Q(doc_no=""), name="letter_number_once"),
            models.CheckConstraint(
                condition=Q(status="draft") | (~Q(doc_no="") & Q(sent_on__isnull=False)),
                name="letter_sent_whole",
            ),
        ]
        indexes = [models.Index(fields=["round", "status", "due_on"], name="data_letter_late")]

    def __str__(self) -> str:
        return f"致{self.department.name}的函"

    def days_late(self, today: dt.date) -> int:
        """Days past the due day: until today while waiting, until the answer afterwards; 0 when in time."""
        if self.status == LetterStatus.DRAFT:
            return 0
        until = today if self.status in WAITING else self.replied_on
        return max(0, (until - self.due_on).days) if until else 0


class LetterPartQuerySet(LetterQuerySet):
    """Rows of a letter: seen by whoever sees the letter."""

    path = "letter__"


class LetterReply(Record):
    """One answer, as it came in."""

    letter = models.ForeignKey(DataLetter, models.CASCADE, related_name="replies", verbose_name="函")
    received_on = models.DateField(verbose_name="收到日期")
    received_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="接收人")
    complete = models.BooleanField(verbose_name="已答全")
    note = models.TextField(blank=True, verbose_name="内容摘要")
    objects = LetterPartQuerySet.as_manager()

    class Meta:
        verbose_name = "部门回复"
        verbose_name_plural = verbose_name
        ordering = ["received_on", "created_at"]

    def __str__(self) -> str:
        return f"{self.letter.department.name}的回复"


class ReplyFileQuerySet(LetterQuerySet):
    """Seen by whoever sees the letter."""

    path = "reply__letter__"


class ReplyFile(PaperFile):
    """A file of an answer, kept as it came."""

    reply = models.ForeignKey(LetterReply, models.CASCADE, related_name="files", verbose_name="回复")
    objects = ReplyFileQuerySet.as_manager()

    class Meta(PaperFile.Meta):
        verbose_name = "回复文件"
        verbose_name_plural = verbose_name
