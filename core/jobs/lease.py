"""The worker's side of a job row: claim, renew, report, finish, fail. Every change names the fence it holds.

All times that decide are the database's, so machines whose clocks disagree cannot steal each other's work.
"""

import datetime as dt
import secrets
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import DateTimeField, ExpressionWrapper, F, ProtectedError, Q, Value
from django.db.models.functions import Coalesce, Now

from core.audit import SYSTEM
from core.files.store import discard
from core.models.files import StoredFile
from core.models.jobs import Job, JobQuerySet, JobState

MAX_ATTEMPTS = 3
DIED = "任务三次中断（可能数据量过大、内存不足），已停止。请稍后重新执行；仍不成功请把查询号告诉系统管理员。"
FAILED = "处理时出错，已重试三次仍未成功。请稍后重新执行；仍不成功请把查询号告诉系统管理员。"


class Superseded(Exception):
    """The claim no longer counts: another worker holds the job, or the person cancelled it."""


def in_seconds(seconds: float) -> ExpressionWrapper:
    """A moment ``seconds`` from the database's now."""
    return ExpressionWrapper(Now() + Value(dt.timedelta(seconds=seconds)), output_field=DateTimeField())


def new_reference() -> str:
    """A number by which the log is searched; shown to the person beside the sentence."""
    return secrets.token_hex(4).upper()


# --- taking ------------------------------------------------------------------------------------------------


def due() -> JobQuerySet:
    """Rows that wait and may start, and rows whose worker has stopped renewing its lease.

    Rows that have already cost attempts come last: a job that kills its worker each time must not hold up others.
    """
    waiting = Q(state=JobState.QUEUED, not_before__lte=Now())
    abandoned = Q(state=JobState.RUNNING, lease_until__lt=Now())
    return Job.objects.filter(waiting | abandoned).order_by("attempt", "id")


def claim(pk: Any = None) -> Job | None:
    """Take one due job (``pk``: only that one) and return it with its new fence; ``None`` when there is none.

    A job that has died with its worker in every attempt is closed on the way.
    """
    rows = due() if pk is None else due().filter(pk=pk)
    # A look without a lock first: an idle runner must not keep asking for SQLite's only write lock.
    while rows.exists():
        with transaction.atomic():
            skip = connection.features.has_select_for_update_skip_locked
            found = rows.select_for_update(skip_locked=skip).first()
            if found is None:
                return None
            if found.attempt < MAX_ATTEMPTS:
                return _take(found)
            _change(_as_read(found), JobState.FAILED, error=DIED, error_ref=new_reference())
    return None


def _as_read(row: Job) -> JobQuerySet:
    return Job.objects.filter(pk=row.pk, fence=row.fence, state=row.state)


def _take(found: Job) -> Job | None:
    taken = _as_read(found).update(
        state=JobState.RUNNING,
        fence=F("fence") + 1,
        attempt=F("attempt") + 1,
        lease_until=in_seconds(settings.JOB_LEASE_SECONDS),
        started_at=Coalesce(F("started_at"), Now()),
    )
    return Job.objects.get(pk=found.pk) if taken else None


# --- holding -----------------------------------------------------------------------------------------------


def mine(row: Job) -> JobQuerySet:
    """The row while the claim that ``row`` was read under still counts."""
    return Job.objects.filter(pk=row.pk, fence=row.fence, state=JobState.RUNNING)


def renew(row: Job) -> bool:
    """Push the lease on; false when the claim no longer counts."""
    return mine(row).update(lease_until=in_seconds(settings.JOB_LEASE_SECONDS)) == 1


def report(row: Job, done: int, total: int, note: str) -> None:
    """Write how far the job has come; raise ``Superseded`` when the claim no longer counts."""
    if not mine(row).update(progress_done=done, progress_total=total, progress_note=note):
        raise Superseded


def hold(row: Job) -> None:
    """Inside a transaction: keep everybody else from the row until it commits, or raise ``Superseded``."""
    if not renew(row):
        raise Superseded


def attach(row: Job, file: StoredFile) -> None:
    """Name ``file`` as the result; what an earlier attempt left is taken back. Raises ``Superseded``."""
    if not _change(mine(row), JobState.RUNNING, result_file=file):
        raise Superseded


# --- letting go --------------------------------------------------------------------------------------------


def finish(row: Job, result: dict[str, Any], file: StoredFile | None) -> bool:
    """Close the job as done; false when the claim no longer counts."""
    values = {"result": result, "result_file": file, "error": "", "error_ref": ""}
    return _change(mine(row), JobState.DONE, **values)


def give_up(row: Job, sentence: str, reference: str = "") -> bool:
    """Close the job as failed for good, with the sentence shown to the person."""
    return _change(mine(row), JobState.FAILED, error=sentence[:500], error_ref=reference)


def fail(row: Job, reference: str) -> bool:
    """After an unexpected error: try again later, or close the job when its attempts are used up."""
    if row.attempt >= MAX_ATTEMPTS:
        return give_up(row, FAILED, reference)
    pauses = settings.JOB_BACKOFF_SECONDS
    pause = pauses[min(row.attempt, len(pauses)) - 1]
    note = f"第{row.attempt}次没有成功，稍后自动重试"
    return _change(
        mine(row),
        JobState.QUEUED,
        not_before=in_seconds(pause),
        progress_note=note,
        error_ref=reference,
    )


def give_back(row: Job) -> bool:
    """The worker is told to stop: let the next one have the job at once, and do not count this attempt."""
    return _change(mine(row), JobState.QUEUED, attempt=F("attempt") - 1, not_before=Now())


def close_cancelled(row: Job) -> bool:
    """Take the job from the queue or from its worker, which notices at its next report."""
    return _change(Job.objects.filter(pk=row.pk).unfinished(), JobState.CANCELLED)


@transaction.atomic
def _change(held: JobQuerySet, state: JobState, **values: Any) -> bool:
    """Write a new state where ``held`` still finds the row, and take back a file that is no longer its result."""
    before = held.select_related("result_file").first()
    if before is None:
        return False
    closing = state not in (JobState.QUEUED, JobState.RUNNING)
    values |= {"state": state, "result_file": values.get("result_file")}
    if state != JobState.RUNNING:
        values["lease_until"] = None
    if closing:
        values["finished_at"] = Now()
    if not held.update(**values):
        return False
    if before.result_file is not None and before.result_file != values["result_file"]:
        _take_back(before.result_file)
    return True


def _take_back(file: StoredFile) -> None:
    try:
        with transaction.atomic():
            discard(file, actor=SYSTEM, reason="生成它的任务没有完成或已重做")
    except ProtectedError:
        # A record has come to name the file in the meantime; it stays with that record.
        return
