"""Talk record (个别谈话): who was asked what, by two people, and what matters in the answers."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from core.models import Record
from findings.models.children import TalkPartQuerySet
from findings.models.choices import SignRole
from findings.models.minutes import Minutes
from prep.models import Outline, TargetCategory
from villages.models import User


class Talk(Minutes):
    """One talk. The recorder writes and signs first, the talker checks and signs; they are two people.

    Names of those who were talked to stay on the paper: neither label nor trail quotes them.
    """

    AUDIT_SECRET = frozenset({"target_name", "target_post", "purpose", "place"})
    CODE, VERB, OTHER, OTHER_ROLE = "TH", "findings.talk", "talker", SignRole.TALKER

    target_name = models.CharField(max_length=40, verbose_name="谈话对象")
    target_post = models.CharField(max_length=60, blank=True, verbose_name="职务或身份")
    target_category = models.CharField(max_length=12, choices=TargetCategory, verbose_name="对象类别")
    purpose = models.CharField(max_length=300, blank=True, verbose_name="谈话目的")
    talker = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="谈话人")
    outline_used = models.ForeignKey(
        Outline,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="所用提纲",
    )
    read_back = models.BooleanField(default=False, verbose_name="记录已当场宣读核对")

    class Meta:
        verbose_name = "谈话记录"
        verbose_name_plural = verbose_name
        ordering = ["-happened_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(talker=F("recorder")), name="talk_by_two_people"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("happened_at")),
                name="talk_ends_after_start",
            ),
            models.CheckConstraint(condition=Q(status="draft") | ~Q(no=""), name="talk_signed_has_number"),
            models.UniqueConstraint(fields=["no"], condition=~Q(no=""), name="talk_number_once"),
        ]
        indexes = [models.Index(fields=["inspection", "status"], name="talk_by_village")]

    @property
    def outline(self) -> str:
        """Questions and answers as one text, as people compare two versions of it."""
        return self.points_text(self.point_rows())

    def point_rows(self) -> list[dict[str, Any]]:
        """The points as plain rows, in order."""
        rows = self.points.order_by("seq").values("question", "answer", "key_point")
        return [dict(row) for row in rows]

    @staticmethod
    def points_text(rows: list[dict[str, Any]]) -> str:
        """Rows of points in words."""
        return "\n".join(
            f"问：{row['question']}\n答：{row['answer']}\n要点：{row['key_point']}" for row in rows
        )

    def __str__(self) -> str:
        return self.no or f"谈话记录（{self.get_target_category_display()}）"


class TalkPoint(Record):
    """One item of the outline: what was asked, what was answered, and the point worth keeping."""

    talk = models.ForeignKey(Talk, models.CASCADE, related_name="points", verbose_name="谈话记录")
    seq = models.PositiveSmallIntegerField(verbose_name="序号")
    question = models.CharField(max_length=300, verbose_name="问题")
    answer = models.TextField(blank=True, verbose_name="回答")
    key_point = models.CharField(max_length=300, blank=True, verbose_name="要点")
    objects = TalkPartQuerySet.as_manager()

    class Meta:
        verbose_name = "谈话要点"
        verbose_name_plural = verbose_name
        ordering = ["seq"]
        constraints = [models.UniqueConstraint(fields=["talk", "seq"], name="talk_point_order")]

    @property
    def spoken_of(self) -> bool:
        """Was anything said to it?"""
        return bool(self.answer or self.key_point)

    def __str__(self) -> str:
        return f"第{self.seq}项"
