"""Without a broker, jobs are run by one child process of whichever web process holds a lock.

The web processes of one data directory compete for a file lock; its holder keeps a ``run_jobs`` child alive. When
the holder is killed the kernel frees the lock and another web process, or the next to start, takes over.
"""

import fcntl
import logging
import subprocess
import sys
import threading
import time
from pathlib import Path

from django.conf import settings

log = logging.getLogger(__name__)

# Pauses before a child that died is started again; they double while it keeps dying young.
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 8.0
GROWN_UP = 10.0

_started = threading.Lock()


def start() -> None:
    """Look after the runner from a thread of this web process, once; with a broker there is nothing to do."""
    if settings.CELERY_BROKER_URL or not settings.JOB_EMBEDDED or not _started.acquire(blocking=False):
        return
    threading.Thread(target=_supervise, name="job-runner", daemon=True).start()


def _supervise() -> None:
    path = Path(settings.DATA_DIR) / "runner.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as lock:
        # Sleeps here, in all web processes but one, until the holder is gone.
        fcntl.flock(lock, fcntl.LOCK_EX)
        pause = FIRST_PAUSE
        while True:
            began = time.monotonic()
            code = _run_child()
            grown_up = code == 0 or time.monotonic() - began >= GROWN_UP
            pause = FIRST_PAUSE if grown_up else min(pause * 2, LONGEST_PAUSE)
            log.info("job runner ended with %s, starts again in %s s", code, pause)
            time.sleep(pause)


def _run_child() -> int:
    """Run the child to its end. It reads the pipe: when this process dies in whatever way, the pipe closes."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "run_jobs", "--embedded"]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as child:
        return child.wait()
