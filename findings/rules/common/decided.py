"""From what people said, in the order they said it, to pairs that stand: who speaks later is heard."""

from collections.abc import Iterable
from dataclasses import dataclass

from findings.rules.common.texts import Pair


@dataclass(frozen=True, slots=True)
class Saying:
    """All of ``left`` are one problem, or, not ``together``, none of ``left`` is one with any of ``right``."""

    together: bool
    left: tuple[str, ...]
    right: tuple[str, ...] = ()


def standing(sayings: Iterable[Saying]) -> tuple[frozenset[Pair], frozenset[Pair]]:
    """Pairs that are one problem and pairs that are not.

    Of papers that are all one problem the first is paired with each of the others: that is enough to hold them.
    """
    together: set[Pair] = set()
    apart: set[Pair] = set()
    for saying in sayings:
        if saying.together:
            inside = set(saying.left)
            apart = {pair for pair in apart if not inside.issuperset(pair)}
            together |= {_pair(saying.left[0], other) for other in saying.left[1:]}
        else:
            left, right = set(saying.left), set(saying.right)
            apart |= {_pair(one, other) for one in left for other in right if one != other}
            together = {pair for pair in together if not _parts(pair, left, right)}
    return frozenset(together), frozenset(apart)


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)


def _parts(pair: Pair, left: set[str], right: set[str]) -> bool:
    one, other = pair
    return (one in left and other in right) or (one in right and other in left)
