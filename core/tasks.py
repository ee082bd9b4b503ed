"""What Celery delivers: the id of a job row to run, and every few seconds the search for rows nobody runs."""

from celery import shared_task
from django.db.models.functions import Now

from core.jobs import doorbell, queue
from core.jobs.runner import run_due

REAP_AT_ONCE = 200


@shared_task(name=doorbell.RUN_TASK)
def run_job(pk: str) -> None:
    """Run one job if it is still due; a message that comes twice finds nothing to do."""
    run_due(pk)


@shared_task(name="core.reap_jobs")
def reap_jobs() -> None:
    """Ring again for rows that wait although they are due, and for rows whose worker died."""
    late = queue.due().filter(not_before__lt=Now()).order_by("not_before").values_list("pk", flat=True)
    for pk in late[:REAP_AT_ONCE]:
        doorbell.ring(pk)
