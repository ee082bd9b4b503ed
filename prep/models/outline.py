"""The outline of a talk (谈话提纲): a village, a kind of person, the questions, and the versions made final."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from core.ids import uuid7
from core.models import Record, VisibleQuerySet
from core.text import SafeJSONField
from prep.models.targets import Section, TargetKind
from prep.models.watch import WatchItem
from villages.models import Category, InspectionRecord, SpineQuerySet, User


class OutlineStatus(models.TextChoices):
    """The way of one version: written, made final, followed by the next one; or put aside."""

    DRAFT = "draft", "草稿"
    FINAL = "final", "已定稿"
    REPLACED = "replaced", "已有新版"
    DROPPED = "dropped", "已弃用"


class Outline(InspectionRecord):
    """One version of the outline for one kind of person, or for one named person of that kind.

    A final version stands still; a change begins the next draft. ``version`` is given when it is made final.
    ``declined`` holds the sources of drawn questions people took out, so that they are not pressed on them again.
    """

    AUDIT_SECRET = frozenset({"person"})
    STATUS_TONE = {"draft": "warn", "final": "ok", "replaced": "neutral", "dropped": "neutral"}
    Status = OutlineStatus
    # Fit to talk by, also when a newer one has followed.
    FROZEN = frozenset({OutlineStatus.FINAL, OutlineStatus.REPLACED})

    kind = models.ForeignKey(TargetKind, models.PROTECT, related_name="+", verbose_name="谈话对象")
    person = models.CharField(max_length=40, blank=True, verbose_name="姓名")
    version = models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="版本")
    status = models.CharField(
        max_length=10,
        choices=OutlineStatus,
        default=OutlineStatus.DRAFT,
        editable=False,
        verbose_name="状态",
    )
    declined = SafeJSONField(default=list, blank=True, editable=False, verbose_name="删去的题目")
    finalised_at = models.DateTimeField(null=True, blank=True, editable=False, verbose_name="定稿时间")
    finalised_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name="定稿人"
    )
    objects = SpineQuerySet.as_manager()

    class Meta:
        verbose_name = "谈话提纲"
        verbose_name_plural = verbose_name
        ordering = ["kind", "person", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "kind", "person"], condition=Q(status="draft"), name="one_outline_draft"
            ),
            models.UniqueConstraint(
                fields=["inspection", "kind", "person", "version"],
                condition=Q(version__gt=0),
                name="outline_version_once",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "dropped"]) | Q(version__gt=0),
                name="final_outline_has_number",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.village.name}{self.kind.name}谈话提纲（{self.version_label}）"

    @property
    def version_label(self) -> str:
        """``第2版``, or the word for a version that has no number yet."""
        return f"第{self.version}版" if self.version else self.get_status_display()

    @property
    def target(self) -> str:
        """The kind of person, with the name when there is one."""
        return f"{self.kind.name} {self.person}".strip()

    @property
    def questions(self) -> str:
        """All questions as one text, as people compare two versions of it."""
        rows = self.lines.order_by("seq").values("text", "must")
        return self.questions_text([dict(row) for row in rows])

    @staticmethod
    def questions_text(rows: list[dict[str, Any]]) -> str:
        """Rows of questions in words, one a line."""
        return "\n".join(
            f"{number}. {row['text']}{'（必问）' if row['must'] else ''}"
            for number, row in enumerate(rows, 1)
        )


class QuestionOrigin(models.TextChoices):
    """Where a question comes from."""

    ITEM = "item", "待查问题"
    FACT = "fact", "村情"
    BANK = "bank", "题库"
    OWN = "own", "自拟"


class OutlineLineQuerySet(VisibleQuerySet):
    """Questions are seen by whoever sees their outline."""

    def _visible(self, user: Any) -> Self:
        return self.filter(outline__in=Outline.objects.visible_to(user))


class OutlineLine(Record):
    """One question. ``thread`` is the same for this question in every version; ``source`` names what it was drawn from.

    ``drawn`` is the wording it was drawn with (empty for one's own), so that it shows when people reworded it.
    """

    ORIGIN_TONE = {"item": "info", "fact": "warn", "bank": "neutral", "own": "ok"}

    outline = models.ForeignKey(Outline, models.CASCADE, related_name="lines", verbose_name="谈话提纲")
    thread = models.UUIDField(default=uuid7, editable=False, verbose_name="题目标识")
    seq = models.PositiveSmallIntegerField(verbose_name="序号")
    section = models.CharField(max_length=10, choices=Section, default=Section.TOPIC, verbose_name="环节")
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="类别"
    )
    text = models.CharField(max_length=300, verbose_name="问题")
    must = models.BooleanField(default=False, verbose_name="必问")
    origin = models.CharField(
        max_length=6, choices=QuestionOrigin, default=QuestionOrigin.OWN, verbose_name="来源"
    )
    source = models.CharField(max_length=120, blank=True, verbose_name="来源标识")
    items = models.ManyToManyField(WatchItem, related_name="+", blank=True, verbose_name="待查问题")
    fact = models.CharField(max_length=300, blank=True, verbose_name="依据的事实")
    why = models.CharField(max_length=200, blank=True, verbose_name="为什么问")
    drawn = models.CharField(max_length=300, blank=True, verbose_name="原拟问法")
    objects = OutlineLineQuerySet.as_manager()

    class Meta:
        verbose_name = "提纲题目"
        verbose_name_plural = verbose_name
        ordering = ["seq"]
        constraints = [
            models.UniqueConstraint(fields=["outline", "seq"], name="outline_line_order"),
            models.UniqueConstraint(fields=["outline", "thread"], name="outline_thread_once"),
        ]

    def __str__(self) -> str:
        return f"第{self.seq}问"

    @property
    def reworded(self) -> bool:
        """Did people change the drawn wording?"""
        return bool(self.drawn) and self.drawn != self.text
