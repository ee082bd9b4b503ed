"""Papers of fieldwork beside talks: visits to households and sites, spot checks, group meetings."""

from django.db import models
from django.db.models import F, Q

from core.models import PaperFile
from findings.models.children import PaperPartQuerySet
from findings.models.choices import SignRole
from findings.models.field_kinds import SPECS, FieldKind, FieldSpec
from findings.models.minutes import Minutes
from prep.models import VisitCount
from villages.models import User


class FieldPaper(Minutes):
    """One visit, check or meeting by two people. ``details`` holds the parts of its kind, as :data:`SPECS` has them.

    People met and what they said stay on the paper: neither label nor trail quotes them.
    """

    AUDIT_SECRET = frozenset({"subject", "place", "content", "details"})
    VERB, OTHER, OTHER_ROLE = "findings.field", "companion", SignRole.COMPANION

    kind = models.CharField(max_length=10, choices=FieldKind, editable=False, verbose_name="种类")
    subject = models.CharField(max_length=120, verbose_name="对象")
    companion = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="同行人")
    content = models.TextField(blank=True, verbose_name="情况")
    details = models.JSONField(default=dict, verbose_name="各栏")
    counted = models.OneToOneField(
        VisitCount,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="计入的走访户数",
    )

    class Meta:
        verbose_name = "现场记录"
        verbose_name_plural = verbose_name
        ordering = ["-happened_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(companion=F("recorder")), name="field_by_two_people"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("happened_at")),
                name="field_ends_after_start",
            ),
            models.CheckConstraint(condition=Q(status="draft") | ~Q(no=""), name="field_signed_has_number"),
            models.UniqueConstraint(fields=["no"], condition=~Q(no=""), name="field_number_once"),
        ]
        indexes = [
            models.Index(fields=["inspection", "kind", "status"], name="field_by_village"),
            models.Index(fields=["round", "-happened_at"], name="field_list"),
        ]

    @property
    def spec(self) -> FieldSpec:
        """What a paper of this kind asks for."""
        return SPECS[self.kind]

    @property
    def code(self) -> str:
        """The 表类码 of its number."""
        return self.spec.code

    @property
    def noun(self) -> str:
        """How such a paper is called."""
        return str(self.get_kind_display())

    def __str__(self) -> str:
        return self.no or f"{self.get_kind_display()}（未编号）"


class FieldPartQuerySet(PaperPartQuerySet):
    """Parts of a field paper."""

    paper = "paper"


class FieldFile(PaperFile):
    """A picture or file taken on the spot, in order, with what it shows."""

    paper = models.ForeignKey(FieldPaper, models.PROTECT, related_name="files", verbose_name="现场记录")
    seq = models.PositiveSmallIntegerField(verbose_name="序号")
    caption = models.CharField(max_length=120, blank=True, verbose_name="说明")
    objects = FieldPartQuerySet.as_manager()

    class Meta:
        verbose_name = "现场记录附件"
        verbose_name_plural = verbose_name
        ordering = ["seq", "id"]
        constraints = [models.UniqueConstraint(fields=["paper", "seq"], name="field_file_order")]
