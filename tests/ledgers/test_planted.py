"""All checks together over made-up villages: what was planted is told, what is innocent is mostly left alone."""

from collections import Counter

import pytest

from ledgers.rules.catalogue import all_rules
from ledgers.rules.rule import run
from tests.ledgers.planted import OWN, PLANTS, planted
from tests.ledgers.village import Village
from tests.ledgers.villages.bookkeeping import YEARS

SEEDS = range(20)
RULES = all_rules()


def hits(books):
    return [hit for code, rule in RULES.items() for hit in run(rule, books, OWN.get(code))]


def tells(hit, anomaly):
    """Whether a hit is about the anomaly: one of its rows, or its year where a row is what is missing."""
    if hit.rule != anomaly.rule:
        return False
    return bool(set(hit.rows) & set(anomaly.rows)) if anomaly.rows else anomaly.year in hit.years


def stray(found, anomalies, innocent):
    """Hits that are about nothing planted, neither by their rows nor by what is missing, and not told before."""
    rows = {key for one in anomalies for key in one.rows}
    told = {hit.same for hit in innocent}
    return [
        hit
        for hit in found
        if hit.same not in told and not rows & set(hit.rows) and not any(tells(hit, one) for one in anomalies)
    ]


@pytest.fixture(scope="module")
def judged():
    """Of every village the anomalies with whether they were told, and what was wrongly told without and with them."""
    told, false = [], []
    for seed in SEEDS:
        innocent = hits(Village(seed).books())
        books, anomalies = planted(seed)
        found = hits(books)
        told += [(seed, one, any(tells(hit, one) for hit in found)) for one in anomalies if one.rule in RULES]
        false += [(seed, hit) for hit in (*innocent, *stray(found, anomalies, innocent))]
    return told, false


def test_there_is_an_anomaly_for_every_check():
    assert set(RULES) <= set(PLANTS)


def test_what_was_planted_is_told(judged):
    told, _ = judged
    missed = [(seed, one) for seed, one, yes in told if not yes]
    assert len(missed) <= 0.05 * len(told), Counter(one.rule for _, one in missed)


def test_what_is_innocent_is_mostly_left_alone(judged):
    _, false = judged
    assert len(false) <= len(SEEDS) * len(YEARS), Counter(hit.rule for _, hit in false)


def test_a_village_is_the_same_each_time():
    assert planted(3) == planted(3)
    assert Village(3).books() == Village(3).books()
