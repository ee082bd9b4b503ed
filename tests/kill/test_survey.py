"""Phones answer while the web server and the database are killed: every acknowledged answer is there once."""

import json
import random
import secrets
import tempfile
import threading
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest

from bench import cluster
from tests.kill.hall import LOOK, MAKE, QUESTIONS
from tests.kill.site import Site, end_group
from tests.kill.test_hall import run
from tests.kill.web import gunicorn, serve
from tests.stack.deployment import wait_for

pytestmark = pytest.mark.kill

PHONES, LEFT_OVER, LINES = 400, 7, 24
PAUSE = 0.4
"""At most so many seconds until the next person of a line presses."""
BETWEEN = 20
"""Answers acknowledged between two kills."""


class Phones:
    """Sends every answer again with the same submission until it is acknowledged; notes what each has said."""

    def __init__(self, tokens):
        self.waiting, self.lock = list(tokens), threading.Lock()
        self.web, self.said, self.refused = None, [], []
        self.unheard = self.already = 0
        self.threads = [threading.Thread(target=self._line, daemon=True) for _ in range(LINES)]

    def start(self, web):
        self.web = web
        for thread in self.threads:
            thread.start()

    def end(self):
        for thread in self.threads:
            thread.join(180)

    def _line(self):
        while True:
            with self.lock:
                if not self.waiting:
                    return
                token = self.waiting.pop()
            time.sleep(random.uniform(0, PAUSE))
            digits = "".join(random.choices("12345", k=QUESTIONS))
            body = {"token": token, "submission": secrets.token_hex(16), "group": "villager"}
            body |= {"answers": digits, "comment": f"意见{digits}", "words": {}, "marks": ""}
            self._until_heard(json.dumps(body).encode(), digits)

    def _until_heard(self, body, digits):
        while True:
            status, outcome = self._send(body)
            with self.lock:
                if outcome in ("received", "already"):
                    self.said.append(digits)
                    self.already += outcome == "already"
                    return
                if status == 409:
                    self.refused.append(digits)
                    return
                self.unheard += 1
            time.sleep(0.2)

    def _send(self, body):
        connection = HTTPConnection("127.0.0.1", self.web.port, timeout=10)
        try:
            connection.request("POST", "/w/jiao/", body, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read()).get("outcome", "")
        except (OSError, HTTPException, ValueError):
            return 0, ""
        finally:
            connection.close()


def go_through(site, chance, open_web, kills):
    """Phones answer; each of ``kills`` strikes at some moment among them; then what is stored is what was said."""
    made = MAKE.format(phones=PHONES + LEFT_OVER, inspectors=0)
    tokens, _ = json.loads(run(site, "shell", "-v0", "-c", made))
    phones = Phones(tokens[:PHONES])
    phones.start(open_web())
    for kill in kills:
        heard = len(phones.said)
        wait_for("no answers are heard of", lambda heard=heard: len(phones.said) >= heard + BETWEEN, 60)
        time.sleep(chance.uniform(0, 0.1))
        phones.web = kill(phones.web)
    assert phones.waiting, "the kills came too late to show anything"
    phones.end()
    print(f"{phones.unheard} attempts unheard, {phones.already} answers had arrived without a word")
    assert phones.unheard and phones.refused == []
    sheets, words, slips, receipts, _ = json.loads(run(site, "shell", "-v0", "-c", LOOK))
    assert sheets == sorted(phones.said) and len(sheets) == PHONES
    assert words == [f"意见{digits}" for digits in sheets]
    assert (slips, receipts) == (LEFT_OVER, PHONES)


@pytest.fixture
def own_folder():
    """A folder that every user may enter; below pytest's, another run of it would close the way again."""
    with tempfile.TemporaryDirectory(prefix="wuzijue-kill-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)
        yield Path(folder)


@pytest.mark.skipif(bool(cluster.obstacle()), reason=f"a PostgreSQL to be killed: {cluster.obstacle()}")
def test_answers_outlive_the_death_of_web_server_and_postgresql(own_folder, chance):
    (own_folder / "data").mkdir()
    with cluster.running(own_folder) as server:
        site = Site(own_folder / "data", server.url(), SURVEY_MIX_SECONDS="1")

        def no_database(web):
            server.kill()
            time.sleep(chance.uniform(0.2, 1))
            server.start()
            return web

        def no_web(web):
            end_group(web.process)
            return gunicorn(site)

        def neither(web):
            end_group(web.process)
            return no_database(None) or gunicorn(site)

        try:
            run(site, "migrate", "-v0")
            kills = chance.sample([no_database, no_database, no_web, no_web, neither, neither], 6)
            go_through(site, chance, lambda: gunicorn(site), kills)
        finally:
            site.close()


def test_answers_outlive_the_death_of_the_embedded_server(open_site, chance):
    site = open_site(SURVEY_MIX_SECONDS="1")

    def no_web(web):
        end_group(web.process)
        return serve(site)

    go_through(site, chance, lambda: serve(site), [no_web] * 4)
