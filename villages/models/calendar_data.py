"""Holidays and adjusted weekends of the national arrangement, as data; the office checks them against the notice."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple


class Holiday(NamedTuple):
    """One holiday of a year: first and last day off, and the weekend days worked for it."""

    name: str
    first: dt.date
    last: dt.date
    worked: tuple[dt.date, ...] = ()


_d = dt.date

HOLIDAYS: tuple[Holiday, ...] = (
    Holiday("元旦", _d(2025, 1, 1), _d(2025, 1, 1)),
    Holiday("春节", _d(2025, 1, 28), _d(2025, 2, 4), (_d(2025, 1, 26), _d(2025, 2, 8))),
    Holiday("清明节", _d(2025, 4, 4), _d(2025, 4, 6)),
    Holiday("劳动节", _d(2025, 5, 1), _d(2025, 5, 5), (_d(2025, 4, 27),)),
    Holiday("端午节", _d(2025, 5, 31), _d(2025, 6, 2)),
    Holiday("国庆节、中秋节", _d(2025, 10, 1), _d(2025, 10, 8), (_d(2025, 9, 28), _d(2025, 10, 11))),
    Holiday("元旦", _d(2026, 1, 1), _d(2026, 1, 3), (_d(2026, 1, 4),)),
    Holiday("春节", _d(2026, 2, 15), _d(2026, 2, 23), (_d(2026, 2, 14), _d(2026, 2, 28))),
    Holiday("清明节", _d(2026, 4, 4), _d(2026, 4, 6)),
    Holiday("劳动节", _d(2026, 5, 1), _d(2026, 5, 5), (_d(2026, 5, 9),)),
    Holiday("端午节", _d(2026, 6, 19), _d(2026, 6, 21)),
    Holiday("中秋节", _d(2026, 9, 25), _d(2026, 9, 27)),
    Holiday("国庆节", _d(2026, 10, 1), _d(2026, 10, 7), (_d(2026, 9, 20), _d(2026, 10, 10))),
)


def calendar_rows() -> Iterator[tuple[dt.date, str, str]]:
    """Every day as (day, kind, name)."""
    for holiday in HOLIDAYS:
        for step in range((holiday.last - holiday.first).days + 1):
            yield holiday.first + dt.timedelta(days=step), "rest", holiday.name
        for day in holiday.worked:
            yield day, "work", f"{holiday.name}调休"
