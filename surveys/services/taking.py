"""How a slip is found and used up, in as few steps as a database allows: a hall of phones answers at one moment.

Finding is one look at one table. Using up is one statement where the database can delete and insert in one
(PostgreSQL): the slip goes, the receipt and the sealed answer stand, or nothing has happened. Both are written out
because putting them together from models cost more than everything the database does for them.
"""

import uuid
from dataclasses import dataclass
from functools import cache, lru_cache
from uuid import UUID

from django.db import connection, transaction

from surveys.models import Rating, RatingSubject, Receipt, Slip, Specification, Survey, Waiting
from surveys.rules import specification
from surveys.services.slips import digests


@dataclass(frozen=True)
class Asking:
    """What stays as it is once a survey has been opened: its village's round, its questionnaire, its public key."""

    inspection: UUID
    specification: Specification
    mixer_key: str


@dataclass(frozen=True)
class Found:
    """An unused slip."""

    slip: UUID
    survey: UUID
    asking: Asking


@cache
def _tables() -> dict[str, str]:
    models = (Slip, Survey, Receipt, Waiting)
    return {model.__name__.lower(): connection.ops.quote_name(model._meta.db_table) for model in models}


# Asks whether the survey is open at the moment of taking: it may have ended since the slip was found.
_TAKE = """
WITH used AS (DELETE FROM {slip} s USING {survey} v
               WHERE s.id = %s AND v.id = s.survey_id AND v.status = %s RETURNING s.survey_id),
     kept AS (INSERT INTO {receipt} (id, survey_id, submission_hmac) SELECT %s, survey_id, %s FROM used)
INSERT INTO {waiting} (id, survey_id, sealed) SELECT %s, survey_id, %s FROM used
"""


def find(token: str) -> Found | None:
    """The unused slip for a token or a short code; whether its survey still runs, ``take`` asks."""
    [(column, digest)] = digests(token).items()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, survey_id FROM {_tables()['slip']} WHERE {column} = %s",  # noqa: S608 (no input in it)
            (digest,),
        )
        row = cursor.fetchone()
    if row is None:
        return None
    slip, survey = (UUID(str(key)) for key in row)
    return Found(slip, survey, _asking(survey))


@lru_cache(maxsize=64)
def _asking(survey: UUID) -> Asking:
    row = Survey.objects.select_related("questionnaire").get(pk=survey)
    return Asking(row.inspection_id, specification(row.questionnaire), row.mixer_key)


def rated_with(found: Found) -> int:
    """How many people the same slip rates just now; 0 while no rating is open."""
    rating = {"rating__inspection": found.asking.inspection, "rating__status": Rating.Status.OPEN}
    return RatingSubject.objects.filter(**rating).count()


def take(found: Found, receipt: str, sealed: bytes) -> bool:
    """Use the slip up, keep receipt and answer; false when it is used or its survey has ended.

    All or nothing. Raises ``IntegrityError`` for a receipt that belongs to another slip.
    """
    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        # One statement is a transaction of its own: to begin and to commit one would double the way to the server.
        return _at_once(found, receipt, sealed)
    with transaction.atomic():
        step = _at_once if connection.vendor == "postgresql" else _step_by_step
        return step(found, receipt, sealed)


def _at_once(found: Found, receipt: str, sealed: bytes) -> bool:
    values = (found.slip, Survey.Status.OPEN.value, uuid.uuid4(), receipt, uuid.uuid4(), sealed)
    with connection.cursor() as cursor:
        cursor.execute(_TAKE.format(**_tables()), values)
        return cursor.rowcount == 1


def _step_by_step(found: Found, receipt: str, sealed: bytes) -> bool:
    used, _ = Slip.objects.filter(pk=found.slip, survey__status=Survey.Status.OPEN).delete()
    if used:
        Receipt.objects.bulk_create([Receipt(survey_id=found.survey, submission_hmac=receipt)])
        Waiting.objects.bulk_create([Waiting(survey_id=found.survey, sealed=sealed)])
    return bool(used)
