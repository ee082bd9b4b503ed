"""The figures of a village's books, counted anew from all its rows."""

from typing import Any, NamedTuple

from core import clock
from ledgers.rules.pictures.summary import as_data, summary
from ledgers.selectors.books import books_of, stamp_of
from villages.models import Village


class Counted(NamedTuple):
    """Figures and the stamp of the books they are of."""

    changes: int
    figures: dict[str, Any]


def count_figures(village: Village) -> Counted:
    """The figures of the books of ``village``; the stamp is read first: a later change has them counted again."""
    changes = stamp_of(village)
    return Counted(changes, as_data(summary(books_of(village, today=clock.today()))))
