"""Saved views of lists: the filters and the sorting one person comes back to."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from core.models.base import Record, VisibleQuerySet


class SavedViewQuerySet(VisibleQuerySet):
    """Nobody but their owner."""

    def _visible(self, user: Any) -> Self:
        return self.filter(owner_id=user.pk)


class SavedView(Record):
    """The choices of one list under a name, private to the person who saved them.

    ``page`` names the list; ``query`` is the part of the address behind the question mark, without place and cursor.
    """

    # What a person looks for may name people; the trail keeps that a view was saved, not which.
    AUDIT_SECRET = frozenset({"name", "query"})

    owner_id = models.UUIDField(editable=False, verbose_name="所有人")
    page = models.CharField(max_length=60, editable=False, verbose_name="清单")
    name = models.CharField(max_length=30, verbose_name="名称")
    query = models.CharField(max_length=1000, blank=True, verbose_name="筛选与排序")
    is_default = models.BooleanField(default=False, verbose_name="打开清单时使用")
    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = "常用筛选"
        verbose_name_plural = verbose_name
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["owner_id", "page", "name"], name="saved_view_name_once"),
            models.UniqueConstraint(
                fields=["owner_id", "page"], condition=Q(is_default=True), name="saved_view_one_default"
            ),
        ]

    def __str__(self) -> str:
        return "常用筛选"
