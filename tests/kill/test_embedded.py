"""Without a broker: whatever is killed, every job that was asked for is done, once."""

import signal
import time

import pytest

from tests.kill.oracle import Findings
from tests.kill.processes import children, is_alive, is_defunct, kill, runners
from tests.kill.site import end_group
from tests.kill.web import gunicorn, serve, wait_until_gone
from tests.stack.deployment import wait_for

pytestmark = pytest.mark.kill


def wait_for_a_running_job(site):
    """Wait until a runner is in the middle of a job; its key."""
    wait_for("no job is running", lambda: "running" in site.states(), 30)
    return next(key for key, row in site.jobs().items() if row["state"] == "running")


def test_runner_and_web_process_killed_at_random_lose_no_job_and_do_none_twice(open_site, chance):
    site = open_site()
    web = serve(site)
    site.ask(12, 1.0)
    for victim in chance.sample(["runner", "runner", "web", "web"], 4):
        wait_for_a_running_job(site)
        time.sleep(chance.uniform(0, 0.6))
        runner = web.runner()
        if victim == "runner":
            kill(runner)
        else:
            kill(web.pid)
            web.process.wait()
            web = serve(site)
            wait_until_gone("the runner whose web process was killed", runner)
    wait_for("not all jobs are done", site.are_all_done, 60)
    assert site.findings() == Findings()
    assert site.desk.say("check") == {"trail": None, "database": "ok"}
    # Counted by claims: a job may be hit before its function has left a line of its start.
    assert any(row["attempt"] > 1 for row in site.jobs().values()), (
        "no job was hit: this run has shown nothing"
    )
    assert not any(is_defunct(child) for child in children(web.pid))
    assert web.answers()


def test_a_job_that_kills_its_runner_is_given_up_after_three_attempts_and_holds_up_nobody(open_site):
    site = open_site()
    [poison] = site.desk.say("ask", orders=[site.order("毒", "kill.die", 0.1)])["keys"]
    site.ask(5)
    serve(site)
    wait_for("the others are not done", lambda: all(s == "done" for s in site.states()), 40)
    wait_for("the poison is not given up", lambda: site.jobs()[poison]["state"] == "failed", 40)
    row = site.jobs()[poison]
    assert (row["attempt"], site.starts().count(poison)) == (3, 3)
    assert row["error"].startswith("任务三次中断")
    assert site.findings().lost == []


def test_a_stuck_job_that_was_cancelled_makes_room_for_the_next(open_site):
    site = open_site()
    [stuck] = site.desk.say("ask", orders=[site.order("卡", "kill.stuck", 0.1)])["keys"]
    site.ask(1, 0.1)
    serve(site)
    wait_for("the stuck job has not started", lambda: stuck in site.starts(), 20)
    assert site.desk.say("cancel", key=stuck)
    wait_for("the next job is not done", site.are_all_done, 20)
    assert (site.jobs()[stuck]["state"], site.starts().count(stuck)) == ("cancelled", 1)


def test_an_idle_and_a_busy_runner_leave_with_a_killed_web_process(open_site):
    site = open_site()
    for seconds in (0, 60):
        if seconds:
            site.ask(1, seconds)
        web = serve(site)
        runner = web.runner()
        if seconds:
            wait_for_a_running_job(site)
        kill(web.pid)
        web.process.wait()
        wait_until_gone("the runner", runner)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_stopping_the_server_as_people_do_gives_the_running_job_back(open_site, how):
    site = open_site(JOB_LEASE_SECONDS="3600")
    site.ask(1, 2)
    web = serve(site)
    key = wait_for_a_running_job(site)
    runner = web.runner()
    began = time.monotonic()
    if how == signal.SIGINT:
        end_group(web.process, how)  # a terminal sends Ctrl+C to the whole group
    else:
        web.process.terminate()
        web.process.wait(timeout=15)
    wait_until_gone("the runner", runner)
    assert time.monotonic() - began < 6
    assert (site.jobs()[key]["state"], site.jobs()[key]["attempt"]) == ("queued", 0)
    assert "Traceback" not in site.log("web")
    serve(site)
    wait_for("the job given back is not done", site.are_all_done, 20)
    assert site.findings() == Findings()


@pytest.mark.parametrize("options", [(), ("--preload",)], ids=["", "preload"])
def test_several_web_processes_have_one_runner_among_them(open_site, options):
    site = open_site()
    web = gunicorn(site, *options)

    def supervisors():
        return [pid for pid in [web.pid, *children(web.pid)] if runners(pid)]

    wait_for("there is no runner", supervisors, 30)
    site.ask(4, 0.5)
    wait_for_a_running_job(site)
    [supervisor] = supervisors()
    [runner] = runners(supervisor)
    kill(supervisor)
    wait_until_gone("the runner whose web process was killed", runner)
    if options:
        assert supervisor == web.pid
        web.process.wait()
        web = gunicorn(site, *options)
    wait_for("no other web process has taken over", lambda: len(supervisors()) == 1, 30)
    wait_for("not all jobs are done", site.are_all_done, 40)
    assert site.findings() == Findings()
    assert len(supervisors()) == 1


def test_red_without_an_end_of_the_lease_the_oracle_reports_the_lost_job(open_site):
    site = open_site(JOB_LEASE_SECONDS="3600")
    web = serve(site)
    site.ask(4, 0.5)
    key = wait_for_a_running_job(site)
    kill(web.runner())
    wait_for("the others are not done", lambda: sorted(site.states()) == ["done"] * 3 + ["running"], 40)
    time.sleep(3)
    assert site.findings() == Findings(lost=[key])
    assert is_alive(web.runner())
