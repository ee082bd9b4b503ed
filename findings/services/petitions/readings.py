"""What one reading of sealed parts gives; plain data that travels from the vault to the page and nowhere else."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class SealedFile:
    """A file as it came: ``kind`` is one of ``core.files.policy.CONTENT_TYPE``; its name was never kept."""

    kind: str
    content: bytes


@dataclass(frozen=True)
class Opened:
    """What was sealed as one field: texts, pictures and other files, in the order in which they were sealed."""

    label: str
    texts: list[str] = field(default_factory=list)
    pictures: list[bytes] = field(default_factory=list)
    files: list[SealedFile] = field(default_factory=list)


@dataclass(frozen=True)
class Reading:
    """What one reading shows. ``locked``: sealings that are not wrapped to the key that was used."""

    parts: list[Opened]
    locked: int
