"""What may be shown of a row of counts without saying what a few people answered.

A row is six counts whose sum everybody knows: 好 较好 | 一般 差 | 不了解 未答. They are looked at as three pairs.
A pair whose sum is small (1 to ``least``−1) is hidden, and with it pairs until the hidden sums can no longer be
worked out from the known total; the rate of 好+较好 is then given as the interval that what is shown allows. In a
pair that is shown, a small count hides its partner too, so that only their sum is known.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

PAIRS = (("1", "2"), ("3", "4"), ("5", "0"))
GOOD, BAD, SILENT = range(3)


@dataclass(frozen=True)
class Row:
    """One row as it may be shown.

    ``cells``: by digit, ``None`` where hidden. ``pairs``: sums of the three pairs, ``None`` where hidden. ``low`` and
    ``high``: what the rate of 好+较好 among the opinions may be; equal when it is exact, ``None`` without opinions.
    """

    total: int
    cells: dict[str, int | None]
    pairs: tuple[int | None, int | None, int | None]
    low: Fraction | None
    high: Fraction | None

    @property
    def exact(self) -> bool:
        """Is the rate one number?"""
        return self.low is not None and self.low == self.high

    @property
    def unknown(self) -> int | None:
        """How many said 不了解, where it may be shown."""
        return self.cells["5"]


def shown(counts: Counter[str], least: int = 5) -> Row:
    """What may be shown of ``counts`` (by digit); with fewer than ``least`` sheets nothing but their number."""
    total = counts.total()
    sums = [sum(counts[digit] for digit in pair) for pair in PAIRS]
    hidden = {0, 1, 2} if total < least else _hidden(sums, least)
    if total < least:
        return Row(total, dict.fromkeys("123450"), (None, None, None), None, None)
    rates = [rate for rate in map(_rate, _possible(sums, hidden, least)) if rate is not None]
    pairs = tuple(None if at in hidden else sums[at] for at in range(3))
    return Row(
        total=total,
        cells={digit: value for at in range(3) for digit, value in _cells(counts, at, at in hidden, least)},
        pairs=pairs,  # type: ignore[arg-type]
        low=min(rates, default=None),
        high=max(rates, default=None),
    )


def _small(count: int, least: int) -> bool:
    return 0 < count < least


def _hidden(sums: list[int], least: int) -> set[int]:
    """Small pairs, and others, the smallest first, until several ways to fill the hidden ones remain."""
    hidden = {at for at in range(3) if _small(sums[at], least)}
    for at in sorted(range(3), key=lambda at: sums[at]):
        if not hidden or len(_possible(sums, hidden, least)) > 1:
            break
        hidden.add(at)
    return hidden


def _possible(sums: list[int], hidden: set[int], least: int) -> list[list[int]]:
    """Every way the three sums can be for a reader who knows the rest, the total, and which hidden ones are small."""
    if not hidden:
        return [sums]
    *others, last = sorted(hidden)
    left = sum(sums[at] for at in hidden)
    ways = []
    for values in product(*(_domain(sums[at], left, least) for at in others)):
        rest = left - sum(values)
        if rest >= 0 and _small(rest, least) == _small(sums[last], least):
            way = list(sums)
            for at, value in zip((*others, last), (*values, rest), strict=True):
                way[at] = value
            ways.append(way)
    return ways


def _domain(count: int, most: int, least: int) -> list[int]:
    """What a hidden sum may be: small ones are known to be small, the others not to be."""
    return [value for value in range(most + 1) if _small(value, least) == _small(count, least)]


def _rate(sums: list[int]) -> Fraction | None:
    opinions = sums[GOOD] + sums[BAD]
    return Fraction(sums[GOOD], opinions) if opinions else None


def _cells(counts: Counter[str], at: int, hidden: bool, least: int) -> list[tuple[str, int | None]]:
    pair = PAIRS[at]
    if hidden or any(_small(counts[digit], least) for digit in pair):
        return [(digit, None) for digit in pair]
    return [(digit, counts[digit]) for digit in pair]


def pooled(rows: list[Row]) -> tuple[Fraction | None, Fraction | None]:
    """Lowest and highest rate of several rows together, from what is shown of them and nothing else."""
    lows = [_extreme(row, row.low) for row in rows if row.low is not None]
    highs = [_extreme(row, row.high) for row in rows if row.high is not None]
    return _together(lows), _together(highs)


def opinions(rows: list[Row]) -> Fraction:
    """How many opinions several rows hold together, at most, as far as they may be counted."""
    return sum((_extreme(row, row.high)[1] for row in rows if row.high is not None), Fraction(0))


def _extreme(row: Row, rate: Fraction | None) -> tuple[Fraction, Fraction]:
    """Good answers and opinions a row contributes when its rate is ``rate``."""
    good, bad, _ = row.pairs
    if good is not None and bad is not None:
        return Fraction(good), Fraction(good + bad)
    opinions = Fraction(row.total - (row.pairs[SILENT] or 0))
    return (rate or Fraction(0)) * opinions, opinions


def _together(parts: list[tuple[Fraction, Fraction]]) -> Fraction | None:
    opinions = sum(part[1] for part in parts)
    return Fraction(sum(part[0] for part in parts), opinions) if opinions else None


def shown_cells(counts: Sequence[int], least: int) -> tuple[int | None, ...]:
    """A row of any number of counts whose sum everybody knows, ``None`` where hidden.

    Small cells are hidden, and with them the smallest of the others, until each small one could have at least two
    values for a reader who knows the sum, the shown cells, and which of the hidden ones are small.
    """
    if sum(counts) < least:
        return (None,) * len(counts)
    hidden = {at for at, count in enumerate(counts) if _small(count, least)}
    rest = sorted(set(range(len(counts))) - hidden, key=lambda at: counts[at])
    while rest and any(
        not _doubtful(counts, hidden, at, least) for at in hidden if _small(counts[at], least)
    ):
        hidden.add(rest.pop(0))
    return tuple(None if at in hidden else count for at, count in enumerate(counts))


def _doubtful(counts: Sequence[int], hidden: set[int], at: int, least: int) -> bool:
    """Could the small count at ``at`` be two different numbers?"""
    left = sum(counts[one] for one in hidden)
    reachable = {0}
    for other in hidden - {at}:
        reachable = {
            done + value for done in reachable for value in _domain(counts[other], left - done, least)
        }
    return sum(left - value in reachable for value in range(1, least)) > 1


def shown_tick(ticked: int, total: int, least: int) -> int | None:
    """How many of ``total`` ticked an option; ``None`` where a few did, or a few did not."""
    few = total < least or _small(ticked, least) or _small(total - ticked, least)
    return None if few else ticked
