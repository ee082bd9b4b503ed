"""What decisions teach the next proposal: words in pairs judged apart lose weight, words in pairs judged one gain some.

A word that stands in ``apart`` and ``together`` pairs weighs (2 + 1.5 × together) / (2 + together + apart) of what it
weighed, at least half and at most a quarter more: a single decision moves little, many of them move much.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from findings.rules.common.texts import Decisions, Pair

_CALM, _GAIN = 2.0, 1.5
_LEAST, _MOST = 0.5, 1.25


def lessons(read: Mapping[str, Iterable[str]], decisions: Decisions) -> dict[str, float]:
    """By word what to multiply its weight with; ``read``: the words of every paper."""
    together, apart = _shared(read, decisions.together), _shared(read, decisions.apart)
    return {word: _factor(together[word], apart[word]) for word in {*together, *apart}}


def _shared(read: Mapping[str, Iterable[str]], pairs: Iterable[Pair]) -> Counter[str]:
    """In how many pairs both papers say a word; of papers that are gone there is nothing to learn."""
    known = ((read[one], read[other]) for one, other in pairs if one in read and other in read)
    return Counter(word for mine, theirs in known for word in set(mine) & set(theirs))


def _factor(together: int, apart: int) -> float:
    return min(_MOST, max(_LEAST, (_CALM + _GAIN * together) / (_CALM + together + apart)))
