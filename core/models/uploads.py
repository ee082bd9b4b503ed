"""Files on their way in: what has arrived of a file that is sent in pieces, so that a dropped line costs one piece."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from core.models.base import Record, VisibleQuerySet
from core.models.files import StoredFile


class UploadQuerySet(VisibleQuerySet):
    """An upload belongs to the person who sends it."""

    def _visible(self, user: Any) -> Self:
        return self.filter(owner_id=user.pk)

    def unfinished(self) -> Self:
        """Those that have not become a stored file."""
        return self.filter(file__isnull=True)


class Upload(Record):
    """One file being sent to one record.

    ``mark`` is what the same file picked again has in common with it: name, size, time and a digest of its ends.
    ``received`` bytes lie on disk. A finished row is kept for a while: it answers who asks a second time.
    """

    owner_id = models.UUIDField(verbose_name="上传人标识")
    target_type = models.CharField(max_length=80, verbose_name="所属记录种类")
    target_id = models.CharField(max_length=40, verbose_name="所属记录标识")
    name = models.CharField(max_length=200, verbose_name="文件名")
    size = models.PositiveBigIntegerField(verbose_name="大小（字节）")
    mark = models.CharField(max_length=64, verbose_name="文件特征")
    received = models.PositiveBigIntegerField(default=0, verbose_name="已收到（字节）")
    expires_at = models.DateTimeField(db_index=True, verbose_name="保留到")
    file = models.ForeignKey(
        StoredFile, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="文件"
    )
    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = "未传完的文件"
        verbose_name_plural = verbose_name
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(received__lte=F("size")), name="upload_within_size"),
            models.UniqueConstraint(
                fields=["owner_id", "target_type", "target_id", "mark"],
                condition=Q(file__isnull=True),
                name="upload_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name
