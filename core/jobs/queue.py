"""The rows of the queue: put in, claim, renew, report, finish, fail. Every change names the fence it holds.

All times that decide are the database's, so machines whose clocks disagree cannot steal each other's work.
"""

import datetime as dt
import secrets
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connection, models, transaction
from django.db.models import DateTimeField, ExpressionWrapper, F, Q, Value
from django.db.models.functions import Now

from core import audit, clock
from core.errors import ServiceError
from core.jobs import doorbell, registry
from core.models.files import StoredFile
from core.models.jobs import Job, JobQuerySet, JobState

MAX_ATTEMPTS = 3
DIED = "任务多次中断，已停止重试。请稍后重新执行；仍不成功请把查询号告诉系统管理员。"
FAILED = "处理时出错，已重试三次仍未成功。请稍后重新执行；仍不成功请把查询号告诉系统管理员。"


def in_seconds(seconds: float) -> ExpressionWrapper:
    """A moment ``seconds`` from the database's now."""
    return ExpressionWrapper(Now() + Value(dt.timedelta(seconds=seconds)), output_field=DateTimeField())


@transaction.atomic
def enqueue(
    kind: str,
    *,
    args: dict[str, Any],
    actor: Any,
    title: str = "",
    dedupe: str = "",
    subject: models.Model | None = None,
) -> Job:
    """Ask for a job in the caller's transaction; the bell rings once that has committed.

    ``args`` must be JSON. With ``dedupe`` an unfinished job of the same key is returned instead of a second one.
    """
    known = registry.find(kind)
    row = Job(
        kind=kind,
        title=title or known.title,
        args=args,
        requested_by_id=str(actor.pk or ""),
        requested_by_name=actor.display_name,
        subject_type=subject._meta.label_lower if subject is not None else "",
        subject_id=str(subject.pk) if subject is not None else "",
        dedupe_key=dedupe,
        not_before=clock.now(),
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        running = Job.objects.unfinished().filter(dedupe_key=dedupe).first()
        if not dedupe or running is None:
            raise
        return running
    audit.record(actor=actor, verb="jobs.enqueue", target=row, after={"kind": kind, "title": row.title})
    transaction.on_commit(lambda: doorbell.ring(row.pk))
    return row


@transaction.atomic
def cancel(*, actor: Any, row: Job) -> Job:
    """Stop a job that waits at once, and a running one at its next progress report."""
    waiting = Job.objects.filter(pk=row.pk, state=JobState.QUEUED)
    if not waiting.update(state=JobState.CANCELLED, finished_at=Now()):
        Job.objects.filter(pk=row.pk, state=JobState.RUNNING).update(cancel_asked=True)
    audit.record(actor=actor, verb="jobs.cancel", target=row)
    return row


@transaction.atomic
def retry(*, actor: Any, row: Job) -> Job:
    """Put a failed or cancelled job back into the queue with fresh attempts."""
    ended = Job.objects.filter(pk=row.pk, state__in=[JobState.FAILED, JobState.CANCELLED])
    fresh = {"attempt": 0, "cancel_asked": False, "error": "", "error_ref": "", "finished_at": None}
    try:
        with transaction.atomic():
            changed = ended.update(state=JobState.QUEUED, not_before=Now(), **fresh)
    except IntegrityError:
        raise ServiceError("同样的任务正在进行，不必重复执行。") from None
    if not changed:
        raise ServiceError("这个任务不在可重新执行的状态。")
    audit.record(actor=actor, verb="jobs.retry", target=row)
    transaction.on_commit(lambda: doorbell.ring(row.pk))
    return row


def due() -> JobQuerySet:
    """Rows that wait and may start, and rows whose worker has stopped renewing its lease."""
    waiting = Q(state=JobState.QUEUED, not_before__lte=Now())
    abandoned = Q(state=JobState.RUNNING, lease_until__lt=Now())
    return Job.objects.filter(waiting | abandoned)


def claim(pk: Any = None) -> Job | None:
    """Take one due job (``pk``: only that one) and return it with its new fence; ``None`` when there is none."""
    rows = due() if pk is None else due().filter(pk=pk)
    while rows.exists():
        with transaction.atomic():
            skip = connection.features.has_select_for_update_skip_locked
            found = rows.select_for_update(skip_locked=skip).order_by("not_before", "id").first()
            if found is None:
                return None
            if found.attempt >= MAX_ATTEMPTS:
                _close(found, JobState.FAILED, error=DIED, error_ref=secrets.token_hex(4))
                continue
            taken = rows.filter(pk=found.pk, fence=found.fence).update(
                state=JobState.RUNNING,
                fence=F("fence") + 1,
                attempt=F("attempt") + 1,
                lease_until=in_seconds(settings.JOB_LEASE_SECONDS),
                started_at=Now(),
            )
        if taken == 1:
            return Job.objects.get(pk=found.pk)
    return None


def mine(row: Job) -> JobQuerySet:
    """The row while the claim that ``row`` was read under still counts."""
    return Job.objects.filter(pk=row.pk, fence=row.fence, state=JobState.RUNNING)


def renew(row: Job) -> bool:
    """Push the lease on; false when the claim no longer counts."""
    return mine(row).update(lease_until=in_seconds(settings.JOB_LEASE_SECONDS)) == 1


def finish(row: Job, result: dict[str, Any], file: StoredFile | None) -> bool:
    """Close the job as done; false when another worker has taken it over meanwhile."""
    return _close(row, JobState.DONE, result=result, result_file=file, error="", error_ref="")


def give_up(row: Job, sentence: str, reference: str = "") -> bool:
    """Close the job as failed for good, with the sentence shown to the person."""
    return _close(row, JobState.FAILED, error=sentence[:500], error_ref=reference)


def stop(row: Job) -> bool:
    """Close the job as cancelled."""
    return _close(row, JobState.CANCELLED)


def fail(row: Job, reference: str) -> bool:
    """After an unexpected error: try again later, or close the job when its attempts are used up."""
    if row.attempt >= MAX_ATTEMPTS:
        return give_up(row, FAILED, reference)
    pauses = settings.JOB_BACKOFF_SECONDS
    pause = pauses[min(row.attempt, len(pauses)) - 1]
    values = {"not_before": in_seconds(pause), "lease_until": None, "error_ref": reference}
    return mine(row).update(state=JobState.QUEUED, **values) == 1


def _close(row: Job, state: JobState, **values: Any) -> bool:
    return mine(row).update(state=state, lease_until=None, finished_at=Now(), **values) == 1
