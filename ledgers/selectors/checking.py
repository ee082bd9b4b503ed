"""What the checks find in one village's books, without writing anything."""

import datetime as dt
from dataclasses import dataclass

from ledgers.rules.catalogue import all_rules
from ledgers.rules.lasting import lasting
from ledgers.rules.rule import run
from ledgers.rules.stories import Story, stories
from ledgers.rules.subjects import rows_by_key
from ledgers.selectors.books import books_of, stamp_of
from ledgers.selectors.limits import basis, own_limits
from ledgers.selectors.medians import District
from villages.models import VillageInspection


@dataclass(frozen=True)
class Checked:
    """What the checks found in one village's books: ``names`` are the lasting names of each story's hits, in order."""

    day: dt.date
    stamp: int
    basis: str
    rows: int
    stories: tuple[tuple[Story, tuple[str, ...]], ...]


def look(inspection: VillageInspection, today: dt.date, district: District | None = None) -> Checked:
    """Run the checks without writing; ``district``: its figures, where they are read already.

    The stamp is read first: who changes the books meanwhile has them run again.
    """
    district = district or District(inspection.village.town.district_id)
    stamp, own = stamp_of(inspection.village), own_limits(inspection.round)
    books = books_of(inspection.village, today=today, **district.for_checks(inspection.village))
    rules, rows = all_rules(), rows_by_key(books)
    hits = [hit for code, rule in rules.items() for hit in run(rule, books, own.get(code))]
    # Names are given in one order, so that of equal ones each keeps its own.
    hits.sort(key=lambda hit: (hit.rule, hit.years, hit.same))
    names = dict(zip((hit.same for hit in hits), lasting(hits, rows), strict=True))
    return Checked(
        day=today,
        stamp=stamp,
        basis=basis(own, today),
        rows=len(rows),
        stories=tuple(
            (story, tuple(names[hit.same] for hit in story.hits)) for story in stories(hits, books, rules)
        ),
    )
