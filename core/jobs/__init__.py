"""Background jobs: ask for one with :func:`enqueue`, write one with :func:`job`."""

from core.jobs.context import JobContext
from core.jobs.queue import cancel, enqueue, retry
from core.jobs.registry import job, may_have

__all__ = ["JobContext", "cancel", "enqueue", "job", "may_have", "retry"]
