"""Problem workpaper (问题底稿): one problem, one paper, in four parts, standing on evidence and three signatures."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from core.display import cn_date
from core.models import Record, SoftDeletable
from core.text import SafeJSONField
from findings.models.children import PaperPartQuerySet
from findings.models.choices import (
    Commonality,
    Discipline,
    Disposal,
    FindingStatus,
    Responsibility,
    Severity,
    SourceKind,
)
from prep.models import WatchItem
from villages.models import Category, InspectionRecord, Role, SpineQuerySet, User

# The last four of a number are team, village, kind and serial.
_NUMBER_PARTS = 4


class FindingQuerySet(SpineQuerySet):
    """Workpapers of the own team, or of all teams for the office."""

    def confirmed(self) -> Self:
        """Those a report may rest on: signed by all three and not put aside."""
        return self.alive().filter(status__in=Finding.CONFIRMED)


class Finding(InspectionRecord, SoftDeletable):
    """One problem of one village.

    ``no`` is given once, at the first signature. ``evidence_count`` and ``evidence_kinds`` follow the evidence
    rows, so that a list of two hundred papers shows how each is supported without reading its evidence.
    """

    Status = FindingStatus
    STATUS_TONE = {
        "draft": "neutral", "checking": "info", "signing": "warn", "signed": "ok",
        "filed": "ok", "returned": "bad", "withdrawn": "neutral",
        "merged": "neutral",
    }  # fmt: skip
    # The paper may be changed freely; no signature stands under it.
    OPEN = frozenset({FindingStatus.DRAFT, FindingStatus.RETURNED})
    # At least one signature stands under the paper, and the team may still reopen it.
    UNDER_SIGNATURE = frozenset({FindingStatus.CHECKING, FindingStatus.SIGNING, FindingStatus.SIGNED})
    CONFIRMED = frozenset({FindingStatus.SIGNED, FindingStatus.FILED})
    # Kept with number and content, but no problem of its own any more.
    PUT_ASIDE = frozenset({FindingStatus.WITHDRAWN, FindingStatus.MERGED})

    # The vocabulary behind each list field, for showing its values in words.
    LIST_CHOICES = {
        "origins": SourceKind,
        "evidence_kinds": SourceKind,
        "responsibility": Responsibility,
        "disciplines": Discipline,
    }

    # Beside the row, set by the review list for one viewer: new or changed, and the steps offered for many at once.
    mark: str = ""
    steps_offered: str = ""

    no = models.CharField(max_length=60, blank=True, editable=False, verbose_name="底稿编号")
    draft_no = models.CharField(max_length=60, blank=True, editable=False, verbose_name="预编号")
    prepared_on = models.DateField(verbose_name="编制日期")
    title = models.CharField(max_length=120, verbose_name="主要特征")
    villager_groups = models.CharField(max_length=120, blank=True, verbose_name="涉及村组")
    category = models.ForeignKey(Category, models.PROTECT, related_name="+", verbose_name="一级类别")
    subcategory = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="二级类别"
    )
    commonality = models.CharField(
        max_length=10, choices=Commonality, default=Commonality.INDIVIDUAL, verbose_name="共性或个性"
    )
    severity = models.CharField(
        max_length=10, choices=Severity, default=Severity.ORDINARY, verbose_name="重点或一般"
    )
    period_from = models.DateField(null=True, blank=True, verbose_name="发生时间起")
    period_to = models.DateField(null=True, blank=True, verbose_name="发生时间止")
    years = SafeJSONField(default=list, blank=True, verbose_name="涉及年度")
    amount = models.DecimalField(
        max_digits=14, decimal_places=2, null=True, blank=True, verbose_name="涉及金额（元）"
    )
    quantity = models.DecimalField(
        max_digits=12, decimal_places=2, null=True, blank=True, verbose_name="涉及数量"
    )
    unit = models.CharField(max_length=10, blank=True, verbose_name="单位")
    summary = models.TextField(blank=True, verbose_name="问题表现")
    facts = models.TextField(blank=True, verbose_name="查证事实")
    basis = SafeJSONField(default=list, blank=True, verbose_name="政策依据")
    origins = SafeJSONField(default=list, blank=True, verbose_name="问题来源")
    root_cause = models.TextField(blank=True, verbose_name="问题剖析")
    responsibility = SafeJSONField(default=list, blank=True, verbose_name="责任定性")
    disciplines = SafeJSONField(default=list, blank=True, verbose_name="违反纪律")
    response_of_target = models.TextField(blank=True, verbose_name="当事人或村反映意见")
    no_response_reason = models.CharField(max_length=300, blank=True, verbose_name="未取得反映意见的原因")
    disposal = models.CharField(max_length=10, choices=Disposal, blank=True, verbose_name="处置建议")
    open_question = models.TextField(blank=True, verbose_name="待查说明")
    handler = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经办人")
    deputy = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name="副组长"
    )
    leader = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name="组长"
    )
    status = models.CharField(
        max_length=10,
        choices=FindingStatus,
        default=FindingStatus.DRAFT,
        editable=False,
        verbose_name="状态",
    )
    evidence_count = models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="支撑材料件数")
    evidence_kinds = SafeJSONField(default=list, editable=False, verbose_name="来源种类")
    strength = models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="独立来源数")
    group_decision = models.TextField(blank=True, editable=False, verbose_name="撤销时的组务会意见")
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
        verbose_name="合并去向",
    )
    watch_item = models.ForeignKey(
        WatchItem,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="findings",
        verbose_name="据以建稿的待查问题",
    )
    import_key = models.CharField(max_length=64, blank=True, editable=False, verbose_name="导入标识")
    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = "问题底稿"
        verbose_name_plural = verbose_name
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["no"], condition=~Q(no=""), name="finding_number_once"),
            models.UniqueConstraint(
                fields=["inspection", "import_key"], condition=~Q(import_key=""), name="finding_imported_once"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["checking", "signing", "signed", "filed"]) | ~Q(no=""),
                name="finding_signed_has_number",
            ),
            models.CheckConstraint(condition=~Q(handler=F("deputy")), name="finding_deputy_is_another"),
            models.CheckConstraint(
                condition=~Q(leader=F("handler")) & ~Q(leader=F("deputy")), name="finding_leader_is_another"
            ),
            models.CheckConstraint(
                condition=Q(period_from__isnull=True)
                | Q(period_to__isnull=True)
                | Q(period_to__gte=F("period_from")),
                name="finding_period",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0), name="finding_amount"
            ),
            models.CheckConstraint(
                condition=~Q(status="withdrawn") | ~Q(group_decision=""), name="finding_withdrawn_by_group"
            ),
            models.CheckConstraint(
                condition=(Q(status="merged") & Q(merged_into__isnull=False))
                | (~Q(status="merged") & Q(merged_into__isnull=True)),
                name="finding_merged_names_the_other",
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="finding_merged_into_another"),
        ]
        indexes = [
            models.Index(fields=["round", "team", "status", "id"], name="finding_review"),
            models.Index(fields=["round", "status", "id"], name="finding_of_round"),
            models.Index(fields=["inspection", "category"], name="finding_heat"),
            models.Index(fields=["village", "id"], name="finding_of_village"),
            models.Index(fields=["handler", "status"], name="finding_of_handler"),
            # The review list: pages, filters and counts are read from this one without touching the papers.
            models.Index(
                fields=["round", "id", "status", "severity", "category", "village", "strength"],
                condition=Q(deleted_at__isnull=True),
                name="finding_list",
            ),
            *(
                models.Index(
                    fields=["round", column, "id"],
                    condition=Q(deleted_at__isnull=True),
                    name=f"finding_by_{column}",
                )
                for column in ("village", "severity", "strength", "updated_at")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.told_no} {self.title}" if self.no or self.draft_no else self.title

    @property
    def told_no(self) -> str:
        """The whole number once there is one, before that the short one: in records, file names and other papers."""
        return self.no or self.short_no

    @property
    def short_no(self) -> str:
        """``2-07``, before it is signed ``预2-07``: team and serial, as people call a paper inside the round.

        The one way in which pages write a paper's number; a word for an unnumbered one, and a number that is not
        built like ours as it stands.
        """
        number = self.no or self.draft_no
        if not number:
            return "未编号"
        parts = number.split("-")
        if len(parts) < _NUMBER_PARTS or not parts[-1].isdecimal():
            return number
        team, serial = parts[-_NUMBER_PARTS], parts[-1]
        return f"{'' if self.no else '预'}{team}-{int(serial):02d}"

    @property
    def period(self) -> str:
        """When it happened, in the fewest words: ``2023—2025`` or ``2024``; empty when unknown."""
        years = sorted(self.years)
        if not years:
            return ""
        if len(years) > 1 and years == list(range(years[0], years[-1] + 1)):
            return f"{years[0]}—{years[-1]}"
        return "、".join(str(year) for year in years)

    @property
    def discovery(self) -> str:
        """How the problem was found, one step per line, as people compare two versions of it."""
        return self.steps_text(self.step_rows())

    def step_rows(self) -> list[dict[str, Any]]:
        """The steps as plain rows, in order."""
        return [dict(row) for row in self.steps.order_by("seq").values("on", "method", "people", "text")]

    @staticmethod
    def steps_text(rows: list[dict[str, Any]]) -> str:
        """Rows of steps in words, one line each."""
        lines = (
            (row["on"] and cn_date(row["on"]), SourceKind(row["method"]).label, row["people"], row["text"])
            for row in rows
        )
        return "\n".join(" ".join(str(part) for part in line if part) for line in lines)

    @property
    def origin_labels(self) -> list[str]:
        """Origins in words."""
        return [SourceKind(value).label for value in self.origins]

    @property
    def only_petition(self) -> bool:
        """Does the paper rest on petitions alone? A petition is a lead, not proof."""
        return self.evidence_kinds == [SourceKind.PETITION]


class DiscoveryStep(Record):
    """One step of how the problem was found: when, by what means, by whom, and what came out."""

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="steps", verbose_name="问题底稿")
    seq = models.PositiveSmallIntegerField(verbose_name="序号")
    on = models.DateField(null=True, blank=True, verbose_name="时间")
    method = models.CharField(max_length=12, choices=SourceKind, verbose_name="方式")
    people = models.CharField(max_length=120, blank=True, verbose_name="参加人员")
    text = models.CharField(max_length=500, verbose_name="经过")
    objects = PaperPartQuerySet.as_manager()

    class Meta:
        verbose_name = "发现过程"
        verbose_name_plural = verbose_name
        ordering = ["seq"]
        constraints = [models.UniqueConstraint(fields=["finding", "seq"], name="discovery_step_order")]

    def __str__(self) -> str:
        return f"第{self.seq}步"


class FindingPersonQuerySet(SpineQuerySet):
    """Names of persons: the team that works on the paper and the head of the office, nobody else."""

    def _visible(self, user: Any) -> Self:
        if user.role == Role.OFFICE_HEAD:
            return self
        return super()._visible(user) if user.role == Role.INSPECTOR else self.none()


class FindingPerson(InspectionRecord):
    """A person concerned by a problem. Kept apart: not in lists, search, exports, documents or the trail."""

    AUDIT_SECRET = frozenset({"name", "post", "part"})

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="persons", verbose_name="问题底稿")
    name = models.CharField(max_length=40, verbose_name="姓名")
    post = models.CharField(max_length=60, blank=True, verbose_name="职务")
    part = models.CharField(max_length=120, blank=True, verbose_name="作用")
    objects = FindingPersonQuerySet.as_manager()

    class Meta:
        verbose_name = "涉及人员"
        verbose_name_plural = verbose_name
        ordering = ["id"]

    def __str__(self) -> str:
        return "涉及人员"


class Comment(InspectionRecord):
    """A remark of a colleague beside a paper; not part of what is signed."""

    AUDIT_SECRET = frozenset({"text"})

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="comments", verbose_name="问题底稿")
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="批注人")
    text = models.TextField(verbose_name="批注")
    objects = SpineQuerySet.as_manager()

    class Meta:
        verbose_name = "批注"
        verbose_name_plural = verbose_name
        ordering = ["id"]

    def __str__(self) -> str:
        return "批注"
