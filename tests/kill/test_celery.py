"""With Redis and Celery: the broker may lose everything, the workers may die, every job is done once."""

import os
import signal
import socket
import time

import pytest

from tests.kill.oracle import Findings
from tests.kill.processes import children, is_alive, kill
from tests.kill.site import Desk, end_group
from tests.kill.worker import start_worker
from tests.stack.deployment import free_port, wait_for

pytestmark = [pytest.mark.kill, pytest.mark.redis]

# What a person may have to wait for a broker that is away, in seconds.
PATIENCE = 1.5


def wait_for_running(site, count=1):
    """Wait until so many jobs are in the middle of their work."""
    wait_for("no job is running", lambda: site.states().count("running") >= count, 30)


def test_workers_killed_and_the_broker_wiped_lose_no_job_and_do_none_twice(site, broker, chance):
    site.start("beat", "deploy/bin/beat")
    worker = start_worker(site)
    site.ask(16, 1.0)
    for what in chance.sample(["whole worker", "whole worker", "one child", "broker"], 4):
        wait_for_running(site)
        time.sleep(chance.uniform(0, 0.6))
        if what == "broker":
            broker.flushdb()
        elif what == "one child":
            kill(chance.choice([child for child in children(worker.pid) if is_alive(child)]))
        else:
            end_group(worker, signal.SIGKILL)
            worker = start_worker(site)
    wait_for("not all jobs are done", site.are_all_done, 90)
    assert site.findings() == Findings()
    assert site.desk.say("check") == {"trail": None, "database": "ok"}
    # Counted by claims: a job may be hit before its function has left a line of its start.
    assert any(row["attempt"] > 1 for row in site.jobs().values()), (
        "no job was hit: this run has shown nothing"
    )


def test_a_broker_wiped_while_jobs_wait_is_filled_again_from_the_rows(site, broker):
    site.ask(6, 0.1)
    assert broker.llen("celery") == 6
    broker.flushdb()
    site.start("beat", "deploy/bin/beat")
    wait_for("the reaper has not been rung", lambda: broker.llen("celery") >= 1, 30)
    # Wiped once more, now under a clock that has already declared its queue and a worker that listens.
    worker = start_worker(site)
    wait_for("not all jobs are done", site.are_all_done, 40)
    broker.flushdb()
    site.asked.clear()
    orders = [site.order(f"再{n}", "kill.effect", 0.1) for n in range(3)]
    closed = Desk(site, REDIS_URL=f"redis://127.0.0.1:{free_port()}/0")
    site.remember(closed.say("ask", orders=orders)["keys"], orders)
    closed.close()
    wait_for("not all jobs are done", site.are_all_done, 40)
    assert site.findings().lost == []
    assert worker.poll() is None


def test_nobody_waits_for_a_broker_that_is_away_and_the_jobs_are_done_all_the_same(site):
    site.start("beat", "deploy/bin/beat")
    start_worker(site)
    with socket.create_server(("127.0.0.1", 0)) as mute:
        # One port where nobody listens, and one that takes the call and never says a word.
        for port in (free_port(), mute.getsockname()[1]):
            desk = Desk(site, REDIS_URL=f"redis://127.0.0.1:{port}/0")
            orders = [site.order(f"{port}之{n}", "kill.effect", 0.1) for n in range(3)]
            desk.say("look")
            answer = desk.say("ask", orders=orders)
            desk.close()
            assert answer["longest"] < PATIENCE
            site.remember(answer["keys"], orders)
    wait_for("not all jobs are done", site.are_all_done, 40)
    assert site.findings() == Findings()


def test_a_worker_that_is_stopped_first_ends_what_it_has_begun(site):
    site.start("beat", "deploy/bin/beat")
    worker = start_worker(site)
    site.ask(4, 1.5)
    wait_for_running(site, 2)
    worker.terminate()
    assert worker.wait(timeout=15) == 0
    assert sorted(site.states()) == ["done"] * 2 + ["queued"] * 2
    start_worker(site)
    wait_for("not all jobs are done", site.are_all_done, 40)
    assert site.findings() == Findings()
    assert len(site.starts()) == 4


def test_a_worker_that_slept_through_its_lease_changes_nothing_when_it_wakes(site):
    site.start("beat", "deploy/bin/beat")
    worker = start_worker(site)
    site.ask(2, 1.5)
    wait_for_running(site, 2)
    sleeper = next(child for child in children(worker.pid) if is_alive(child))
    os.kill(sleeper, signal.SIGSTOP)
    wait_for("the others have not done its job", site.are_all_done, 30)
    before = site.desk.say("look")
    os.kill(sleeper, signal.SIGCONT)
    time.sleep(4)
    assert site.desk.say("look") == before
    assert site.findings() == Findings()
    assert len(site.starts()) == 3


def test_a_process_killed_between_commit_and_bell_has_its_job_done(site, broker):
    order = site.order("提交后", "kill.effect", 0.1)
    assert site.desk.say("ask_and_die", order=order) is None
    assert broker.llen("celery") == 0, "the bell has rung: the kill came too late to show anything"
    site.remember(list(site.jobs()), [order])
    site.start("beat", "deploy/bin/beat")
    start_worker(site)
    wait_for("the job is not done", site.are_all_done, 40)
    assert site.findings() == Findings()


def test_a_job_that_kills_its_worker_is_given_up_after_three_attempts_and_holds_up_nobody(site):
    [poison] = site.desk.say("ask", orders=[site.order("毒", "kill.die", 0.1)])["keys"]
    site.ask(5, 0.3)
    site.start("beat", "deploy/bin/beat")
    start_worker(site)
    wait_for("the others are not done", site.are_all_done, 40)
    wait_for("the poison is not given up", lambda: site.jobs()[poison]["state"] == "failed", 40)
    assert (site.jobs()[poison]["attempt"], site.starts().count(poison)) == (3, 3)
    assert site.findings().lost == []


def test_red_without_the_reaper_the_oracle_reports_what_the_broker_lost(site, broker):
    worker = start_worker(site)
    answer = site.ask(8, 1.0)
    wait_for_running(site, 2)
    end_group(worker, signal.SIGKILL)
    broker.flushdb()
    start_worker(site)
    time.sleep(6)
    lost = site.findings().lost
    assert len(lost) >= 4
    assert set(lost) <= set(answer["keys"])
    site.start("beat", "deploy/bin/beat")
    wait_for("the reaper has not brought them back", site.are_all_done, 60)
