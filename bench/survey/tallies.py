"""Tallies of a district on PostgreSQL: 22 items of every village, beside the database counting its rows."""

from pathlib import Path

from bench import cluster
from bench.cluster import Cluster
from bench.survey.submit import environment_of, python

TITLE = "Survey tallies of all villages, on PostgreSQL"
SIZE = 100_000
REACH = 15
PEER = "every sheet a row, counted one by one"


def obstacle() -> str:
    """PostgreSQL's own programs are needed."""
    return cluster.obstacle()


def prepare(size: int, folder: Path) -> None:
    """A server of our own, filled."""
    folder.chmod(0o711)
    server = Cluster(folder)
    server.make()
    server.start()
    try:
        environment = environment_of(server, folder)
        python(environment, "manage.py", "migrate", "--verbosity", "0")
        python(environment, "-m", "bench.survey.sheets", "fill", str(size))
    finally:
        server.stop()


def limit(size: int, folder: Path) -> float:
    """``count(*)``."""
    return _measure(folder, "limit")


def ours(size: int, folder: Path) -> float:
    """A village's sheets as one text."""
    return _measure(folder, "ours")


def peer(size: int, folder: Path) -> float:
    """Row by row."""
    return _measure(folder, "peer")


def _measure(folder: Path, way: str) -> float:
    server = Cluster(folder)
    server.start()
    try:
        return float(python(environment_of(server, folder), "-m", "bench.survey.sheets", way))
    finally:
        server.stop()
