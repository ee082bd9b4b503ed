"""A throw-away PostgreSQL server: made, killed and started again without touching any that is in use."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
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
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]

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
        options = f"-p {self.port} -h 127.0.0.1 -k {self.data} -c fsync=on -c synchronous_commit=on"
        log = str(self.data / "server.log")
        self._run("pg_ctl", "start", "-w", "-D", str(self.data), "-l", log, "-o", options)

    def stop(self, how: str = "fast") -> None:
        """Stop: ``fast`` in good order, ``immediate`` without writing anything down any more."""
        self._run("pg_ctl", "stop", "-w", "-D", str(self.data), "-m", how)

    def kill(self) -> None:
        """The postmaster dies as by the out-of-memory killer; its children notice and leave."""
        children = [pid for pid in self._processes() if pid != self.pid]
        os.kill(self.pid, signal.SIGKILL)
        for pid in children:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

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
