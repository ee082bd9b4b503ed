"""Feedback letters (测评反馈函): what the villages of a town answered and how they rated, for its party secretary."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from core.models import Record, VisibleQuerySet
from core.text import SafeJSONField
from villages.models import Round, Town
from villages.models.roles import OFFICE_ROLES


class TownLetterQuerySet(VisibleQuerySet):
    """The office's own papers: they go out by hand, to one reader."""

    def _visible(self, user: Any) -> Self:
        return self if user.role in OFFICE_ROLES else self.none()


class TownLetter(Record):
    """One letter about one town in one round.

    ``figures``: what the locked results allowed to be said when the letter was drafted (see
    ``surveys.selectors.town_letters``); nothing later changes them, and ``figures_hash`` is SHA-256 over them. The
    words may be edited until the letter is approved; ``number`` counts the approved letters of a year without gaps.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", "草稿"
        REVIEW = "review", "待签发"
        APPROVED = "approved", "已签发"
        VOID = "void", "已作废"

    # A whole paper stands in one text.
    LONGEST_TEXT = 100_000
    STATUS_TONE = {"draft": "warn", "review": "info", "approved": "ok", "void": "neutral"}

    round = models.ForeignKey(Round, models.PROTECT, related_name="town_letters", verbose_name="轮次")
    town = models.ForeignKey(Town, models.PROTECT, related_name="+", verbose_name="镇（街道）")
    status = models.CharField(
        max_length=10, choices=Status, default=Status.DRAFT, editable=False, verbose_name="状态"
    )
    title = models.CharField(max_length=120, verbose_name="标题")
    addressee = models.CharField(max_length=120, verbose_name="主送")
    body = models.TextField(verbose_name="正文")
    figures = SafeJSONField(default=dict, editable=False, verbose_name="采用的数据")
    figures_hash = models.CharField(max_length=64, editable=False, verbose_name="数据摘要")
    drafted_by_name = models.CharField(max_length=60, editable=False, verbose_name="起草人")
    approved_by_name = models.CharField(max_length=60, blank=True, editable=False, verbose_name="签发人")
    dated_on = models.DateField(null=True, blank=True, editable=False, verbose_name="成文日期")
    year = models.PositiveSmallIntegerField(null=True, blank=True, editable=False, verbose_name="编号年度")
    number = models.PositiveIntegerField(null=True, blank=True, editable=False, verbose_name="编号")
    doc_no = models.CharField(max_length=60, blank=True, editable=False, verbose_name="发文字号")
    objects = TownLetterQuerySet.as_manager()

    class Meta:
        verbose_name = "测评反馈函"
        verbose_name_plural = verbose_name
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "town"], condition=~Q(status="void"), name="town_letter_once"
            ),
            models.UniqueConstraint(fields=["year", "number"], name="town_letter_number_once"),
            models.CheckConstraint(
                condition=Q(
                    status="approved", number__isnull=False, year__isnull=False, dated_on__isnull=False
                )
                | (~Q(status="approved") & Q(number__isnull=True)),
                name="town_letter_numbered_when_approved",
            ),
        ]
        indexes = [models.Index(fields=["round", "-id"], name="town_letter_list")]

    def __str__(self) -> str:
        return self.title
