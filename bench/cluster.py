"""A throw-away PostgreSQL server: made, killed and started again without touching any that is in use."""

import os
import pwd
import random
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

PROGRAMS = ("initdb", "pg_ctl", "postgres")
SECONDS = 60


def obstacle() -> str:
    """What is missing on this machine to start a server; empty when nothing is."""
    missing = [name for name in PROGRAMS if not shutil.which(name)]
    if missing:
        return f"not installed: {', '.join(missing)}"
    return "" if os.geteuid() or _user() else "PostgreSQL does not run as root and there is no user postgres"


def _user() -> str:
    """The user a server started by root runs as; empty when that is ourselves or nobody is there."""
    if os.geteuid():
        return ""
    with suppress(KeyError):
        return pwd.getpwnam("postgres").pw_name
    return ""


class Cluster:
    """A server in ``folder``, which every user must be able to enter; its settings are those that lose nothing."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "postgres"
        self.port = _port()

    def url(self, database: str = "postgres") -> str:
        """Address of a database on it."""
        return f"postgres://postgres@127.0.0.1:{self.port}/{database}"

    def make(self) -> None:
        """Lay the files of a new server out."""
        self.data.mkdir(0o700)
        if _user():
            shutil.chown(self.data, _user())
        words = [
            "--username",
            "postgres",
            "--auth",
            "trust",
            "--encoding",
            "UTF8",
            "--locale",
            "C",
            "--no-sync",
        ]
        self._run("initdb", "--pgdata", str(self.data), *words)

    def start(self) -> None:
        """Start and wait until it accepts connections."""
        options = f"-p {self.port} -h 127.0.0.1 -k '' -c fsync=on -c synchronous_commit=on"
        log = str(self.data / "server.log")
        try:
            self._run("pg_ctl", "start", "-w", "-D", str(self.data), "-l", log, "-o", options)
        except subprocess.CalledProcessError as error:
            raise RuntimeError(self.log()[-2000:]) from error

    def stop(self, how: str = "fast") -> None:
        """Stop: ``fast`` in good order, ``immediate`` without writing anything down any more."""
        self._run("pg_ctl", "stop", "-w", "-D", str(self.data), "-m", how)

    def kill(self) -> None:
        """The postmaster dies as by the out-of-memory killer, and its children with it; nothing is written any more."""
        os.kill(self.pid, signal.SIGSTOP)  # so that it takes on nobody while its children are counted
        processes = self._processes()
        for pid in processes:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        end = time.monotonic() + SECONDS
        while any(_runs(pid) for pid in processes) and time.monotonic() < end:
            time.sleep(0.02)
        # Where nobody buries the dead, their numbers stay taken and the next start would believe in them.
        (self.data / "postmaster.pid").unlink()

    @property
    def pid(self) -> int:
        """Number of the postmaster's process."""
        return int((self.data / "postmaster.pid").read_text().split()[0])

    def log(self) -> str:
        """What the server has written."""
        path = self.data / "server.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def _processes(self) -> list[int]:
        """The postmaster and its children, by what the kernel says."""
        found = [self.pid]
        for status in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                if int(status.read_text().rpartition(")")[2].split()[1]) == self.pid:
                    found.append(int(status.parent.name))
        return found

    def _run(self, *command: str) -> None:
        extra: dict[str, Any] = {"user": _user(), "extra_groups": []} if _user() else {}
        # To a file: a server keeps its starter's output open, and a pipe would never come to its end.
        with (self.data.parent / "postgres.log").open("ab") as log:
            subprocess.run(command, check=True, stdout=log, stderr=log, cwd="/", timeout=SECONDS, **extra)


def _port() -> int:
    """A free port that no outgoing connection is given while the server is down."""
    for port in random.SystemRandom().sample(range(20_000, 32_000), 100):
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
    raise OSError("no free port")


def _runs(pid: int) -> bool:
    """Whether a process still does anything; one that is dead and not buried does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in ("Z", "X")
    except OSError:
        return False


@contextmanager
def running(folder: Path) -> Iterator[Cluster]:
    """A new server that is gone with the block."""
    cluster = Cluster(folder)
    cluster.make()
    cluster.start()
    try:
        yield cluster
    finally:
        with suppress(subprocess.CalledProcessError, OSError):
            cluster.stop("immediate")
