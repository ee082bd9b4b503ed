"""The working-day calendar: one query loads it, pure functions count with it."""

import calendar as weeks
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from villages.models import CalendarDay

_DAY = dt.timedelta(days=1)
WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class WorkCalendar:
    """Days that differ from the week, with their names; ``years`` are those with any entry at all."""

    rest: Mapping[dt.date, str] = field(default_factory=dict)
    work: Mapping[dt.date, str] = field(default_factory=dict)

    @property
    def years(self) -> frozenset[int]:
        """Years for which somebody has entered something."""
        return frozenset(day.year for days in (self.rest, self.work) for day in days)


def load_calendar() -> WorkCalendar:
    """The whole calendar: one query, some thirty rows a year."""
    rows = list(CalendarDay.objects.values_list("day", "kind", "name"))
    return WorkCalendar(
        rest={day: name for day, kind, name in rows if kind == CalendarDay.Kind.REST},
        work={day: name for day, kind, name in rows if kind == CalendarDay.Kind.WORK},
    )


def is_working_day(calendar: WorkCalendar, day: dt.date) -> bool:
    """Do people work on ``day``? Monday to Friday unless a holiday, and weekend days worked instead."""
    if day in calendar.rest:
        return False
    return day.weekday() < 5 or day in calendar.work


def add_working_days(calendar: WorkCalendar, day: dt.date, number: int) -> dt.date:
    """The ``number``-th working day after ``day`` (before it when negative), the day itself not counted.

    With 0: ``day`` itself, or the next working day when it is none.
    """
    step, left = (-_DAY, -number) if number < 0 else (_DAY, number)
    while left:
        day += step
        left -= is_working_day(calendar, day)
    while not is_working_day(calendar, day):
        day += _DAY
    return day


def working_days(calendar: WorkCalendar, first: dt.date, last: dt.date) -> list[dt.date]:
    """Working days from ``first`` to ``last``, both included."""
    return [day for day in _days(first, last) if is_working_day(calendar, day)]


def working_days_between(calendar: WorkCalendar, first: dt.date, last: dt.date) -> int:
    """How many working days there are from ``first`` to ``last``, both included; 0 when ``last`` is earlier."""
    return len(working_days(calendar, first, last))


def _days(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    return (first + dt.timedelta(days=step) for step in range((last - first).days + 1))


def missing_years(calendar: WorkCalendar, first: dt.date, last: dt.date) -> list[int]:
    """Years between the two days for which nothing has been entered: there only the week counts."""
    return [year for year in range(first.year, last.year + 1) if year not in calendar.years]


def calendar_days(viewer: Any, year: int) -> QuerySet[CalendarDay]:
    """The entries of one year the viewer may see."""
    return CalendarDay.objects.visible_to(viewer).filter(day__year=year)


def spans(rows: list[CalendarDay]) -> list[dict[str, Any]]:
    """The entries of a year as people say them: days in a row of one kind and name together."""
    found: list[dict[str, Any]] = []
    for row in rows:
        last = found[-1] if found else None
        same = last is not None and (last["kind"], last["name"]) == (row.kind, row.name)
        if last is not None and same and row.day - last["last"] == _DAY:
            last["last"], last["number"] = row.day, last["number"] + 1
        else:
            found.append({"first": row.day, "last": row.day, "kind": row.kind, "name": row.name, "number": 1})
    return found


def year_sheet(rows: list[CalendarDay], year: int, today: dt.date) -> list[dict[str, Any]]:
    """Twelve months of weeks; a cell says what the day is, in a word for the eye and one for the ear."""
    entries = {row.day: row for row in rows}
    sheet = weeks.Calendar(firstweekday=0)
    return [
        {
            "name": f"{month}月",
            "weeks": [
                [_cell(day, month, entries.get(day), today) for day in week]
                for week in sheet.monthdatescalendar(year, month)
            ],
        }
        for month in range(1, 13)
    ]


def _cell(day: dt.date, month: int, entry: CalendarDay | None, today: dt.date) -> dict[str, Any] | None:
    if day.month != month:
        return None
    weekend = day.weekday() >= 5
    if entry is not None:
        kind, word = entry.kind, f"{entry.name}，{entry.get_kind_display()}"
    else:
        kind, word = ("week", "双休日") if weekend else ("", "工作日")
    return {
        "day": day,
        "kind": kind,
        "word": f"{day.month}月{day.day}日 星期{WEEKDAYS[day.weekday()]} {word}",
        "mark": {"rest": "休", "work": "班"}.get(kind, ""),
        "today": day == today,
    }
