"""Is a difference between two rates more than chance? Named methods, for people who would read too much into 2 %.

Wilson's score interval for one rate; for a difference of two rates, Newcombe's hybrid score interval (R. G. Newcombe,
Statistics in Medicine 17 (1998): 857–872 for one proportion and 873–890, method 10, for the difference). Where many
differences are looked at in one table, the level is divided by their number (Bonferroni), so that in a round where
nothing differs a reader is misled at most once in twenty tables. Respondents are people, not ticks: several items of
one aspect answered by one person count as one person.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from statistics import NormalDist

LEVEL = 0.05
METHOD = "两率之差的置信区间（Newcombe 法），总体置信水平95%，多项比较按 Bonferroni 法校正"


@lru_cache
def quantile(comparisons: int = 1) -> float:
    """The two-sided normal quantile at ``LEVEL``, shared among ``comparisons``."""
    return NormalDist().inv_cdf(1 - LEVEL / (2 * max(1, comparisons)))


@dataclass(frozen=True)
class Share:
    """``rate`` (0 to 1) among ``people``."""

    rate: float
    people: float

    def interval(self, z: float) -> tuple[float, float]:
        """Wilson's score interval."""
        n, p = self.people, self.rate
        centre = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
        return max(0.0, centre - half), min(1.0, centre + half)


def difference(one: Share, other: Share, comparisons: int = 1) -> tuple[float, float]:
    """Lowest and highest difference ``one`` − ``other`` that chance leaves open."""
    z = quantile(comparisons)
    low1, high1 = one.interval(z)
    low2, high2 = other.interval(z)
    gap = one.rate - other.rate
    low = gap - sqrt((one.rate - low1) ** 2 + (high2 - other.rate) ** 2)
    high = gap + sqrt((high1 - one.rate) ** 2 + (other.rate - low2) ** 2)
    return low, high


def differs(one: Share, other: Share, comparisons: int = 1) -> int:
    """1 where ``one`` is really higher, −1 where lower, 0 where the difference may be chance."""
    if min(one.people, other.people) <= 0:
        return 0
    low, high = difference(one, other, comparisons)
    return 1 if low > 0 else -1 if high < 0 else 0
