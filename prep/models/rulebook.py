"""The rule book (法规制度库): what may be cited as basis, in editions that were in force from one day to another."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from core.display import cn_date
from core.models import KeptImport, Record, VisibleQuerySet
from villages.models.roles import CONTENT_ROLES


class RuleBookQuerySet(VisibleQuerySet):
    """The book is a tool of the inspecting side."""

    def _visible(self, user: Any) -> Self:
        return self if user.role in CONTENT_ROLES else self.none()


class RegulationLevel(models.TextChoices):
    """How a rule ranks, highest first within each line of authority."""

    PARTY = "party", "党内法规"
    LAW = "law", "法律"
    ADMINISTRATIVE = "admin", "行政法规"
    MINISTRY = "ministry", "部门规章"
    LOCAL = "local", "地方性法规"
    NORMATIVE = "norm", "规范性文件"
    DISTRICT = "district", "区级制度"
    VILLAGE = "village", "村规民约"


class Regulation(Record):
    """One rule under the name it is cited by, without the title marks.

    ``key`` is the title reduced to what counts and keeps a rule from being entered twice. ``aliases`` are the short
    names people write, separated by ``、``. ``category`` is a code of the five aspects (``E1``) or empty. A rule that
    was entered by mistake is switched off (``active``): it is no longer offered and no longer recognised.
    """

    title = models.CharField(max_length=120, verbose_name="名称")
    key = models.CharField(max_length=120, unique=True, editable=False, verbose_name="比对用名称")
    aliases = models.CharField(max_length=300, blank=True, verbose_name="简称、别称")
    level = models.CharField(max_length=10, choices=RegulationLevel, verbose_name="层级")
    issuer = models.CharField(max_length=120, blank=True, verbose_name="制定机关")
    category = models.CharField(max_length=10, blank=True, verbose_name="主要涉及类别")
    note = models.CharField(max_length=300, blank=True, verbose_name="说明")
    active = models.BooleanField(default=True, verbose_name="启用")
    objects = RuleBookQuerySet.as_manager()

    class Meta:
        verbose_name = "法规制度"
        verbose_name_plural = verbose_name
        ordering = ["title"]
        indexes = [models.Index(fields=["title", "id"], name="regulation_by_title")]

    def __str__(self) -> str:
        return f"《{self.title}》"

    @property
    def short_names(self) -> list[str]:
        """The aliases one by one."""
        return [name for name in self.aliases.split("、") if name]


class RegulationEdition(Record):
    """One edition of a rule: ``from_day`` is its first day in force, ``until_day`` its last (``None``: still in force).

    ``replaced_by`` is the next edition, of the same rule or of the one that took its place. ``articles`` are the few
    articles papers keep citing, one on each line (``第九十八条 …``) in words of the office's own, never the text.
    """

    LONGEST_TEXT = 100_000

    regulation = models.ForeignKey(
        Regulation, models.CASCADE, related_name="editions", verbose_name="法规制度"
    )
    name = models.CharField(max_length=40, blank=True, verbose_name="版本")
    doc_no = models.CharField(max_length=60, blank=True, verbose_name="文号")
    from_day = models.DateField(verbose_name="施行日期")
    until_day = models.DateField(null=True, blank=True, verbose_name="最后施行日")
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces", verbose_name="被何替代"
    )
    articles = models.TextField(blank=True, verbose_name="常用条款")
    note = models.CharField(max_length=300, blank=True, verbose_name="版本说明")
    objects = RuleBookQuerySet.as_manager()

    class Meta:
        verbose_name = "法规制度版本"
        verbose_name_plural = verbose_name
        ordering = ["from_day"]
        constraints = [
            models.UniqueConstraint(fields=["regulation", "from_day"], name="edition_begins_once"),
            models.CheckConstraint(
                condition=Q(until_day__isnull=True) | Q(until_day__gte=F("from_day")), name="edition_term"
            ),
            models.CheckConstraint(condition=~Q(replaced_by=F("id")), name="edition_replaced_by_another"),
        ]

    def __str__(self) -> str:
        return self.citation

    @property
    def citation(self) -> str:
        """How a paper cites the edition: ``《中国共产党纪律处分条例》（2018年10月1日起施行）``."""
        return f"《{self.regulation.title}》（{cn_date(self.from_day)}起施行）"

    @property
    def term(self) -> str:
        """From when to when it was in force, in words."""
        if self.until_day is None:
            return f"{cn_date(self.from_day)}起"
        return f"{cn_date(self.from_day)}至{cn_date(self.until_day)}"

    def standing(self, day: dt.date) -> tuple[str, str]:
        """How the edition stands on ``day``: a word and its tone."""
        if day < self.from_day:
            return "尚未施行", "warn"
        if self.until_day is not None and day > self.until_day:
            return "已停止施行", "neutral"
        return "现行", "ok"


class RuleBookImport(KeptImport):
    """A workbook of rules between preview and confirmation: what was shown is what will be written."""

    class Meta(KeptImport.Meta):
        verbose_name = "法规制度导入"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return f"法规制度 {self.filename}"
