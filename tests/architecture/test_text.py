"""What no committed file may hold: paths of one machine, foreign hosts, unfinished business."""

import re
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, committed_files

BINARY = {".png", ".jpg", ".ico", ".xlsx", ".xls", ".docx", ".zip", ".woff2", ".gz", ".csv", ".pdf"}

# Built from pieces so that this file does not find itself.
UNFINISHED = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "X" * 3, "breakpoint" + r"\(")) + r")")
HOME = re.compile(r"(?<![\w.-])/(?:home|Users)/\w+|(?<![\w.$}-])/" + "root/|" + r"[A-Z]:\\Users\\")
ADDRESS = re.compile(r"https?://([^\s/\"'<>)`\]}:,;，。）]+)")
PRIVATE_ADDRESS = re.compile(r"(?<![\d.])(?:10\.\d+|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d+\.\d+(?![\d.])")

# Names reserved for examples, this machine, and names of XML vocabularies (identifiers, never contacted).
KNOWN_HOSTS = re.compile(
    r"^(127\.0\.0\.1|localhost|testserver|\[::1\]|web|web:8000|(.+\.)?example(\.(org|com|net))?|.+\.(invalid|test)"
    r"|www\.w3\.org|schemas\.openxmlformats\.org|schemas\.microsoft\.com|purl\.org|ns\.adobe\.com"
    r"|[$%{*].*)$"
)


def text_violations(path: str, text: str, machine: tuple[str, ...] = ()) -> list[str]:
    """Sentences on every line of a file that should not be committed; ``machine`` lists local paths to refuse."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        for what in _line(line, machine):
            found.append(f"{path}:{number}: {what}")
    return found


def _line(line: str, machine: tuple[str, ...]) -> list[str]:
    found = []
    if UNFINISHED.search(line):
        found.append("unfinished business")
    if HOME.search(line) or any(local in line for local in machine):
        found.append("a path of one machine")
    if PRIVATE_ADDRESS.search(line):
        found.append("an address of one network")
    found += [f"a foreign host: {host}" for host in ADDRESS.findall(line) if not KNOWN_HOSTS.match(host)]
    return found


# Folders that every system has: naming them gives nothing away.
EVERYWHERE = {"/", "/tmp", "/var", "/var/tmp", "/srv", "/opt", "/home", "/usr", "/usr/src", "/app", "/builds"}


def _machine_paths() -> tuple[str, ...]:
    """Where this very checkout and its user live: nothing of that belongs into a file."""
    return tuple(f"{path}/" for path in (ROOT, ROOT.parent, Path.home()) if str(path) not in EVERYWHERE)


def _readable() -> list[Path]:
    return [
        file
        for file in committed_files()
        if file.suffix not in BINARY and "vendor" not in file.relative_to(ROOT).parts
    ]


def test_no_committed_file_names_a_machine_a_foreign_host_or_unfinished_business():
    found = []
    for file in _readable():
        found += text_violations(file.relative_to(ROOT).as_posix(), file.read_text("utf-8"), _machine_paths())
    assert found == []


def test_every_text_file_is_utf8_with_a_last_newline_and_no_carriage_return():
    bad = []
    for file in _readable():
        content = file.read_bytes()
        content.decode("utf-8")
        if b"\r" in content or (content and not content.endswith(b"\n")):
            bad.append(file.relative_to(ROOT).as_posix())
    assert bad == []


@pytest.mark.parametrize(
    "line",
    [
        "# TO" + "DO: later",
        "path = '/home/" + "someone/data'",
        "path = '/Users/" + "someone/data'",
        "path = '/ro" + "ot/data'",
        "open('/srv/checkout/" + "main/x')",
        "see http:/" + "/intranet.local.gov/page",
        "fetch('https:/" + "/cdn.somewhere.net/x.js')",
        "host = '10.1" + ".2.3'",
    ],
)
def test_a_forbidden_line_is_found(line):
    assert len(text_violations("x", line, machine=("/srv/checkout/",))) == 1


@pytest.mark.parametrize(
    "line",
    [
        "serve on http://127.0.0.1:8000",
        "https://xuncha.example.org/login",
        'xmlns="http://www.w3.org/2000/svg"',
        "tmpfs: [/tmp]",
        "version 10.1.2",
        "proxy_pass http://web:8000;",
    ],
)
def test_a_harmless_line_is_left_alone(line):
    assert text_violations("x", line) == []
