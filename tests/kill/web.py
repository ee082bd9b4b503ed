"""The embedded mode under test: a web process of its own, with the job runner it looks after."""

import subprocess
import sys
import urllib.error
import urllib.request

from tests.kill.processes import is_alive, runners
from tests.kill.site import Site
from tests.stack.deployment import free_port, wait_for

SECONDS = 30


class Web:
    """A running web process; ``pid`` is the one that a runner has as its parent, or an ancestor of it."""

    def __init__(self, site: Site, process: "subprocess.Popen[bytes]", port: int) -> None:
        self.site = site
        self.process = process
        self.pid = process.pid
        self.port = port

    def answers(self) -> bool:
        """Does the health page come?"""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def wait_until_open(self) -> None:
        """Wait for the health page; the log is the error when it does not come."""
        try:
            wait_for("the web process does not answer", self.answers, SECONDS)
        except AssertionError as error:
            raise AssertionError(f"{error}\n{self.site.log('web')}") from None

    def runner(self) -> int:
        """Id of the one job runner, waited for."""
        wait_for("there is no job runner", lambda: len(runners(self.pid)) == 1, SECONDS)
        return runners(self.pid)[0]


def serve(site: Site) -> Web:
    """Start the command a newcomer types, and wait until it answers."""
    port = free_port()
    web = Web(site, site.manage("web", "serve", "--port", str(port)), port)
    web.wait_until_open()
    return web


def gunicorn(site: Site, *options: str) -> Web:
    """Start several web processes on one data directory, as ``deploy/bin/web`` does, here without a broker."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "inspection.wsgi", "--bind", f"127.0.0.1:{port}"]
    shape = ["--worker-class", "gthread", "--workers", "2", "--threads", "2", "--no-control-socket"]
    web = Web(site, site.start("web", *command, *shape, *options), port)
    web.wait_until_open()
    return web


def wait_until_gone(what: str, pid: int) -> None:
    """Wait for the end of a process that nobody here started; it may not have got through its own start yet."""
    wait_for(f"{what} is still there", lambda: not is_alive(pid), SECONDS)
