"""Which days can have been meant: a slip of the finger in a year is said at once, not found where days are added up."""

import datetime as dt

from django.core.exceptions import ValidationError

# A person's birthday may be the earliest, a deadline or the end of a lease the latest.
FIRST_YEAR, LAST_YEAR = 1900, 2100


def is_plausible(day: dt.date) -> bool:
    """Can somebody have meant this day?"""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def plausible(day: dt.date) -> None:
    """Check a day or moment of a form. Raises ``ValidationError`` with a sentence."""
    if not is_plausible(day):
        raise ValidationError(f"年份应在{FIRST_YEAR}至{LAST_YEAR}年之间，现为{day.year}年，请核对。")


def read_day(text: str) -> dt.date | None:
    """A day in an address or a draft; ``None`` for one that is none or that nobody can have meant."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if is_plausible(day) else None
