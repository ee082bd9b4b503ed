"""A hall of phones behind one address answers while inspectors work: on the two-command install."""

import json

import pytest

from tests.kill.hall import LOOK, MAKE, Place, hall, quiet
from tests.kill.web import serve

QUIET = 12
INSPECTORS = 3


def run(site, *words):
    """Run a management command to its end; the last line it wrote."""
    process = site.manage("script", *words)
    assert process.wait(120) == 0, site.log("script")
    return (site.log("script").splitlines() or [""])[-1]


@pytest.mark.parametrize(("phones", "seconds"), [(60, 6), pytest.param(488, 60, marks=pytest.mark.kill)])
def test_every_answer_of_a_hall_arrives_once_and_inspectors_go_on_working(open_site, phones, seconds):
    site = open_site()
    web = serve(site)
    made = MAKE.format(phones=phones + QUIET, inspectors=INSPECTORS)
    tokens, inspectors = json.loads(run(site, "shell", "-v0", "-c", made))
    judge(Place(web.port), tokens, inspectors, seconds, lambda: run(site, "shell", "-v0", "-c", LOOK))


def judge(place, tokens, inspectors, seconds, look):
    """First one after the other, then the hall; and nothing is lost, doubled, refused or left unsaved."""
    alone = quiet(place, tokens[:QUIET], inspectors)
    seen = hall(place, tokens[QUIET:], inspectors, seconds)
    print(f"{len(tokens) - QUIET} phones in {seconds} s: {seen.beside(alone)}")
    assert alone.faults + seen.faults == []
    sheets, words, slips, receipts, titles = json.loads(look())
    said = sorted([*alone.said.values(), *seen.said.values()])
    assert len(said) == len(tokens)
    assert (sheets, words) == (said, [f"意见{digits}" for digits in said])
    assert (slips, receipts) == (0, len(tokens))
    assert titles.items() >= seen.titles.items() and len(seen.titles) == INSPECTORS
    assert len(seen.seconds["save"]) >= INSPECTORS
