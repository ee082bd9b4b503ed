"""The vault killed in the middle: no reading without its entry in the trail, and never a word in a log."""

import json
import subprocess
import sys
import threading
import time
from contextlib import suppress

import pytest

from tests.architecture.source import ROOT
from tests.kill.processes import children, command_line, is_alive, kill
from tests.kill.reader import CANARY, PASSPHRASE, PASSWORD
from tests.kill.web import serve, wait_until_gone
from tests.stack.deployment import wait_for

pytestmark = pytest.mark.kill
TRIES = 200


class Reader:
    """The other end of ``tests.kill.reader``."""

    def __init__(self, site, path):
        with (site.folder / "reader.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.kill.reader"], cwd=ROOT, stdin=subprocess.PIPE,
                stdout=subprocess.PIPE, stderr=log, text=True, env=site.environment | {"VAULT_SOCKET": path},
            )  # fmt: skip

    def send(self, do):
        self.process.stdin.write(json.dumps({"do": do}) + "\n")
        self.process.stdin.flush()

    def say(self, do):
        self.send(do)
        return json.loads(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        self.process.wait(timeout=10)


@pytest.fixture
def reader(open_site, tmp_path):
    """A vault that listens, and somebody who asks it."""
    path = str(tmp_path / "v.sock")
    site = open_site(VAULT_SOCKET=path)
    vault = site.manage("vault", "vault")
    asking = Reader(site, path)
    asking.say("prepare")
    wait_for("the vault does not listen", lambda: (tmp_path / "v.sock").exists(), 30)
    yield asking, vault, site
    asking.close()


def _kill_the_answer(vault, seconds, done):
    """Kill the child that answers, ``seconds`` after it was seen."""
    while not done.is_set():
        for child in children(vault.pid):
            time.sleep(seconds)
            with suppress(ProcessLookupError):
                kill(child)
            return
        time.sleep(0.0005)


def test_no_reading_is_without_its_entry_whenever_the_vault_is_killed(reader, chance):
    asking, vault, site = reader
    asking.say("grant")
    began = time.monotonic()
    assert asking.say("read") == CANARY
    whole = time.monotonic() - began
    readings = traced = 0
    traced_before = asking.say("traced")
    for _ in range(TRIES):
        asking.say("grant")
        done = threading.Event()
        killer = threading.Thread(target=_kill_the_answer, args=(vault, chance.uniform(0, whole * 1.3), done))
        killer.start()
        got = asking.say("read") == CANARY
        done.set()
        killer.join()
        now = asking.say("traced") - traced_before
        assert now - traced >= got, "a reading without its entry"
        readings, traced = readings + got, now
    print(f"{TRIES} tries: {readings} readings, {traced} entries")
    assert 0 < readings < traced or readings < TRIES, "no answer was hit: this run has shown nothing"
    assert asking.say("chain") is None
    assert is_alive(vault.pid)


def test_nothing_secret_is_in_a_log_of_either_side(reader):
    asking, _, site = reader
    asking.say("grant")
    assert asking.say("read") == CANARY
    assert asking.say("read") != CANARY  # spent
    for log in site.folder.glob("*.log"):
        text = log.read_text(errors="replace")
        assert not any(secret in text for secret in (CANARY, PASSWORD, PASSPHRASE)), log.name


def _vaults(pid):
    return [c for c in children(pid) if is_alive(c) and " vault" in command_line(c)]


def _listening(site, web, times):
    """The vault of ``web``, once it listens for the ``times``-th time."""
    wait_for("no vault listens", lambda: site.log("web").count("vault is listening") == times, 60)
    [vault] = _vaults(web.pid)
    return vault


def test_a_web_process_looks_after_its_vault_and_takes_it_along(open_site):
    site = open_site()
    web = serve(site)
    first = _listening(site, web, 1)
    assert (site.folder / "vault.sock").stat().st_mode & 0o777 == 0o600
    kill(first)
    second = _listening(site, web, 2)
    kill(web.pid)
    web.process.wait()
    wait_until_gone("the vault whose web process was killed", second)
