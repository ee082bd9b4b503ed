"""The locked results of a rating: scores with how they were computed, groups as far as they may be shown."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from surveys.models import LEVELS, Mark, Rating, RatingSubject, RatingTally, group_names
from surveys.rules.weights import strays
from surveys.selectors import scoring
from surveys.selectors.cell_hiding import hidden_cells
from surveys.selectors.scoring import Basis, Scored, Votes, half_up, plain

# A group of fewer ballots is not looked at by itself.
GROUP_LEAST = 10
STEP = 5
UNTOLD = "未分类"
_MARKS = list(Mark.values)
# Of the voter groups, by code.
Names = Mapping[str, str]


@dataclass(frozen=True)
class GroupLine:
    """One group's marks for one subject (``None``: hidden), its weight, and its score in words."""

    label: str
    weight: str
    ballots: int
    cells: list[int | None]
    score: str

    @property
    def hidden(self) -> bool:
        """Is nothing of this group shown?"""
        return all(cell is None for cell in self.cells)


@dataclass(frozen=True)
class SubjectLine:
    """One subject as it is shown: its votes, what follows from them, and how."""

    number: int
    is_committee: bool
    name: str
    post: str
    cells: list[int]
    valid: int
    score: Decimal | None
    good_rate: Decimal | None
    rank: int | None
    formula: str
    groups: list[GroupLine]

    @property
    def labelled(self) -> list[tuple[str, int]]:
        """Every mark in words with its votes."""
        return list(zip(Mark.labels, self.cells, strict=True))

    @property
    def levels(self) -> list[int]:
        """Votes on the four levels."""
        return self.cells[: len(LEVELS)]

    @property
    def abstain(self) -> int:
        """Abstentions."""
        return self.cells[len(LEVELS)]

    @property
    def void(self) -> int:
        """Marks that say nothing: two levels ticked, illegible."""
        return self.cells[len(LEVELS) + 1]


@dataclass(frozen=True)
class RatingResults:
    """What may be shown of one locked rating; with fewer than ``least`` ballots only that there are too few."""

    village: str
    round: str
    team: str
    locked_on: dt.date | None
    ballots: int
    least: int
    method: str
    weighted: bool
    lines: list[SubjectLine]
    digest: str
    intact: bool
    close_reason: str
    strays: str

    group_least: int = GROUP_LEAST

    @property
    def enough(self) -> bool:
        """Are there enough ballots to show anything?"""
        return self.ballots >= self.least

    @property
    def committee(self) -> SubjectLine:
        """The committee as a whole."""
        return self.lines[0]

    @property
    def members(self) -> list[SubjectLine]:
        """The members by rank, equal ranks in the order of the ballot."""
        members = [line for line in self.lines if not line.is_committee]
        return sorted(members, key=lambda line: (line.rank or len(members) + 1, line.number))

    @property
    def has_groups(self) -> bool:
        """Is there anything to say about groups?"""
        return any(line.groups for line in self.lines)


def rating_results(viewer: Any, rating: Rating) -> RatingResults | None:
    """The results of a rating the viewer has been shown; ``None`` until they are locked."""
    if rating.status != Rating.Status.LOCKED:
        return None
    subjects = list(rating.subjects.all())
    votes = stored_votes([rating]).get(rating.pk, {})
    basis, names = scoring.basis_of(rating), group_names()
    rows = scoring.scored(subjects, votes, basis)
    ballots = max((row.total.total() for row in rows), default=0)
    lost = strays(rating.round)
    return RatingResults(
        village=rating.village.name,
        round=rating.round.name,
        team=rating.team.name,
        locked_on=rating.locked_on,
        ballots=ballots,
        least=basis.least,
        method=basis.in_words + lost,
        weighted=bool(basis.groups),
        lines=[_line(row, basis, names) for row in rows] if ballots >= basis.least else [],
        digest=rating.result_hash,
        intact=scoring.digest_of(rating.basis, subjects, votes) == rating.result_hash,
        close_reason=rating.close_reason,
        strays=lost,
    )


def stored_votes(ratings: Iterable[Rating]) -> dict[UUID, dict[int, Votes]]:
    """The counts kept at locking, by rating, subject number and group; one query."""
    found: dict[UUID, dict[int, Votes]] = defaultdict(lambda: defaultdict(lambda: defaultdict(Counter)))
    rows = RatingTally.objects.filter(rating__in=[rating.pk for rating in ratings])
    for rating, number, group, mark, count in rows.values_list(
        "rating", "subject__number", "group", "mark", "count"
    ):
        found[rating][number][group][mark] = count
    return found


def _line(row: Scored, basis: Basis, names: Names) -> SubjectLine:
    total = row.total
    return SubjectLine(
        number=row.number,
        is_committee=row.kind == RatingSubject.Kind.COMMITTEE,
        name=row.name,
        post=row.post,
        cells=[total[mark] for mark in _MARKS],
        valid=row.valid,
        score=row.score,
        good_rate=row.good_rate,
        rank=row.rank,
        formula=formula(row, basis, names),
        groups=_groups(row.votes, basis, names),
    )


