"""Many files streamed into one zip, with the digest of each.

Entries are stored, not compressed, carry no time and stand in the order they were added, so that the same files give
the same bytes; nothing is kept in memory, and any file can be taken out by any zip program.
"""

import hashlib
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO, Self

_MOMENT = (1980, 1, 1, 0, 0, 0)
_BIG = 2**31 - 1


@dataclass(frozen=True)
class Written:
    """One file of the package."""

    path: str
    size: int
    sha256: str


class BundleWriter:
    """Writes files below the folder ``root`` of a zip; a context manager."""

    def __init__(self, stream: IO[bytes], root: str) -> None:
        self._zip = zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED)
        self._root = root

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self._zip.close()

    def write(self, path: str, blocks: Iterable[bytes], size: int = 0) -> Written:
        """Write one file block by block; ``size`` when known and large."""
        entry = zipfile.ZipInfo(f"{self._root}/{path}", _MOMENT)
        entry.external_attr = 0o644 << 16
        entry.create_system = 3
        digest, length = hashlib.sha256(), 0
        with self._zip.open(entry, "w", force_zip64=size > _BIG) as target:
            for block in blocks:
                target.write(block)
                digest.update(block)
                length += len(block)
        return Written(path, length, digest.hexdigest())
