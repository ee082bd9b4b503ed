"""The person's side of a job row: ask for one, cancel it, run it again. Each leaves its audit entry."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, models, transaction
from django.db.models.functions import Now

from core import audit
from core.errors import ServiceError
from core.jobs import doorbell, lease, registry
from core.models.jobs import Job, JobState
from core.verbs import name_verbs

MOST_UNFINISHED = 20

name_verbs(
    {
        "jobs.enqueue": "提出任务",
        "jobs.cancel": "停止任务",
        "jobs.retry": "重新执行",
        "jobs.download": "下载结果",
    }
)


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

    ``args`` reach the function by name; keys and dates in them become text. With ``dedupe`` an unfinished job of the
    same person and key is returned instead of a second one: put the version of what is read into the key.
    Raises ``ServiceError`` when the person already waits for too many.
    """
    known = registry.find(kind)
    row = Job(
        kind=kind,
        title=(title or known.title)[:120],
        args=json.loads(json.dumps(args, cls=DjangoJSONEncoder)),
        requested_by_id=str(actor.pk or ""),
        requested_by_name=actor.display_name,
        subject_type=subject._meta.label_lower if subject is not None else "",
        subject_id=str(subject.pk) if subject is not None else "",
        dedupe_key=f"{actor.pk or ''}:{dedupe}"[:200] if dedupe else "",
        not_before=Now(),
    )
    twin = _twin(row)
    if twin is not None:
        return twin
    _demand_room(row)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        twin = _twin(row)
        if twin is None:
            raise
        return twin
    row.refresh_from_db()
    audit.record(actor=actor, verb="jobs.enqueue", target=row, after={"title": row.title})
    transaction.on_commit(lambda: doorbell.ring(row))
    return row


def _twin(row: Job) -> Job | None:
    """The unfinished job that does the same, if there is one."""
    return Job.objects.unfinished().filter(dedupe_key=row.dedupe_key).first() if row.dedupe_key else None


def _demand_room(row: Job) -> None:
    """One impatient person must not fill the queue for everybody; the system itself may."""
    if not row.requested_by_id:
        return
    waiting = Job.objects.unfinished().filter(requested_by_id=row.requested_by_id)
    if waiting.count() >= MOST_UNFINISHED:
        raise ServiceError(f"您已有 {MOST_UNFINISHED} 项任务在等待，请等其中一些完成，或停止不要的，再提出。")


@transaction.atomic
def cancel(*, actor: Any, row: Job) -> Job:
    """Stop a job. One that is running stops at its next progress report, and whatever it still makes is dropped."""
    if not lease.close_cancelled(row):
        raise ServiceError("这个任务已经结束，不必停止。")
    audit.record(actor=actor, verb="jobs.cancel", target=row)
    row.refresh_from_db()
    return row


@transaction.atomic
def retry(*, actor: Any, row: Job) -> Job:
    """Put a failed or cancelled job back into the queue with fresh attempts."""
    ended = Job.objects.filter(pk=row.pk, state__in=[JobState.FAILED, JobState.CANCELLED])
    fresh = {"attempt": 0, "progress_done": 0, "progress_note": "", "error": "", "error_ref": ""}
    try:
        with transaction.atomic():
            changed = ended.update(state=JobState.QUEUED, not_before=Now(), finished_at=None, **fresh)
    except IntegrityError:
        raise ServiceError("同样的任务正在进行，不必重复执行。") from None
    if not changed:
        raise ServiceError("这个任务不在可重新执行的状态。")
    audit.record(actor=actor, verb="jobs.retry", target=row)
    row.refresh_from_db()
    transaction.on_commit(lambda: doorbell.ring(row))
    return row
