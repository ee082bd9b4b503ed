"""The knowledge test (知识测试): the bank of questions, a test in a village, and one paper for each person."""

from typing import Any, Self

from django.db import models

from core.models import Record, StagedImport, StagedImportQuerySet, VisibleQuerySet
from core.text import SafeJSONField
from villages.models import InspectionRecord, SpineQuerySet, User
from villages.models.roles import CONTENT_ROLES


class Topic(models.TextChoices):
    """What a question is about."""

    PARTY = "party", "党建工作"
    DISCLOSURE = "disclosure", "村务公开"
    DELIBERATION = "deliberation", "四议两公开"
    ASSETS = "assets", "三资管理"
    DISCIPLINE = "discipline", "纪律规矩"


class Kind(models.TextChoices):
    """How a question is answered; all but the last are marked by the system."""

    SINGLE = "single", "单选题"
    MULTIPLE = "multiple", "多选题"
    JUDGE = "judge", "判断题"
    SHORT = "short", "简答题"


class Difficulty(models.IntegerChoices):
    """How hard a question is for a village cadre."""

    EASY = 1, "易"
    MEDIUM = 2, "中"
    HARD = 3, "难"


JUDGEMENTS = ["对", "错"]
LETTERS = "ABCDEFGH"


class QuestionQuerySet(VisibleQuerySet):
    """The bank belongs to the inspecting side: whoever may be tested must not see questions and keys."""

    def _visible(self, user: Any) -> Self:
        return self if user.role in CONTENT_ROLES else self.none()


class Question(Record):
    """One question. ``key``: the letters of the right options (``A``, ``ABD``), or the points of a short answer."""

    code = models.CharField(max_length=20, unique=True, verbose_name="题号")
    topic = models.CharField(max_length=14, choices=Topic, verbose_name="主题")
    kind = models.CharField(max_length=10, choices=Kind, verbose_name="题型")
    difficulty = models.PositiveSmallIntegerField(
        choices=Difficulty, default=Difficulty.MEDIUM, verbose_name="难度"
    )
    text = models.CharField(max_length=300, verbose_name="题目")
    options = SafeJSONField(default=list, blank=True, verbose_name="选项")
    key = models.CharField(max_length=500, verbose_name="答案")
    active = models.BooleanField(default=True, verbose_name="启用")
    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = "试题"
        verbose_name_plural = verbose_name
        ordering = ["code"]
        indexes = [models.Index(fields=["topic", "kind", "difficulty"], name="question_draw")]

    def __str__(self) -> str:
        return self.code

    @property
    def lettered(self) -> list[tuple[str, str]]:
        """The options with their letters."""
        return list(zip(LETTERS, self.options, strict=False))


class QuestionImportQuerySet(StagedImportQuerySet):
    """A preview belongs to the person who uploaded the workbook."""

    def _visible(self, user: Any) -> Self:
        return super()._visible(user) if user.role in CONTENT_ROLES else self.none()


class QuestionImport(StagedImport):
    """One uploaded workbook of questions, read, waiting for its owner's yes."""

    AUDIT_SECRET = frozenset({"payload"})

    objects = QuestionImportQuerySet.as_manager()

    class Meta(StagedImport.Meta):
        verbose_name = "试题导入"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return self.filename


class KnowledgeTest(InspectionRecord):
    """One test of the cadres of one village.

    ``plan``: rows of ``topic``, ``kind``, ``difficulty`` (0: any), ``count`` and ``points`` a paper is composed by.
    ``pool``: the questions in use when the test was opened, so that a seed gives the same paper whatever becomes of
    the bank afterwards. A test yields marks, never a finding.
    """

    # Whole lists: the trail says that they changed, the page shows them in words.
    AUDIT_SECRET = frozenset({"plan", "pool"})

    class Mode(models.TextChoices):
        WRITTEN = "written", "笔试"
        ORAL = "oral", "谈话问答"

    class Status(models.TextChoices):
        DRAFT = "draft", "未开始"
        OPEN = "open", "测试中"
        LOCKED = "locked", "成绩已锁定"

    STATUS_TONE = {"draft": "neutral", "open": "info", "locked": "ok"}

    title = models.CharField(max_length=80, verbose_name="名称")
    mode = models.CharField(max_length=8, choices=Mode, default=Mode.WRITTEN, verbose_name="方式")
    plan = SafeJSONField(default=list, verbose_name="组卷计划")
    pool = SafeJSONField(default=list, blank=True, editable=False, verbose_name="可抽试题")
    status = models.CharField(max_length=8, choices=Status, default=Status.DRAFT, verbose_name="状态")
    opened_on = models.DateField(null=True, blank=True, editable=False, verbose_name="开始日期")
    locked_on = models.DateField(null=True, blank=True, editable=False, verbose_name="锁定日期")
    objects = SpineQuerySet.as_manager()

    class Meta:
        verbose_name = "知识测试"
        verbose_name_plural = verbose_name
        ordering = ["-id"]
        indexes = [models.Index(fields=["round", "team", "status"], name="knowledge_test_list")]

    def __str__(self) -> str:
        return f"{self.village.name}{self.title}"

    @property
    def full_marks(self) -> int:
        """The marks of a paper without a mistake."""
        return sum(row["count"] * row["points"] for row in self.plan)


