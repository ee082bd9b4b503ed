"""Runs one claimed job to its end, keeping its lease alive meanwhile."""

import logging
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import Error, connection

from core.errors import ServiceError
from core.jobs import lease, registry
from core.jobs.context import JobContext
from core.jobs.lease import Superseded
from core.models.files import StoredFile
from core.models.jobs import Job

log = logging.getLogger(__name__)

# Left to the exit code of a process that ran one job past its limit.
OVERTIME = 70


def run_due(pk: Any = None) -> Job | None:
    """Claim one due job (``pk``: only that one) and run it; return the row as it ended, ``None`` when none was due."""
    row = lease.claim(pk)
    if row is None:
        return None
    run(row)
    return Job.objects.get(pk=row.pk)


def run(row: Job) -> None:
    """Do the work of a claimed row and close it; errors end in the row, never in the caller.

    A process that is told to stop gives the job back at once, and the order to stop goes on to the caller.
    """
    try:
        kind = registry.find(row.kind)
    except LookupError:
        lease.give_up(row, "这个版本不认识这类任务，请联系系统管理员。")
        return
    context = JobContext(row)
    try:
        with _heartbeat(row, kind.time_limit):
            outcome = kind.function(context, **row.args)
        _finish(context, outcome)
    except Superseded:
        log.info("job %s was cancelled or taken over", row.pk)
    except ServiceError as error:
        lease.give_up(row, error.message)
    except Exception:
        reference = lease.new_reference()
        log.exception("job %s (%s) failed, reference %s", row.pk, row.kind, reference)
        lease.fail(row, reference)
    except BaseException:
        lease.give_back(row)
        raise


def _finish(context: JobContext, outcome: Any) -> None:
    if context.finished:
        return
    file = outcome if isinstance(outcome, StoredFile) else context.stored
    result = outcome if isinstance(outcome, dict) else {}
    if not lease.finish(context.row, result, file):
        raise Superseded


@contextmanager
def _heartbeat(row: Job, time_limit: int) -> Iterator[None]:
    """Renew the lease from a thread of its own until the block ends or the time limit has passed.

    When the claim no longer counts, the block has one more lease to notice.
    """
    over = threading.Event()
    thread = threading.Thread(target=_beat, args=(row, time_limit, over), name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _beat(row: Job, time_limit: int, over: threading.Event) -> None:
    deadline = time.monotonic() + time_limit
    try:
        while not over.wait(min(settings.JOB_HEARTBEAT_SECONDS, max(0.0, deadline - time.monotonic()))):
            if time.monotonic() >= deadline:
                _stop_overtime(row, time_limit)
            if not _still_mine(row):
                # Cancelled or taken over. A function that never reports would hold up whoever comes next.
                deadline = min(deadline, time.monotonic() + settings.JOB_LEASE_SECONDS)
    finally:
        connection.close()


def _still_mine(row: Job) -> bool:
    try:
        return lease.renew(row)
    except Error as error:
        # The database is away or its one writer busy: the next beat asks again, the fence decides in the end.
        log.warning("lease of job %s not renewed: %s", row.pk, error)
        connection.close()
        return True


def _stop_overtime(row: Job, time_limit: int) -> None:
    """Nothing can interrupt a stuck function from inside: the process ends, and its supervisor starts a fresh one."""
    log.error("job %s (%s) ran past its limit of %s s", row.pk, row.kind, time_limit)
    try:
        limit = f"{time_limit // 60}分钟" if time_limit >= 60 else f"{time_limit}秒"
        lease.give_up(row, f"处理时间超过{limit}，已停止。请缩小范围，或在系统空闲时重新执行。")
    finally:
        os._exit(OVERTIME)
