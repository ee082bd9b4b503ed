"""The catalogue of what is filed and the sealed packages made from it."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from core.models import Record
from reports.models import TownRowQuerySet
from villages.models import Role, Round, Stage, Team, TeamRole, Town, User, Village, VillageInspection
from villages.models.rounds import Membership


class ArchivistRowQuerySet(TownRowQuerySet):
    """The office, and of the teams those who keep or answer for papers: leader and archivist."""

    def _visible(self, user: Any) -> Self:
        rows = super()._visible(user)
        if user.role != Role.INSPECTOR:
            return rows
        posts = Membership.objects.filter(user=user, role__in=(TeamRole.LEADER, TeamRole.ARCHIVIST))
        return rows.filter(team__in=posts.values("team"))


class Retention(models.TextChoices):
    """How long a paper is kept (DA/T 22 writes Y, D30, D10)."""

    PERMANENT = "Y", "永久"
    THIRTY = "D30", "30年"
    TEN = "D10", "10年"


class ArchiveEntry(Record):
    """One paper of a round in the catalogue.

    ``source`` names the row it was gathered from, so that gathering again finds the same entry; ``file`` is the
    original where there is one, otherwise the package renders the paper from its row.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="+", verbose_name="轮次")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", verbose_name="巡察组")
    town = models.ForeignKey(Town, models.PROTECT, related_name="+", verbose_name="镇（街道）")
    village = models.ForeignKey(
        Village, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="村（社区）"
    )
    stage = models.CharField(max_length=10, choices=Stage, verbose_name="阶段")
    seq = models.PositiveIntegerField(verbose_name="序号")
    source = models.CharField(max_length=160, verbose_name="来源")
    title = models.CharField(max_length=200, verbose_name="题名")
    responsible = models.CharField(max_length=80, verbose_name="责任者")
    doc_no = models.CharField(max_length=60, blank=True, verbose_name="文号")
    dated_on = models.DateField(null=True, blank=True, verbose_name="日期")
    pages = models.PositiveIntegerField(null=True, blank=True, verbose_name="页数")
    retention = models.CharField(
        max_length=4, choices=Retention, default=Retention.THIRTY, verbose_name="保管期限"
    )
    file = models.ForeignKey(
        "core.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="原件"
    )
    objects = ArchivistRowQuerySet.as_manager()

    class Meta:
        verbose_name = "归档文件"
        verbose_name_plural = verbose_name
        ordering = ["round", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["round", "source"], name="archive_entry_once"),
            models.UniqueConstraint(fields=["round", "seq"], name="archive_entry_seq_once"),
        ]

    def __str__(self) -> str:
        return self.title


class PackageQuerySet(ArchivistRowQuerySet):
    """A package of a village is its team's too; one of a whole round holds all teams and is the office's alone."""

    path = "inspection__"

    def _visible(self, user: Any) -> Self:
        if user.role == Role.INSPECTOR:
            posts = Membership.objects.filter(user=user, role__in=(TeamRole.LEADER, TeamRole.ARCHIVIST))
            own = VillageInspection.objects.visible_to(user).filter(team__in=posts.values("team"))
            return self.filter(inspection__in=own)
        return super()._visible(user)


class ArchivePackage(Record):
    """One BagIt package of a round or of a village in it; ``manifest_sha256`` is what the audit trail vouches for."""

    class Status(models.TextChoices):
        BUILDING = "building", "生成中"
        SEALED = "sealed", "已封存"
        BROKEN = "broken", "校验不符"

    STATUS_TONE = {"building": "info", "sealed": "ok", "broken": "bad"}

    round = models.ForeignKey(Round, models.PROTECT, related_name="+", verbose_name="轮次")
    inspection = models.ForeignKey(
        VillageInspection, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="村（社区）"
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.BUILDING, verbose_name="状态")
    # Empty for a package made by the operator's command.
    made_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="生成人"
    )
    file = models.ForeignKey(
        "core.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="归档包"
    )
    manifest_sha256 = models.CharField(max_length=64, blank=True, verbose_name="清单摘要")
    entry_count = models.PositiveIntegerField(default=0, verbose_name="目录条数")
    file_count = models.PositiveIntegerField(default=0, verbose_name="文件数")
    byte_count = models.PositiveBigIntegerField(default=0, verbose_name="字节数")
    audit_seq = models.BigIntegerField(default=0, verbose_name="留痕链末序号")
    audit_digest = models.CharField(max_length=64, blank=True, verbose_name="留痕链末摘要")
    sealed_at = models.DateTimeField(null=True, blank=True, verbose_name="封存时间")
    checked_at = models.DateTimeField(null=True, blank=True, verbose_name="最近校验时间")
    check_note = models.TextField(blank=True, verbose_name="校验结果")
    objects = PackageQuerySet.as_manager()

    class Meta:
        verbose_name = "归档包"
        verbose_name_plural = verbose_name
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="sealed")
                | (Q(file__isnull=False) & Q(manifest_sha256__regex="^[0-9a-f]{64}$")),
                name="sealed_package_has_digest",
            )
        ]

    def __str__(self) -> str:
        return f"{self.inspection.village if self.inspection else self.round} 归档包"
