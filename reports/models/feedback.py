"""Feedback to a town: what leaves the office. Its words are copied, never joined from findings."""

from typing import Any, Self

from django.db import models

from core.models import Record
from reports.models.reach import TownRowQuerySet
from reports.models.report import Report
from villages.models import Category, Role, Round, Team, Town, Village


class FeedbackQuerySet(TownRowQuerySet):
    """Beside team and office, the addressee: a town committee sees what was sent to it."""

    def _visible(self, user: Any) -> Self:
        if user.role == Role.TOWN and user.office_id and user.office.town_id:
            return self.filter(town=user.office.town_id)
        return super()._visible(user)


class Feedback(Record):
    """One feedback letter, made and numbered at the moment it is issued; it is never changed afterwards."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="feedbacks", verbose_name="报告")
    round = models.ForeignKey(Round, models.PROTECT, related_name="+", verbose_name="轮次")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", verbose_name="巡察组")
    town = models.ForeignKey(Town, models.PROTECT, related_name="+", verbose_name="镇（街道）")
    title = models.CharField(max_length=120, verbose_name="标题")
    doc_no = models.CharField(max_length=60, unique=True, verbose_name="发文字号")
    issued_on = models.DateField(verbose_name="反馈日期")
    opening = models.TextField(blank=True, verbose_name="总体情况")
    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = "反馈意见"
        verbose_name_plural = verbose_name
        ordering = ["-issued_on"]
        constraints = [models.UniqueConstraint(fields=["report"], name="feedback_once_a_report")]

    def __str__(self) -> str:
        return f"{self.title}（{self.doc_no}）"


class FeedbackItemQuerySet(TownRowQuerySet):
    """Items know their findings, so the inspected side never sees them; it has a ledger of its own."""

    path = "feedback__"


class FeedbackItem(Record):
    """One problem of a feedback letter in words fit for the inspected side."""

    class Scope(models.TextChoices):
        COMMON = "common", "共性"
        INDIVIDUAL = "individual", "个性"

    feedback = models.ForeignKey(Feedback, models.CASCADE, related_name="items", verbose_name="反馈意见")
    seq = models.PositiveSmallIntegerField(verbose_name="序号")
    category = models.ForeignKey(Category, models.PROTECT, related_name="+", verbose_name="问题类别")
    village = models.ForeignKey(
        Village, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="村（社区）"
    )
    scope = models.CharField(max_length=10, choices=Scope, verbose_name="共性/个性")
    immediate = models.BooleanField(default=False, verbose_name="立行立改")
    title = models.CharField(max_length=120, verbose_name="问题")
    detail = models.TextField(verbose_name="问题表现")
    requirement = models.TextField(verbose_name="整改要求")
    findings = models.ManyToManyField("findings.Finding", related_name="+", verbose_name="问题底稿")
    objects = FeedbackItemQuerySet.as_manager()

    class Meta:
        verbose_name = "反馈问题"
        verbose_name_plural = verbose_name
        ordering = ["feedback", "seq"]
        constraints = [models.UniqueConstraint(fields=["feedback", "seq"], name="feedback_item_seq_once")]

    def __str__(self) -> str:
        return self.title
