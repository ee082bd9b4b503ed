"""Writes the zip of an Office file so that equal content gives equal bytes."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

# The zip format begins in 1980; one fixed time keeps the bytes free of the clock.
_MOMENT = (1980, 1, 1, 0, 0, 0)
_FIRST = ("[Content_Types].xml", "_rels/.rels")


class Package:
    """A zip being written to ``stream``; entries carry no time and no machine of origin."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED)

    def __enter__(self) -> "Package":
        return self

    def __exit__(self, *failure: object) -> None:
        self._zip.close()

    def add(self, name: str, content: bytes) -> None:
        """Write one entry."""
        self._zip.writestr(self._info(name), content)

    def add_all(self, parts: dict[str, bytes]) -> None:
        """Write entries, first those that programs look for at the start of an Office file."""
        for name in sorted(
            parts, key=lambda name: (_FIRST.index(name) if name in _FIRST else len(_FIRST), name)
        ):
            self.add(name, parts[name])

    @contextmanager
    def streaming(self, name: str) -> Iterator[IO[bytes]]:
        """Open one entry that is written piece by piece."""
        with self._zip.open(self._info(name), "w", force_zip64=False) as part:
            yield part

    @staticmethod
    def _info(name: str) -> zipfile.ZipInfo:
        info = zipfile.ZipInfo(name, _MOMENT)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = 0o600 << 16
        info.create_system = 0
        return info
