"""The benchmark runs, on a small number of rows, and its table tells ratio and verdict."""

import subprocess
import sys

import pytest

from bench.compare import COMPARISONS
from tests.architecture.source import ROOT


@pytest.mark.parametrize("name", COMPARISONS)
def test_a_comparison_runs_and_says_whether_it_reached_its_ratio(name):
    size = {"jobs": "5", "forms": "1"}.get(name, "200")
    command = [sys.executable, "-m", "bench", name, "--size", size, "--repeat", "1"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False)
    if "left out" in result.stdout:
        pytest.skip(result.stdout)
    assert "ratio" in result.stdout, result.stderr
    assert ("MISSED" if result.returncode else "reached") in result.stdout


def test_an_unknown_comparison_is_refused():
    command = [sys.executable, "-m", "bench", "no-such-thing"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert result.returncode == 2
    assert "no such comparison: no-such-thing" in result.stderr
