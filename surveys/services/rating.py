"""The way of one rating: planned with its list of people, opened, closed, locked."""

from typing import Any

from django.db import transaction
from django.db.models import Q

from core import audit, clock, records
from core.access import demand
from core.errors import ServiceError
from prep.models import CommitteeMember
from surveys.models import Ballot, BallotCount, Rating, RatingSubject, RatingTally
from surveys.rules import rating as rules
from surveys.selectors import scoring
from surveys.workflow.rating import RATING
from villages.models import VillageInspection, spine

COMMITTEE = "村（社区）两委班子"
MOST_MEMBERS = 20


@transaction.atomic
def create_rating(*, actor: Any, inspection: VillageInspection) -> Rating:
    """Plan the rating of a village: the committee, and each member in office as the village's profile has them."""
    demand(rules.can_create(actor, inspection))
    if Rating.objects.filter(inspection=inspection).exists():
        raise ServiceError("本村（社区）已经安排了民主测评。")
    rating = records.create(Rating(**spine(inspection)), actor=actor, verb="surveys.rating_create")
    rows = [{"name": member.name, "post": member.post} for member in in_office(inspection)]
    _write_subjects(actor, rating, rows)
    return rating


def in_office(inspection: VillageInspection) -> list[CommitteeMember]:
    """Members whose term has not ended, each once with all posts, in the order of the register of cadres."""
    today = clock.today()
    rows = CommitteeMember.objects.filter(village=inspection.village_id).filter(
        Q(to_on__isnull=True) | Q(to_on__gte=today), Q(from_on__isnull=True) | Q(from_on__lte=today)
    )
    found: dict[str, CommitteeMember] = {}
    for member in rows.order_by("created_at", "id"):
        if found.setdefault(member.name, member) is not member:
            found[member.name].post = f"{found[member.name].post}、{member.post}"[:60]
    return list(found.values())[:MOST_MEMBERS]


@transaction.atomic
def save_subjects(
    *, actor: Any, rating: Rating, rows: list[dict[str, str]], revision: int | None = None
) -> Rating:
    """Make the rated members those given, in this order: rows of ``name`` and ``post``. The committee stays first."""
    demand(rules.can_edit_subjects(actor, rating))
    if not rows:
        raise ServiceError("请至少填写一名成员。", "people")
    if len(rows) > MOST_MEMBERS:
        raise ServiceError(f"一次测评最多{MOST_MEMBERS}名成员。", "people")
    names = [row["name"] for row in rows]
    twice = next((name for name in names if names.count(name) > 1 or name == COMMITTEE), "")
    if twice:
        raise ServiceError(f"“{twice}”填了两次；同名的请在姓名后注明，如“王强（会计）”。", "people")
    before, after = rating.members, Rating.members_text([(row["name"], row.get("post", "")) for row in rows])
    if before == after and revision in (None, rating.revision):
        return rating
    records.write_revision(
        rating,
        rating.revision if revision is None else revision,
        {},
        attempted={"members": after},
        actor=actor,
        verb="surveys.rating_subjects",
        before={},
    )
    rating.subjects.all().delete()
    _write_subjects(actor, rating, rows, before=before)
    return rating


def _write_subjects(actor: Any, rating: Rating, rows: list[dict[str, str]], before: str = "") -> None:
    committee = RatingSubject(rating=rating, number=1, kind=RatingSubject.Kind.COMMITTEE, name=COMMITTEE)
    members = [
        RatingSubject(rating=rating, number=number, name=row["name"], post=row.get("post", ""))
        for number, row in enumerate(rows, 2)
    ]
    RatingSubject.objects.bulk_create([committee, *members])
    audit.record(
        actor=actor,
        verb="surveys.rating_list",
        target=rating,
        before={"测评名单": before} if before else {},
        after={"测评名单": rating.members},
    )


@transaction.atomic
def open_rating(*, actor: Any, rating: Rating, revision: int | None = None) -> Rating:
    """Begin to collect ballots: the list is frozen, and what scores are computed with is written down."""
    demand(RATING.check(actor, rating, "open"))
    changes = {"basis": scoring.basis_now(rating.round), "opened_on": clock.today()}
    opened = RATING.apply(rating, "open", actor=actor, revision=revision, changes=changes)
    method = scoring.basis_of(opened).in_words
    audit.record(actor=actor, verb="surveys.rating_method", target=opened, after={"计分办法": method})
    return opened


@transaction.atomic
def close_rating(*, actor: Any, rating: Rating, reason: str = "", revision: int | None = None) -> Rating:
    """End collecting. Figures that disagree need a ``reason``."""
    step = "close_anyway" if reason.strip() else "close"
    changes = {"closed_on": clock.today(), "close_reason": reason.strip()}
    return RATING.apply(rating, step, actor=actor, revision=revision, reason=reason, changes=changes)


@transaction.atomic
def lock_rating(*, actor: Any, rating: Rating, revision: int | None = None) -> Rating:
    """Count all ballots of a closed rating, keep the counts and their digest, and open the results."""
    demand(RATING.check(actor, rating, "lock"))
    subjects = list(rating.subjects.all())
    votes = collected(rating)
    by_number = {subject.number: subject for subject in subjects}
    rows = [
        RatingTally(rating=rating, subject=by_number[number], group=group, mark=mark, count=count)
        for number, groups in sorted(votes.items())
        for group, counter in sorted(groups.items())
        for mark, count in sorted(counter.items())
    ]
    summary = f"{rating}计票结果"
    records.bulk_create(rows, actor=actor, verb="surveys.rating_tally", target=rating, summary=summary)
    digest = scoring.digest_of(rating.basis, subjects, votes)
    changes = {"result_hash": digest, "locked_on": clock.today()}
    return RATING.apply(rating, "lock", actor=actor, revision=revision, changes=changes)


def collected(rating: Rating) -> dict[int, scoring.Votes]:
    """All ballots of a rating: the count sheets and the single ballots together."""
    sheets = rating.counts.filter(way=BallotCount.Way.COUNTED).values_list("group", "marks")
    singles = Ballot.objects.filter(rating=rating).values_list("group", "marks")
    return scoring.added(scoring.count_sheets(sheets), scoring.count_ballots(singles))
