"""Tells a worker that there is something to do. Losing the message loses nothing: the reaper rings again."""

import logging
from typing import Any

from celery import current_app
from django.conf import settings

log = logging.getLogger(__name__)

RUN_TASK = "core.run_job"
# A request must not wait for a broker that is gone.
_BRIEF = {"socket_timeout": 0.5, "socket_connect_timeout": 0.5}


def ring(pk: Any) -> None:
    """Send the job's id to the workers; without a broker the embedded runner looks at the table by itself."""
    if not settings.CELERY_BROKER_URL:
        return
    try:
        with current_app.connection_for_write(transport_options=_BRIEF) as connection:
            current_app.send_task(
                RUN_TASK, args=[str(pk)], connection=connection, retry=False, ignore_result=True
            )
    except Exception as error:  # any fault of any broker: the row is safe, the person must not notice
        log.warning("job %s not announced: %s", pk, type(error).__name__)
