"""The rate of 好+较好 as it may be said, of one aspect or of all, and whether two rates really differ."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from core.display import percent
from surveys.rules.noise import Share, differs
from surveys.selectors.suppression import Row, opinions, pooled


@dataclass(frozen=True)
class Rate:
    """The rate of 好+较好 among the opinions: one number, an interval, or nothing that may be said."""

    low: Fraction | None
    high: Fraction | None

    @property
    def text(self) -> str:
        """``93.3%``, or ``90%—98%`` where the exact number would say what a few people answered."""
        if self.low is None or self.high is None:
            return "—"
        if self.low == self.high:
            return percent(self.low.numerator, self.low.denominator)
        low, high = self.low * 100, -((-self.high * 100) // 1)
        return f"{int(low)}%—{int(high)}%"

    @property
    def value(self) -> float | None:
        """For drawing: the exact rate, or the lower end, from 0 to 100."""
        return None if self.low is None else round(float(self.low * 100), 1)


@dataclass(frozen=True)
class AspectRate:
    """A rate and how many people it rests on (opinions per item: one person answers several items of an aspect)."""

    rate: Rate
    people: float

    @classmethod
    def of(cls, rows: Iterable[Row]) -> "AspectRate":
        """Of several items together, from what may be shown of them and nothing else."""
        given = list(rows)
        people = float(opinions(given) / len(given)) if given else 0.0
        return cls(Rate(*pooled(given)), people)

    def against(self, other: "AspectRate", comparisons: int) -> int:
        """1: really higher than ``other``; −1: really lower; 0: within what chance explains, or not to be told.

        Where a rate is an interval, the end that speaks least for a difference decides.
        """
        mine, theirs = self.rate, other.rate
        if mine.low is None or mine.high is None or theirs.low is None or theirs.high is None:
            return 0
        if differs(self._share(mine.low), other._share(theirs.high), comparisons) > 0:
            return 1
        return min(0, differs(self._share(mine.high), other._share(theirs.low), comparisons))

    def _share(self, rate: Fraction) -> Share:
        return Share(float(rate), self.people)


_WORDS = {1: "高于", -1: "低于", 0: "差别在误差范围内"}


def verdict_word(verdict: int) -> str:
    """A verdict in words."""
    return _WORDS[verdict]
