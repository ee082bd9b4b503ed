"""What a job function is handed: report progress, keep a file, commit effects only while the claim counts."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import transaction

from core.audit import SystemActor
from core.files.store import Incoming, check_own, keep, receiving
from core.jobs import lease
from core.models.files import StoredFile
from core.models.jobs import Job

_PROGRESS_SECONDS = 0.5
_PIECE = 1024 * 1024


class JobContext:
    """The running job as its function sees it."""

    def __init__(self, row: Job) -> None:
        self.row = row
        self.actor = SystemActor(pk=row.requested_by_id, display_name=row.requested_by_name, role="job")
        self.stored: StoredFile | None = None
        self.finished = False
        self._told = 0.0

    @property
    def actor_id(self) -> str:
        """Key of the account that asked; empty for work of the system."""
        return self.row.requested_by_id

    def progress(self, done: int, total: int, note: str = "") -> None:
        """Report ``done`` of ``total``; written at most twice a second and when ``done`` reaches ``total``.

        Raises ``lease.Superseded`` when the job was cancelled or taken over: let it pass.
        """
        now = time.monotonic()
        if now - self._told >= _PROGRESS_SECONDS or done == total:
            self._told = now
            lease.report(self.row, done, total, note[:120])

    def store(self, name: str, content: bytes | Path) -> StoredFile:
        """Keep the one file this job makes, under the name people will see.

        The job row names it from the moment it exists; when the job then fails, is cancelled or runs again, the
        file is taken back.
        """
        if self.stored is not None:
            raise RuntimeError("a job keeps one file")
        with receiving() as incoming:
            _fill(incoming, content)
            check_own(incoming.path, name)
            with transaction.atomic():
                lease.hold(self.row)
                stored = keep(incoming, actor=self.actor, name=name)
                lease.attach(self.row, stored)
        self.stored = stored
        return stored

    @contextmanager
    def fenced(self) -> Iterator[None]:
        """A transaction whose effects count only if this claim still does; raises ``lease.Superseded`` otherwise.

        After a crash the job runs again from its beginning, so what is done here must bear being done twice.
        """
        with transaction.atomic():
            lease.hold(self.row)
            yield

    @contextmanager
    def finishing(self, **result: Any) -> Iterator[None]:
        """The transaction that ends the job: effects inside and the job's end are committed together, so exactly once.

        ``result`` is kept on the row, the stored file as well. Nothing may follow in the job function.
        """
        with transaction.atomic():
            if not lease.finish(self.row, result, self.stored):
                raise lease.Superseded
            yield
        self.finished = True


def _fill(incoming: Incoming, content: bytes | Path) -> None:
    """Copy and flush to disk before the transaction begins: nobody should wait for a large file's disk writes."""
    if isinstance(content, bytes):
        incoming.write(content)
    else:
        with content.open("rb") as source:
            while block := source.read(_PIECE):
                incoming.write(block)
    incoming.flush()
    handle = os.open(incoming.path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
