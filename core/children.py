"""Where nothing else looks after processes, one web process of a data directory keeps each helper alive.

The web processes compete for a file lock; its holder keeps the child alive. When the holder is killed the kernel frees
the lock and another web process, or the next to start, takes over.
"""

import fcntl
import logging
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

log = logging.getLogger(__name__)

# Pauses before a child that died is started again; they double while it keeps dying young.
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 8.0
GROWN_UP = 10.0


@dataclass(frozen=True)
class Child:
    """A helper: its name, its management command, and the lock file whose holder looks after it."""

    name: str
    command: tuple[str, ...]
    lock: str


_kept: set[str] = set()
_mutex = threading.Lock()


def keep_alive(child: Child) -> None:
    """Look after ``child`` from a thread of this web process, once."""
    with _mutex:
        if child.name in _kept:
            return
        _kept.add(child.name)
    threading.Thread(target=_supervise, args=(child,), name=child.name, daemon=True).start()


def _supervise(child: Child) -> None:
    path = Path(settings.DATA_DIR) / child.lock
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as lock:
        # Sleeps here, in all web processes but one, until the holder is gone.
        fcntl.flock(lock, fcntl.LOCK_EX)
        pause = FIRST_PAUSE
        while True:
            began = time.monotonic()
            code = _run(child)
            grown_up = code == 0 or time.monotonic() - began >= GROWN_UP
            pause = FIRST_PAUSE if grown_up else min(pause * 2, LONGEST_PAUSE)
            log.info("%s ended with %s, starts again in %s s", child.name, code, pause)
            time.sleep(pause)


def _run(child: Child) -> int:
    """Run the child to its end. It reads the pipe: when this process dies in whatever way, the pipe closes."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), *child.command]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        return process.wait()