class TestPaperQuerySet(VisibleQuerySet):
    """Papers are seen by whoever sees the test."""

    def _visible(self, user: Any) -> Self:
        return self.filter(test__in=KnowledgeTest.objects.visible_to(user))


class TestPaper(Record):
    """The paper of one person. ``seed`` (16 hexadecimal digits) and the test's pool give its questions again.

    ``code_hmac``: keyed digest of the one-time code by which the person opens the paper on a phone; empty once used.
    """

    __test__ = False

    class Status(models.TextChoices):
        ISSUED = "issued", "待作答"
        SUBMITTED = "submitted", "待评分"
        MARKED = "marked", "已评分"
        ABSENT = "absent", "缺考"

    STATUS_TONE = {"issued": "neutral", "submitted": "warn", "marked": "ok", "absent": "neutral"}

    test = models.ForeignKey(KnowledgeTest, models.CASCADE, related_name="papers", verbose_name="知识测试")
    name = models.CharField(max_length=40, verbose_name="姓名")
    post = models.CharField(max_length=60, blank=True, verbose_name="职务")
    seed = models.CharField(max_length=16, editable=False, verbose_name="抽题种子")
    code_hmac = models.CharField(max_length=64, blank=True, editable=False, verbose_name="一次性码摘要")
    status = models.CharField(max_length=10, choices=Status, default=Status.ISSUED, verbose_name="状态")
    score = models.DecimalField(
        max_digits=6, decimal_places=2, null=True, editable=False, verbose_name="得分"
    )
    first = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="评分人"
    )
    second = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="第二评分人"
    )
    submitted_on = models.DateField(null=True, blank=True, editable=False, verbose_name="交卷日期")
    marked_on = models.DateField(null=True, blank=True, editable=False, verbose_name="评分日期")
    objects = TestPaperQuerySet.as_manager()

    class Meta:
        verbose_name = "试卷"
        verbose_name_plural = verbose_name
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["test", "name", "post"], name="test_paper_person_once"),
            models.UniqueConstraint(
                fields=["code_hmac"], condition=~models.Q(code_hmac=""), name="test_paper_code_once"
            ),
            models.CheckConstraint(
                condition=models.Q(second__isnull=True) | ~models.Q(second=models.F("first")),
                name="two_people_mark",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.test.title}"


class PaperItemQuerySet(VisibleQuerySet):
    """Questions of a paper are seen by whoever sees the test."""

    def _visible(self, user: Any) -> Self:
        return self.filter(paper__test__in=KnowledgeTest.objects.visible_to(user))


class PaperItem(Record):
    """One question as it stands on one paper, copied from the bank, with what was answered and the marks.

    ``marks`` counts; ``first_marks`` and ``second_marks`` are those of the two people who heard an oral answer.
    """

    paper = models.ForeignKey(TestPaper, models.CASCADE, related_name="items", verbose_name="试卷")
    number = models.PositiveSmallIntegerField(verbose_name="序号")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+", verbose_name="试题")
    topic = models.CharField(max_length=14, choices=Topic, verbose_name="主题")
    kind = models.CharField(max_length=10, choices=Kind, verbose_name="题型")
    text = models.CharField(max_length=300, verbose_name="题目")
    options = SafeJSONField(default=list, blank=True, verbose_name="选项")
    key = models.CharField(max_length=500, verbose_name="答案")
    points = models.PositiveSmallIntegerField(verbose_name="分值")
    answer = models.CharField(max_length=1000, blank=True, verbose_name="作答")
    first_marks = models.DecimalField(max_digits=5, decimal_places=1, null=True, verbose_name="评分")
    second_marks = models.DecimalField(max_digits=5, decimal_places=1, null=True, verbose_name="第二人评分")
    marks = models.DecimalField(max_digits=6, decimal_places=2, null=True, verbose_name="得分")
    objects = PaperItemQuerySet.as_manager()

    class Meta:
        verbose_name = "试卷题目"
        verbose_name_plural = verbose_name
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["paper", "number"], name="paper_item_number_once")]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"

    @property
    def lettered(self) -> list[tuple[str, str]]:
        """The options with their letters."""
        return list(zip(LETTERS, self.options, strict=False))
