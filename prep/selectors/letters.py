"""Data letters of a round: who was asked, what came back, what is late."""

import datetime as dt
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.db.models import Count, F, QuerySet

from prep.models import WAITING, AskedDepartment, DataLetter, LetterReply, LetterStatus
from prep.selectors.official import next_number
from villages.models import Round, VillageInspection

LATE = "late"


def departments(viewer: Any, *, active: bool = False) -> QuerySet[AskedDepartment]:
    """Departments in their order; ``active``: only those still asked."""
    rows = AskedDepartment.objects.visible_to(viewer)
    return rows.filter(active=True) if active else rows


def letters(
    viewer: Any, round_: Round, status: str = "", today: dt.date | None = None
) -> QuerySet[DataLetter]:
    """Letters of a round the viewer may see with their villages; ``status`` may also be ``late``."""
    rows = DataLetter.objects.visible_to(viewer).filter(round=round_)
    if status == LATE and today:
        rows = rows.late(today)
    elif status in LetterStatus.values:
        rows = rows.filter(status=status)
    rows = rows.select_related("department").annotate(file_count=Count("replies__files", distinct=True))
    return rows.prefetch_related("inspections__village").order_by("department__order", "created_at", "id")


@dataclass(frozen=True)
class LetterLine:
    """One line of the overview. ``lateness``: words and tone."""

    row: DataLetter
    places: str
    lateness: tuple[str, str]
    waiting: bool


def lines(rows: Any, today: dt.date) -> list[LetterLine]:
    """Letters with what the table says of each."""
    return [LetterLine(row, places_of(row), lateness(row, today), row.status in WAITING) for row in rows]


def places_of(letter: DataLetter) -> str:
    """The villages a letter names, or the whole round."""
    return "、".join(row.village.name for row in letter.inspections.all()) or "本轮各村（社区）"


def lateness(letter: DataLetter, today: dt.date) -> tuple[str, str]:
    """How a letter stands to its due day, in words and tone."""
    days = letter.days_late(today)
    if days:
        return (f"逾期{days}天", "bad") if letter.status in WAITING else (f"迟复{days}天", "warn")
    if letter.status in WAITING:
        left = (letter.due_on - today).days
        return (f"余{left}天", "warn" if left <= 3 else "ok") if left else ("今天到期", "warn")
    return ("—", "neutral") if letter.status == LetterStatus.DRAFT else ("按期", "ok")


def status_options(viewer: Any, round_: Round, today: dt.date) -> list[dict[str, Any]]:
    """States with counts, the late ones as a state of their own."""
    rows = DataLetter.objects.visible_to(viewer).filter(round=round_).order_by()
    numbers = dict(rows.values_list("status").annotate(Count("pk")))
    late = rows.late(today).count()
    options = [
        {"value": value, "label": label, "count": numbers[value]}
        for value, label in LetterStatus.choices
        if numbers.get(value)
    ]
    if late:
        options.append({"value": LATE, "label": "逾期", "count": late})
    return [{"value": "", "label": "全部", "count": sum(numbers.values())}, *options]


def late_letters(viewer: Any, round_: Round, today: dt.date) -> list[DataLetter]:
    """Letters past their day, the latest first."""
    rows = DataLetter.objects.visible_to(viewer).filter(round=round_).late(today)
    return list(rows.select_related("department").order_by("due_on", "department__order"))


def replies(viewer: Any, letter: DataLetter) -> QuerySet[LetterReply]:
    """Answers to a letter with their files."""
    rows = LetterReply.objects.visible_to(viewer).filter(letter=letter).select_related("received_by")
    return rows.prefetch_related("files__file")


def places(viewer: Any, round_: Round) -> QuerySet[VillageInspection]:
    """Villages of a round a letter may name."""
    rows = VillageInspection.objects.visible_to(viewer).filter(round=round_).select_related("village", "town")
    return rows.order_by("village__code")


def seedable(viewer: Any, letter: DataLetter) -> QuerySet[VillageInspection]:
    """Villages whose watch list the answer may feed: those the letter names, or every one the viewer sees."""
    rows = places(viewer, letter.round)
    named = letter.inspections.values_list("pk", flat=True)
    return rows.filter(pk__in=named) if named else rows


def letter_number(round_: Round, year: int) -> str:
    """The next free number of a letter; reminders are numbered in the same row."""
    taken = DataLetter.objects.exclude(doc_no="").values_list("doc_no", "reminder_no")
    return next_number(f"{round_.district.short}巡函", year, chain.from_iterable(taken))


def register(viewer: Any, round_: Round) -> list[Any]:
    """Every letter, with ``file_count``, for the Excel register, in the order of the numbers."""
    rows = letters(viewer, round_)
    return list(rows.order_by(F("sent_on").asc(nulls_last=True), "department__order", "id"))
