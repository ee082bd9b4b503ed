"""The mixer: takes sealed answers out of the waiting room in batches and puts them away in an order of chance.

One transaction per batch: all its sheets share one transaction number and one day. An attacker with the whole
database, its logs and copies from before and after learns which answers came in one batch and nothing more.

The mixer runs by the clock, not when somebody answers, and an entry in the trail for each of its runs would still
say within minutes when people answered. So the trail hears of a day's mixing once that day is over, or the survey has
ended.
"""

import random
from typing import Any

from django.db import transaction

from core import clock, records
from surveys.models import AnswerSheet, Channel, OpenAnswer, Survey, Waiting
from surveys.services.ballots import put_phone_ballots
from surveys.services.sealing import Opener

# Fewer answers than this are too few to hide among. As many, chosen by chance, stay behind each time: else the last one
# to answer would be mixed alone when the survey ends, and two copies of the database would show which sheet is new.
BATCH = 20

_chance = random.SystemRandom()


@transaction.atomic
def mix_answers(*, actor: Any, survey: Survey) -> int:
    """Mix what is waiting if it is enough to hide in and to leave enough behind; return how many were put away."""
    return _mix(survey, at_least=BATCH, leave=BATCH)


@transaction.atomic
def mix_all(*, actor: Any, survey: Survey) -> int:
    """Mix whatever is waiting, before a copy is taken or because the survey ends."""
    return _mix(survey, at_least=1, leave=0)


@transaction.atomic
def record_mixing(*, actor: Any, survey: Survey, ended: bool = False) -> Survey:
    """Write the last day on which answers were mixed into the trail, once that day is over or the survey has ended."""
    days = AnswerSheet.objects.filter(survey=survey, channel=Channel.PHONE)
    if not ended:
        days = days.filter(day__lt=clock.today())
    last = days.order_by("-day").values_list("day", flat=True).first()
    if last is None or (survey.mixed_on is not None and survey.mixed_on >= last):
        return survey
    return records.update(survey, actor=actor, verb="surveys.mix", revision=None, changes={"mixed_on": last})


def _mix(survey: Survey, at_least: int, leave: int) -> int:
    waiting = list(Waiting.objects.select_for_update().filter(survey=survey))
    if len(waiting) < at_least + leave:
        return 0
    _chance.shuffle(waiting)
    taken = waiting[leave:]
    opener = Opener(survey.pk, survey.mixer_key)
    answers = [opener.open(bytes(row.sealed)) for row in taken]
    put_away(survey, answers, Channel.PHONE)
    put_phone_ballots(survey, answers)
    Waiting.objects.filter(pk__in=[row.pk for row in taken]).delete()
    return len(answers)


def put_away(survey: Survey, answers: list[dict[str, Any]], channel: str) -> None:
    """Store sheets, and apart from them what was written in words, each in an order of its own.

    ``answers``: each ``group``, ``answers``, ``comment`` (the closing question), ``words`` by number of the question.
    """
    day, village = clock.today(), survey.village_id
    sheets = [
        AnswerSheet(
            survey=survey,
            village_id=village,
            channel=channel,
            day=day,
            group=a["group"],
            answers=a["answers"],
        )
        for a in answers
    ]
    words = [
        OpenAnswer(survey=survey, village_id=village, day=day, question=int(number), text=text)
        for a in answers
        for number, text in [(0, a["comment"]), *a.get("words", {}).items()]
        if text
    ]
    _chance.shuffle(sheets)
    AnswerSheet.objects.bulk_create(sheets, batch_size=500)
    _chance.shuffle(words)
    OpenAnswer.objects.bulk_create(words, batch_size=500)
