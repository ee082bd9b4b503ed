"""What every domain row shares: identity, revision, soft delete, and a queryset that shows nothing by default."""

from typing import Any, ClassVar, Self

from django.db import models

from core.ids import uuid7


class VisibleQuerySet(models.QuerySet):
    """A queryset closed by default: without an active user with a role it is empty, and so is any model
    whose subclass does not say which rows a user may see.
    """

    def visible_to(self, user: Any) -> Self:
        """Narrow to the rows ``user`` may see; empty for nobody, for an inactive and for a roleless user."""
        if (
            not getattr(user, "is_authenticated", False)
            or not user.is_active
            or not getattr(user, "role", "")
        ):
            return self.none()
        return self._visible(user)

    def _visible(self, user: Any) -> Self:
        """Rows for an active user with a role; subclasses open what they must."""
        return self.none()

    def alive(self) -> Self:
        """Leave out soft-deleted rows."""
        return self.filter(deleted_at__isnull=True)


class Record(models.Model):
    """A domain row: a time-ordered key that merges across machines and a revision each write raises."""

    # Fields whose values never reach the audit trail: it must not quote what other tables seal.
    AUDIT_SECRET: ClassVar[frozenset[str]] = frozenset()
    # So many characters a text without a limit of its own may have; what is longer belongs in a file beside it.
    LONGEST_TEXT: ClassVar[int] = 20_000

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False, verbose_name="标识")
    revision = models.PositiveIntegerField(default=1, editable=False, verbose_name="修订号")
    created_at = models.DateTimeField(auto_now_add=True, verbose_name="建立时间")
    updated_at = models.DateTimeField(auto_now=True, verbose_name="更新时间")

    class Meta:
        abstract = True

    def audit_label(self) -> str:
        """How the trail names this row; overridden where ``str`` would quote a secret."""
        return str(self)


class SoftDeletable(models.Model):
    """A row that is put aside rather than removed; who and why is kept, and it can be restored."""

    deleted_at = models.DateTimeField(null=True, blank=True, editable=False, verbose_name="删除时间")
    deleted_by_name = models.CharField(max_length=60, blank=True, editable=False, verbose_name="删除人")
    delete_reason = models.CharField(max_length=500, blank=True, editable=False, verbose_name="删除原因")

    class Meta:
        abstract = True
