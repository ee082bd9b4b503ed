"""The benchmark runs, on a small number of rows, and its table tells ratio and verdict."""

import subprocess
import sys
from itertools import groupby

import pytest
from django.db import connection

from bench.compare import COMPARISONS
from tests.architecture.source import ROOT


def stage(name):
    """What a comparison is prepared on; those of the review list share one server, which takes long to fill."""
    if not name.startswith("review-"):
        return name
    return "review-embedded" if name.startswith("review-embedded") else "review"


@pytest.mark.skipif(
    connection.vendor == "postgresql",
    reason="makes servers and databases of its own: the run on SQLite shows it",
)
@pytest.mark.parametrize(
    "names", [list(names) for _, names in groupby(sorted(COMPARISONS, key=stage), stage)]
)
def test_comparisons_run_and_say_whether_they_reached_their_ratio(names):
    size = {"jobs": "5", "forms": "1"}.get(names[0], "200")
    command = [sys.executable, "-m", "bench", *names, "--size", size, "--repeat", "1"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=900, check=False)
    if "left out" in result.stdout:
        pytest.skip(result.stdout)
    assert result.stdout.count("to reach:") == len(names), result.stderr
    assert ("MISSED" if result.returncode else "reached") in result.stdout


def test_an_unknown_comparison_is_refused():
    command = [sys.executable, "-m", "bench", "no-such-thing"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert result.returncode == 2
    assert "no such comparison: no-such-thing" in result.stderr
