"""Many requests at one moment for one slip: on a database with real parallel writers."""

import secrets
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from surveys.models import Receipt, Waiting
from surveys.services import Outcome
from tests.factories import make_cast
from tests.surveys.polls import issue, open_survey, send

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

THREADS = 8


def at_once(calls):
    """Run all calls from one starting line; how often each outcome came."""
    barrier = Barrier(len(calls))

    def run(call):
        try:
            barrier.wait()
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return Counter(pool.map(run, calls))


def test_one_slip_sent_by_many_counts_once():
    for card in issue(open_survey(make_cast()), 5):
        outcomes = at_once([lambda token=card.token: send(token)] * THREADS)
        assert outcomes == {Outcome.RECEIVED: 1, Outcome.REFUSED: THREADS - 1}
    assert Waiting.objects.count() == Receipt.objects.count() == 5


def test_one_submission_sent_many_times_counts_once_and_all_hear_that_it_arrived():
    for card in issue(open_survey(make_cast()), 5):
        submission = secrets.token_hex(16)
        outcomes = at_once([lambda token=card.token, sent=submission: send(token, sent)] * THREADS)
        assert outcomes == {Outcome.RECEIVED: 1, Outcome.ALREADY: THREADS - 1}
    assert Waiting.objects.count() == Receipt.objects.count() == 5
