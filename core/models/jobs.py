"""Background jobs: the row is the truth, whatever carries the message is only a doorbell."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from core.models.base import Record, VisibleQuerySet
from core.text import SafeJSONField


class JobState(models.TextChoices):
    """Where a job stands."""

    QUEUED = "queued", "等待"
    RUNNING = "running", "进行中"
    DONE = "done", "已完成"
    FAILED = "failed", "未完成"
    CANCELLED = "cancelled", "已停止"


class JobQuerySet(VisibleQuerySet):
    """A person sees the jobs asked for by that person; the records they belong to show their own results."""

    def _visible(self, user: Any) -> Self:
        return self.filter(requested_by_id=str(user.pk))

    def unfinished(self) -> Self:
        """Waiting or running."""
        return self.filter(state__in=[JobState.QUEUED, JobState.RUNNING])

    def about(self, obj: models.Model) -> Self:
        """Jobs asked for on one record, newest first."""
        rows = self.filter(subject_type=obj._meta.label_lower, subject_id=str(obj.pk))
        return rows.select_related("result_file").order_by("-id")


class Job(Record):
    """One piece of work outside the request.

    ``fence`` rises with every claim: only the holder of the present number may report progress or finish, so a
    worker that was thought dead cannot overwrite its successor. ``lease_until``, ``not_before`` and ``started_at``
    (of the first attempt) are in database time.
    """

    STATUS_TONE = {
        "queued": "neutral",
        "running": "info",
        "done": "ok",
        "failed": "bad",
        "cancelled": "neutral",
    }

    kind = models.CharField(max_length=60, verbose_name="种类")
    title = models.CharField(max_length=120, verbose_name="任务")
    args = SafeJSONField(default=dict, verbose_name="参数")
    requested_by_id = models.CharField(max_length=40, blank=True, verbose_name="发起人标识")
    requested_by_name = models.CharField(max_length=60, verbose_name="发起人")
    subject_type = models.CharField(max_length=80, blank=True, verbose_name="对象类型")
    subject_id = models.CharField(max_length=40, blank=True, verbose_name="对象标识")
    dedupe_key = models.CharField(max_length=200, blank=True, verbose_name="去重键")
    state = models.CharField(max_length=10, choices=JobState, default=JobState.QUEUED, verbose_name="状态")
    attempt = models.PositiveSmallIntegerField(default=0, verbose_name="次数")
    fence = models.PositiveIntegerField(default=0, verbose_name="领取号")
    lease_until = models.DateTimeField(null=True, blank=True, verbose_name="租期至")
    not_before = models.DateTimeField(verbose_name="不早于")
    progress_done = models.PositiveIntegerField(default=0, verbose_name="已完成数")
    progress_total = models.PositiveIntegerField(default=0, verbose_name="总数")
    progress_note = models.CharField(max_length=120, blank=True, verbose_name="进度说明")
    error = models.CharField(max_length=500, blank=True, verbose_name="原因")
    error_ref = models.CharField(max_length=12, blank=True, verbose_name="查询号")
    result = SafeJSONField(default=dict, verbose_name="结果")
    result_file = models.ForeignKey(
        "core.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="结果文件"
    )
    started_at = models.DateTimeField(null=True, blank=True, verbose_name="开始时间")
    finished_at = models.DateTimeField(null=True, blank=True, verbose_name="结束时间")
    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "后台任务"
        verbose_name_plural = verbose_name
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["dedupe_key"],
                condition=Q(state__in=["queued", "running"]) & ~Q(dedupe_key=""),
                name="job_once_at_a_time",
            )
        ]
        indexes = [
            models.Index(fields=["state", "not_before"], name="job_due"),
            models.Index(fields=["requested_by_id", "-id"], name="job_of_person"),
            models.Index(fields=["subject_type", "subject_id", "-id"], name="job_of_subject"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_active(self) -> bool:
        """Is there still something to wait for?"""
        return self.state in (JobState.QUEUED, JobState.RUNNING)

    @property
    def may_run_again(self) -> bool:
        """Did it end without a result?"""
        return self.state in (JobState.FAILED, JobState.CANCELLED)

    @property
    def waited(self) -> float | None:
        """Seconds from asking to the first start; ``None`` before it. ``bench`` measures this."""
        return (self.started_at - self.created_at).total_seconds() if self.started_at else None
