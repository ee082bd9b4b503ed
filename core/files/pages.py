"""How many pages a file has: counted in a PDF, said by its program in a Word file, unknown otherwise."""

import re
import zipfile
from pathlib import Path

from core.files import sandbox

_WORKER = Path(__file__).with_name("pages_worker.py")
_PROPERTIES = "docProps/app.xml"
_SAID = re.compile(rb"<(?:\w+:)?Pages>\s*([1-9]\d{0,4})\s*</")
_PART_LIMIT = 256 * 1024
_MOST = 100_000


def count(path: Path, kind: str) -> int | None:
    """Pages of a file that has passed the gate. A number that cannot be had is no reason to refuse the file."""
    if kind == "pdf":
        return _counted(path)
    return _said(path) if kind == "docx" else None


def _counted(path: Path) -> int | None:
    try:
        printed = sandbox.run(_WORKER, str(path))
    except sandbox.WorkerFailed:
        return None
    return int(printed) if printed.isdigit() and 0 < int(printed) <= _MOST else None


def _said(path: Path) -> int | None:
    with zipfile.ZipFile(path) as archive:
        if _PROPERTIES not in archive.namelist() or archive.getinfo(_PROPERTIES).file_size > _PART_LIMIT:
            return None
        said = _SAID.search(archive.read(_PROPERTIES))
    return int(said.group(1)) if said else None
