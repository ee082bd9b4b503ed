"""One problem through the years (历年问题): papers of one village that say the same, and what was judged not to."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from core.text import SafeJSONField
from findings.models.finding import Finding
from villages.models import InspectionRecord, Role, SpineQuerySet, VillageInspection
from villages.models.roles import OFFICE_ROLES


class LookBackQuerySet(SpineQuerySet):
    """What is known of a village beyond one round: the office, and who works there in that round or a later one.

    A team of an earlier round does not learn here what a later one found.
    """

    def _visible(self, user: Any) -> Self:
        if user.role in OFFICE_ROLES:
            return self
        if user.role != Role.INSPECTOR:
            return self.none()
        working = VillageInspection.objects.visible_to(user).filter(
            village=OuterRef("village"), round__starts_on__gte=OuterRef("round__starts_on")
        )
        return self.filter(Exists(working))


class ProblemThread(InspectionRecord):
    """One problem of one village. Its spine is that of the newest round among its papers.

    ``years`` (ascending), ``first_year``, ``last_year``, ``year_count``, ``paper_count`` and ``round_count`` follow
    the papers that still stand, so that a list is sorted without reading them. Zero where no year is known.
    """

    # Numbers that are years, for whoever reads the history; zero is none.
    YEARS = frozenset({"years", "first_year", "last_year"})

    title = models.CharField(max_length=120, verbose_name="问题")
    years = SafeJSONField(default=list, editable=False, verbose_name="涉及年度")
    first_year = models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="最早年度")
    last_year = models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="最近年度")
    year_count = models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="年度数")
    paper_count = models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="底稿数")
    round_count = models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="轮次数")
    objects = LookBackQuerySet.as_manager()

    class Meta:
        verbose_name = "问题脉络"
        verbose_name_plural = verbose_name
        ordering = ["-year_count", "id"]
        indexes = [
            models.Index(fields=["-year_count", "id"], name="thread_by_years"),
            models.Index(fields=["village", "-last_year"], name="thread_of_village"),
        ]

    def __str__(self) -> str:
        return self.title


class ThreadPaperQuerySet(SpineQuerySet):
    """Papers of a thread are seen with the thread: all of them are of its round or of earlier ones."""

    def _visible(self, user: Any) -> Self:
        return self.filter(thread__in=ProblemThread.objects.visible_to(user))


class ThreadPaper(InspectionRecord):
    """A paper's place in its thread; a paper has one at most. ``reasons``: what spoke for it that day, in words."""

    thread = models.ForeignKey(ProblemThread, models.CASCADE, related_name="papers", verbose_name="问题脉络")
    finding = models.OneToOneField(
        Finding, models.PROTECT, related_name="thread_paper", verbose_name="问题底稿"
    )
    reasons = SafeJSONField(default=list, editable=False, verbose_name="归入依据")
    note = models.CharField(max_length=200, blank=True, verbose_name="归入说明")
    objects = ThreadPaperQuerySet.as_manager()

    class Meta:
        verbose_name = "脉络中的底稿"
        verbose_name_plural = verbose_name
        ordering = ["round__starts_on", "id"]

    def __str__(self) -> str:
        return f"{self.thread}：{self.finding}"


class ThreadRefusal(InspectionRecord):
    """Two papers somebody judged not to be one problem, and why; they are not proposed to each other again.

    The pair has no order: the smaller key stands first.
    """

    first = models.ForeignKey(Finding, models.PROTECT, related_name="+", verbose_name="底稿一")
    second = models.ForeignKey(Finding, models.PROTECT, related_name="+", verbose_name="底稿二")
    reason = models.CharField(max_length=200, verbose_name="理由")
    objects = LookBackQuerySet.as_manager()

    class Meta:
        verbose_name = "不是同一问题"
        verbose_name_plural = verbose_name
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="thread_refused_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="thread_refusal_in_order"),
            models.CheckConstraint(condition=~Q(reason=""), name="thread_refusal_explained"),
        ]
        indexes = [models.Index(fields=["second"], name="thread_refusal_second")]

    def __str__(self) -> str:
        return "不是同一问题"
