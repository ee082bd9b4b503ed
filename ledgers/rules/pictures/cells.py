"""One figure of a picture and the rows it is the sum of."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from ledgers.rules.rows import ZERO
from ledgers.rules.totals import total
from ledgers.rules.turnover import Item, largest_first


@dataclass(frozen=True, slots=True)
class Cell:
    """A sum in yuan and the keys of its rows, the largest first."""

    amount: Decimal = ZERO
    rows: tuple[str, ...] = ()


NONE = Cell()


def cell(items: Iterable[Item]) -> Cell:
    """The sum of these lines."""
    ordered = largest_first(items)
    return Cell(total(ordered), tuple(item.line.key for item in ordered))


def together(cells: Iterable[Cell]) -> Cell:
    """Several figures as one."""
    known = list(cells)
    return Cell(sum((each.amount for each in known), ZERO), tuple(row for each in known for row in each.rows))
