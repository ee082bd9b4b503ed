"""Tells a worker that there is something to do. Losing the message loses nothing: the reaper rings again."""

import logging
import time
from collections.abc import Sequence
from typing import Any

from celery import current_app
from django.conf import settings

from core.jobs import registry
from core.models.jobs import Job

log = logging.getLogger(__name__)

RUN_TASK = "core.run_job"
# Celery's own limit is only the net under the one the runner keeps.
_GRACE_SECONDS = 60
# A request must not wait for a broker that is gone: one try of half a second.
_BRIEF = {
    "socket_timeout": 0.5,
    "socket_connect_timeout": 0.5,
    "connect_retries_timeout": 0.5,
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
    "interval_max": 0,
}
# One that has just failed is left alone for a moment: who asks for twenty jobs must not wait twenty times.
_QUIET_SECONDS = 5.0
_quiet_until = 0.0


def ring(row: Job) -> None:
    """Send the job's id to the workers; without a broker the embedded runner looks at the table by itself."""
    global _quiet_until
    if not settings.CELERY_BROKER_URL or time.monotonic() < _quiet_until:
        return
    try:
        with current_app.connection_for_write(
            settings.CELERY_BROKER_URL, transport_options=_BRIEF
        ) as connection:
            _send(connection, row)
    except Exception as error:  # any fault of any broker: the row is safe, the person must not notice
        _quiet_until = time.monotonic() + _QUIET_SECONDS
        log.warning("job %s not announced: %s", row.pk, type(error).__name__)


def ring_again(rows: Sequence[Job]) -> int:
    """Announce as many due ``rows`` as the broker holds no message for; return how many.

    Without counting what still waits there, workers that are busy or away for days would find the same ids by the
    thousand, and a broker that never throws a message away would fill up.
    """
    with current_app.connection_for_write(settings.CELERY_BROKER_URL) as connection:
        missing = rows[: max(0, len(rows) - _waiting(connection))]
        for row in missing:
            _send(connection, row)
    return len(missing)


def _send(connection: Any, row: Job) -> None:
    limit = registry.limit_of(row.kind) + _GRACE_SECONDS
    current_app.send_task(
        RUN_TASK,
        args=[str(row.pk)],
        connection=connection,
        retry=False,
        ignore_result=True,
        time_limit=limit + _GRACE_SECONDS,
        soft_time_limit=limit,
    )


def _waiting(connection: Any) -> int:
    """Messages in the queue that no worker has taken yet."""
    try:
        queue = connection.default_channel.queue_declare(current_app.conf.task_default_queue, passive=True)
    except connection.channel_errors:
        return 0
    return queue.message_count
