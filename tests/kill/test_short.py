"""The one kill that every run of the suite does; the others are asked for by ``--lane kill``."""

from tests.kill.oracle import Findings
from tests.kill.processes import kill
from tests.kill.web import serve, wait_until_gone
from tests.stack.deployment import wait_for


def wait_for_a_running_job(site):
    """Wait until a runner is in the middle of a job."""
    wait_for("no job is running", lambda: "running" in site.states(), 30)


def test_runner_and_web_process_killed_once_each_lose_no_job_and_do_none_twice(open_site):
    site = open_site()
    web = serve(site)
    site.ask(8, 0.4)
    wait_for_a_running_job(site)
    kill(web.runner())
    wait_for("no other job is started", lambda: len(site.starts()) > 1, 30)
    runner = web.runner()
    kill(web.pid)
    web.process.wait()
    wait_until_gone("the runner whose web process was killed", runner)
    assert not site.are_all_done(), "the kills came too late to show anything"
    serve(site)
    wait_for("not all jobs are done", site.are_all_done, 60)
    assert site.findings() == Findings()
    assert len(site.starts()) > len(site.asked)
