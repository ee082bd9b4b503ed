"""Starts what the compose file says, as plain processes: its commands, its settings, its secrets, its configuration.

Only places are translated: ``/run/secrets``, ``/data``, ``/run/wuzijue`` and the like become folders of one
temporary directory, and the PostgreSQL server is the one that DATABASE_URL reaches.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from tests.architecture.compose import compose, filled
from tests.architecture.source import ROOT

HOST = "xuncha.example.org"
ROLE_PREFIX = "wuzijue_stack"
DATABASE = "wuzijue_stack"
START_SECONDS = 60


class Deployment:
    """One running set of processes; ``addresses`` and folders are only valid while it runs."""

    def __init__(self, folder: Path, database_url: str) -> None:
        self.folder = folder
        self.admin = urlsplit(database_url)
        self.file = compose()
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.ports = {name: free_port() for name in ("redis", "https", "http", "probe")}
        self.places = {
            "/run/secrets": str(folder / "secrets"),
            "/run/wuzijue": str(folder / "run"),
            "/run/wuzijue-vault": str(folder / "run-vault"),
            "/var/cache/nginx": str(folder / "cache"),
            "/tmp": str(folder / "tmp"),
            "/data": str(folder / "data"),
        }

    # --- settings ------------------------------------------------------------------------------------------

    def environment(self, service: str) -> dict[str, str]:
        """What the process of ``service`` finds in its environment, and nothing of ours beside it."""
        given = {"ALLOWED_HOSTS": HOST}
        own = {
            k: self.translate(filled(v, given))
            for k, v in self.file["services"][service]["environment"].items()
        }
        fixed = {
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "WEB_BIND": f"unix:{self.folder}/run/web.sock",
            "BEAT_SCHEDULE": f"{self.folder}/tmp/celerybeat-schedule",
            # Set in the Dockerfile.
            "STATIC_ROOT": str(self.folder / "staticfiles"),
            "PYTHONUNBUFFERED": "1",
            # So that the tests need not wait a minute for a dead worker's lease.
            "JOB_EXTRA_MODULES": "tests.stack.probe_jobs",
            "JOB_LEASE_SECONDS": "6",
            "JOB_HEARTBEAT_SECONDS": "2",
        }
        return own | fixed

    def translate(self, text: str) -> str:
        """Container paths in ``text`` as paths of this deployment."""
        pattern = "|".join(rf"(?<![\w/]){re.escape(place)}(?![\w-])" for place in self.places)
        return re.sub(pattern, lambda match: self.places[match.group()], text)

    def secret(self, name: str) -> str:
        """Content of one secret file."""
        return (self.folder / "secrets" / name).read_text()

    def draw_secrets(self) -> None:
        """Run the command people run, then point the addresses in it at this machine."""
        for place in self.places.values():
            Path(place).mkdir(parents=True, exist_ok=True)
        run(["sh", "deploy/make-secrets", str(self.folder / "secrets")])
        server = f"{self.admin.hostname}:{self.admin.port or 5432}/{DATABASE}"
        for role in ("migrate", "web", "worker", "vault"):
            address = self.secret(f"db_{role}_url").replace("//wuzijue_", f"//{ROLE_PREFIX}_")
            self.rewrite(f"db_{role}_url", address.replace("db:5432/wuzijue", server))
        broker = self.secret("redis_url").replace("redis:6379", f"127.0.0.1:{self.ports['redis']}")
        self.rewrite("redis_url", broker)
        secrets = self.folder / "secrets"
        command = [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "1",
            "-subj",
            f"/CN={HOST}",
        ]
        run([*command, "-keyout", f"{secrets}/tls_key", "-out", f"{secrets}/tls_certificate"])

    def rewrite(self, secret: str, text: str) -> None:
        """Put ``text`` into a secret file that was made read-only."""
        path = self.folder / "secrets" / secret
        path.unlink()
        path.write_text(text)

    # --- database ------------------------------------------------------------------------------------------

    def admin_environment(self) -> dict[str, str]:
        """For psql, as the server's superuser."""
        return os.environ | {
            "PGHOST": self.admin.hostname or "127.0.0.1",
            "PGPORT": str(self.admin.port or 5432),
            "PGPASSWORD": self.admin.password or "",
            "POSTGRES_USER": self.admin.username or "postgres",
            "DATABASE": DATABASE,
            "ROLE_PREFIX": ROLE_PREFIX,
            "SECRETS": str(self.folder / "secrets"),
        }

    def make_database(self) -> None:
        """Run the script that the database container runs when it is new."""
        self.drop_database()
        run(["bash", "deploy/postgres/init.sh"], env=self.admin_environment())

    def drop_database(self) -> None:
        """Leave the server as it was."""
        roles = ", ".join(f"{ROLE_PREFIX}_{role}" for role in ("migrate", "web", "worker", "vault"))
        for statement in (f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)", f"DROP ROLE IF EXISTS {roles}"):
            user = self.admin.username or "postgres"
            run(["psql", "-q", "-U", user, "-d", "postgres", "-c", statement], env=self.admin_environment())

    # --- processes -----------------------------------------------------------------------------------------

    def start(self, service: str) -> subprocess.Popen[bytes]:
        """Start the process of one service and keep its output in a log of its own."""
        command = self.command(service)
        environment = (
            self.environment(service) if service in ("web", "worker", "beat", "vault") else dict(os.environ)
        )
        log = (self.folder / f"{service}.log").open("ab")
        self.processes[service] = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True
        )
        return self.processes[service]

    def command(self, service: str) -> list[str]:
        """The service's command with its places translated; configuration files are translated copies."""
        words = [self.translate(word) for word in self.file["services"][service]["command"]]
        if service == "redis":
            return [
                "redis-server",
                str(self.configuration("redis.conf")),
                *words[2:],
                "--port",
                str(self.ports["redis"]),
            ]
        if service == "proxy":
            self.configuration("nginx-proxy.conf")
            # Started as root, nginx would hand over to a user who cannot enter the temporary folder.
            stay = " user root;" if os.geteuid() == 0 else ""
            return [*words[:-1], words[-1] + stay, "-c", str(self.configuration("nginx.conf"))]
        return words

    def configuration(self, name: str) -> Path:
        """A copy of a configuration file with places and ports of this deployment."""
        text = self.translate((ROOT / "deploy" / name).read_text())
        text = text.replace("/etc/nginx/wuzijue-proxy.conf", str(self.folder / "nginx-proxy.conf"))
        for published, ours in (("8443", "https"), ("8080", "http"), ("127.0.0.1:8081", "probe")):
            text = text.replace(f"listen {published}", f"listen 127.0.0.1:{self.ports[ours]}")
        path = self.folder / name
        path.write_text(text)
        return path

    def healthy(self, service: str) -> bool:
        """Ask the service's own health check."""
        result = subprocess.run(
            ["deploy/bin/health", service],
            cwd=ROOT,
            env=self.environment(service),
            capture_output=True,
            check=False,
        )
        return result.returncode == 0

    def wait_until_well(self, service: str) -> None:
        """Wait for the health check; the log is the error when it does not pass in time."""
        try:
            wait_for(f"{service} is not well", lambda: self.has_ended(service) or self.healthy(service))
            assert not self.has_ended(service), f"{service} has ended"
        except AssertionError as error:
            raise AssertionError(f"{error}\n{self.log(service)}") from None

    def has_ended(self, service: str) -> bool:
        """Did the process leave by itself?"""
        return self.processes[service].poll() is not None

    def manage(self, service: str, *arguments: str) -> str:
        """Run a management command with the settings of one service."""
        return run([sys.executable, "manage.py", *arguments], env=self.environment(service))

    def log(self, service: str) -> str:
        """What the process has written so far."""
        return (self.folder / f"{service}.log").read_text(errors="replace")

    def stop(self, service: str, how: int = signal.SIGTERM) -> None:
        """End a process and everything it started."""
        process = self.processes.pop(service)
        for number in (how, signal.SIGKILL):
            try:
                os.killpg(process.pid, number)
                process.wait(timeout=15)
            except (ProcessLookupError, subprocess.TimeoutExpired):
                continue