def formula(row: Scored, basis: Basis, names: Names) -> str:
    """How the score came about, with its figures: ``（12×100＋5×80＋2×60＋1×40）÷20＝88.00``."""
    if row.score is None:
        return "没有有效票，不计分。"
    if basis.groups:
        weights = "、".join(
            f"{names.get(group, group)}{plain(weight)}"
            for group, weight, _ in scoring.weighing(row.votes, basis)
        )
        return f"各类人员得分按权重（{weights}）加权平均＝{row.score}"
    sums = "＋".join(f"{row.total[mark]}×{plain(basis.levels[mark])}" for mark in LEVELS)
    return f"（{sums}）÷{row.valid}＝{row.score}"


# --- groups -----------------------------------------------------------------------------------------------


def _groups(votes: Votes, basis: Basis, names: Names) -> list[GroupLine]:
    """The groups of one subject; none when all ballots are of one group, which the total shows already.

    With weights the exact score says more about the groups than their total does, so that their marks are not shown
    at all and their scores only to the nearest ``STEP``.
    """
    table = {group: votes[group] for group in ("", *names) if votes.get(group, Counter()).total()}
    if len(table) < 2:
        return []
    if basis.groups:
        hidden = {(group, mark) for group in table for mark in _MARKS}
    else:
        hidden = hidden_cells(table, _MARKS, basis.least, GROUP_LEAST)
    room = {mark: sum(table[group][mark] for group in table if (group, mark) in hidden) for mark in _MARKS}
    lines = []
    for group, counts in table.items():
        cells = [None if (group, mark) in hidden else counts[mark] for mark in _MARKS]
        score = _about(counts, basis) if basis.groups else _range(cells, counts.total(), room, basis)
        weight = plain(basis.groups[group]) if group in basis.groups else ""
        lines.append(GroupLine(names.get(group, UNTOLD), weight, counts.total(), cells, score))
    return lines


def _about(counts: Counter[str], basis: Basis) -> str:
    value = scoring.simple_score(counts, basis.levels)
    if value is None or scoring.valid_votes(counts) < GROUP_LEAST:
        return "—"
    return f"约{int(value / STEP + Fraction(1, 2)) * STEP}"


def _range(cells: list[int | None], ballots: int, room: Mapping[str, int], basis: Basis) -> str:
    """The score of a group from what is shown: one number, or the two ends it may lie between.

    ``room``: how many of each mark the hidden cells of all groups hold together, which anybody can work out.
    """
    if all(cell is None for cell in cells):
        return "—"
    known = Counter({mark: cell for mark, cell in zip(_MARKS, cells, strict=True) if cell})
    open_marks = [mark for mark, cell in zip(_MARKS, cells, strict=True) if cell is None]
    rest = ballots - known.total()
    silent = sum(room[mark] for mark in open_marks if mark not in basis.levels)
    levels = sorted(
        (mark for mark in open_marks if mark in basis.levels), key=lambda mark: basis.levels[mark]
    )
    scores = []
    for cast in range(max(0, rest - silent), rest + 1):
        for order in (levels, levels[::-1]):
            filled = _filled(order, cast, room)
            value = None if filled is None else scoring.simple_score(known + filled, basis.levels)
            scores += [] if value is None else [value]
    if not scores:
        return "—"
    low, high = half_up(min(scores)), half_up(max(scores))
    return str(low) if low == high else f"{low}—{high}"


def _filled(order: list[str], votes: int, room: Mapping[str, int]) -> Counter[str] | None:
    """So many votes on the marks in ``order``, each up to its room; ``None`` when they do not fit."""
    filled: Counter[str] = Counter()
    for mark in order:
        filled[mark] = min(votes, room[mark])
        votes -= filled[mark]
    return None if votes else filled


# --- handed on, compared ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class LockedScore:
    """One subject of a locked rating, as it is handed on: no groups, nothing about a few people."""

    is_committee: bool
    name: str
    post: str
    levels: Mapping[str, int]
    abstain: int
    void: int
    valid: int
    score: Decimal | None
    good_rate: Decimal | None
    rank: int | None


@dataclass(frozen=True)
class LockedRating:
    """A locked rating as other stages and the hand-over to the organisation department read it."""

    rating: UUID
    village: str
    town: str
    round: str
    locked_on: dt.date
    ballots: int
    method: str
    digest: str
    scores: tuple[LockedScore, ...]


def locked_rating(viewer: Any, inspection: Any) -> LockedRating | None:
    """The locked rating of a village in a round; ``None`` when there is none, or too few ballots to hand on."""
    row = Rating.objects.visible_to(viewer).filter(inspection=inspection, status=Rating.Status.LOCKED)
    rating = row.select_related("village", "town", "round", "team").first()
    found = rating_results(viewer, rating) if rating else None
    if rating is None or found is None or not found.enough or rating.locked_on is None:
        return None
    return LockedRating(
        rating=rating.pk, village=found.village, town=rating.town.name, round=found.round,
        locked_on=rating.locked_on, ballots=found.ballots, method=found.method, digest=found.digest,
        scores=tuple(_handed_on(line) for line in found.lines),
    )  # fmt: skip


def _handed_on(line: SubjectLine) -> LockedScore:
    return LockedScore(
        is_committee=line.is_committee, name=line.name, post=line.post,
        levels={mark.label: count for mark, count in zip(LEVELS, line.levels, strict=True)},
        abstain=line.abstain, void=line.void, valid=line.valid, score=line.score, good_rate=line.good_rate,
        rank=line.rank,
    )  # fmt: skip
