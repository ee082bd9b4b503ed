"""However many villages are checked, one village's books are in memory."""

import tracemalloc

import pytest

from core.audit import SYSTEM
from core.jobs.runner import run_due
from ledgers.models import LedgerRun
from ledgers.services import request_check
from tests.factories import make_inspection, make_village
from tests.ledgers.checking import put_in_books
from tests.ledgers.village import Village

pytestmark = pytest.mark.django_db


def peak_of(round_):
    tracemalloc.start()
    try:
        run_due(request_check(actor=SYSTEM, round_=round_).pk)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_six_villages_take_the_memory_of_one(cast):
    put_in_books(cast, Village(0).books())
    one = peak_of(cast.round)
    for seed in range(1, 7):
        village = make_village(cast.town_place)
        make_inspection(cast.team, village)
        put_in_books(cast, Village(seed).books(), village)
    six = peak_of(cast.round)
    assert LedgerRun.objects.count() == 7
    assert six < one * 1.3
