"""What kinds of village there are (村情类型): a list the office keeps, named by codes that never change."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from core.models import Record, VisibleQuerySet
from villages.models.roles import CONTENT_ROLES


class TraitQuerySet(VisibleQuerySet):
    """Working words of the inspecting side."""

    def _visible(self, user: Any) -> Self:
        return self if user.role in CONTENT_ROLES else self.none()

    def offered(self, also: list[str] | None = None) -> Self:
        """What a form offers: the traits in use, and of the retired ones those already chosen (``also``)."""
        return self.filter(Q(active=True) | Q(code__in=also or []))


class Trait(Record):
    """One kind. Profiles and check points hold its ``code``; a retired one stays for what was written with it."""

    code = models.SlugField(max_length=30, unique=True, verbose_name="代码")
    label = models.CharField(max_length=20, unique=True, verbose_name="名称")
    hint = models.CharField(max_length=120, blank=True, verbose_name="怎么判断")
    order = models.PositiveSmallIntegerField(default=0, verbose_name="次序")
    active = models.BooleanField(default=True, verbose_name="启用")
    objects = TraitQuerySet.as_manager()

    class Meta:
        verbose_name = "村情类型"
        verbose_name_plural = verbose_name
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.label


class TraitWords:
    """The list as the vocabulary of a list field; read once for each history that needs it."""

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Code and name of every trait, retired ones included."""
        return list(Trait.objects.values_list("code", "label"))
