"""Two hundred photographs while lines drop and the server is killed: each arrives once, in bounded memory."""

import hashlib
import json
import random
import threading
import time

import pytest

from tests.core import samples
from tests.findings.sending import send
from tests.kill.pictures import LOOK, MAKE, HttpLine, highest_memory
from tests.kill.processes import kill
from tests.kill.test_hall import run
from tests.kill.web import Web, serve

pytestmark = pytest.mark.kill

PIECE = 32_000


def picture(number, size):
    """A photograph of ``size`` bytes like no other."""
    head = samples.image((40 + number % 50, 30 + number // 50))
    return head + random.Random(number).randbytes(size - len(head))


def sender(line, numbers, size, faults, piece=PIECE):
    """Send these pictures one after the other."""
    for number in numbers:
        status, answer = send(line, f"现场{number}.jpg", picture(number, size), piece=piece, mark=str(number))
        if status != 200 or not answer["done"]:
            faults.append((number, status, answer))


def expected(count, size):
    """Name and digest of each picture."""
    return sorted([f"现场{n}.jpg", hashlib.sha256(picture(n, size)).hexdigest()] for n in range(count))


def test_every_picture_arrives_once_through_kills_and_lost_answers(open_site, chance):
    site = open_site()
    web = serve(site)
    url, cookie = json.loads(run(site, "shell", "-v0", "-c", MAKE))
    lines = [HttpLine(web.port, url, cookie, lost=0.05) for _ in range(2)]
    faults = []
    threads = [
        threading.Thread(target=sender, args=(line, range(start, 200, 2), 80_000, faults), daemon=True)
        for start, line in enumerate(lines)
    ]
    for thread in threads:
        thread.start()
    kills = 0
    while any(thread.is_alive() for thread in threads):
        web.wait_until_open()
        time.sleep(chance.uniform(1, 4))
        if kills < 6 and any(thread.is_alive() for thread in threads):
            kill(web.pid)
            web.process.wait()
            kills += 1
            web = Web(site, site.manage("web", "serve", "--port", str(web.port)), web.port)
    for thread in threads:
        thread.join()
    web.wait_until_open()
    found, stored, unfinished, left = json.loads(run(site, "shell", "-v0", "-c", LOOK))
    print(f"{kills} kills, {sum(line.dropped for line in lines)} answers lost")
    assert faults == [] and kills and all(line.dropped for line in lines)
    assert sorted([name, on_disk] for name, on_disk, _ in found) == expected(200, 80_000)
    assert all(on_disk == said for _, on_disk, said in found)
    assert (stored, unfinished) == (200, 0) and left <= kills * 2


def test_a_set_of_two_hundred_megabytes_costs_the_server_little_memory(open_site):
    site = open_site()
    web = serve(site)
    url, cookie = json.loads(run(site, "shell", "-v0", "-c", MAKE))
    size, count = 20_000_000, 10
    faults = []
    sender(HttpLine(web.port, url, cookie), range(100, 101), 100_000, faults)
    before = highest_memory(web.pid)
    lines = [HttpLine(web.port, url, cookie) for _ in range(2)]
    threads = [
        threading.Thread(
            target=sender, args=(line, range(start, count, 2), size, faults, 4 * 1024 * 1024), daemon=True
        )
        for start, line in enumerate(lines)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    after = highest_memory(web.pid)
    print(f"{count * size // 10**6} MB sent; the server grew from {before:.0f} to {after:.0f} MB")
    found, _, unfinished, left = json.loads(run(site, "shell", "-v0", "-c", LOOK))
    assert faults == [] and (unfinished, left) == (0, 0)
    assert [digest for name, digest, _ in found if [name, digest] in expected(count, size)] and len(
        found
    ) == 11
    assert after - before < 60
