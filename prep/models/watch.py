"""The watch list of a village (待查问题清单): what is to be verified there, by whom, and what came of it."""

from django.db import models
from django.db.models import Q

from prep.models.library import CheckPoint
from villages.models import Category, InspectionRecord, SpineQuerySet, User


class Scope(models.TextChoices):
    """Checked in every village, or only here."""

    COMMON = "common", "共性"
    INDIVIDUAL = "individual", "个性"


class WatchStatus(models.TextChoices):
    """What was found at a check point; everything but ``open`` is a conclusion."""

    OPEN = "open", "待查"
    CLEARED = "cleared", "未发现"
    SUSPECTED = "suspected", "疑点"
    CONFIRMED = "confirmed", "属实"
    HANDED_OVER = "handed_over", "已交办"


class Origin(models.TextChoices):
    """Where an item comes from."""

    LIBRARY = "library", "要点库"
    TEAM = "team", "本组增补"
    EARLIER = "earlier", "上轮问题"
    LETTER = "letter", "部门来函"
    MEETING = "meeting", "研判会"
    FIELDWORK = "fieldwork", "驻村新增"
    CLUE = "clue", "调查线索"


class WatchItem(InspectionRecord):
    """One line of the list. Copied from a check point, so that a later library does not change it, or written here.

    ``source_key`` names what an item was taken from (``earlier:<key of the paper>``), so that it is taken only once;
    ``origin_note`` says in words what is known from there (what was promised, how it ended).
    """

    STATUS_TONE = {
        "open": "neutral", "cleared": "ok", "suspected": "warn", "confirmed": "bad", "handed_over": "info",
    }  # fmt: skip

    check_point = models.ForeignKey(
        CheckPoint, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="监督要点"
    )
    seq = models.PositiveSmallIntegerField(verbose_name="序号")
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="类别"
    )
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.TEAM, verbose_name="来源")
    source_key = models.CharField(max_length=80, blank=True, editable=False, verbose_name="来源标识")
    origin_note = models.TextField(blank=True, verbose_name="来源说明")
    scope = models.CharField(max_length=10, choices=Scope, default=Scope.COMMON, verbose_name="共性或个性")
    title = models.CharField(max_length=120, verbose_name="待查问题")
    basis = models.CharField(max_length=300, blank=True, verbose_name="依据")
    method = models.CharField(max_length=300, blank=True, verbose_name="查法")
    evidence_hint = models.CharField(max_length=300, blank=True, verbose_name="看什么材料")
    assignee = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承办人"
    )
    due_on = models.DateField(null=True, blank=True, verbose_name="查清期限")
    status = models.CharField(
        max_length=12, choices=WatchStatus, default=WatchStatus.OPEN, verbose_name="查核结果"
    )
    note = models.TextField(blank=True, verbose_name="查核说明")
    objects = SpineQuerySet.as_manager()

    class Meta:
        verbose_name = "待查问题"
        verbose_name_plural = verbose_name
        ordering = ["seq"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "seq"], name="watch_item_seq_once"),
            models.UniqueConstraint(
                fields=["inspection", "check_point"],
                condition=Q(check_point__isnull=False),
                name="watch_item_drawn_once",
            ),
            models.UniqueConstraint(
                fields=["inspection", "source_key"], condition=~Q(source_key=""), name="watch_item_taken_once"
            ),
            models.CheckConstraint(
                condition=Q(status="open") | ~Q(note=""), name="watch_item_conclusion_explained"
            ),
        ]
        indexes = [
            models.Index(fields=["inspection", "status"], name="watch_item_status"),
            models.Index(fields=["assignee", "status", "due_on"], name="watch_item_desk"),
            models.Index(fields=["round", "check_point", "status"], name="watch_item_hits"),
        ]

    def __str__(self) -> str:
        return f"{self.seq}. {self.title}"

    @staticmethod
    def key_of(origin: str, source: str) -> str:
        """How an item remembers where it was taken from: kind and stable key of its source."""
        return f"{origin}:{source}"[:80]
