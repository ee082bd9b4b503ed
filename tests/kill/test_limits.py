"""A job past its time, and a worker that is told to stop: neither holds up what comes next."""

import os
import signal

import pytest

from tests.kill.site import end_group
from tests.kill.web import serve
from tests.stack.deployment import wait_for

pytestmark = pytest.mark.kill
MODULES = "tests.kill.kinds,tests.kill.stuck"


def start_worker(site):
    """Start a worker as the compose file does, and wait until it takes jobs."""
    process = site.start("worker", "deploy/bin/worker")
    wait_for("the worker is not ready", lambda: " ready." in site.log("worker"), 60)
    return process


def ask_for_a_stuck_one(site):
    """One job that does not end, and one that does."""
    [stuck] = site.desk.say("ask", orders=[site.order("停不下来", "kill.stuck")])["keys"]
    site.ask(1, 0.2)
    return stuck


def assert_ended_with_a_sentence(site, stuck):
    wait_for("the next job was held up", site.are_all_done, 40)
    wait_for("the stuck job has not ended", lambda: site.jobs()[stuck]["state"] == "failed", 40)
    row = site.jobs()[stuck]
    assert (row["attempt"], site.starts().count(stuck)) == (1, 1)
    assert row["error"].startswith("处理时间超过1秒")


def test_a_job_past_its_time_is_ended_and_the_embedded_runner_goes_on(open_site):
    site = open_site(JOB_EXTRA_MODULES=MODULES)
    serve(site)
    assert_ended_with_a_sentence(site, ask_for_a_stuck_one(site))


@pytest.mark.redis
def test_a_job_past_its_time_is_ended_and_the_worker_goes_on(open_site):
    site = open_site(JOB_EXTRA_MODULES=MODULES, REDIS_URL=os.environ["REDIS_URL"], WORKER_CONCURRENCY="1")
    start_worker(site)
    assert_ended_with_a_sentence(site, ask_for_a_stuck_one(site))


@pytest.mark.redis
def test_a_worker_told_to_stop_gives_a_long_job_back_when_its_grace_is_over(open_site):
    site = open_site(JOB_LEASE_SECONDS="3600", REDIS_URL=os.environ["REDIS_URL"], WORKER_CONCURRENCY="1")
    worker = start_worker(site)
    site.ask(1, 120)
    wait_for("no job is running", lambda: site.states() == ["running"], 30)
    os.kill(worker.pid, signal.SIGTERM)
    assert worker.wait(timeout=45) == 0, site.log("worker")
    [row] = site.jobs().values()
    assert (row["state"], row["attempt"]) == ("queued", 0)
    end_group(worker)
