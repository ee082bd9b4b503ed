"""Which papers are near one: its weightiest words find candidates, wording and structure weigh them.

Weights are those of the papers the index was made of; one that joins later is weighed by them, so that it takes
milliseconds while people type. Words stand in rows of numbers, one or two kilobytes a paper.
"""

from array import array
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nlargest
from itertools import repeat
from operator import mul

from findings.rules.common.lessons import lessons
from findings.rules.common.reading import Reader
from findings.rules.common.structure import bond, facets
from findings.rules.common.texts import Decisions, Text
from findings.rules.common.weighing import Scale, Vector

# So many of a paper's weightiest words look for others; so many candidates are weighed, so many are kept.
_PROBES, _WEIGHED, NEIGHBOURS = 24, 40, 12
# Of a word that very many papers have the latest ones stand for all: they are near each other anyway.
_LATEST = 500


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as it is compared: its words, the weightiest first, what they weigh, and its structure."""

    text: Text
    words: tuple[str, ...]
    weights: "array[float]"
    facets: frozenset[str]

    def vector(self) -> Vector:
        """The weighed words."""
        return dict(zip(self.words, self.weights, strict=True))


class Index:
    """Papers by their words. ``names``: places and persons; ``points``: the library of check points, code as key."""

    def __init__(
        self, texts: Iterable[Text], names: Iterable[str], points: Iterable[Text], decisions: Decisions
    ) -> None:
        self.reader = Reader(names)
        rows = list(texts)
        read = [self._read(text) for text in rows]
        by_key = {text.key: terms for text, terms in zip(rows, read, strict=True)}
        self.library = {point.key: self._read(point) for point in points}
        self.scale = Scale(read, self.library, lessons(by_key, decisions))
        self.papers: list[Paper] = []
        self._holders: dict[str, array[int]] = {}
        for text, terms in zip(rows, read, strict=True):
            self.add(self._weigh(text, terms))

    def paper(self, text: Text) -> Paper:
        """``text`` as it is compared, without taking it in."""
        return self._weigh(text, self._read(text))

    def add(self, paper: Paper) -> int:
        """Take one more paper in; its number."""
        number = len(self.papers)
        self.papers.append(paper)
        for word in paper.words:
            self._holders.setdefault(word, array("I")).append(number)
        return number

    def _read(self, text: Text) -> Vector:
        return self.reader.terms(text.title, text.summary)

    def _weigh(self, text: Text, terms: Vector) -> Paper:
        vector = self.scale.vector(text, terms)
        return Paper(text, tuple(vector), array("f", vector.values()), facets(text))

    def telling(self, word: str) -> float:
        """How much a word says; one that no paper was compared by says nothing."""
        return self.scale.telling(word) if word in self._holders else 0.0

    def nearest(self, paper: Paper, most: int = NEIGHBOURS) -> list[tuple[float, int]]:
        """The papers nearest to ``paper`` with how alike they are, the nearest first; never itself."""
        numbers = [
            number for number in self._candidates(paper) if self.papers[number].text.key != paper.text.key
        ]
        return nlargest(most, zip(self.alike(paper, numbers), numbers, strict=True))

    def alike(self, paper: Paper, numbers: Iterable[int]) -> list[float]:
        """How alike ``paper`` and each of the others are: all of the wording is worth 1, the rest comes on top."""
        weight_of, found = paper.vector().get, []
        for other in map(self.papers.__getitem__, numbers):
            wording = sum(map(mul, map(weight_of, other.words, repeat(0.0)), other.weights))
            found.append(wording + bond(paper.facets, other.facets))
        return found

    def _candidates(self, paper: Paper) -> list[int]:
        """Those that share the most of its weightiest words."""
        found: Counter[int] = Counter()
        for word in paper.words[:_PROBES]:
            found.update(self._holders.get(word, ())[-_LATEST:])
        return [number for number, _ in found.most_common(_WEIGHED)]
