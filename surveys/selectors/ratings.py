"""Ratings in a list, one of them while it runs, and beside others: villages of the round, earlier rounds."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from core.desk import DeskItem
from surveys.models import BallotCount, Channel, Rating, group_names
from surveys.rules import rating as rules
from surveys.selectors import scoring
from surveys.selectors.rating_results import stored_votes
from villages.models import Round, Stage, VillageInspection


def ratings(viewer: Any, round_: Round | None, status: str = "") -> QuerySet[Rating]:
    """Ratings of a round the viewer may see."""
    rows = Rating.objects.visible_to(viewer).filter(round=round_)
    if status:
        rows = rows.filter(status=status)
    return rows.select_related("village", "town", "team", "round")


def rating_status_options(viewer: Any, round_: Round | None) -> list[dict[str, Any]]:
    """The states with how many ratings are in each, for the filter."""
    rows = Rating.objects.visible_to(viewer).filter(round=round_).order_by()
    numbers = dict(rows.values_list("status").annotate(Count("pk")))
    options = [
        {"value": value, "label": label, "count": numbers.get(value, 0)}
        for value, label in Rating.Status.choices
    ]
    return [{"value": "", "label": "全部", "count": sum(numbers.values())}, *options]


def without_rating(viewer: Any, round_: Round | None) -> list[VillageInspection]:
    """Villages that are being prepared or surveyed and have no rating yet."""
    rows = VillageInspection.objects.visible_to(viewer).filter(round=round_, ratings=None)
    rows = rows.filter(status__in=[Stage.PREP, Stage.SURVEY])
    return list(rows.select_related("village").order_by("-status", "village__code"))


@dataclass(frozen=True)
class Scoreline:
    """One locked rating in a table: the committee's score, and the members' from best to worst."""

    rating: Rating
    ballots: int
    score: Decimal | None
    good_rate: Decimal | None
    best: Decimal | None
    worst: Decimal | None
    scores: dict[str, Decimal | None]
    rank: int | None = None


def scorelines(rows: Iterable[Rating]) -> list[Scoreline]:
    """Locked ratings with their scores, in the order given, ranked by the committee's score. Three queries."""
    locked = [row for row in rows if row.status == Rating.Status.LOCKED]
    known = {
        row.pk: row
        for row in Rating.objects.filter(pk__in=[r.pk for r in locked]).prefetch_related("subjects")
    }
    votes = stored_votes(locked)
    lines = [_scoreline(row, list(known[row.pk].subjects.all()), votes.get(row.pk, {})) for row in locked]
    places = scoring.ranks([line.score for line in lines])
    return [replace(line, rank=place) for line, place in zip(lines, places, strict=True)]


def _scoreline(row: Rating, subjects: list[Any], votes: dict[int, scoring.Votes]) -> Scoreline:
    basis = scoring.basis_of(row)
    found = scoring.scored(subjects, votes, basis)
    ballots = max((one.total.total() for one in found), default=0)
    if ballots < basis.least or not found:
        return Scoreline(row, ballots, None, None, None, None, {})
    members = [one.score for one in found[1:] if one.score is not None]
    return Scoreline(
        rating=row, ballots=ballots, score=found[0].score, good_rate=found[0].good_rate,
        best=max(members, default=None), worst=min(members, default=None),
        scores={one.name: one.score for one in found},
    )  # fmt: skip


def round_comparison(viewer: Any, rating: Rating) -> list[Scoreline]:
    """The locked ratings of the round, best committee first, as far as the viewer may see them."""
    rows = Rating.objects.visible_to(viewer).filter(round=rating.round_id, status=Rating.Status.LOCKED)
    lines = scorelines(rows.select_related("village", "town", "team", "round"))
    return sorted(lines, key=lambda line: (line.rank or len(lines) + 1, line.rating.village.code))


def earlier_rounds(viewer: Any, rating: Rating) -> list[Scoreline]:
    """Locked ratings of the same village in rounds that began earlier, newest first."""
    rows = Rating.objects.visible_to(viewer).filter(
        village=rating.village_id, status=Rating.Status.LOCKED, round__starts_on__lt=rating.round.starts_on
    )
    return scorelines(rows.select_related("village", "round").order_by("-round__starts_on"))


@dataclass(frozen=True)
class BallotState:
    """The ballots of a rating so far: count sheets, ballots typed in, ballots from phones, what does not agree."""

    sheets: list[BallotCount]
    typed: list[tuple[str, int]]
    phones: int
    problems: list[str]
    totals: tuple[int, ...]

    @property
    def agrees(self) -> bool:
        """Does everything agree?"""
        return not self.problems


def ballot_state(viewer: Any, rating: Rating) -> BallotState:
    """How far the counting of a rating is that the viewer has been shown."""
    sheets, names = list(rating.counts.select_related("counter", "second")), group_names()
    for sheet in sheets:
        sheet.rating, sheet.group_label = rating, names.get(sheet.group, sheet.group)
    typed = rules.typed_in(rating)
    figures = tuple(sum(getattr(sheet, name) for sheet in sheets) for name in BallotCount.FIGURES)
    return BallotState(
        sheets=sheets,
        typed=[
            (rules.place(channel, group, names), count)
            for (channel, group), count in sorted(typed.items())
            if channel != Channel.PHONE
        ],
        phones=sum(count for (channel, _), count in typed.items() if channel == Channel.PHONE),
        problems=rules.unreconciled(rating),
        totals=figures,
    )


_WORDS = {
    Rating.Status.DRAFT: ("测评待开始", "neutral", "名单核对后开始", "开始"),
    Rating.Status.OPEN: ("测评计票中", "info", "票数核对、两人签名后结束", "核对"),
    Rating.Status.CLOSED: ("测评待锁定", "warn", "锁定后公布结果", "锁定"),
}


def rating_items(viewer: Any, round_: Round) -> list[DeskItem]:
    """Ratings to begin, to close, to lock, in villages that are being surveyed, for the desk of who leads the team."""
    rows = Rating.objects.visible_to(viewer).filter(~Q(status=Rating.Status.LOCKED), round=round_)
    rows = rows.filter(inspection__status=Stage.SURVEY).select_related("village").order_by("village__code")
    return [_item(row) for row in rows]


def _item(row: Rating) -> DeskItem:
    kind, tone, detail, action = _WORDS[Rating.Status(row.status)]
    return DeskItem(
        kind=kind,
        title=f"{row.village.name} · 民主测评",
        detail=detail,
        url=reverse("surveys:rating", kwargs={"pk": row.pk}),
        tone=tone,
        action=action,
        primary=row.status == Rating.Status.CLOSED,
    )
