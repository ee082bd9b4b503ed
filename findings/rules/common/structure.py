"""What category, check point and basis say beside the wording: never enough alone, a help or a doubt."""

from collections.abc import Iterable

from findings.rules.common.texts import Text

# By the first character of a facet; shared by both papers it is worth so much. Both naming a check point speaks
# against them, the same one more than makes up for it.
_WORTH = {"2": 0.06, "!": -0.2, "p": 0.4, "b": 0.03}


def facets(text: Text) -> frozenset[str]:
    """The structure of a paper in words that are either shared or not."""
    found = {f"2{text.second}"} if text.second else set()
    if text.point:
        found |= {"!", f"p{text.point}"}
    return frozenset(found | {f"b{title}" for title in text.basis[:1]})


def worth(facet: str) -> float:
    """What it is worth that both have it."""
    return _WORTH[facet[0]]


def bond(mine: Iterable[str], other: frozenset[str]) -> float:
    """What the structure of two papers says for them."""
    return sum(_WORTH[facet[0]] for facet in mine if facet in other)
