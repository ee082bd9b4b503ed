"""Leads (疑点): suspicions from wherever they come, in one inbox. A lead is never a finding by itself."""

from typing import Any, Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from core import clock
from core.ids import key_of
from core.models import Record
from findings.models.children import PaperPartQuerySet
from findings.models.field import FieldPaper
from findings.models.finding import Finding
from findings.models.talk import Talk
from prep.models import WatchItem
from villages.models import Category, InspectionRecord, SpineQuerySet, User

# What the source key of a lead made of a story of the books begins with.
STORY_PREFIX = "story:"


class LeadSource(models.TextChoices):
    """Where a suspicion comes from."""

    OPEN_ANSWER = "open_answer", "问卷意见"
    RESULT = "result", "测评结果"
    PETITION = "petition", "信访"
    LEDGER = "ledger", "账目比对"
    WATCH = "watch", "待查清单"
    TALK = "talk", "谈话"
    TEAM = "team", "组员提出"


class LeadStatus(models.TextChoices):
    """What came of a suspicion; everything but ``open`` is a conclusion with its reason."""

    OPEN = "open", "待核"
    PROVEN = "proven", "属实"
    EXPLAINED = "explained", "有合理解释"
    DATA_ERROR = "data_error", "数据错误"
    HANDED_OVER = "handed_over", "移交"


class Lead(InspectionRecord):
    """One suspicion about one village, checked point by point.

    ``source_key`` is the stable key of what it comes from: its own primary key, with more behind a colon where one
    source holds several suspicions (``<talk>:3``); one source gives one lead. From an open answer it is a keyed
    digest that leads back to no row. It is kept as text, so that what stands to the right of this stage may open
    leads as well. ``origin`` says in words where it was seen. Nothing is ever deleted.
    """

    # A petition or a talk may have named persons: the trail says what was done with a lead, not what it says.
    AUDIT_SECRET = frozenset({"title", "text", "origin", "source_key", "reason", "receiver"})
    STATUS_TONE = {
        "open": "warn", "proven": "bad", "explained": "ok", "data_error": "neutral", "handed_over": "info",
    }  # fmt: skip
    Status = LeadStatus

    no = models.CharField(max_length=60, unique=True, editable=False, verbose_name="疑点编号")
    source = models.CharField(max_length=12, choices=LeadSource, verbose_name="来源")
    source_key = models.CharField(max_length=120, blank=True, editable=False, verbose_name="来源标识")
    origin = models.CharField(max_length=300, blank=True, verbose_name="来源说明")
    title = models.CharField(max_length=120, verbose_name="疑点")
    text = models.TextField(blank=True, verbose_name="具体情况")
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="类别"
    )
    opened_by_name = models.CharField(max_length=60, editable=False, verbose_name="登记人")
    opened_on = models.DateField(default=clock.today, editable=False, verbose_name="登记日期")
    handler = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承办人"
    )
    due_on = models.DateField(null=True, blank=True, verbose_name="核查期限")
    status = models.CharField(
        max_length=12, choices=LeadStatus, default=LeadStatus.OPEN, editable=False, verbose_name="核查结果"
    )
    reason = models.TextField(blank=True, editable=False, verbose_name="结论依据")
    receiver = models.CharField(max_length=120, blank=True, editable=False, verbose_name="移交给")
    concluded_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name="结论人"
    )
    concluded_on = models.DateField(null=True, blank=True, editable=False, verbose_name="结论日期")
    objects = SpineQuerySet.as_manager()

    class Meta:
        verbose_name = "疑点"
        verbose_name_plural = verbose_name
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_key"], condition=~Q(source_key=""), name="lead_of_a_source_once"
            ),
            models.CheckConstraint(
                condition=Q(status="open") | (~Q(reason="") & Q(concluded_on__isnull=False)),
                name="lead_conclusion_explained",
            ),
            models.CheckConstraint(
                condition=Q(status="handed_over", receiver__gt="")
                | (~Q(status="handed_over") & Q(receiver="")),
                name="lead_handed_over_to_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["inspection", "status"], name="lead_by_village"),
            models.Index(fields=["round", "status", "-id"], name="lead_inbox"),
            models.Index(fields=["handler", "status", "due_on"], name="lead_desk"),
        ]

    def __str__(self) -> str:
        # The trail names rows by this: the number, never what the lead says.
        return f"疑点{self.no}"

    @property
    def story_key(self) -> UUID | None:
        """The key of the story of the books it was made of, where it was made of one."""
        if self.source != LeadSource.LEDGER or not self.source_key.startswith(STORY_PREFIX):
            return None
        return key_of(self.source_key.removeprefix(STORY_PREFIX))


class LeadPartQuerySet(PaperPartQuerySet):
    """Rows of a lead are seen by whoever sees the lead."""

    paper = "lead"

    def standing(self) -> Self:
        """Without those whose paper or talk is gone: deleted, withdrawn or merged into another one."""
        return self.filter(
            (Q(finding__deleted_at__isnull=True) & ~Q(finding__status__in=Finding.PUT_ASIDE))
            | Q(finding=None),
            talk__deleted_at__isnull=True,
            paper__deleted_at__isnull=True,
        )


def _exactly_one(*names: str) -> Q:
    """Of the foreign keys ``names`` one is set and the others are not."""
    found = Q()
    for chosen in names:
        found |= Q(**{f"{name}__isnull": name != chosen for name in names})
    return found


class LeadCheck(Record):
    """What a lead is checked with: a problem workpaper, a talk, a field paper, or an item of the watch list."""

    WAYS = ("finding", "talk", "paper", "watch_item")
    AUDIT_SECRET = frozenset(WAYS)

    lead = models.ForeignKey(Lead, models.PROTECT, related_name="checks", verbose_name="疑点")
    finding = models.ForeignKey(
        Finding, models.PROTECT, null=True, blank=True, related_name="lead_checks", verbose_name="问题底稿"
    )
    talk = models.ForeignKey(
        Talk, models.PROTECT, null=True, blank=True, related_name="lead_checks", verbose_name="谈话记录"
    )
    paper = models.ForeignKey(
        FieldPaper, models.PROTECT, null=True, blank=True, related_name="lead_checks", verbose_name="现场记录"
    )
    watch_item = models.ForeignKey(
        WatchItem, models.PROTECT, null=True, blank=True, related_name="lead_checks", verbose_name="待查问题"
    )
    objects = LeadPartQuerySet.as_manager()

    class Meta:
        verbose_name = "疑点核查"
        verbose_name_plural = verbose_name
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=_exactly_one("finding", "talk", "paper", "watch_item"),
                name="lead_check_is_one_thing",
            ),
            *(
                models.UniqueConstraint(
                    fields=["lead", way], condition=Q(**{f"{way}__isnull": False}), name=f"lead_{way}_once"
                )
                for way in ("finding", "talk", "paper", "watch_item")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lead}的{self.kind}"

    @property
    def way(self) -> str:
        """Which of the four it is."""
        return next(way for way in self.WAYS if getattr(self, f"{way}_id") is not None)

    @property
    def thing(self) -> Any:
        """The paper, the talk, the record or the item."""
        return getattr(self, self.way)

    @property
    def kind(self) -> str:
        """What it is, in words."""
        if self.paper is not None:
            return self.paper.noun
        return {"finding": "问题底稿", "talk": "谈话记录", "watch_item": "待查问题"}[self.way]
