"""How much each word of a paper weighs: rare words more than frequent ones, and the check point it comes nearest to."""

from collections import Counter
from collections.abc import Iterable, Mapping
from heapq import nlargest
from itertools import chain
from math import log, sqrt
from typing import Any

from findings.rules.common.alike import FAULT, MATTER
from findings.rules.common.texts import Text

Vector = dict[str, float]

# What sharing everything of a kind is worth beside sharing all the wording, which is worth 1.
_FAULTS, _MATTERS, _FRAMES, _POINTS = 0.4, 0.2, 0.3, 0.3
_WORTH = {"": 1.0, FAULT: _FAULTS, MATTER: _MATTERS}
_TOTAL = sum(_WORTH.values()) + _FRAMES + _POINTS
# A paper stands between so many check points; the power lets the nearest one count nearly alone.
_NEAR, _POWER = 2, 8
# What it says for a check point that the paper names it, or the category it belongs to.
_NAMED, _SAME_SECOND = 0.5, 0.3
# How the check points a paper comes near to begin among its words.
_POINT = "@"
# How a fault and a matter together begin.
_FRAME = "x:"


class Scale:
    """Weighs papers by those it was made of. ``points``: check points by code, read like papers."""

    def __init__(
        self,
        read: Iterable[Vector],
        points: Mapping[str, Vector] | None = None,
        lessons: Mapping[str, float] | None = None,
    ) -> None:
        rows = [*read, *(points or {}).values()]
        self._start(Counter(chain.from_iterable(rows)), len(rows), lessons or {}, points or {})

    @classmethod
    def kept(cls, scale: Mapping[str, Any], points: Mapping[str, Vector]) -> "Scale":
        """The scale as :meth:`part` gave it."""
        found = cls.__new__(cls)
        found._start(Counter(scale.get("seen", {})), scale.get("size", 0), scale.get("lessons", {}), points)
        return found

    def part(self, words: Iterable[str]) -> dict[str, Any]:
        """What is known of ``words``, to be kept."""
        chosen = set(words)
        return {
            "size": self._size,
            "seen": {word: self._seen[word] for word in sorted(chosen) if self._seen[word]},
            "lessons": {word: self._lessons[word] for word in sorted(chosen) if word in self._lessons},
        }

    def _start(
        self, seen: Counter[str], size: int, lessons: Mapping[str, float], points: Mapping[str, Vector]
    ) -> None:
        self._seen, self._size, self._lessons = seen, size, lessons
        self._points: dict[str, list[tuple[str, float]]] = {}
        for code, terms in points.items():
            for term, weight in self._weighed(terms).items():
                self._points.setdefault(term, []).append((code, weight))

    def vector(self, text: Text, terms: Vector) -> Vector:
        """All that is compared of a paper, the weightiest first: two of them times each other say how alike."""
        weighed = self._weighed(terms)
        near = self._near(text, weighed)
        weighed.update(_frames(weighed))
        weighed.update(near)
        # Who names no fault says it with the rest: every paper weighs the same in all.
        scale = sqrt(_TOTAL / (sum(weight * weight for weight in weighed.values()) or 1.0))
        return {
            term: weighed[term] * scale for term in sorted(weighed, key=weighed.__getitem__, reverse=True)
        }

    def _weighed(self, terms: Vector) -> Vector:
        """Weights whose squares add up to what their kind is worth."""
        told = {term: loud * self.telling(term) for term, loud in terms.items()}
        squares = dict.fromkeys(_WORTH, 0.0)
        for term, weight in told.items():
            squares[_kind(term)] += weight * weight
        scale = {kind: sqrt(_WORTH[kind] / total) for kind, total in squares.items() if total}
        return {term: weight * scale[_kind(term)] for term, weight in told.items() if weight}

    def telling(self, term: str) -> float:
        """The fewer papers have it, the more it tells; what people decided about other papers is heard."""
        return log((self._size + 1) / (self._seen[term] + 0.5)) * self._lessons.get(term, 1.0)

    def _near(self, text: Text, weighed: Vector) -> Vector:
        """The check points a paper comes nearest to, in its words, by its own word and by its category."""
        found: dict[str, float] = {text.point: _NAMED} if text.point else {}
        for term, weight in weighed.items():
            for code, theirs in self._points.get(term, ()):
                found[code] = found.get(code, 0.0) + weight * theirs
        if text.second:
            for code in found:
                if code.startswith(text.second):
                    found[code] += _SAME_SECOND
        best = nlargest(_NEAR, ((likeness, code) for code, likeness in found.items()))
        powers = {f"{_POINT}{code}": likeness**_POWER for likeness, code in best}
        length = sqrt(sum(power * power for power in powers.values())) or 1.0
        return {code: power / length * sqrt(_POINTS) for code, power in powers.items()}


def _frames(weighed: Vector) -> Vector:
    """Every fault with every matter: two papers that share both say more than two that share either."""
    found = {
        f"{_FRAME}{fault}{matter}": said * about
        for fault, said in weighed.items()
        if fault.startswith(FAULT)
        for matter, about in weighed.items()
        if matter.startswith(MATTER)
    }
    length = sqrt(sum(weight * weight for weight in found.values())) or 1.0
    return {frame: weight / length * sqrt(_FRAMES) for frame, weight in found.items()}


def _kind(term: str) -> str:
    """What a word is beside a pair of characters."""
    return term[:2] if term[:2] in _WORTH else ""
