"""A hall full of phones behind one address, and inspectors who load and save their papers meanwhile."""

import json
import random
import secrets
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPSConnection
from statistics import quantiles
from urllib.parse import urlencode

QUESTIONS = 22
ANSWERING = ("open", "ask", "send")

# Run by the server's own settings: prints tokens, and for each inspector a session and a paper.
MAKE = """
import json
from django.conf import settings
from django.test import Client
from tests.factories import make_cast, make_member, make_user
from tests.findings import papers
from tests.surveys.polls import issue, open_survey
from villages.models import Role, TeamRole
cast = make_cast()
survey = open_survey(cast)
inspectors = []
for n in range({inspectors}):
    who = make_member(cast.other_team, TeamRole.MEMBER, make_user(Role.INSPECTOR, f"甲{{n}}"))
    paper = papers.draft(cast, handler=who, inspection=cast.other_inspection)
    client = Client()
    client.force_login(who)
    name = settings.SESSION_COOKIE_NAME
    inspectors.append([f"{{name}}={{client.cookies[name].value}}", str(paper.pk)])
tokens = [card.token for card in issue(survey, {phones})]
print(json.dumps([tokens, inspectors]))
"""
LOOK = """
import json
from core.audit import SYSTEM
from findings.models import Finding
from surveys.models import AnswerSheet, OpenAnswer, Receipt, Slip, Survey
from surveys.services import mix_all
mix_all(actor=SYSTEM, survey=Survey.objects.get())
sheets = sorted(AnswerSheet.objects.values_list("answers", flat=True))
words = sorted(OpenAnswer.objects.values_list("text", flat=True))
titles = {str(key): title for key, title in Finding.objects.values_list("pk", "title")}
print(json.dumps([sheets, words, Slip.objects.count(), Receipt.objects.count(), titles]))
"""


@dataclass(frozen=True)
class Place:
    """Where the server answers; with ``certificate`` over TLS, called ``host``."""

    port: int
    host: str = "127.0.0.1"
    certificate: str = ""

    def connect(self) -> HTTPConnection:
        """One connection, as one browser has it."""
        if not self.certificate:
            return HTTPConnection("127.0.0.1", self.port, timeout=60)
        context = ssl.create_default_context(cafile=self.certificate)
        context.check_hostname = False
        return HTTPSConnection("127.0.0.1", self.port, timeout=60, context=context)


