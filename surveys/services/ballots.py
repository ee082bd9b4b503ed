"""Single ballots: from phones through the mixer, from paper typed in, each put away in an order of chance."""

import random
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from core import clock, records
from core.access import demand
from core.errors import ServiceError
from surveys.models import Ballot, BallotNumber, Channel, Mark, Rating, Survey, group_names
from surveys.rules import PAPER
from surveys.rules import rating as rules
from surveys.services.sealing import keyed

_chance = random.SystemRandom()
_MARKS = frozenset(Mark.values)
# Marks a phone may send: nothing typed by a finger is void.
_PHONE_MARKS = _MARKS - {str(Mark.VOID)}


def open_rating_of(survey: Survey) -> Rating | None:
    """The rating a slip of ``survey`` answers along with the questionnaire, while it is open."""
    rows = Rating.objects.filter(inspection=survey.inspection_id, status=Rating.Status.OPEN)
    return rows.first()


def checked_marks(marks: Any, wanted: int) -> dict[str, str]:
    """The marks of a phone as they are sealed with the answer, one for each of ``wanted`` people rated.

    Nothing when nobody is rated just now or no mark was given.
    """
    if not wanted or marks in ("", None):
        return {}
    if not isinstance(marks, str) or len(marks) != wanted or not _PHONE_MARKS.issuperset(marks):
        raise ServiceError("民主测评没有填完整，请返回检查后再提交。")
    return {"marks": marks}


def put_phone_ballots(survey: Survey, answers: list[dict[str, Any]]) -> None:
    """Put away the ballots that came sealed with answers to ``survey``.

    One batch of the mixer brings sheets, words and ballots; each kind is shuffled by itself and keeps no more than
    the group and the day, so that inside of a batch no ballot leads to a sheet.
    """
    given = [(answer["group"], answer["marks"]) for answer in answers if answer.get("marks")]
    rating = Rating.objects.filter(inspection=survey.inspection_id).first() if given else None
    if rating is not None:
        put_ballots(rating, given, Channel.PHONE)


def put_ballots(rating: Rating, ballots: Iterable[tuple[str, str]], channel: str) -> None:
    """Store ``(group, marks)`` ballots shuffled."""
    day = clock.today()
    rows = [
        Ballot(rating=rating, group=group, marks=marks, channel=channel, day=day) for group, marks in ballots
    ]
    _chance.shuffle(rows)
    Ballot.objects.bulk_create(rows, batch_size=500)


def ballot_digest(rating: Rating, channel: str, ballot: dict[str, Any]) -> str:
    """Keyed digest of one paper ballot: the same paper typed again gives the same digest."""
    parts = (rating.pk, channel, ballot["number"], ballot["group"], ballot["marks"])
    return keyed("ballot", "\x1f".join(str(part) for part in parts))


def store_ballots(actor: Any, rating: Rating, channel: str, ballots: list[dict[str, Any]]) -> None:
    """Store paper ballots (``number``, ``group``, ``marks``) and register their numbers."""
    numbers = [
        BallotNumber(
            rating=rating,
            channel=channel,
            number=ballot["number"],
            digest=ballot_digest(rating, channel, ballot),
        )
        for ballot in ballots
        if ballot["number"]
    ]
    summary = f"{rating}票号"
    records.bulk_create(numbers, actor=actor, verb="surveys.rating_numbers", target=rating, summary=summary)
    put_ballots(rating, [(ballot["group"], ballot["marks"]) for ballot in ballots], channel)


@transaction.atomic
def enter_ballots(
    *,
    actor: Any,
    rating: Rating,
    channel: str,
    group: str,
    ballots: list[dict[str, str]],
    revision: int | None = None,
) -> Rating:
    """Store ballots typed one by one: rows of ``number`` (may be empty) and ``marks`` (one digit per subject).

    Raises ``ServiceError`` naming a number that was typed before; then nothing is stored.
    """
    demand(rules.can_collect(actor, rating))
    if channel not in PAPER:
        raise ServiceError("请选择纸质票在哪个场合发放。", "channel")
    if group and group not in group_names():
        raise ServiceError("人员类别不在可选范围内。", "group")
    wanted = rating.subjects.count()
    if not ballots or any(len(b["marks"]) != wanted or not _MARKS.issuperset(b["marks"]) for b in ballots):
        raise ServiceError("请至少录入一张票，每个测评对象都要有等次。", "ballots")
    numbers = [ballot["number"] for ballot in ballots if ballot["number"]]
    _refuse_repeated(rating, channel, numbers)
    records.write_revision(
        rating,
        rating.revision if revision is None else revision,
        {},
        attempted={},
        actor=actor,
        verb="surveys.rating_ballots",
        before={},
    )
    store_ballots(actor, rating, channel, [ballot | {"group": group} for ballot in ballots])
    return rating


def _refuse_repeated(rating: Rating, channel: str, numbers: list[str]) -> None:
    twice = sorted({number for number in numbers if numbers.count(number) > 1})
    if twice:
        raise ServiceError(f"票号{'、'.join(twice)}填了两次，请核对。", "ballots")
    known = BallotNumber.objects.filter(rating=rating, channel=channel, number__in=numbers)
    taken = sorted(known.values_list("number", flat=True))
    if taken:
        raise ServiceError(f"票号{'、'.join(taken[:5])}已经录入过，请核对。", "ballots")
