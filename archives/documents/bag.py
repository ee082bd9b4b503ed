"""A BagIt package (RFC 8493) streamed into a zip: payload under ``data/``, manifests behind it."""

import hashlib
from collections.abc import Iterable
from typing import IO

from core.files.bundle import BundleWriter, Written

_DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


class BagWriter(BundleWriter):
    """Writes one bag below the folder ``root`` of a zip: as a context manager, add the payload, then :meth:`finish`."""

    def __init__(self, stream: IO[bytes], root: str) -> None:
        super().__init__(stream, root)
        self.payload: list[Written] = []

    def add(self, path: str, blocks: Iterable[bytes], *, size: int = 0) -> Written:
        """Write one payload file (``path`` relative to ``data/``) block by block; ``size`` when known and large."""
        written = self.write(f"data/{path}", blocks, size)
        self.payload.append(written)
        return written

    def finish(self, info: dict[str, str]) -> str:
        """Write manifests and tag files; return the SHA-256 of the payload manifest, which vouches for all of it."""
        total = sum(file.size for file in self.payload)
        lines = info | {"Payload-Oxum": f"{total}.{len(self.payload)}"}
        manifest = _manifest(self.payload)
        tags = [
            self.write("bagit.txt", [_DECLARATION.encode()]),
            self.write("bag-info.txt", ["".join(f"{k}: {v}\n" for k, v in lines.items()).encode()]),
            self.write("manifest-sha256.txt", [manifest]),
        ]
        self.write("tagmanifest-sha256.txt", [_manifest(tags)])
        return hashlib.sha256(manifest).hexdigest()


def _manifest(files: Iterable[Written]) -> bytes:
    """Lines of ``digest  path``; line ends and per cent signs in names are escaped as the standard says."""
    lines = (f"{file.sha256}  {_escaped(file.path)}\n" for file in sorted(files, key=lambda file: file.path))
    return "".join(lines).encode()


def _escaped(path: str) -> str:
    return path.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
