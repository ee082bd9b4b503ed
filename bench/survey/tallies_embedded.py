"""Tallies of a district on SQLite: 22 items of every village, beside the database counting its rows."""

from pathlib import Path

from bench.survey.submit import environment_of, python

TITLE = "Survey tallies of all villages, on SQLite"
SIZE = 100_000
REACH = 30
PEER = "every sheet a row, counted one by one"


def prepare(size: int, folder: Path) -> None:
    """A database, filled."""
    environment = environment_of(None, folder)
    python(environment, "manage.py", "migrate", "--verbosity", "0")
    python(environment, "-m", "bench.survey.sheets", "fill", str(size))


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
    return float(python(environment_of(None, folder), "-m", "bench.survey.sheets", way))
