"""Without a broker, jobs are run by one child process of whichever web process holds a lock.

The web processes of one data directory compete for a file lock; its holder keeps a ``run_jobs`` child alive. When
the holder is killed the lock is free and another one, or the next to start, takes over; rows carry on by their lease.
"""

import fcntl
import logging
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

from django.conf import settings

log = logging.getLogger(__name__)

_PAUSE_SECONDS = 1.0
_started = threading.Lock()


def start() -> None:
    """Look after the runner from a thread of this web process, once; with a broker there is nothing to do."""
    if settings.CELERY_BROKER_URL or not _started.acquire(blocking=False):
        return
    threading.Thread(target=_supervise, name="job-runner", daemon=True).start()


def _supervise() -> None:
    path = Path(settings.DATA_DIR) / "runner.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as lock:
        while not _taken(lock.fileno()):
            time.sleep(_PAUSE_SECONDS)
        while True:
            _run_child()
            time.sleep(_PAUSE_SECONDS)


def _taken(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _run_child() -> None:
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "run_jobs", "--parent", str(os.getpid())]
    code = subprocess.Popen(command, stdin=subprocess.DEVNULL).wait()
    log.info("job runner ended with %s", code)
