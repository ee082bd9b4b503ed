"""Groups in the form in which they are kept, so that one paper more finds its group without the others being read.

A profile is ``{"words": {word: weight}, "facets": {facet: share}}``: the mean of the weighed words of a group's papers,
the weightiest of them, and how many of its papers have a facet. The scale is ``{"size": papers, "seen": {word: papers},
"lessons": {word: factor}}`` for the words of profiles and check points; a word it does not know is taken as rare.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from typing import Any

from findings.rules.common.clusters import Cluster
from findings.rules.common.keywords import keywords
from findings.rules.common.reading import Reader
from findings.rules.common.structure import facets, worth
from findings.rules.common.texts import Text
from findings.rules.common.weighing import Scale, Vector

# So many words of a group are kept.
_KEPT = 120
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Near:
    """A group a paper comes near to: its key and how alike they are; from ``ENOUGH`` on the paper would join."""

    key: str
    alike: float


def profile(cluster: Cluster) -> dict[str, Any]:
    """What is kept of a group."""
    return _profile(cluster.words, cluster.facets, len(cluster.members))


def _profile(words: Mapping[str, float], held: Mapping[str, int], count: int) -> dict[str, Any]:
    best = nlargest(_KEPT, words.items(), key=lambda item: (item[1], item[0]))
    return {
        "words": {word: round(weight / count, _DIGITS) for word, weight in best},
        "facets": {facet: round(number / count, _DIGITS) for facet, number in sorted(held.items())},
    }


class Shelf:
    """The kept groups of a round. ``points``: check points by code, read like papers."""

    def __init__(
        self,
        scale: Mapping[str, Any],
        profiles: Mapping[str, Mapping[str, Any]],
        reader: Reader,
        points: Mapping[str, Vector],
    ) -> None:
        self._reader = reader
        self._scale = Scale.kept(scale, points)
        self._facets = {key: kept.get("facets", {}) for key, kept in profiles.items()}
        self._holders: dict[str, list[tuple[str, float]]] = {}
        for key, kept in profiles.items():
            for word, weight in kept.get("words", {}).items():
                self._holders.setdefault(word, []).append((key, weight))

    def near(self, text: Text, most: int = 3) -> list[Near]:
        """The groups nearest to a paper, the nearest first."""
        vector = self._scale.vector(text, self._reader.terms(text.title, text.summary))
        alike: dict[str, float] = {}
        for word, weight in vector.items():
            for key, theirs in self._holders.get(word, ()):
                alike[key] = alike.get(key, 0.0) + weight * theirs
        mine = facets(text)
        for key in alike:
            held = self._facets[key]
            alike[key] += sum(worth(facet) * held[facet] for facet in mine if facet in held)
        return [
            Near(key, score)
            for key, score in nlargest(most, alike.items(), key=lambda item: (item[1], item[0]))
        ]

    def described(self, texts: Sequence[Text]) -> tuple[dict[str, Any], tuple[str, ...]]:
        """Profile and shared words of papers people put together."""
        words: dict[str, float] = {}
        held: Counter[str] = Counter()
        for text in texts:
            for word, weight in self._scale.vector(
                text, self._reader.terms(text.title, text.summary)
            ).items():
                words[word] = words.get(word, 0.0) + weight
            held.update(facets(text))
        rows = [self._reader.rows(f"{text.title}\n{text.summary}") for text in texts]
        return _profile(words, held, len(texts)), keywords(rows, self._scale.telling)


def read_points(points: Iterable[Text], reader: Reader) -> dict[str, Vector]:
    """The library of check points as a shelf takes it."""
    return {point.key: reader.terms(point.title, point.summary) for point in points}
