"""The library of check points (监督清单): what is worth looking at in a village, versioned as a whole."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from core.models import KeptImport, Record, VisibleQuerySet
from core.text import SafeJSONField
from prep.models.profile import AttentionClass
from prep.models.traits import TraitWords
from villages.models.roles import CONTENT_ROLES


class LibraryQuerySet(VisibleQuerySet):
    """The library is working knowledge of the inspecting side: the inspected must not prepare for it."""

    def _visible(self, user: Any) -> Self:
        return self if user.role in CONTENT_ROLES else self.none()


class CheckPointLibrary(Record):
    """One version of the library. ``scheme_code`` names the category scheme its codes belong to."""

    class Status(models.TextChoices):
        DRAFT = "draft", "编制中"
        CURRENT = "current", "现行"
        RETIRED = "retired", "停用"

    STATUS_TONE = {"draft": "warn", "current": "ok", "retired": "neutral"}

    version = models.PositiveSmallIntegerField(unique=True, verbose_name="版本")
    name = models.CharField(max_length=80, verbose_name="名称")
    scheme_code = models.SlugField(max_length=30, default="five", verbose_name="分类方案代码")
    status = models.CharField(
        max_length=10, choices=Status, default=Status.DRAFT, editable=False, verbose_name="状态"
    )
    note = models.TextField(blank=True, verbose_name="修订说明")
    based_on = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="依据版本",
    )
    published_on = models.DateField(null=True, blank=True, editable=False, verbose_name="启用日期")
    objects = LibraryQuerySet.as_manager()

    class Meta:
        verbose_name = "监督要点库"
        verbose_name_plural = verbose_name
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["status"], condition=Q(status="current"), name="library_one_current"
            ),
            models.UniqueConstraint(fields=["status"], condition=Q(status="draft"), name="library_one_draft"),
        ]

    def __str__(self) -> str:
        return f"{self.name}（第{self.version}版）"


class CheckPoint(Record):
    """One thing to check in a village: why it matters (``basis``), how to check, what evidence would show it.

    ``category`` is a code of the scheme (``E1``). ``traits`` are codes of the list of traits, ``attention`` of
    ``AttentionClass``; a village needs one of each list, and an empty list suits every village. ``code`` stays the
    same from version to version: by it a point is followed through the rounds.
    """

    LIST_CHOICES: ClassVar[dict[str, Any]] = {"traits": TraitWords(), "attention": AttentionClass}

    library = models.ForeignKey(
        CheckPointLibrary, models.CASCADE, related_name="points", verbose_name="监督要点库"
    )
    code = models.CharField(max_length=12, verbose_name="编号")
    category = models.CharField(max_length=10, verbose_name="类别代码")
    title = models.CharField(max_length=120, verbose_name="要点")
    basis = models.CharField(max_length=300, verbose_name="依据")
    method = models.CharField(max_length=300, verbose_name="查法")
    evidence_hint = models.CharField(max_length=300, verbose_name="看什么材料")
    traits = SafeJSONField(default=list, blank=True, verbose_name="适用类型")
    attention = SafeJSONField(default=list, blank=True, verbose_name="适用关注类别")
    active = models.BooleanField(default=True, verbose_name="启用")
    order = models.PositiveSmallIntegerField(default=0, verbose_name="次序")
    objects = LibraryQuerySet.as_manager()

    class Meta:
        verbose_name = "监督要点"
        verbose_name_plural = verbose_name
        ordering = ["order", "code"]
        constraints = [models.UniqueConstraint(fields=["library", "code"], name="check_point_code_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class LibraryImport(KeptImport):
    """A workbook of check points between preview and confirmation: what was shown is what will be written."""

    library = models.ForeignKey(
        CheckPointLibrary, models.CASCADE, related_name="+", verbose_name="监督要点库"
    )

    class Meta(KeptImport.Meta):
        verbose_name = "要点库导入"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return f"要点库 {self.filename}"
