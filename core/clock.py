"""The one place that reads the wall clock for business rules, so that tests can hold it still."""

import datetime as dt

from django.utils import timezone


def now() -> dt.datetime:
    """Return the current moment, aware, in UTC."""
    return timezone.now()


def today() -> dt.date:
    """Return the current day in Beijing, the day all deadlines are counted in."""
    return timezone.localdate(now())
