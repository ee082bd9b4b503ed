"""What a reporter is known by: ciphertext only, tied to a petition by a random handle, never by a key.

The web process holds public keys. Each custodian's private half lies locked with a passphrase only that person knows.
Rows are added and wrapped anew, never changed; no page, list, search or export reads them but the sealed reading.
"""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from core.models import Record, VisibleQuerySet
from core.text import SafeJSONField
from findings.models.petition import Petition
from villages.access import is_office
from villages.models import User


class SealedField(models.TextChoices):
    """What is sealed; a request to read names which of them it wants."""

    NAME = "name", "反映人姓名"
    PHONE = "phone", "联系电话"
    ADDRESS = "address", "住址"
    IDENTITY = "identity", "单位、职务或身份"
    ACCUSED = "accused", "被反映人姓名、单位、职务"
    ORIGINAL = "original", "反映原文"
    PROTECTION = "protection", "保护措施"
    FILES = "files", "照片"
    ORIGINALS = "originals", "照片原件（含拍摄信息）"
    ATTACHMENTS = "attachments", "材料原件（PDF、Word、录音、录像）"


class CustodianQuerySet(VisibleQuerySet):
    """Who keeps the keys: the office knows, and everybody knows of oneself."""

    def _visible(self, user: Any) -> Self:
        return self if is_office(user) else self.filter(user=user.pk)

    def ready(self) -> Self:
        """Those to whom new packets are wrapped."""
        return self.filter(retired_on__isnull=True).exclude(public_key="")


class CustodianManager(models.Manager.from_queryset(CustodianQuerySet)):
    """Leaves the locked key where it is: outside of the vault its column cannot be read at all."""

    def get_queryset(self) -> CustodianQuerySet:
        """Everything but the locked key, which is fetched by whoever asks for it."""
        return super().get_queryset().defer("locked_key")


class Custodian(Record):
    """A person who may open sealed parts (保密管理人), by a pair of keys.

    ``public_key`` in hexadecimal; ``locked_key`` is the private half, locked with the passphrase; both are empty until
    the person has chosen one, and the latter is destroyed when the person ceases to be custodian.
    """

    AUDIT_SECRET = frozenset({"public_key", "locked_key"})
    VAULT_ONLY = frozenset({"locked_key"})

    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="保密管理人")
    public_key = models.CharField(max_length=64, blank=True, editable=False, verbose_name="公钥")
    locked_key = models.BinaryField(default=b"", editable=False, verbose_name="加口令的私钥")
    appointed_on = models.DateField(verbose_name="指定日期")
    retired_on = models.DateField(null=True, blank=True, editable=False, verbose_name="卸任日期")
    objects = CustodianManager()

    class Meta:
        verbose_name = "保密管理人"
        verbose_name_plural = verbose_name
        base_manager_name = "objects"
        ordering = ["retired_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(retired_on__isnull=True), name="custodian_once"
            )
        ]

    def __str__(self) -> str:
        return self.user.display_name


class RecoveryKey(Record):
    """The one pair of keys for the day on which no custodian can open anything any more.

    Its private half was shown once, to be kept on paper in the safe; ``public_key`` (hexadecimal) is all there is here.
    One that was replaced stays until everything is wrapped to its successor.
    """

    AUDIT_SECRET = frozenset({"public_key"})

    public_key = models.CharField(max_length=64, editable=False, verbose_name="公钥")
    made_on = models.DateField(editable=False, verbose_name="生成日期")
    made_by = models.ForeignKey(User, models.PROTECT, editable=False, related_name="+", verbose_name="生成人")
    used_on = models.DateField(null=True, editable=False, verbose_name="启用日期")
    current = models.BooleanField(default=True, editable=False, verbose_name="现用")
    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "恢复密钥"
        verbose_name_plural = verbose_name
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["current"], condition=Q(current=True), name="recovery_key_current_once"
            )
        ]

    def __str__(self) -> str:
        return "恢复密钥"


class SealedPacket(Record):
    """One sealing: a data key of its own, wrapped to every custodian. More is sealed by adding another packet.

    Fields in ``VAULT_ONLY`` are read by the vault's database role alone; the others may only add rows.
    """

    VAULT_ONLY: ClassVar[frozenset[str]] = frozenset()

    handle = models.CharField(max_length=32, db_index=True, editable=False, verbose_name="封存号")
    sealed_on = models.DateField(editable=False, verbose_name="封存日期")
    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "封存件"
        verbose_name_plural = verbose_name
        ordering = ["id"]

    def __str__(self) -> str:
        return "封存件"


