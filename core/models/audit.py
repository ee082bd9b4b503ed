"""The audit trail: append-only entries chained by hash."""

from django.db import models

from core.text import SafeJSONField


class AuditEntry(models.Model):
    """One act: who, what, on which object, before and after, why, when, from where.

    ``digest`` is SHA-256 over ``previous`` and the canonical JSON of all other fields; triggers on both
    databases refuse UPDATE and DELETE. Names and labels are copied as text: an entry outlives its object.
    """

    seq = models.BigIntegerField(primary_key=True, verbose_name="序号")
    at = models.DateTimeField(verbose_name="时间")
    actor_id = models.CharField(max_length=40, blank=True, verbose_name="操作人标识")
    actor_name = models.CharField(max_length=60, verbose_name="操作人")
    actor_role = models.CharField(max_length=40, blank=True, verbose_name="身份")
    verb = models.CharField(max_length=80, verbose_name="动作")
    target_type = models.CharField(max_length=80, blank=True, verbose_name="对象类型")
    target_id = models.CharField(max_length=40, blank=True, verbose_name="对象标识")
    target_label = models.CharField(max_length=300, blank=True, verbose_name="对象")
    before = SafeJSONField(default=dict, verbose_name="改前")
    after = SafeJSONField(default=dict, verbose_name="改后")
    reason = models.TextField(blank=True, verbose_name="理由")
    source = models.CharField(max_length=60, blank=True, verbose_name="来源地址")
    previous = models.CharField(max_length=64, verbose_name="前一条摘要")
    digest = models.CharField(max_length=64, unique=True, verbose_name="本条摘要")

    class Meta:
        verbose_name = "留痕记录"
        verbose_name_plural = verbose_name
        ordering = ["-seq"]
        indexes = [
            models.Index(fields=["target_type", "target_id", "-seq"], name="audit_target"),
            models.Index(fields=["actor_id", "-seq"], name="audit_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.verb}"


class AuditHead(models.Model):
    """The single row that every append locks, so that the chain never forks."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, verbose_name="标识")
    seq = models.BigIntegerField(default=0, verbose_name="最后序号")
    digest = models.CharField(max_length=64, default="0" * 64, verbose_name="最后摘要")

    class Meta:
        verbose_name = "留痕链首"
        verbose_name_plural = verbose_name
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="audit_head_single")]

    def __str__(self) -> str:
        return f"{self.seq} {self.digest[:12]}"
