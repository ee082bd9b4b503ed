"""The first digits of amounts: found, and as they usually fall (Benford's law: log10(1 + 1/d)).

Amounts that come of many causes begin with 1 far oftener than with 9. What is fixed by nature (wages, subsidies, fees
by the month) follows no such law and is left out. A difference is a pointer where to draw samples, and no more.
"""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from core.display import percent
from ledgers.rules.pictures.cells import Cell, cell
from ledgers.rules.regular import recurs
from ledgers.rules.rows import Books
from ledgers.rules.turnover import Item, expenses

DIGITS = range(1, 10)
FEWEST = 100
"""Fewer amounts say nothing: by chance alone a rare digit may then be twice as frequent as usual."""
_CHANCE = 20.090  # chi-square of 8 degrees of freedom that chance exceeds once in a hundred
_APART = 3.261  # of nine digits chance brings one so many standard errors away once in a hundred (Bonferroni)
_SMALL = 0.02  # with thousands of amounts differences nobody would see become certain


@dataclass(frozen=True, slots=True)
class Digit:
    """One first digit: the amounts that begin with it, their share, and the share that is usual."""

    digit: int
    found: Cell
    of: int

    @property
    def number(self) -> int:
        """How many amounts."""
        return len(self.found.rows)

    @property
    def share(self) -> float:
        """Their part of all, 0–1."""
        return self.number / self.of if self.of else 0.0

    @property
    def usual(self) -> float:
        """Benford's share."""
        return math.log10(1 + 1 / self.digit)

    @property
    def expected(self) -> float:
        """How many would be usual."""
        return self.usual * self.of

    @property
    def word(self) -> str:
        """偏多 or 偏少, of a digit that is odd."""
        return "偏多" if self.apart > 0 else "偏少"

    @property
    def apart(self) -> float:
        """By how many standard errors it is above the usual (below: negative)."""
        error = math.sqrt(self.of * self.usual * (1 - self.usual))
        return (self.number - self.expected) / error if error else 0.0


@dataclass(frozen=True)
class Digits:
    """The nine digits of some amounts. ``left_out``: how many amounts are fixed by nature. ``year``: of one, or all."""

    digits: tuple[Digit, ...]
    left_out: int = 0
    year: int | None = None

    @property
    def number(self) -> int:
        """How many amounts."""
        return sum(each.number for each in self.digits)

    @property
    def enough(self) -> bool:
        """Whether there are enough to say anything."""
        return self.number >= FEWEST

    @property
    def distance(self) -> float:
        """Chi-square of found against usual."""
        parts = ((each.number - each.expected) ** 2 / each.expected for each in self.digits if each.of)
        return sum(parts)

    @property
    def differs(self) -> bool:
        """Whether found and usual differ by more than chance."""
        return self.enough and self.distance > _CHANCE

    @property
    def odd(self) -> list[Digit]:
        """The digits that are certainly too frequent or too rare, the oddest first; none where the whole fits."""
        if not self.differs:
            return []
        found = [
            each for each in self.digits if abs(each.apart) > _APART and abs(each.share - each.usual) > _SMALL
        ]
        return sorted(found, key=lambda each: -abs(each.apart))

    @property
    def headline(self) -> str:
        """What one sees, with a clear word where the amounts are too few."""
        when = f"{self.year}年" if self.year else ""
        if not self.number:
            return f"{when}没有可以看首位数字的支出"
        if not self.enough:
            return f"{when}只有{self.number}笔支出，不足{FEWEST}笔，太少，看不出什么"
        if not self.differs:
            return f"{when}{self.number}笔支出的首位数字与通常的分布没有明显差别"
        if not self.odd:
            return f"{when}{self.number}笔支出的首位数字与通常的分布有差别，但没有哪个数字特别突出"
        told = "，".join(
            f"以{each.digit}开头的{each.number}笔，占{percent(each.share)}，通常约{percent(each.usual)}"
            for each in self.odd[:2]
        )
        return f"{when}{self.number}笔支出中，{told}，可从这里抽查"


def digits(books: Books, year: int | None = None) -> Digits:
    """The picture of ``books``, of all years or of one: expenses of one yuan and more, line by line."""
    known = [item for item in expenses(books) if item.amount >= 1 and year in (None, item.line.year)]
    kept = [item for item in known if not recurs(item.line.summary)]
    return Digits(_counted(kept), len(known) - len(kept), year)


def _counted(items: Iterable[Item]) -> tuple[Digit, ...]:
    by_digit: dict[int, list[Item]] = defaultdict(list)
    for item in items:
        by_digit[first_digit(item)].append(item)
    number = sum(map(len, by_digit.values()))
    return tuple(Digit(digit, cell(by_digit[digit]), number) for digit in DIGITS)


def first_digit(item: Item) -> int:
    """The first figure of an amount of at least one yuan."""
    return int(str(item.amount)[0])
