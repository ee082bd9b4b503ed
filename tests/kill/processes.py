"""Looking at processes and ending them, by what the kernel says in /proc."""

import os
import signal
from pathlib import Path


def children(pid: int) -> list[int]:
    """Ids of the living processes whose parent is ``pid``."""
    return [
        int(folder.name) for folder in Path("/proc").glob("[0-9]*") if _parent_and_state(folder)[0] == pid
    ]


def is_alive(pid: int) -> bool:
    """Does the process still run? One that has ended and waits to be buried does not."""
    return _parent_and_state(Path(f"/proc/{pid}"))[1] not in ("", "Z", "X")


def is_defunct(pid: int) -> bool:
    """Has it ended without its parent having taken note?"""
    return _parent_and_state(Path(f"/proc/{pid}"))[1] == "Z"


def command_line(pid: int) -> str:
    """Program and arguments; empty when the process is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def runners(pid: int) -> list[int]:
    """Job runners among the living children of ``pid``."""
    return [child for child in children(pid) if is_alive(child) and "run_jobs" in command_line(child)]


def kill(pid: int) -> None:
    """As the out-of-memory killer does."""
    os.kill(pid, signal.SIGKILL)


def _parent_and_state(folder: Path) -> tuple[int, str]:
    try:
        # The name in brackets may hold blanks and brackets itself; what follows the last one is fixed.
        state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
    except OSError:
        return 0, ""
    return int(parent), state
