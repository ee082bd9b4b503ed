"""The Celery worker under test, started as the compose file does."""

import subprocess

from tests.kill.site import Site
from tests.stack.deployment import wait_for


def start_worker(site: Site) -> "subprocess.Popen[bytes]":
    """Start a worker and wait until it takes jobs."""
    ready = site.log("worker").count(" ready.")
    process = site.start("worker", "deploy/bin/worker")
    wait_for("the worker is not ready", lambda: site.log("worker").count(" ready.") > ready, 60)
    return process
