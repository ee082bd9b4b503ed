"""Answers from phones taken in: the product's address beside a bare view with one INSERT, in the same server.

Time for so many accepted answers, so the ratio is the bare view's answers per second divided by ours; 1 / 0.7 is the
most it may be. Sixteen connections, as many as the server has threads, each sending its next answer when the last one
has been accepted. Everything is on: middleware, fsync, sealing, slip, receipt.
"""

import json
import os
import secrets
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import cluster
from bench.cluster import Cluster

TITLE = "Survey answers accepted, on PostgreSQL"
SIZE = 3_000
REACH = round(1 / 0.7, 2)
PEER = "form class with 22 fields, 22 rows"

CONNECTIONS = 16
WARM = 200
ROOT = Path(__file__).resolve().parent.parent.parent
SHEET = {
    "group": "villager",
    "answers": "2" * 22,
    "comment": "路灯坏了三个月，没有人来修。",
    "words": {},
    "marks": "",
}


def obstacle() -> str:
    """PostgreSQL's own programs are needed."""
    return cluster.obstacle()


def prepare(size: int, folder: Path) -> None:
    """A server of our own with a village whose survey is open."""
    folder.chmod(0o711)
    server = Cluster(folder)
    server.make()
    server.start()
    try:
        environment = environment_of(server, folder)
        python(environment, "manage.py", "migrate", "--verbosity", "0")
        python(environment, "-m", "bench.survey.stage", "make")
    finally:
        server.stop()


def limit(size: int, folder: Path) -> float:
    """One INSERT."""
    return _measure(size, folder, "/bench/bare/")


def ours(size: int, folder: Path) -> float:
    """What a phone asks for."""
    return _measure(size, folder, "/w/jiao/", slips=True)


def peer(size: int, folder: Path) -> float:
    """A row for each answer."""
    return _measure(size, folder, "/bench/peer/")


def _measure(size: int, folder: Path, path: str, slips: bool = False) -> float:
    with served(folder) as (port, environment):
        words = ("-m", "bench.survey.stage", "slips", str(size + WARM))
        tokens = python(environment, *words).split() if slips else [""] * (size + WARM)
        posts = [
            request(path, {"token": token, "submission": secrets.token_hex(16)} | SHEET) for token in tokens
        ]
        send_all(port, posts[:WARM])
        return send_all(port, posts[WARM:])


@contextmanager
def served(folder: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """PostgreSQL and the web process as in production; its port and its environment."""
    server = Cluster(folder)
    server.start()
    try:
        environment = environment_of(server, folder)
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = probe.getsockname()[1]
        # As deploy/bin/web starts it.
        words = ["--worker-class", "gthread", "--workers", "2", "--threads", "8", "--no-control-socket"]
        command = [
            sys.executable,
            "-m",
            "gunicorn",
            "bench.survey.server",
            "--bind",
            f"127.0.0.1:{port}",
            *words,
        ]
        with (folder / "web.log").open("ab") as log:
            web = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            _wait_for(port)
            yield port, environment
        finally:
            web.terminate()
            web.wait(30)
    finally:
        server.stop()


def environment_of(server: Cluster | None, folder: Path) -> dict[str, str]:
    """The product's settings for a server; without one, for SQLite below ``folder``."""
    own = {
        "DATABASE_URL": server.url() if server else f"sqlite:///{folder}/wuzijue.sqlite3",
        "WUZIJUE_DATA": str(folder),
        "JOB_EMBEDDED": "0",
        "LOG_LEVEL": "WARNING",
    }
    return os.environ | own | {"PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "inspection.settings"}


def python(environment: dict[str, str], *words: str) -> str:
    """Run Python to its end; what it printed."""
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout


def _wait_for(port: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the web process does not answer")


# --- the phones --------------------------------------------------------------------------------------------


def request(path: str, body: dict[str, object]) -> bytes:
    """A whole request as bytes, so that sending costs the least."""
    content = json.dumps(body, ensure_ascii=False).encode()
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    return f"{head}Content-Length: {len(content)}\r\n\r\n".encode() + content


def send_all(port: int, posts: list[bytes]) -> float:
    """Send every request once over few connections; seconds it took. Anything but an acceptance is an error."""
    waiting, faults = iter(posts), []
    lock = threading.Lock()

    def phone() -> None:
        line = b""
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=60) as wire:
                while True:
                    with lock:
                        post = next(waiting, None)
                    if post is None:
                        return
                    wire.sendall(post)
                    line = _answer(wire)
                    if b'"received"' not in line:
                        raise RuntimeError(line)
        except Exception as error:
            faults.append(error)

    phones = [threading.Thread(target=phone) for _ in range(CONNECTIONS)]
    start = time.perf_counter()
    for each in phones:
        each.start()
    for each in phones:
        each.join()
    if faults:
        raise RuntimeError(faults[0])
    return time.perf_counter() - start


def _answer(wire: socket.socket) -> bytes:
    """One whole answer: head and as many bytes as it announces."""
    held = b""
    while b"\r\n\r\n" not in held:
        part = wire.recv(65536)
        if not part:
            raise RuntimeError("connection closed")
        held += part
    head, _, body = held.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
    while len(body) < length:
        body += wire.recv(65536)
    return head + body
