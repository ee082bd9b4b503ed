"""Runs the contestants of one comparison, each in a process of its own, taking turns so that noise hits all alike."""

import importlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from types import ModuleType

import django

COMPARISONS = {
    "word": "bench.word_report",
    "word-long": "bench.word_long",
    "excel-write": "bench.excel_write",
    "excel-read": "bench.excel_read",
    "excel-import": "bench.excel_import",
    "forms": "bench.form_sets",
    "jobs": "bench.jobs",
    "plan": "bench.plan",
    "common": "bench.common_problems",
    "ledgers": "bench.ledgers",
    "survey": "bench.survey.submit",
    "tallies": "bench.survey.tallies",
    "tallies-embedded": "bench.survey.tallies_embedded",
    "review-page": "bench.review.page",
    "review-tight": "bench.review.tight",
    "review-deep": "bench.review.deep",
    "review-counts": "bench.review.counts",
    "review-huge": "bench.review.huge",
    "review-common": "bench.review.common",
    "review-between": "bench.review.between",
    "review-rare": "bench.review.rare",
    "review-nothing": "bench.review.nothing",
    "review-realistic": "bench.review.realistic",
    "review-embedded": "bench.review.embedded",
    "review-embedded-word": "bench.review.embedded_word",
}
CONTESTANTS = ("limit", "ours", "peer")


@dataclass(frozen=True)
class Result:
    """Medians over the runs: wall-clock seconds, and megabytes of memory over the same process before the work."""

    seconds: float
    megabytes: float


def load(module: str, folder: Path) -> ModuleType:
    """The module of a comparison (TITLE, SIZE, REACH, PEER, prepare, limit, ours, peer), with Django set up.

    What the product wants to write, it writes below ``folder``, and into no database or broker that is in use.
    """
    os.environ["DJANGO_SETTINGS_MODULE"] = "inspection.settings"
    for name in ("DATABASE_URL", "REDIS_URL"):
        os.environ.pop(name, None)
    os.environ["WUZIJUE_DATA"] = str(folder)
    django.setup()
    return importlib.import_module(module)


def measure(
    comparison: ModuleType, size: int, folder: Path, repeat: int, *, prepared: bool = False
) -> dict[str, Result]:
    """Medians of ``repeat`` runs per contestant; ``prepared``: another comparison has filled ``folder`` already."""
    if not prepared:
        # In a process of its own as well: a child's highest memory counts from its parent's.
        _run(comparison.__name__, "prepare", size, folder)
    runs: dict[str, list[Result]] = {name: [] for name in CONTESTANTS}
    for number in range(repeat):
        for name in CONTESTANTS:
            print(
                f"\r{comparison.TITLE}: run {number + 1} of {repeat}, {name:6}",
                end="",
                file=sys.stderr,
                flush=True,
            )
            runs[name].append(_run(comparison.__name__, name, size, folder))
    print(file=sys.stderr)
    return {name: _medians(results) for name, results in runs.items()}


def obstacle(comparison: ModuleType) -> str:
    """What is missing on this machine, for a comparison that says so; an empty string when nothing is."""
    return comparison.obstacle() if hasattr(comparison, "obstacle") else ""


def _run(module: str, contestant: str, size: int, folder: Path) -> Result:
    command = [sys.executable, "-m", "bench.child", module, contestant, str(size), str(folder)]
    return Result(**json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def _medians(results: list[Result]) -> Result:
    return Result(median(r.seconds for r in results), median(r.megabytes for r in results))
