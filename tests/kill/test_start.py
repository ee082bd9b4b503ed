"""How soon after the click a job is seen running, while the worker is at rest."""

from statistics import median

import pytest

from tests.kill.web import serve
from tests.kill.worker import start_worker
from tests.stack.deployment import wait_for

pytestmark = pytest.mark.kill


def clicks(site, count=8):
    """Seconds from the click to the moment the row no longer waits, each on a worker at rest."""
    found = []
    for number in range(count):
        found.append(site.desk.say("click", order=site.order(f"点{number}", "kill.file", 0)))
        wait_for(
            "the job has not ended", lambda: {row["state"] for row in site.jobs().values()} == {"done"}, 20
        )
    return found


def test_the_embedded_runner_takes_a_job_within_two_seconds(open_site):
    site = open_site()
    web = serve(site)
    web.runner()
    clicks(site, 1)
    assert median(clicks(site)) < 2


@pytest.mark.redis
def test_a_worker_takes_a_job_within_a_second(site):
    start_worker(site)
    clicks(site, 1)
    assert median(clicks(site)) < 1
