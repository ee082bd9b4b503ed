"""A job past its time limit ends with a sentence, and whoever comes next is not held up."""

import os

import pytest

from tests.kill.web import serve
from tests.stack.deployment import wait_for

pytestmark = pytest.mark.kill


def ask_for_one_too_long(site):
    """One job that does not end by itself, and one that does; the key of the first."""
    [key] = site.desk.say("ask", orders=[site.order("超时", "kill.overtime", 0.1)])["keys"]
    site.ask(1, 0.2)
    return key


def assert_ended_with_a_sentence(site, key):
    wait_for("the next job was held up", site.are_all_done, 40)
    wait_for("the job has not ended", lambda: site.jobs()[key]["state"] == "failed", 40)
    row = site.jobs()[key]
    assert (row["attempt"], site.starts().count(key)) == (1, 1)
    assert row["error"].startswith("处理时间超过1秒")


def test_a_job_past_its_time_is_ended_and_the_embedded_runner_goes_on(open_site):
    site = open_site(JOB_LEASE_SECONDS="3600")
    serve(site)
    assert_ended_with_a_sentence(site, ask_for_one_too_long(site))


@pytest.mark.redis
def test_a_job_past_its_time_is_ended_and_the_worker_goes_on(broker, open_site):
    site = open_site(
        JOB_LEASE_SECONDS="3600", REDIS_URL=os.environ.get("REDIS_URL", ""), WORKER_CONCURRENCY="1"
    )
    site.start("worker", "deploy/bin/worker")
    assert_ended_with_a_sentence(site, ask_for_one_too_long(site))
