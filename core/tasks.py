"""What Celery delivers: the id of a job row to run, the search for rows nobody runs, the clearing of old pieces."""

from celery import shared_task

from core.files.pieces import drop_expired
from core.jobs import doorbell, lease
from core.jobs.runner import run_due

REAP_AT_ONCE = 200


@shared_task(name=doorbell.RUN_TASK)
def run_job(pk: str) -> None:
    """Run one job if it is still due; a message that comes twice finds nothing to do."""
    run_due(pk)


@shared_task(name="core.reap_jobs")
def reap_jobs() -> None:
    """Ring again for rows that wait although they are due, and for rows whose worker died."""
    rows = list(lease.due()[:REAP_AT_ONCE])
    if rows:
        doorbell.ring_again(rows)


@shared_task(name="core.tasks.drop_uploads")
def drop_uploads() -> None:
    """Remove what was never sent to its end and waited long enough."""
    drop_expired()
