"""A sender of files in pieces, as the page's script is one, over any way to post: Django's client or real HTTP."""

import hashlib
from urllib.parse import urlencode

from django.urls import reverse

WORDS = {"kind": "site", "origin": "photo", "page_range": ""}


def address(row):
    """Where files for a workpaper or field paper go."""
    name = "evidence_send" if row._meta.model_name == "finding" else "field_send"
    return reverse(f"findings:{name}", kwargs={"pk": row.pk})


class ClientLine:
    """Posts through Django's test client; answers are ``(status, dict)``."""

    def __init__(self, client, url):
        self.client, self.url = client, url

    def post(self, step, body=b"", **query):
        url = f"{self.url}?{urlencode({'step': step} | query)}"
        if isinstance(body, bytes):
            answer = self.client.post(url, body, content_type="application/octet-stream")
        else:
            answer = self.client.post(url, body)
        told = answer.headers.get("Content-Type", "").startswith("application/json")
        return answer.status_code, answer.json() if told else {}


def announce(line, name, content, mark="m1", size=None):
    """The first step."""
    return line.post("begin", {"name": name, "size": len(content) if size is None else size, "mark": mark})


def send(line, name, content, *, words=WORDS, piece=40, mark="m1"):
    """The whole way; returns the last answer. Goes on where the server says, as a page would."""
    status, answer = announce(line, name, content, mark)
    if status != 200 or answer["done"]:
        return status, answer
    key = answer["upload"]
    while answer["offset"] < len(content):
        at = answer["offset"]
        status, answer = line.post("piece", content[at : at + piece], upload=key, offset=at)
        if status != 200:
            return status, answer
    return line.post("finish", words, upload=key)


def sha256(content):
    """Digest in the form rows hold it."""
    return hashlib.sha256(content).hexdigest()
