"""Compares the store with its rows: what a crash leaves behind, and what a backup forgot."""

import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from core.files import pieces
from core.files.store import path_of
from core.files.thumbnails import SUFFIX
from core.models.files import StoredFile

# Younger files may belong to an upload whose row is being written right now.
GRACE_SECONDS = 24 * 3600


@dataclass(frozen=True)
class Findings:
    """Rows whose file is gone or has another size, and files that no row names, older than the grace."""

    missing: list[StoredFile]
    changed: list[StoredFile]
    unnamed: list[Path]


def compare() -> Findings:
    """Look at every row and every file once; nothing is changed. Digests are left to the archive's check."""
    missing, changed, named = [], [], set()
    for stored in StoredFile.objects.order_by("pk").iterator(chunk_size=2000):
        path = path_of(stored)
        named.add(path)
        try:
            if path.stat().st_size != stored.size:
                changed.append(stored)
        except FileNotFoundError:
            missing.append(stored)
    return Findings(missing, changed, list(_unnamed(named)))


def remove_unnamed(findings: Findings) -> int:
    """Remove the files no row names; return how many."""
    for path in findings.unnamed:
        path.unlink(missing_ok=True)
    return len(findings.unnamed)


def _unnamed(named: set[Path]) -> list[Path]:
    limit = time.time() - GRACE_SECONDS
    found = []
    for path in sorted(Path(settings.MEDIA_ROOT).glob("*/*")):
        if path.with_name(path.name.removesuffix(SUFFIX)) in named or path.parent == pieces.folder():
            continue  # half-sent files wait by their own rule
        try:
            if path.is_file() and path.stat().st_mtime < limit:
                found.append(path)
        except FileNotFoundError:
            continue  # an upload that ended while we looked
    return found
