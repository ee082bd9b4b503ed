"""Without a broker, jobs are run by one child process of whichever web process holds a lock."""

from django.conf import settings

from core.children import Child, keep_alive

_RUNNER = Child("job-runner", ("run_jobs", "--embedded"), "runner.lock")


def start() -> None:
    """Look after the runner from a thread of this web process, once; with a broker there is nothing to do."""
    if not settings.CELERY_BROKER_URL and settings.JOB_EMBEDDED:
        keep_alive(_RUNNER)
