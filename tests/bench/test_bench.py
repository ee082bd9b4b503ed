"""The benchmark runs, on a small number of rows, and its table tells ratio and verdict."""

import subprocess
import sys
from itertools import groupby

import pytest
from django.db import connection

from bench.compare import COMPARISONS
from bench.review import papers
from bench.review.cases import CASES, PAGE, way
from tests.architecture.source import ROOT


def stage(name):
    """What a comparison is prepared on; those of the review list share one server, which takes long to fill."""
    if not name.startswith("review-"):
        return name
    return "review-embedded" if name.startswith("review-embedded") else "review"


def few(names):
    """Those that share a stage differ by what they ask, which is asked of this database below: two are enough."""
    return [name for _, group in groupby(sorted(names, key=stage), stage) for name in list(group)[:2]]


@pytest.mark.skipif(
    connection.vendor == "postgresql",
    reason="makes servers and databases of its own: the run on SQLite shows it",
)
@pytest.mark.parametrize("names", [list(names) for _, names in groupby(few(COMPARISONS), stage)])
def test_comparisons_run_and_say_whether_they_reached_their_ratio(names):
    size = {"jobs": "5", "forms": "1"}.get(names[0], "200")
    command = [sys.executable, "-m", "bench", *names, "--size", size, "--repeat", "1"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=900, check=False)
    if "left out" in result.stdout:
        pytest.skip(result.stdout)
    assert result.stdout.count("to reach:") == len(names), result.stderr
    assert ("MISSED" if result.returncode else "reached") in result.stdout


@pytest.mark.django_db
def test_the_review_list_finds_in_every_case_what_the_usual_way_finds():
    papers.fill(240)
    for case in CASES:
        assert len(way(case, "limit")()) == PAGE
        ours, (usual, *_) = way(case, "ours")(), way(case, "peer")()
        page = getattr(ours, "page", ours)
        found, expected = [row.pk for row in page.rows], [row.pk for row in usual[0]]
        # Page 1,000 is the last one there is, cut at another place by either way.
        assert set(found) & set(expected) if case == "deep" else found == expected[: PAGE - 1], case
        assert found or case in ("nothing", "tight"), case


def test_an_unknown_comparison_is_refused():
    command = [sys.executable, "-m", "bench", "no-such-thing"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert result.returncode == 2
    assert "no such comparison: no-such-thing" in result.stderr
