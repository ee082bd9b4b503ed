"""How a slip is used up, in as few steps as a database allows: a hall of phones answers at one moment.

In a hall the next slip is of the survey of the one before, so nothing need be found first. Using up is one statement
where the database can delete and insert in one (PostgreSQL): the slip goes, the receipt and the sealed answer stand,
or nothing has happened. It is written out because putting it together from models cost more than everything the
database does for it.
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

    survey: UUID
    inspection: UUID
    specification: Specification
    mixer_key: str


class _Latest:
    """The survey whose slip was found last in this process: in a hall the next phone has one of the same."""

    asking: Asking | None = None


@cache
def _tables() -> dict[str, str]:
    models = (Slip, Survey, Receipt, Waiting)
    return {model.__name__.lower(): connection.ops.quote_name(model._meta.db_table) for model in models}


# Asks whether the survey is open at the moment of taking: it may have ended since the slip was found.
_TAKE = """
WITH used AS (DELETE FROM {slip} s USING {survey} v
               WHERE s.{column} = %s AND s.survey_id = %s AND v.id = s.survey_id AND v.status = %s
               RETURNING s.survey_id),
     kept AS (INSERT INTO {receipt} (id, survey_id, submission_hmac) SELECT %s, survey_id, %s FROM used)
INSERT INTO {waiting} (id, survey_id, sealed) SELECT %s, survey_id, %s FROM used
"""


def likely() -> Asking | None:
    """What is asked of the next slip most probably; ``take`` says whether it is one of these."""
    return _Latest.asking


def find(token: str) -> Asking | None:
    """What is asked of the unused slip with a token or a short code; whether its survey still runs, ``take`` asks."""
    [(column, digest)] = digests(token).items()
    survey = Slip.objects.filter(**{column: digest}).values_list("survey_id", flat=True).first()
    if survey is None:
        return None
    _Latest.asking = _asking(survey)
    return _Latest.asking


@lru_cache(maxsize=64)
def _asking(survey: UUID) -> Asking:
    row = Survey.objects.select_related("questionnaire").get(pk=survey)
    return Asking(row.pk, row.inspection_id, specification(row.questionnaire), row.mixer_key)


def rated_with(asking: Asking) -> int:
    """How many people the same slip rates just now; 0 while no rating is open."""
    rating = {"rating__inspection": asking.inspection, "rating__status": Rating.Status.OPEN}
    return RatingSubject.objects.filter(**rating).count()


def take(asking: Asking, token: str, receipt: str, sealed: bytes) -> bool:
    """Use the slip up, keep receipt and answer; false when it is no unused slip of this survey or that has ended.

    All or nothing. Raises ``IntegrityError`` for a receipt that belongs to another slip.
    """
    [(column, digest)] = digests(token).items()
    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        # One statement is a transaction of its own: to begin and to commit one would double the way to the server.
        return _at_once(asking, column, digest, receipt, sealed)
    with transaction.atomic():
        step = _at_once if connection.vendor == "postgresql" else _step_by_step
        return step(asking, column, digest, receipt, sealed)


def _at_once(asking: Asking, column: str, digest: str, receipt: str, sealed: bytes) -> bool:
    values = (digest, asking.survey, Survey.Status.OPEN.value, uuid.uuid4(), receipt, uuid.uuid4(), sealed)
    with connection.cursor() as cursor:
        cursor.execute(_TAKE.format(column=column, **_tables()), values)
        return cursor.rowcount == 1


def _step_by_step(asking: Asking, column: str, digest: str, receipt: str, sealed: bytes) -> bool:
    slips = Slip.objects.filter(survey=asking.survey, survey__status=Survey.Status.OPEN, **{column: digest})
    used, _ = slips.delete()
    if used:
        Receipt.objects.bulk_create([Receipt(survey_id=asking.survey, submission_hmac=receipt)])
        Waiting.objects.bulk_create([Waiting(survey_id=asking.survey, sealed=sealed)])
    return bool(used)
