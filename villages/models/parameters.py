"""What differs by place and year is data: dated defaults copied onto a round, and versioned category schemes."""

from typing import Any, Self

from django.db import models

from core.models import Record, VisibleQuerySet
from core.text import SafeJSONField
from villages.models.roles import CONTENT_ROLES, INSPECTED_ROLES
from villages.models.rounds import Round, RoundQuerySet


class SharedQuerySet(VisibleQuerySet):
    """Reference data of the inspecting side."""

    def _visible(self, user: Any) -> Self:
        return self if user.role in CONTENT_ROLES else self.none()


class ParameterDefault(Record):
    """A parameter's value from ``valid_from`` on; the newest one not in the future is copied to a new round."""

    key = models.SlugField(max_length=60, verbose_name="参数")
    label = models.CharField(max_length=80, verbose_name="名称")
    unit = models.CharField(max_length=20, blank=True, verbose_name="单位")
    value = SafeJSONField(verbose_name="数值")
    valid_from = models.DateField(verbose_name="自何日起")
    note = models.CharField(max_length=300, blank=True, verbose_name="依据")
    order = models.PositiveSmallIntegerField(default=0, verbose_name="次序")
    objects = SharedQuerySet.as_manager()

    class Meta:
        verbose_name = "参数默认值"
        verbose_name_plural = verbose_name
        ordering = ["order", "key", "-valid_from"]
        constraints = [models.UniqueConstraint(fields=["key", "valid_from"], name="parameter_default_once")]

    def __str__(self) -> str:
        return f"{self.label}（{self.valid_from}起）"


class RoundChildQuerySet(VisibleQuerySet):
    """Rows that belong to a round as a whole: whoever sees the round on the inspecting side sees them."""

    def _visible(self, user: Any) -> Self:
        if user.role in INSPECTED_ROLES:
            return self.none()
        return self.filter(round__in=RoundQuerySet(Round).visible_to(user))


class RoundParameter(Record):
    """A parameter as this round uses it: copied when the round is made, changed only for this round."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="parameters", verbose_name="轮次")
    key = models.SlugField(max_length=60, verbose_name="参数")
    label = models.CharField(max_length=80, verbose_name="名称")
    unit = models.CharField(max_length=20, blank=True, verbose_name="单位")
    value = SafeJSONField(verbose_name="数值")
    note = models.CharField(max_length=300, blank=True, verbose_name="依据")
    order = models.PositiveSmallIntegerField(default=0, verbose_name="次序")
    objects = RoundChildQuerySet.as_manager()

    class Meta:
        verbose_name = "轮次参数"
        verbose_name_plural = verbose_name
        ordering = ["order", "key"]
        constraints = [models.UniqueConstraint(fields=["round", "key"], name="round_parameter_once")]

    def __str__(self) -> str:
        return self.label


class CategoryScheme(Record):
    """A versioned set of categories; the default is the five aspects of the method."""

    code = models.SlugField(max_length=30, verbose_name="代码")
    version = models.PositiveSmallIntegerField(default=1, verbose_name="版本")
    name = models.CharField(max_length=60, verbose_name="名称")
    objects = SharedQuerySet.as_manager()

    class Meta:
        verbose_name = "分类方案"
        verbose_name_plural = verbose_name
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="scheme_version_once")]

    def __str__(self) -> str:
        return f"{self.name}（第{self.version}版）"

    @property
    def tree(self) -> str:
        """The categories as text, one a line, as people compare two versions of them."""
        return self.tree_text(self.tree_rows())

    def tree_rows(self) -> list[dict[str, Any]]:
        """The categories as plain rows, in order, each first level before its second ones."""
        rows = self.categories.order_by("order", "code").values("code", "name", "short", "covers")
        return [dict(row) for row in rows]

    @staticmethod
    def tree_text(rows: list[dict[str, Any]]) -> str:
        """Rows of categories in words."""
        return "\n".join(
            " ".join(part for part in (r["code"], r["name"], r["short"], "、".join(r["covers"])) if part)
            for r in rows
        )


class Category(Record):
    """One category of a scheme: level one (``A``) or, with a parent, level two (``A1``).

    ``covers``: codes of the five aspects that this category takes in, so that what is written in their codes finds
    its place in a round with another scheme. Empty in the five aspects themselves.
    """

    scheme = models.ForeignKey(CategoryScheme, models.CASCADE, related_name="categories", verbose_name="方案")
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children", verbose_name="上级"
    )
    code = models.CharField(max_length=10, verbose_name="代码")
    name = models.CharField(max_length=60, verbose_name="名称")
    short = models.CharField(max_length=10, blank=True, verbose_name="简称")
    covers = SafeJSONField(default=list, blank=True, verbose_name="对应五个方面的代码")
    order = models.PositiveSmallIntegerField(default=0, verbose_name="次序")
    objects = SharedQuerySet.as_manager()

    class Meta:
        verbose_name = "问题类别"
        verbose_name_plural = verbose_name
        ordering = ["order", "code"]
        constraints = [models.UniqueConstraint(fields=["scheme", "code"], name="category_code_once")]

    def __str__(self) -> str:
        return self.name
