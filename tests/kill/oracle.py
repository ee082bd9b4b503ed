"""Compares what was asked for with what is there: knows nothing of leases and fences, reads the files by itself."""

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

MOST_ATTEMPTS = 3


def content_of(text: str) -> bytes:
    """What the job asked for with ``text`` has to write: long enough to be cut in the middle."""
    return f"{text},0123456789\n".encode() * 20_000


@dataclass
class Findings:
    """Keys of jobs at fault, by fault; a site is sound when all are empty."""

    lost: list[str] = field(default_factory=list)
    """Asked for, and not done."""
    duplicate: list[str] = field(default_factory=list)
    """Effect committed more or less than once, or a result that several jobs name."""
    damaged: list[str] = field(default_factory=list)
    """Bytes on disk are missing, differ from the row's digest, or are not what was asked for."""
    stray: list[str] = field(default_factory=list)
    """Names of files that have a row no job names, and jobs nobody asked for."""
    worn: list[str] = field(default_factory=list)
    """More attempts than allowed."""


def judge(asked: dict[str, dict[str, Any]], seen: dict[str, Any], media: Path) -> Findings:
    """Hold ``asked`` (kind and text by key) against ``seen`` (what the desk read from the database)."""
    found = Findings()
    jobs, files, effects = seen["jobs"], seen["files"], Counter(seen["effects"])
    named = Counter(row["file"] for row in jobs.values() if row["file"])
    for key, order in asked.items():
        row = jobs.get(key)
        if row is None or row["state"] != "done":
            found.lost.append(key)
            continue
        if effects[key] != (order["kind"] == "kill.effect") or named[row["file"]] != 1:
            found.duplicate.append(key)
        if not _is_intact(files.get(row["file"]), order["text"], media):
            found.damaged.append(key)
    found.worn = [key for key, row in jobs.items() if row["attempt"] > MOST_ATTEMPTS]
    found.stray = [file["name"] for key, file in files.items() if key not in named]
    found.stray += [key for key in jobs if key not in asked]
    return found


def _is_intact(file: dict[str, str] | None, text: str, media: Path) -> bool:
    if file is None or not (media / file["path"]).is_file():
        return False
    content = (media / file["path"]).read_bytes()
    return content == content_of(text) and hashlib.sha256(content).hexdigest() == file["sha256"]