class SealedPart(Record):
    """One field of a packet, encrypted and bound to its place; every packet has all of them, empty or not."""

    VAULT_ONLY = frozenset({"box"})

    packet = models.ForeignKey(SealedPacket, models.CASCADE, related_name="parts", verbose_name="封存件")
    name = models.CharField(max_length=12, choices=SealedField, verbose_name="内容")
    seq = models.PositiveSmallIntegerField(default=0, verbose_name="序号")
    # What whole blocks tell anyway; it bounds what one petition may hold.
    size = models.PositiveIntegerField(default=0, editable=False, verbose_name="密文字节数")
    box = models.BinaryField(editable=False, verbose_name="密文")
    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "封存内容"
        verbose_name_plural = verbose_name
        ordering = ["name", "seq"]
        constraints = [models.UniqueConstraint(fields=["packet", "name", "seq"], name="sealed_part_once")]

    def __str__(self) -> str:
        return self.get_name_display()


class SealedKey(Record):
    """The data key of a packet, wrapped to one custodian's public key or to a recovery key."""

    VAULT_ONLY = frozenset({"box"})

    packet = models.ForeignKey(SealedPacket, models.CASCADE, related_name="keys", verbose_name="封存件")
    custodian = models.ForeignKey(
        Custodian, models.PROTECT, null=True, related_name="keys", verbose_name="保密管理人"
    )
    recovery = models.ForeignKey(
        RecoveryKey, models.PROTECT, null=True, related_name="keys", verbose_name="恢复密钥"
    )
    box = models.BinaryField(editable=False, verbose_name="密文")
    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "封存密钥"
        verbose_name_plural = verbose_name
        constraints = [
            models.UniqueConstraint(fields=["packet", "custodian"], name="sealed_key_once"),
            models.UniqueConstraint(fields=["packet", "recovery"], name="sealed_key_once_for_recovery"),
            models.CheckConstraint(
                condition=Q(custodian__isnull=True) ^ Q(recovery__isnull=True), name="sealed_key_for_one"
            ),
        ]

    def __str__(self) -> str:
        return "封存密钥"


class OpeningStatus(models.TextChoices):
    """The way to one reading: asked for, allowed by somebody else, read once."""

    REQUESTED = "requested", "待批准"
    APPROVED = "approved", "已批准"
    REFUSED = "refused", "未批准"
    READ = "read", "已查阅"


class OpeningQuerySet(VisibleQuerySet):
    """Requests to read: the office, who asked, and the custodians, each for petitions they see."""

    def _visible(self, user: Any) -> Self:
        return self.filter(petition__in=Petition.objects.visible_to(user)).filter(
            Q(requested_by=user.pk) | Q(pk__in=self._for_all(user))
        )

    def _for_all(self, user: Any) -> Any:
        keeps = Custodian.objects.filter(user=user.pk, retired_on__isnull=True).exists()
        rows = Opening._base_manager.values("pk")
        return rows if keeps or is_office(user) else rows.none()


class Opening(Record):
    """One request to read sealed parts of a petition, good for one reading shortly after its approval."""

    AUDIT_SECRET = frozenset({"reason"})
    STATUS_TONE = {"requested": "warn", "approved": "info", "refused": "neutral", "read": "ok"}
    LIST_CHOICES = {"wanted": SealedField}
    Status = OpeningStatus

    petition = models.ForeignKey(Petition, models.PROTECT, related_name="openings", verbose_name="信访件")
    wanted = SafeJSONField(default=list, verbose_name="查阅内容")
    reason = models.TextField(verbose_name="查阅理由")
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="申请人")
    approved_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="批准人"
    )
    approved_at = models.DateTimeField(null=True, editable=False, verbose_name="批准时间")
    read_at = models.DateTimeField(null=True, editable=False, verbose_name="查阅时间")
    status = models.CharField(
        max_length=10, choices=OpeningStatus, default=OpeningStatus.REQUESTED, editable=False,
        verbose_name="状态",
    )  # fmt: skip
    objects = OpeningQuerySet.as_manager()

    class Meta:
        verbose_name = "查阅申请"
        verbose_name_plural = verbose_name
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=models.F("requested_by")),
                name="opening_by_two_people",
            )
        ]

    def __str__(self) -> str:
        return f"{self.petition}的查阅申请"

    @property
    def wanted_labels(self) -> list[str]:
        """What is asked for, in words."""
        return [SealedField(name).label for name in self.wanted]
