"""Pictures of a plan in numbers: the Gantt as lanes and bars, the months as sheets of days. Pure functions."""

import datetime as dt
import json
from calendar import Calendar
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from prep.selectors.plan_board import Board, Line, span
from villages.selectors.calendar import WEEKDAYS, WorkCalendar, is_working_day

HEAD, LANE, BAR = 46, 44, 36  # pixels: the scale above, one lane, a bar in it
_WIDE, _NARROW, _ROOM = 24, 9, 1150
_MONTH = 76  # room the name of a month needs
_LETTER = 12.5  # a Chinese character of the bar's first line


@dataclass(frozen=True)
class Day:
    """One day on the scale: its place, whether it is worked, its name when it has one."""

    day: dt.date
    x: int
    width: int
    worked: bool
    name: str = ""


@dataclass(frozen=True)
class Bar:
    """One village on the chart."""

    line: Line
    x: int
    y: int
    width: int
    name: str
    detail: str


def gantt(board: Board, today: dt.date) -> dict[str, Any]:
    """Lanes of teams by days: rest days are narrow and shaded, overlapping stays get lanes of their own."""
    days = scale(board.calendar, *span(board.plan, board.lines))
    at = {day.day: day for day in days}
    rows, top, width = [], HEAD, days[-1].x + days[-1].width
    for group in board.groups:
        lanes = _lanes(group.lines)
        bars = [_bar(line, at, top + number * LANE) for number, lane in enumerate(lanes) for line in lane]
        height = max(1, len(lanes)) * LANE
        rows.append({"group": group, "bars": bars, "y": top, "height": height, "middle": top + height / 2})
        top += height
    return {
        "rows": rows, "width": width, "height": top, "head": HEAD, "bar": BAR,
        "rests": [day for day in days if not day.worked],
        "weeks": [day for day in days if day.day.weekday() == 0],
        "months": [
            (day, width - day.x >= _MONTH) for n, day in enumerate(days) if n == 0 or day.day.day == 1
        ],
        "today": at[today].x + at[today].width // 2 if today in at else None,
        "days": json.dumps([[day.day.isoformat(), day.x, day.width] for day in days]),
    }  # fmt: skip


def scale(calendar: WorkCalendar, first: dt.date, last: dt.date) -> list[Day]:
    """Every day with its place; the width of a working day fits the page as long as it stays readable."""
    every = [first + dt.timedelta(days=step) for step in range((last - first).days + 1)]
    worked = [is_working_day(calendar, day) for day in every]
    wide = max(_NARROW, min(_WIDE, int(_ROOM / max(1, sum(worked) + (len(every) - sum(worked)) / 3))))
    days, x = [], 0
    for day, works in zip(every, worked, strict=True):
        width = wide if works else max(3, wide // 3)
        days.append(Day(day, x, width, works, calendar.rest.get(day, "")))
        x += width
    return days


def _lanes(lines: Iterable[Line]) -> list[list[Line]]:
    lanes: list[list[Line]] = []
    for line in lines:
        free = next((lane for lane in lanes if lane[-1].stop.exit_on < line.stop.entry_on), None)
        if free is None:
            lanes.append([line])
        else:
            free.append(line)
    return lanes


def _bar(line: Line, at: dict[dt.date, Day], top: int) -> Bar:
    first, last = at[line.stop.entry_on], at[line.stop.exit_on]
    width = last.x + last.width - first.x
    room = int((width - 8) / _LETTER)
    name = line.stop.village.name
    if len(name) > room:
        name = name[: max(1, room)]
    detail = f"{line.stop.town.name}·{line.stop.days}天"
    if (len(detail) - 2) * 10.5 > width - 6:
        detail = f"{line.stop.days}天"
    return Bar(line, first.x, top + (LANE - BAR) // 2, width, name, detail)


# --- months -----------------------------------------------------------------------------------------------


def months(board: Board, today: dt.date) -> list[dict[str, Any]]:
    """Sheets of the months of the plan: who enters and who leaves on each day, how many are on site."""
    entering, leaving = defaultdict(list), defaultdict(list)
    for line in board.lines:
        entering[line.stop.entry_on].append(line)
        leaving[line.stop.exit_on].append(line)
    first, last = span(board.plan, board.lines)
    sheets = []
    for year, month in _months(first, last):
        weeks = [
            [_cell(board, day, month, entering, leaving, today) for day in week]
            for week in Calendar(firstweekday=0).monthdatescalendar(year, month)
        ]
        sheets.append({"name": f"{year}年{month}月", "weeks": weeks})
    return sheets


def _months(first: dt.date, last: dt.date) -> Iterable[tuple[int, int]]:
    for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield number // 12, number % 12 + 1


def _cell(
    board: Board, day: dt.date, month: int, entering: dict[dt.date, list[Line]],
    leaving: dict[dt.date, list[Line]], today: dt.date,
) -> dict[str, Any] | None:  # fmt: skip
    if day.month != month:
        return None
    return {
        "day": day,
        "weekday": WEEKDAYS[day.weekday()],
        "worked": is_working_day(board.calendar, day),
        "name": board.calendar.rest.get(day) or board.calendar.work.get(day, ""),
        "entering": entering.get(day, []),
        "leaving": leaving.get(day, []),
        "present": sum(line.stop.entry_on <= day <= line.stop.exit_on for line in board.lines),
        "today": day == today,
    }
