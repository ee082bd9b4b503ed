"""The one place that reads the wall clock for business rules, so that it can be held still."""

import calendar
import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.utils import timezone

_held: ContextVar[dt.datetime | None] = ContextVar("held_clock", default=None)


def now() -> dt.datetime:
    """Return the current moment, aware, in UTC."""
    return _held.get() or timezone.now()


def today() -> dt.date:
    """Return the current day in Beijing, the day all deadlines are counted in."""
    return timezone.localdate(now())


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day ``months`` later; where that month is shorter, its last day (31 August + 3 = 30 November)."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return day.replace(year=year, month=month, day=min(day.day, calendar.monthrange(year, month)[1]))


def add_years(day: dt.date, years: int) -> dt.date:
    """The same day ``years`` later (before, when negative); 29 February becomes the last of the month."""
    return add_months(day, 12 * years)


@contextmanager
def held(day: dt.date, hour: int = 10) -> Iterator[None]:
    """Act as on ``day`` at ``hour`` Beijing time: for tests, and for a demo round that lies in the past.

    Raises ``RuntimeError`` in production, where nothing may ever be dated otherwise than when it happened.
    """
    if settings.PRODUCTION:
        raise RuntimeError("the clock is never held in production")
    token = _held.set(timezone.make_aware(dt.datetime.combine(day, dt.time(hour))))
    try:
        yield
    finally:
        _held.reset(token)
