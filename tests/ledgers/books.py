"""Short hands for the tables of cases: rows of books, and a case as input, expected hits and why."""

import datetime as dt
from decimal import Decimal
from typing import Any, NamedTuple

from ledgers.rules.rows import Books

TODAY = dt.date(2026, 4, 1)


class Case(NamedTuple):
    """One line of a table: what it shows, the books, and the hits expected as (rows, amount), rows in any order.

    ``words`` must each stand in the reason of the first hit; ``own`` are parameters set by a round.
    """

    shows: str
    books: Books
    hits: list[tuple[set[str], Any]]
    words: tuple[str, ...] = ()
    own: dict[str, Any] | None = None


def books(**rows: Any) -> Books:
    """A village's books on the day of all cases."""
    return Books(**{"village": "990101101201", "today": TODAY} | {k: _kept(v) for k, v in rows.items()})


def _kept(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def yuan(amount: str | int) -> Decimal:
    """A sum."""
    return Decimal(str(amount))
