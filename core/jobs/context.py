"""What a job function is handed: report progress, keep a file, commit effects only while the claim counts."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import transaction

from core.audit import SystemActor
from core.files.store import store_bytes, store_path
from core.jobs import queue
from core.models.files import StoredFile
from core.models.jobs import Job

_PROGRESS_SECONDS = 0.5


class Superseded(Exception):
    """Another worker holds the job now; whatever this one still does must leave no trace."""


class Cancelled(Exception):
    """The person does not want the result any more."""


class JobContext:
    """The running job as its function sees it."""

    def __init__(self, row: Job) -> None:
        self.row = row
        self.actor = SystemActor(pk=row.requested_by_id, display_name=row.requested_by_name, role="job")
        self._told = 0.0

    @property
    def actor_id(self) -> str:
        """Key of the account that asked; empty for work of the system."""
        return self.row.requested_by_id

    def progress(self, done: int, total: int, note: str = "") -> None:
        """Report ``done`` of ``total``; written at most twice a second. Raises when cancelled or taken over."""
        now = time.monotonic()
        if now - self._told < _PROGRESS_SECONDS and done < total:
            return
        self._told = now
        values = {"progress_done": done, "progress_total": total, "progress_note": note[:120]}
        if not queue.mine(self.row).update(**values):
            raise Superseded
        if Job.objects.filter(pk=self.row.pk, cancel_asked=True).exists():
            raise Cancelled

    def store(self, name: str, content: bytes | Path) -> StoredFile:
        """Keep a file this job made, under the name people will see."""
        if isinstance(content, Path):
            return store_path(actor=self.actor, name=name, path=content)
        return store_bytes(actor=self.actor, name=name, content=content)

    @contextmanager
    def fenced(self) -> Iterator[None]:
        """A transaction whose effects count only if this claim still does; raises ``Superseded`` otherwise."""
        with transaction.atomic():
            if not queue.renew(self.row):
                raise Superseded
            yield
