"""From the click to the moment a job is seen running, with a Redis server and a warm worker of its own."""

import multiprocessing
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import redis
from django.conf import settings
from django.core.management import call_command

from bench.stock_celery import app as stock
from core.audit import SYSTEM
from core.jobs import enqueue, job
from core.models import Job, JobState

TITLE = "Job, click to seen running"
SIZE = 40
REACH = 500
PEER = "stock Celery (loses jobs on kill -9)"

PATIENCE = 60.0


@job("bench.nothing", title="空任务")
def nothing(ctx):
    """Be started, that is all."""


def obstacle() -> str:
    """What is missing to run this comparison."""
    return "" if shutil.which("redis-server") else "redis-server is not installed"


def prepare(size: int, folder: Path) -> None:
    """The tables."""
    call_command("migrate", verbosity=0)


def limit(size: int, folder: Path) -> float:
    """A word to another process and back through Redis, nothing kept."""
    with broker(folder) as url, redis.Redis.from_url(url) as line:
        other = multiprocessing.Process(target=_echo, args=(url,), daemon=True)
        other.start()

        def click() -> None:
            line.lpush("there", "x")
            assert line.brpop("back", PATIENCE)

        seconds = clicks(size, click)
        other.terminate()
        other.join()
    return seconds


def _echo(url: str) -> None:
    with redis.Redis.from_url(url) as line:
        while line.brpop("there", PATIENCE):
            line.lpush("back", "x")


def ours(size: int, folder: Path) -> float:
    """A row committed, the bell rung, the row seen to be no longer waiting."""
    with broker(folder) as url, worker(folder, "inspection", url):
        settings.CELERY_BROKER_URL = url

        def click() -> None:
            key = enqueue("bench.nothing", args={}, actor=SYSTEM).pk
            until(lambda: not Job.objects.filter(pk=key, state=JobState.QUEUED).exists())

        return clicks(size, click, rest=lambda: not Job.objects.unfinished().exists())


def peer(size: int, folder: Path) -> float:
    """A message to a worker, which leaves a mark in Redis; without a row there is nothing else to look at."""
    with broker(folder) as url, worker(folder, "bench.stock_celery", url), redis.Redis.from_url(url) as line:
        stock.conf.broker_url = url

        def click() -> None:
            stock.send_task("bench.mark")
            until(lambda: line.delete("mark"))

        return clicks(size, click)


def clicks(size: int, click: Callable[[], None], rest: Callable[[], object] = lambda: True) -> float:
    """Seconds for ``size`` clicks, each on a worker at rest, after one that warms everything up."""
    seconds = 0.0
    for number in range(size + 1):
        start = time.perf_counter()
        click()
        seconds += (time.perf_counter() - start) * (number > 0)
        until(rest)
    return seconds


def until(seen: Callable[[], object]) -> None:
    """Look every millisecond."""
    end = time.monotonic() + PATIENCE
    while not seen():
        assert time.monotonic() < end, "not seen running"
        time.sleep(0.001)


@contextmanager
def broker(folder: Path) -> Iterator[str]:
    """A Redis server on a port of its own; its address."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    with running(folder, command):
        url = f"redis://127.0.0.1:{port}/0"
        until(lambda: _is_open(port))
        yield url


def _is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def worker(folder: Path, app: str, url: str) -> Iterator[None]:
    """One worker process with the settings of the product's own."""
    words = ["--loglevel", "WARNING", "--concurrency", "1", "--without-mingle", "--without-gossip"]
    command = [sys.executable, "-m", "celery", "--app", app, "worker", *words]
    with running(folder, command, REDIS_URL=url, JOB_EXTRA_MODULES="bench.jobs"):
        yield


@contextmanager
def running(folder: Path, command: list[str], **environment: str) -> Iterator[None]:
    """A process that ends with the block."""
    with (folder / "process.log").open("ab") as log:
        process = subprocess.Popen(command, env=os.environ | environment, stdout=log, stderr=log)
    try:
        yield
    finally:
        process.terminate()
        process.wait(30)
