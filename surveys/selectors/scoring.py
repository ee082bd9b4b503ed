"""Scores of a rating as plain arithmetic on counts: exact fractions inside, rounded half up once, at the end.

``score = Σ (votes of a level × its value) ÷ valid votes``; abstentions and void marks are no valid votes. With group
weights the score of each group is computed first and then ``Σ (weight × score of the group) ÷ Σ weights`` over the
weighted groups that cast a valid vote; groups without a weight, and votes without a group, do not enter.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from surveys.models import LEVELS, Mark, Rating, RatingSubject, group_names
from surveys.rules import weights
from villages.models import Round
from villages.selectors import parameter

# By voter group (empty: not told apart): how often each mark was given to one subject.
Votes = dict[str, Counter[str]]


@dataclass(frozen=True)
class Basis:
    """What scores are computed with: value by level, weight by group (none: all alike), smallest figure shown."""

    levels: Mapping[str, Fraction]
    groups: Mapping[str, Fraction]
    least: int

    @property
    def in_words(self) -> str:
        """The method in one or two sentences."""
        values = "、".join(f"{Mark(mark).label}{plain(value)}分" for mark, value in self.levels.items())
        text = f"得分＝各等次票数×分值之和÷有效票；{values}；弃权和无效不计入有效票，保留两位小数，四舍五入。"
        if not self.groups:
            return text + "各类人员每票相同。"
        groups = group_names()
        shares = "、".join(
            f"{groups.get(group, group)}{plain(weight)}" for group, weight in self.groups.items()
        )
        return (
            f"{text}先分别算出各类人员的得分，再按权重加权平均（{shares}）；"
            "没有有效票的类别不参加，没有权重的类别和未分类的票不进入得分。"
        )


def basis_now(round_: Round) -> dict[str, Any]:
    """The parameters of the round as they stand now, ready to be written down with a rating."""
    values = parameter(round_, "score_weights")
    return {
        "levels": {str(mark): str(values[mark.label]) for mark in LEVELS},
        "groups": weights.by_code(parameter(round_, weights.KEY)),
        "least": int(parameter(round_, "small_group_min")),
    }


def basis_of(rating: Rating) -> Basis:
    """What a rating is computed with: what was written down at opening, before that what the round says now."""
    stored = rating.basis or basis_now(rating.round)
    return Basis(
        levels={mark: Fraction(value) for mark, value in stored["levels"].items()},
        groups={group: Fraction(weight) for group, weight in stored["groups"].items()},
        least=stored["least"],
    )


def half_up(value: Fraction, places: int = 2) -> Decimal:
    """A fraction of zero or more rounded half up, without passing through a binary number."""
    scaled = (2 * value.numerator * 10**places + value.denominator) // (2 * value.denominator)
    return Decimal(scaled).scaleb(-places)


def plain(value: Fraction) -> str:
    """A parameter as people write it: ``100``, ``87.5``."""
    text = str(half_up(value))
    return text.rstrip("0").rstrip(".") if "." in text else text


def valid_votes(votes: Counter[str]) -> int:
    """Votes that count: those on one of the levels."""
    return sum(votes[mark] for mark in LEVELS)


def together(votes: Votes) -> Counter[str]:
    """The votes of all groups."""
    return sum(votes.values(), Counter())


def simple_score(votes: Counter[str], levels: Mapping[str, Fraction]) -> Fraction | None:
    """The score of some votes, every one alike; ``None`` without a valid vote."""
    valid = valid_votes(votes)
    return sum((votes[mark] * levels[mark] for mark in LEVELS), Fraction(0)) / valid if valid else None


def weighing(votes: Votes, basis: Basis) -> list[tuple[str, Fraction, Fraction]]:
    """Group, weight and score of every group that enters a weighted score."""
    found = []
    for group, weight in basis.groups.items():
        score = simple_score(votes.get(group, Counter()), basis.levels)
        if score is not None:
            found.append((group, weight, score))
    return found


def score(votes: Votes, basis: Basis) -> Fraction | None:
    """The exact score of one subject; ``None`` when no vote counts."""
    if not basis.groups:
        return simple_score(together(votes), basis.levels)
    parts = weighing(votes, basis)
    total = sum((weight for _, weight, _ in parts), Fraction(0))
    return sum((weight * value for _, weight, value in parts), Fraction(0)) / total if total else None


def good_rate(votes: Counter[str]) -> Fraction | None:
    """The share of 好 and 较好 among the valid votes, from 0 to 100."""
    valid = valid_votes(votes)
    return Fraction(100 * (votes[Mark.GOOD] + votes[Mark.FAIR]), valid) if valid else None


def ranks(scores: Sequence[Decimal | None]) -> list[int | None]:
    """Places by the score as shown: equal scores share a place, and the place after them is left out (1, 1, 3)."""
    known = sorted((value for value in scores if value is not None), reverse=True)
    return [None if value is None else known.index(value) + 1 for value in scores]


@dataclass(frozen=True)
class Scored:
    """One subject with its votes and what follows from them; ``rank`` among the members, none for the committee."""

    number: int
    kind: str
    name: str
    post: str
    votes: Votes
    score: Decimal | None
    good_rate: Decimal | None
    rank: int | None

    @property
    def total(self) -> Counter[str]:
        """The votes of all groups."""
        return together(self.votes)

    @property
    def valid(self) -> int:
        """Votes that count."""
        return valid_votes(self.total)


def scored(subjects: Iterable[RatingSubject], votes: Mapping[int, Votes], basis: Basis) -> list[Scored]:
    """Every subject with score, good rate and, among the members, its place. ``votes``: by subject number."""
    rows = list(subjects)
    values = [_rounded(score(votes.get(row.number, {}), basis)) for row in rows]
    members = [at for at, row in enumerate(rows) if row.kind == RatingSubject.Kind.MEMBER]
    places = dict(zip(members, ranks([values[at] for at in members]), strict=True))
    return [
        Scored(
            number=row.number, kind=row.kind, name=row.name, post=row.post, votes=votes.get(row.number, {}),
            score=values[at], good_rate=_rounded(good_rate(together(votes.get(row.number, {})))),
            rank=places.get(at),
        )
        for at, row in enumerate(rows)
    ]  # fmt: skip


def _rounded(value: Fraction | None) -> Decimal | None:
    return None if value is None else half_up(value)


# --- counting ---------------------------------------------------------------------------------------------


def count_ballots(ballots: Iterable[tuple[str, str]]) -> dict[int, Votes]:
    """Count ``(group, marks)`` ballots by subject number and group."""
    counted: dict[int, Votes] = defaultdict(lambda: defaultdict(Counter))
    for group, marks in ballots:
        for number, mark in enumerate(marks, 1):
            counted[number][group][mark] += 1
    return counted


def count_sheets(sheets: Iterable[tuple[str, dict[str, list[int]]]]) -> dict[int, Votes]:
    """Add up ``(group, marks)`` of count sheets, ``marks`` as a sheet keeps them."""
    counted: dict[int, Votes] = defaultdict(lambda: defaultdict(Counter))
    for group, marks in sheets:
        for number, figures in marks.items():
            for mark, figure in zip(Mark.values, figures, strict=True):
                counted[int(number)][group][mark] += figure
    return counted


def added(*parts: Mapping[int, Votes]) -> dict[int, Votes]:
    """Several counts as one, without empty cells."""
    total: dict[int, Votes] = {}
    for part in parts:
        for number, votes in part.items():
            for group, counter in votes.items():
                mine = total.setdefault(number, {}).setdefault(group, Counter())
                mine.update({mark: count for mark, count in counter.items() if count})
    return total


def digest_of(basis: Mapping[str, Any], subjects: Iterable[RatingSubject], votes: Mapping[int, Votes]) -> str:
    """SHA-256 over method, subjects and counts in a fixed order, as 64 hexadecimal digits."""
    lines = [f"level|{mark}|{value}" for mark, value in basis["levels"].items()]
    lines += [f"weight|{group}|{weight}" for group, weight in basis["groups"].items()]
    lines += [f"subject|{row.number}|{row.kind}|{row.name}|{row.post}" for row in subjects]
    lines += [
        f"count|{number}|{group}|{mark}|{count}"
        for number, groups in votes.items()
        for group, counter in groups.items()
        for mark, count in counter.items()
        if count
    ]
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()
