"""Runs one claimed job to its end, keeping its lease alive meanwhile."""

import logging
import os
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connection

from core.audit import SYSTEM
from core.errors import ServiceError
from core.files.store import discard
from core.jobs import queue, registry
from core.jobs.context import Cancelled, JobContext, Superseded
from core.models.files import StoredFile
from core.models.jobs import Job

log = logging.getLogger(__name__)

# Left to the exit code of a process that ran one job past its limit.
OVERTIME = 70


def run(row: Job) -> None:
    """Do the work of a claimed row and close it; errors end in the row, never in the caller."""
    try:
        kind = registry.find(row.kind)
    except LookupError:
        queue.give_up(row, "这个版本不认识这类任务，请联系系统管理员。")
        return
    try:
        with _heartbeat(row, kind.time_limit):
            outcome = kind.function(JobContext(row), **row.args)
        _finish(row, outcome)
    except Superseded:
        log.info("job %s was taken over", row.pk)
    except Cancelled:
        queue.stop(row)
    except ServiceError as error:
        queue.give_up(row, error.message)
    except Exception:
        reference = secrets.token_hex(4)
        log.exception("job %s (%s) failed, reference %s", row.pk, row.kind, reference)
        queue.fail(row, reference)


def _finish(row: Job, outcome: Any) -> None:
    file = outcome if isinstance(outcome, StoredFile) else None
    result = outcome if isinstance(outcome, dict) else {}
    if not queue.finish(row, result, file) and file is not None:
        discard(file, actor=SYSTEM, reason="任务已由另一进程接手")


@contextmanager
def _heartbeat(row: Job, time_limit: int) -> Iterator[None]:
    """Renew the lease from a thread of its own until the block ends or the time limit has passed."""
    over = threading.Event()
    thread = threading.Thread(target=_beat, args=(row, time_limit, over), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _beat(row: Job, time_limit: int, over: threading.Event) -> None:
    deadline = time.monotonic() + time_limit
    try:
        while not over.wait(settings.JOB_HEARTBEAT_SECONDS):
            if time.monotonic() > deadline:
                # Nothing can interrupt a stuck function from inside; the supervisor starts a fresh process.
                log.error("job %s (%s) ran past its limit", row.pk, row.kind)
                os._exit(OVERTIME)
            if not queue.renew(row):
                return
    finally:
        connection.close()


def run_due(pk: Any = None) -> Job | None:
    """Claim one due job (``pk``: only that one) and run it; return the row as it ended, ``None`` when none was due."""
    row = queue.claim(pk)
    if row is None:
        return None
    run(row)
    return Job.objects.get(pk=row.pk)
