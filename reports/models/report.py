"""The report on a town's villages: made of statements, each with the findings it stands on."""

from typing import Self

from django.db import models
from django.db.models import Case, Q, Value, When

from core.models import Record
from core.text import SafeJSONField
from reports.models.reach import TownRowQuerySet
from villages.models import Category, Round, Team, Town


class Section(models.TextChoices):
    """Chapters in the order of print; the last one is a workshop and is never printed."""

    BASIC = "basic", "巡察工作基本情况"
    EVALUATION = "evaluation", "总体评价"
    PROBLEMS = "problems", "巡察发现的主要问题"
    CAUSES = "causes", "问题原因及责任分析"
    INSTANT = "instant", "立行立改情况"
    SUGGESTIONS = "suggestions", "意见建议"
    PENDING = "pending", "待查工作区"


class Report(Record):
    """One team's report on the villages of one town.

    ``snapshot`` is the printed content as it was when the report was issued and ``content_hash`` its SHA-256:
    what was issued stays what it was, whatever happens to the rows behind it.
    """

    # The trail keeps the digest; the content itself stays here.
    AUDIT_SECRET = frozenset({"snapshot"})

    class Kind(models.TextChoices):
        GENERAL = "general", "巡察报告"

    class Status(models.TextChoices):
        DRAFT = "draft", "起草"
        TEAM_MEETING = "team_meeting", "组务会"
        JOINT_REVIEW = "joint_review", "组办会商"
        LEADING_GROUP = "leading_group", "领导小组"
        SECRETARY = "secretary", "书记专题会"
        ISSUED = "issued", "已印发"

    STATUS_TONE = {
        "draft": "neutral", "team_meeting": "info", "joint_review": "info", "leading_group": "warn",
        "secretary": "warn", "issued": "ok",
    }  # fmt: skip

    round = models.ForeignKey(Round, models.PROTECT, related_name="+", verbose_name="轮次")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", verbose_name="巡察组")
    town = models.ForeignKey(Town, models.PROTECT, related_name="+", verbose_name="镇（街道）")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.GENERAL, verbose_name="种类")
    title = models.CharField(max_length=120, verbose_name="标题")
    addressee = models.CharField(max_length=80, default="区委巡察工作领导小组", verbose_name="主送机关")
    status = models.CharField(max_length=20, choices=Status, default=Status.DRAFT, verbose_name="状态")
    edition = models.PositiveSmallIntegerField(default=1, verbose_name="稿次")
    refreshed_at = models.DateTimeField(null=True, blank=True, verbose_name="最近更新时间")
    returned_reason = models.TextField(blank=True, verbose_name="退回理由")
    doc_no = models.CharField(max_length=60, blank=True, verbose_name="发文字号")
    issued_on = models.DateField(null=True, blank=True, verbose_name="印发日期")
    snapshot = SafeJSONField(default=dict, blank=True, verbose_name="印发内容")
    content_hash = models.CharField(max_length=64, blank=True, verbose_name="内容摘要")
    objects = TownRowQuerySet.as_manager()

    class Meta:
        verbose_name = "巡察报告"
        verbose_name_plural = verbose_name
        ordering = ["town", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["round", "team", "town", "kind"], name="report_once"),
            models.UniqueConstraint(fields=["doc_no"], condition=~Q(doc_no=""), name="report_number_once"),
            models.CheckConstraint(
                condition=~Q(status="issued")
                | (Q(issued_on__isnull=False) & ~Q(doc_no="") & Q(content_hash__regex="^[0-9a-f]{64}$")),
                name="issued_report_is_frozen",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_issued(self) -> bool:
        """Whether the content is frozen."""
        return self.status == self.Status.ISSUED


class StatementQuerySet(TownRowQuerySet):
    """Statements of the reports one may see."""

    path = "report__"

    def in_order(self) -> Self:
        """In the order of print, the working section last."""
        order = [When(section=section, then=Value(place)) for place, section in enumerate(Section)]
        return self.annotate(chapter=Case(*order, output_field=models.IntegerField())).order_by(
            "chapter", "category__order", "seq", "id"
        )

    def printed(self) -> Self:
        """What the report prints: everything but the working section."""
        return self.exclude(section=Section.PENDING).in_order()


class Statement(Record):
    """One sentence or paragraph of a report.

    A *fact* stands on signed findings, a *figure* on a count the system made, a *narrative* on nobody's word.
    ``key`` tells which facts an automatic statement is about, so that a refresh finds it again. ``facts`` are the
    figures ``text`` was written from. Once a person has rewritten ``text``, a refresh leaves it alone: it keeps its
    own wording of the facts in ``generated``, the figures in ``fresh_facts``, and raises ``stale`` when they moved.
    """

    # A passage may join the texts of several papers.
    LONGEST_TEXT = 100_000

    class Kind(models.TextChoices):
        FACT = "fact", "事实"
        FIGURE = "figure", "统计"
        NARRATIVE = "narrative", "叙述"
        HEADING = "heading", "小标题"

    class Origin(models.TextChoices):
        AUTO = "auto", "自动生成"
        EDITED = "edited", "人工改写"
        ADDED = "added", "人工添加"

    report = models.ForeignKey(Report, models.CASCADE, related_name="statements", verbose_name="报告")
    section = models.CharField(max_length=12, choices=Section, verbose_name="部分")
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="问题类别"
    )
    seq = models.PositiveIntegerField(verbose_name="次序")
    kind = models.CharField(max_length=10, choices=Kind, verbose_name="性质")
    origin = models.CharField(max_length=8, choices=Origin, default=Origin.AUTO, verbose_name="来历")
    key = models.CharField(max_length=80, blank=True, verbose_name="生成键")
    text = models.TextField(verbose_name="文字")
    generated = models.TextField(blank=True, verbose_name="按现有事实生成的文字")
    facts = SafeJSONField(default=dict, blank=True, verbose_name="所依事实")
    fresh_facts = SafeJSONField(default=dict, blank=True, verbose_name="现有事实")
    stale = models.BooleanField(default=False, verbose_name="事实已变")
    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = "报告语句"
        verbose_name_plural = verbose_name
        ordering = ["seq", "id"]
        indexes = [models.Index(fields=["report", "section", "seq"], name="statement_order")]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "key"], condition=~Q(key=""), name="statement_generated_once"
            ),
            models.CheckConstraint(
                condition=Q(section="problems", category__isnull=False)
                | (~Q(section="problems") & Q(category__isnull=True)),
                name="problem_statement_has_category",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:40]


class SourceQuerySet(TownRowQuerySet):
    """Sources of the statements one may see."""

    path = "statement__report__"


class StatementSource(Record):
    """One finding a statement stands on."""

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="sources", verbose_name="语句")
    finding = models.ForeignKey("findings.Finding", models.PROTECT, related_name="+", verbose_name="问题底稿")
    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = "语句依据"
        verbose_name_plural = verbose_name
        constraints = [models.UniqueConstraint(fields=["statement", "finding"], name="statement_source_once")]

    def __str__(self) -> str:
        return f"{self.statement_id} {self.finding_id}"
