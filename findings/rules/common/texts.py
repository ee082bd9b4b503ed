"""What goes in and what comes out: papers of a round, what people decided about them, groups and those left single."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Text:
    """What of a finding or lead is compared. ``category``, ``second``: codes of the two levels; ``basis``: titles."""

    key: str
    village: str
    title: str
    summary: str = ""
    category: str = ""
    second: str = ""
    point: str = ""
    basis: tuple[str, ...] = ()


@dataclass(frozen=True)
class Share:
    """Of ``of`` villages of a town ``villages`` have the problem."""

    town: str
    villages: int
    of: int

    @property
    def percent(self) -> int:
        """Whole percents, rounded half up as people do."""
        return (200 * self.villages + self.of) // (2 * self.of) if self.of else 0


@dataclass(frozen=True)
class Group:
    """Papers that seem to tell of one problem, the most typical first, and the words they share.

    ``profile``: what is kept to compare one paper more with (``shelf``).
    """

    label: str
    members: tuple[str, ...]
    keywords: tuple[str, ...]
    shares: tuple[Share, ...]
    villages: int
    profile: Mapping[str, Any] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Proposal:
    """Groups of at least two villages, the widest first; everything else stays single."""

    groups: tuple[Group, ...] = ()
    singles: tuple[str, ...] = ()
    scale: Mapping[str, Any] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Decisions:
    """What people said: pairs that are one problem, pairs that are not, names with the papers they were given to."""

    together: frozenset[Pair] = frozenset()
    apart: frozenset[Pair] = frozenset()
    named: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
