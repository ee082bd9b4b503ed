"""Somebody who sends photographs over real HTTP and does not give up: dropped lines, lost answers, a dead server."""

import json
import random
import time
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

MAKE = """
import json
from django.conf import settings
from django.test import Client
from tests.factories import make_cast
from tests.findings import papers
from tests.findings.sending import address
cast = make_cast()
client = Client()
client.force_login(cast.member)
name = settings.SESSION_COOKIE_NAME
print(json.dumps([address(papers.draft(cast, evidence=[])), f"{name}={client.cookies[name].value}"]))
"""
LOOK = """
import hashlib, json
from core.files import path_of, pieces
from core.models import StoredFile, Upload
from findings.models import EvidenceItem
items = EvidenceItem.objects.select_related("file").order_by("seq")
found = [[item.name, hashlib.sha256(path_of(item.file).read_bytes()).hexdigest(), item.file.sha256] for item in items]
left = len(list(pieces.folder().glob("*")))
print(json.dumps([found, StoredFile.objects.count(), Upload.objects.unfinished().count(), left]))
"""


@dataclass
class HttpLine:
    """Posts to ``url`` until an answer comes; a share of ``lost`` answers is thrown away unread."""

    port: int
    url: str
    cookie: str
    lost: float = 0.0
    seconds: float = 300.0
    token: str = ""
    dropped: int = 0

    def post(self, step, body=b"", **query):
        """One step of the protocol; ``(status, dict)`` as the page's script sees it."""
        path = f"{self.url}?{urlencode({'step': step} | query)}"
        kind = "application/octet-stream" if isinstance(body, bytes) else "application/x-www-form-urlencoded"
        sent = body if isinstance(body, bytes) else urlencode(body).encode()
        until = time.monotonic() + self.seconds
        while time.monotonic() < until:
            try:
                status, answer = self._once("POST", path, sent, kind)
            except (OSError, HTTPException, ValueError):
                time.sleep(0.1)
                continue
            if status == 403:
                self.token = ""  # two that begin at once make a token each, and the session keeps one
            elif status < 500:
                return status, answer
        raise AssertionError(f"no answer within {self.seconds} s to {step}")

    def _once(self, method, path, body, kind):
        if method == "POST" and not self.token:
            self.token = self._once("GET", self.url, b"", kind)[1]["token"]
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            headers = {"Cookie": self.cookie, "Content-Type": kind, "X-CSRFToken": self.token}
            connection.request(method, path, body, headers)
            if method == "POST" and random.random() < self.lost:
                self.dropped += 1
                raise OSError("the line dropped before the answer")
            answer = connection.getresponse()
            content = answer.read()
            return answer.status, {} if answer.status == 403 else json.loads(content)
        finally:
            connection.close()


def highest_memory(pid):
    """The most memory a process has held, in MB, by what the kernel says."""
    with open(f"/proc/{pid}/status", encoding="ascii") as lines:
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))
