"""The rating (民主测评) of a village's committee and its members: who is rated, and the counts kept after locking."""

from typing import Any, Self

from django.db import models

from core.models import Record, VisibleQuerySet
from core.text import SafeJSONField
from villages.models import InspectionRecord, SpineQuerySet


class Mark(models.TextChoices):
    """What a ballot says about one subject, as the digit that is stored. The four levels carry a value."""

    GOOD = "1", "好"
    FAIR = "2", "较好"
    MIDDLING = "3", "一般"
    POOR = "4", "差"
    ABSTAIN = "5", "弃权"
    VOID = "0", "无效"


LEVELS = (Mark.GOOD, Mark.FAIR, Mark.MIDDLING, Mark.POOR)


class Rating(InspectionRecord):
    """The rating held in one village.

    ``basis``: what scores are computed with, written down at opening so that a parameter changed afterwards changes
    no result: ``levels`` (value by mark), ``groups`` (weight by voter group, empty: every vote counts the same) and
    ``least`` (smallest figure about a few people that is shown). ``result_hash`` is SHA-256 over basis, subjects and
    counts at locking.
    """

    # The trail has it in words, in an entry of its own.
    AUDIT_SECRET = frozenset({"basis"})

    class Status(models.TextChoices):
        DRAFT = "draft", "未开始"
        OPEN = "open", "测评中"
        CLOSED = "closed", "已结束"
        LOCKED = "locked", "结果已锁定"

    STATUS_TONE = {"draft": "neutral", "open": "info", "closed": "warn", "locked": "ok"}

    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT, verbose_name="状态")
    basis = SafeJSONField(default=dict, blank=True, editable=False, verbose_name="计分办法")
    opened_on = models.DateField(null=True, blank=True, editable=False, verbose_name="开始日期")
    closed_on = models.DateField(null=True, blank=True, editable=False, verbose_name="结束日期")
    locked_on = models.DateField(null=True, blank=True, editable=False, verbose_name="锁定日期")
    close_reason = models.CharField(max_length=500, blank=True, editable=False, verbose_name="票数不符的说明")
    result_hash = models.CharField(max_length=64, blank=True, editable=False, verbose_name="结果摘要")
    objects = SpineQuerySet.as_manager()

    class Meta:
        verbose_name = "民主测评"
        verbose_name_plural = verbose_name
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["inspection"], name="rating_once_a_village"),
            models.CheckConstraint(
                condition=~models.Q(status="locked") | ~models.Q(result_hash=""),
                name="locked_rating_is_hashed",
            ),
        ]
        indexes = [models.Index(fields=["round", "team", "status"], name="rating_list")]

    def __str__(self) -> str:
        return f"{self.village.name}民主测评"

    @property
    def members(self) -> str:
        """The rated members as one text, as people compare two versions of the list."""
        return self.members_text([(row.name, row.post) for row in self.subjects.exclude(kind="committee")])

    @staticmethod
    def members_text(rows: list[tuple[str, str]]) -> str:
        """Names and posts in words, one a line, in the order of the ballot."""
        return "\n".join(f"{name} {post}".strip() for name, post in rows)


class RatingPartQuerySet(VisibleQuerySet):
    """Rows of a rating are seen by whoever sees the rating."""

    def _visible(self, user: Any) -> Self:
        return self.filter(rating__in=Rating.objects.visible_to(user))


class RatingSubject(Record):
    """Whom the ballot asks about. ``number`` is the place in the string of marks of a ballot: 1 is the committee."""

    class Kind(models.TextChoices):
        COMMITTEE = "committee", "班子"
        MEMBER = "member", "成员"

    rating = models.ForeignKey(Rating, models.CASCADE, related_name="subjects", verbose_name="民主测评")
    number = models.PositiveSmallIntegerField(verbose_name="序号")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.MEMBER, verbose_name="对象类别")
    name = models.CharField(max_length=40, verbose_name="姓名")
    post = models.CharField(max_length=60, blank=True, verbose_name="职务")
    objects = RatingPartQuerySet.as_manager()

    class Meta:
        verbose_name = "测评对象"
        verbose_name_plural = verbose_name
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["rating", "number"], name="rating_subject_number_once"),
            models.UniqueConstraint(fields=["rating", "name"], name="rating_subject_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class RatingTallyQuerySet(VisibleQuerySet):
    """Tallies hold cells too small to show: pages read them through the selector that suppresses, nobody here."""


class RatingTally(Record):
    """After locking: how many ballots of one group gave one mark to one subject. ``group`` empty: not told apart."""

    rating = models.ForeignKey(Rating, models.CASCADE, related_name="tallies", verbose_name="民主测评")
    subject = models.ForeignKey(RatingSubject, models.PROTECT, related_name="+", verbose_name="测评对象")
    group = models.CharField(max_length=20, blank=True, verbose_name="人员类别")
    mark = models.CharField(max_length=1, choices=Mark, verbose_name="等次")
    count = models.PositiveIntegerField(verbose_name="票数")
    objects = RatingTallyQuerySet.as_manager()

    class Meta:
        verbose_name = "测评计票结果"
        verbose_name_plural = verbose_name
        constraints = [
            models.UniqueConstraint(fields=["rating", "subject", "group", "mark"], name="rating_tally_once")
        ]

    def __str__(self) -> str:
        return f"{self.subject.name} {self.get_mark_display()} {self.count}"