def run(command: list[str], env: dict[str, str] | None = None) -> str:
    """Run a command to its end; its output is the error when it fails."""
    result = subprocess.run(
        command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120, check=False
    )
    if result.returncode:
        raise AssertionError(f"{command}: exit code {result.returncode}\n{result.stdout}\n{result.stderr}")
    return result.stdout


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(what: str, condition: Callable[[], bool], seconds: float = START_SECONDS) -> None:
    """Wait until ``condition`` holds; say what did not happen otherwise."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.2)
    raise AssertionError(f"{what} within {seconds} s")


@contextmanager
def deployed(folder: Path, database_url: str) -> Iterator[Deployment]:
    """A complete deployment in ``folder``, taken down and tidied away at the end."""
    deployment = Deployment(folder, database_url)
    try:
        deployment.draw_secrets()
        deployment.make_database()
        run(["deploy/bin/collectstatic"], env=deployment.environment("web"))
        run(deployment.file["services"]["migrate"]["command"], env=deployment.environment("migrate"))
        for service in ("redis", "web", "worker", "beat", "vault", "proxy"):
            deployment.start(service)
        for service in ("web", "worker", "beat", "vault"):
            deployment.wait_until_well(service)
        yield deployment
    finally:
        for service in list(deployment.processes):
            deployment.stop(service)
        deployment.drop_database()
        shutil.rmtree(folder, ignore_errors=True)
