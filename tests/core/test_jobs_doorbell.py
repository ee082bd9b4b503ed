"""Announcing jobs: no broker holds anybody up, and no broker is filled by the reaper."""

import socket
import time

import pytest
from celery import current_app
from django.db import transaction

from core.audit import SYSTEM
from core.jobs import cancel, doorbell, enqueue, lease
from core.models import Job
from core.tasks import reap_jobs, run_job

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_last_failure_is_forgotten(monkeypatch):
    monkeypatch.setattr(doorbell, "_quiet_until", 0.0)


@pytest.fixture
def broker(settings):
    """A broker inside this process, empty."""
    settings.CELERY_BROKER_URL = "memory://"
    with current_app.connection_for_write(settings.CELERY_BROKER_URL) as connection:
        queue = connection.SimpleQueue(current_app.conf.task_default_queue)
        queue.clear()
        yield queue
        queue.clear()


def taken(queue):
    """Take every message out; the arguments of the tasks."""
    found = []
    while queue.qsize():
        message = queue.get_nowait()
        found.append(message)
        message.ack()
    return found


def ask(count=1):
    return [enqueue("test.dict", args={"value": n}, actor=SYSTEM) for n in range(count)]


def test_the_bell_rings_when_the_transaction_has_committed(broker, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        (row,) = ask()
        assert not taken(broker)
    (message,) = taken(broker)
    assert message.headers["task"] == "core.run_job"
    assert message.payload[0] == [str(row.pk)], "the id and nothing else"


def test_the_bell_stays_silent_when_the_transaction_is_undone(broker, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ValueError), transaction.atomic():
        ask()
        raise ValueError
    assert not taken(broker)
    assert not Job.objects.exists()


def test_celerys_own_limit_lies_behind_the_one_of_the_kind(broker):
    doorbell.ring(ask()[0])
    hard, soft = taken(broker)[0].headers["timelimit"]
    assert hard > soft > 540


def test_a_message_that_comes_twice_does_the_job_once(broker):
    (row,) = ask()
    run_job(str(row.pk))
    run_job(str(row.pk))
    row.refresh_from_db()
    assert (row.state, row.attempt) == ("done", 1)


def test_the_reaper_announces_what_waits_and_what_was_abandoned(broker):
    waiting, abandoned, running, cancelled = ask(4)
    for row in (abandoned, running):
        lease.claim(row.pk)
    Job.objects.filter(pk=abandoned.pk).update(lease_until="2020-01-01T00:00:00Z")
    cancel(actor=SYSTEM, row=cancelled)
    reap_jobs()
    assert {m.payload[0][0] for m in taken(broker)} == {str(waiting.pk), str(abandoned.pk)}


def test_the_reaper_does_not_fill_the_broker_while_workers_are_away(broker):
    ask(3)
    for _ in range(50):
        reap_jobs()
    assert broker.qsize() == 3


def test_the_reaper_replaces_what_the_broker_lost(broker):
    ask(3)
    reap_jobs()
    broker.clear()
    reap_jobs()
    assert broker.qsize() == 3


@pytest.mark.parametrize("mute", [True, False], ids=["takes the call and never answers", "is not there"])
def test_twenty_jobs_for_a_broker_that_is_away_cost_a_person_less_than_a_second_and_a_half(settings, mute):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        if not mute:
            server.close()
        settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{port}/0"
        rows = ask(20)
        began = time.monotonic()
        for row in rows:
            doorbell.ring(row)
        assert time.monotonic() - began < 1.5


def test_without_a_broker_nothing_is_sent(settings):
    settings.CELERY_BROKER_URL = ""
    doorbell.ring(ask()[0])
