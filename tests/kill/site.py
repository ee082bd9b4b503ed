"""One installation of the product for one test: data directory, database, and the processes started on it."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg2
from psycopg2 import sql

from tests.architecture.source import ROOT
from tests.kill.oracle import Findings, judge

PACE = {
    "JOB_EXTRA_MODULES": "tests.kill.kinds",
    "JOB_LEASE_SECONDS": "2",
    "JOB_HEARTBEAT_SECONDS": "0.5",
    "JOB_BACKOFF_SECONDS": "0.2,0.2,0.2",
    "JOB_REAP_SECONDS": "1",
}
OURS = (
    "DATABASE_URL",
    "REDIS_URL",
    "WUZIJUE_",
    "JOB_",
    "DJANGO_SETTINGS_MODULE",
    "WEB_",
    "WORKER_",
    "PYTEST_",
)


class Site:
    """Processes started here end with it; their output lies beside the data, one log per name."""

    def __init__(self, folder: Path, database_url: str, **environment: str) -> None:
        self.folder = folder
        self.database_url = database_url
        foreign = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        address = {"DATABASE_URL": database_url} if database_url else {}
        self.environment = foreign | PACE | address | environment
        self.environment |= {
            "WUZIJUE_DATA": str(folder),
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
            "BEAT_SCHEDULE": str(folder / "beat-schedule"),
        }
        self.processes: list[subprocess.Popen[bytes]] = []
        self.asked: dict[str, dict[str, Any]] = {}
        self.desk = Desk(self)

    def start(self, name: str, *command: str, **environment: str) -> subprocess.Popen[bytes]:
        """Start a process in a process group of its own, as a terminal or an init system does.

        It hears Ctrl+C also where these tests themselves run behind a shell that made its children deaf to it.
        """
        with (self.folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                ("env", "--default-signal=INT", *command),
                cwd=ROOT,
                env=self.environment | environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.processes.append(process)
        return process

    def manage(self, name: str, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
        """Start a management command."""
        return self.start(name, sys.executable, "manage.py", *arguments, **environment)

    def log(self, name: str) -> str:
        """What the processes of that name have written so far."""
        path = self.folder / f"{name}.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def order(self, text: str, kind: str, seconds: float = 0.6) -> dict[str, Any]:
        """What to ask the desk for."""
        starts = str(self.folder / "starts")
        return {"kind": kind, "args": {"text": text, "seconds": seconds, "starts": starts}}

    def ask(self, count: int, seconds: float = 0.6) -> dict[str, Any]:
        """Ask for ``count`` jobs, of both ways to end by turns, and remember them for the oracle."""
        kinds = ("kill.file", "kill.effect")
        orders = [self.order(f"第{n}份", kinds[n % 2], seconds) for n in range(count)]
        answer = self.desk.say("ask", orders=orders)
        self.remember(answer["keys"], orders)
        return answer

    def remember(self, keys: list[str], orders: list[dict[str, Any]]) -> None:
        """These jobs were asked for and have to be done."""
        for key, order in zip(keys, orders, strict=True):
            self.asked[key] = {"kind": order["kind"], "text": order["args"]["text"]}

    def jobs(self) -> dict[str, dict[str, Any]]:
        """All job rows by key."""
        return self.desk.say("look")["jobs"]

    def states(self) -> list[str]:
        """The states of the jobs that the oracle expects."""
        jobs = self.jobs()
        return [jobs[key]["state"] if key in jobs else "missing" for key in self.asked]

    def are_all_done(self) -> bool:
        """Has every job that was asked for ended well?"""
        return set(self.states()) == {"done"}

    def findings(self) -> Findings:
        """What the oracle says now."""
        return judge(self.asked, self.desk.say("look"), self.folder / "media")

    def starts(self) -> list[str]:
        """Keys in the order in which jobs were started."""
        path = self.folder / "starts"
        return path.read_text().split() if path.exists() else []

    def close(self) -> None:
        """End everything that was started here, and what that has started."""
        self.desk.close()
        for process in self.processes:
            end_group(process)


class Desk:
    """The other end of ``tests.kill.desk``; started when first spoken to."""

    def __init__(self, site: Site, **environment: str) -> None:
        self.site = site
        self.environment = environment
        self.process: subprocess.Popen[str] | None = None

    def say(self, do: str, **words: Any) -> Any:
        """Give one order and return the answer; ``None`` when the desk died over it."""
        if self.process is None:
            self.process = self._open()
        self.process.stdin.write(json.dumps({"do": do} | words) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if answer:
            return json.loads(answer)
        assert self.process.wait() == -signal.SIGKILL, self.site.log("desk")
        self.process = None
        return None

    def _open(self) -> "subprocess.Popen[str]":
        with (self.site.folder / "desk.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "tests.kill.desk"],
                cwd=ROOT,
                env=self.site.environment | self.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )

    def close(self) -> None:
        """Send the desk home."""
        if self.process is not None:
            self.process.stdin.close()
            self.process.wait(timeout=10)


def end_group(process: subprocess.Popen[bytes], how: int = signal.SIGKILL) -> None:
    """Send ``how`` to a process and everything in its group, and wait for the process itself."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, how)
    process.wait(timeout=15)


# --- databases ---------------------------------------------------------------------------------------------


@contextmanager
def migrated(folder: Path, database_url: str) -> Iterator[tuple[Path, str]]:
    """A data directory and, with PostgreSQL, a database that hold the tables and nothing else, to be copied."""
    folder.mkdir()
    address = with_name(database_url, "_kill") if database_url else ""
    if address:
        create_database(address)
    site = Site(folder, address)
    try:
        assert site.manage("migrate", "migrate", "--verbosity", "0").wait() == 0, site.log("migrate")
        yield folder, address
    finally:
        site.close()
        if address:
            drop_database(address)


@contextmanager
def copied(template: tuple[Path, str], folder: Path, **environment: str) -> Iterator[Site]:
    """A site of its own with the tables of ``template``; a test that failed shows its logs."""
    pattern, address = template
    shutil.copytree(pattern, folder)
    own = with_name(address, f"_{folder.parent.name}") if address else ""
    if own:
        create_database(own, template=address)
    site = Site(folder, own, **environment)
    try:
        yield site
    finally:
        site.close()
        for log in sorted(folder.glob("*.log")):
            print(f"---- {log.name}\n{log.read_text(errors='replace')[-4000:]}")
        if own:
            drop_database(own)


def with_name(database_url: str, ending: str) -> str:
    """The address of a database whose name has ``ending`` added."""
    parts = urlsplit(database_url)
    return urlunsplit(parts._replace(path=parts.path + ending))


def create_database(address: str, template: str = "") -> None:
    """Make an empty database, or a copy of the one at ``template``."""
    drop_database(address)
    source = sql.SQL("TEMPLATE {}").format(sql.Identifier(name_in(template))) if template else sql.SQL("")
    _on_server(address, sql.SQL("CREATE DATABASE {} {}").format(sql.Identifier(name_in(address)), source))


def drop_database(address: str) -> None:
    """Remove a database with whoever is still connected to it."""
    _on_server(
        address, sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name_in(address)))
    )


def name_in(address: str) -> str:
    """The database's name."""
    return urlsplit(address).path.lstrip("/")


def _on_server(address: str, statement: sql.Composed) -> None:
    connection = psycopg2.connect(urlunsplit(urlsplit(address)._replace(path="/postgres")))
    connection.autocommit = True
    try:
        connection.cursor().execute(statement)
    finally:
        connection.close()