@dataclass
class Seen:
    """What everybody met: seconds by kind of request, and every answer that was not the right one."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)

    def times(self, kind: str) -> tuple[float, float]:
        """The median and the 99th of a hundred."""
        found = self.seconds[kind]
        return (
            (quantiles(found, n=100)[49], quantiles(found, n=100)[98]) if len(found) > 1 else (found[0],) * 2
        )

    def beside(self, quiet: "Seen") -> str:
        """Both as multiples of the quiet median."""
        lines = []
        for kind in sorted(self.seconds):
            (half, most), (base, _) = self.times(kind), quiet.times(kind)
            lines.append(f"{kind}: p50 {half / base:.1f}, p99 {most / base:.1f} times {base * 1000:.0f} ms")
        return "; ".join(lines)


class _Wire:
    """One client's connection; every request is timed, and anything but the expected status is a fault."""

    def __init__(self, place: Place, seen: Seen, cookie: str = "") -> None:
        self.place, self.seen, self.cookie = place, seen, cookie
        self.connection = place.connect()

    def ask(self, kind: str, path: str, expected: int, body: str = "", form: bool = False) -> str:
        """Send, wait, note down; the text of the page."""
        content = "application/x-www-form-urlencoded" if form else "application/json"
        origin = f"https://{self.place.host}/" if self.place.certificate else ""
        headers = {"Host": self.place.host, "Content-Type": content, "Cookie": self.cookie, "Referer": origin}
        start = time.perf_counter()
        self.connection.request("POST" if body else "GET", path, body.encode() or None, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode("utf-8", errors="replace")
        self.seen.seconds.setdefault(kind, []).append(time.perf_counter() - start)
        for line in answer.headers.get_all("Set-Cookie") or []:
            name = line.partition("=")[0]
            kept = [part for part in self.cookie.split("; ") if part and part.partition("=")[0] != name]
            self.cookie = "; ".join([*kept, line.partition(";")[0]])
        if answer.status != expected:
            self.seen.faults.append(f"{kind} {path}: {answer.status} {text[:200]}")
        return text


def phone(place: Place, seen: Seen, token: str, twice: bool) -> None:
    """One villager: opens the page, is asked, answers; some press twice."""
    digits = "".join(random.choices("12345", k=QUESTIONS))
    body = {
        "token": token, "submission": secrets.token_hex(16), "group": "villager", "answers": digits,
        "comment": f"意见{digits}", "words": {}, "marks": "",
    }  # fmt: skip
    wire = _Wire(place, seen)
    wire.ask("open", "/w/", 200)
    wire.ask("ask", "/w/juan/", 200, json.dumps({"token": token}))
    taps = [lambda: _send(wire, seen, body)]
    if twice:
        taps.append(lambda: _send(_Wire(place, seen), seen, body))
    together(taps, seen)
    seen.said[token] = digits


def _send(wire: _Wire, seen: Seen, body: dict[str, object]) -> None:
    outcome = json.loads(wire.ask("send", "/w/jiao/", 200, json.dumps(body)))["outcome"]
    if outcome not in ("received", "already"):
        seen.faults.append(f"send: {outcome}")


def inspector(place: Place, seen: Seen, cookie: str, paper: str, goes_on: Callable[[int], bool]) -> None:
    """Loads the list and a paper's form, changes the title, saves; again and again."""
    wire, turn = _Wire(place, seen, cookie), 0
    while goes_on(turn):
        turn += 1
        wire.ask("list", "/mou/?all=1", 200)
        fields = form_with("title", wire.ask("load", f"/mou/digao/{paper}/gai/", 200))
        title = f"第{turn}次改过的标题"
        fields = [(name, title if name == "title" else value) for name, value in fields]
        wire.ask("save", f"/mou/digao/{paper}/gai/", 302, urlencode(fields), form=True)
        seen.titles[paper] = title


class _Forms(HTMLParser):
    """The controls of every form with what a browser would send."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[list[tuple[str, str]]] = []
        self.area = self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A form begins, or one of its controls."""
        known = {name: value or "" for name, value in attrs}
        name = known.get("name", "")
        if tag == "form":
            self.forms.append([])
        elif tag == "input" and name and self.forms:
            ticked = known.get("type") not in ("checkbox", "radio") or "checked" in known
            if ticked and known.get("type") not in ("file", "submit"):
                self.forms[-1].append((name, known.get("value", "on" if "checked" in known else "")))
        elif tag == "textarea" and self.forms:
            self.area = name
            self.forms[-1].append((name, ""))
        elif tag == "select":
            self.select = name
        elif tag == "option" and "selected" in known and self.forms:
            self.forms[-1].append((self.select, known.get("value", "")))

    def handle_data(self, data: str) -> None:
        """What stands in a text area."""
        if self.area:
            name, held = self.forms[-1][-1]
            self.forms[-1][-1] = (name, held + data)

    def handle_endtag(self, tag: str) -> None:
        """A text area ends."""
        if tag == "textarea":
            self.area = ""


def form_with(name: str, page: str) -> list[tuple[str, str]]:
    """The form of a page that has a control called ``name``."""
    reader = _Forms()
    reader.feed(page)
    return next(form for form in reader.forms if name in dict(form))


def together(calls: list[Callable[[], None]], seen: Seen) -> None:
    """All at once, each in a thread of its own; what goes wrong in one is a fault."""

    def run(call: Callable[[], None]) -> None:
        try:
            call()
        except Exception as error:
            seen.faults.append(repr(error))

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def quiet(place: Place, tokens: list[str], inspectors: list[list[str]]) -> Seen:
    """One person after the other."""
    seen = Seen()
    for token in tokens:
        phone(place, seen, token, twice=False)
    for cookie, paper in inspectors:
        inspector(place, seen, cookie, paper, lambda turn: turn < 3)
    return seen


def hall(place: Place, tokens: list[str], inspectors: list[list[str]], seconds: float) -> Seen:
    """Everybody at once: the phones within ``seconds``, the inspectors for as long as phones answer."""
    seen, over = Seen(), threading.Event()

    def villager(number: int, token: str) -> None:
        time.sleep(random.uniform(0, seconds))
        phone(place, seen, token, twice=number % 10 == 0)

    def villagers() -> None:
        together([lambda n=n, t=t: villager(n, t) for n, t in enumerate(tokens)], seen)
        over.set()

    work = [
        lambda c=cookie, p=paper: inspector(place, seen, c, p, lambda turn: not over.is_set())
        for cookie, paper in inspectors
    ]
    together([villagers, *work], seen)
    return seen
