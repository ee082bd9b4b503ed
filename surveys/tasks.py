"""What the clock does for the survey, by beat in production and by the embedded runner without a broker.

Neither run says what it found: a line for each would tell when people answered.
"""

import logging
from collections.abc import Callable, Iterable
from typing import Any

from celery import shared_task

from core import clock
from core.audit import SYSTEM
from surveys.models import Survey
from surveys.selectors.overview import to_forget, to_mix, to_record
from surveys.services import drop_old_tries, forget_survey, mix_answers, record_mixing

log = logging.getLogger(__name__)


@shared_task(name="surveys.tasks.mix")
def mix() -> None:
    """Mix wherever enough answers wait, and write days that are over into the trail."""
    _each(to_mix(), mix_answers)
    _each(to_record(clock.today()), record_mixing)


@shared_task(name="surveys.tasks.forget")
def forget() -> None:
    """Destroy keys and receipts of surveys that ended long enough ago, and yesterday's counters."""
    _each(to_forget(clock.today()), forget_survey)
    drop_old_tries(actor=SYSTEM)


def _each(surveys: Iterable[Survey], act: Callable[..., Any]) -> None:
    """One transaction a survey; one that fails (its key file is away) does not hold up the others."""
    for survey in surveys:
        try:
            act(actor=SYSTEM, survey=survey)
        except Exception as error:
            log.error("survey %s: %s failed: %s", survey.pk, act.__name__, type(error).__name__)
