"""A BagIt package (RFC 8493) streamed into a zip: payload under ``data/``, manifests behind it.

Entries are stored, not compressed, carry no time and stand in the order they were added, so that the same papers
give the same bytes; any file can be taken out by any zip program.
"""

import hashlib
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO

_MOMENT = (1980, 1, 1, 0, 0, 0)
_BIG = 2**31 - 1
_DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


@dataclass(frozen=True)
class Written:
    """One file of the package."""

    path: str
    size: int
    sha256: str


class BagWriter:
    """Writes one bag below the folder ``root`` of a zip: as a context manager, add the payload, then :meth:`finish`."""

    def __init__(self, stream: IO[bytes], root: str) -> None:
        self._zip = zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED)
        self._root = root
        self.payload: list[Written] = []

    def __enter__(self) -> "BagWriter":
        return self

    def __exit__(self, *failure: object) -> None:
        self._zip.close()

    def add(self, path: str, blocks: Iterable[bytes], *, size: int = 0) -> Written:
        """Write one payload file (``path`` relative to ``data/``) block by block; ``size`` when known and large."""
        written = self._write(f"data/{path}", blocks, size)
        self.payload.append(written)
        return written

    def finish(self, info: dict[str, str]) -> str:
        """Write manifests and tag files; return the SHA-256 of the payload manifest, which vouches for all of it."""
        total = sum(file.size for file in self.payload)
        lines = info | {"Payload-Oxum": f"{total}.{len(self.payload)}"}
        manifest = _manifest(self.payload)
        tags = [
            self._write("bagit.txt", [_DECLARATION.encode()]),
            self._write("bag-info.txt", ["".join(f"{k}: {v}\n" for k, v in lines.items()).encode()]),
            self._write("manifest-sha256.txt", [manifest]),
        ]
        self._write("tagmanifest-sha256.txt", [_manifest(tags)])
        return hashlib.sha256(manifest).hexdigest()

    def _write(self, path: str, blocks: Iterable[bytes], size: int = 0) -> Written:
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


def _manifest(files: Iterable[Written]) -> bytes:
    """Lines of ``digest  path``; line ends and per cent signs in names are escaped as the standard says."""
    lines = (f"{file.sha256}  {_escaped(file.path)}\n" for file in sorted(files, key=lambda file: file.path))
    return "".join(lines).encode()


def _escaped(path: str) -> str:
    return path.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
