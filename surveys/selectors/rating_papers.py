"""What the papers of a rating are filled with, as far as the asking person may see it."""

import datetime as dt
from typing import Any

from surveys.documents.rating import BallotPaper, CountPaper, CountSheet, Frame, ResultPaper, ResultRow
from surveys.models import BallotCount, Mark, Rating
from surveys.selectors.rating_results import SubjectLine, rating_results


def frame_of(row: Any, day: dt.date) -> Frame:
    """Village, round, team and office of a stage row."""
    office = f"{row.round.district.name}委巡察办"
    return Frame(row.village.name, row.round.name, row.team.name, office, day)


def ballot_paper(rating: Rating, day: dt.date) -> BallotPaper:
    """The ballot with the names of the list as it stands."""
    return BallotPaper(frame_of(rating, day), _named(rating))


def _named(rating: Rating) -> tuple[tuple[str, str], ...]:
    return tuple((subject.name, subject.post) for subject in rating.subjects.all())


def count_paper(rating: Rating, day: dt.date, *, filled: bool) -> CountPaper:
    """The count sheets; not ``filled``: an empty one."""
    named = _named(rating)
    rows = rating.counts.select_related("counter", "second")
    sheets = tuple(_sheet(row, named) for row in rows) if filled else ()
    return CountPaper(frame_of(rating, day), named, sheets)


def _sheet(row: BallotCount, named: tuple[tuple[str, str], ...]) -> CountSheet:
    counted = row.way == BallotCount.Way.COUNTED
    nothing = [0] * len(Mark.values)
    return CountSheet(
        place=str(row),
        way=row.get_way_display(),
        figures=tuple(getattr(row, name) for name in BallotCount.FIGURES),
        rows=tuple(
            (name, tuple(row.marks.get(str(number), nothing))) for number, (name, _) in enumerate(named, 1)
        )
        if counted
        else (),
        first=row.counter.display_name if row.counter else "",
        second=row.second.display_name if row.second else "",
        signed_on=row.signed_on,
    )


def result_paper(viewer: Any, rating: Rating, day: dt.date) -> ResultPaper | None:
    """The locked results; ``None`` while they are not locked, or are of too few ballots to show."""
    found = rating_results(viewer, rating)
    if found is None or not found.enough or found.locked_on is None:
        return None
    return ResultPaper(
        frame=frame_of(rating, day), ballots=found.ballots, locked_on=found.locked_on, method=found.method,
        note=found.close_reason, digest=found.digest,
        rows=tuple(_row(line) for line in [found.committee, *found.members]),
    )  # fmt: skip


def _row(line: SubjectLine) -> ResultRow:
    return ResultRow(
        rank=line.rank, name=line.name, post=line.post, counts=tuple(line.cells), valid=line.valid,
        score=line.score, good_rate=line.good_rate, formula=line.formula,
        groups=tuple((g.label, g.weight, g.ballots, tuple(g.cells), g.score) for g in line.groups),
    )  # fmt: skip
