"""The working-day calendar: enter, change and take out days that differ from the week."""

import datetime as dt
from typing import Any

from django.db import transaction

from core import audit, records
from core.access import demand
from core.display import cn_date
from core.errors import ServiceError, StaleRecord
from core.text import clean
from villages import rules
from villages.models import CalendarDay

LONGEST = 31  # days entered at once


@transaction.atomic
def set_calendar_days(
    *, actor: Any, first: dt.date, kind: str, name: str, last: dt.date | None = None
) -> CalendarDay:
    """Say what the days from ``first`` to ``last`` are; known days are changed. Returns the first of them."""
    demand(rules.can_edit_calendar(actor))
    title = clean(name).strip()
    if not title:
        raise ServiceError("请写明是什么日子，例如“国庆节”。", "name")
    days = _days(first, last or first)
    if kind == CalendarDay.Kind.WORK:
        _check_weekend(days)
    known = {row.day: row for row in CalendarDay.objects.filter(day__in=days)}
    rows = [_set(actor, known.get(day), day, kind, title) for day in days]
    return rows[0]


def _days(first: dt.date, last: dt.date) -> list[dt.date]:
    if last < first:
        raise ServiceError("截止日期不能早于开始日期。", "last")
    if (last - first).days >= LONGEST:
        raise ServiceError(f"一次最多登记{LONGEST}天，请分几次办理。", "last")
    return [first + dt.timedelta(days=step) for step in range((last - first).days + 1)]


def _check_weekend(days: list[dt.date]) -> None:
    usual = next((day for day in days if day.weekday() < 5), None)
    if usual is not None:
        raise ServiceError(f"{cn_date(usual)}不是周末，本来就是工作日，不用登记为调休上班。", "first")


def _set(actor: Any, row: CalendarDay | None, day: dt.date, kind: str, name: str) -> CalendarDay:
    if row is None:
        return records.create(
            CalendarDay(day=day, kind=kind, name=name), actor=actor, verb="calendar.add_day"
        )
    changes = {"kind": kind, "name": name}
    return records.update(row, actor=actor, verb="calendar.change_day", revision=None, changes=changes)


@transaction.atomic
def remove_calendar_day(*, actor: Any, row: CalendarDay, revision: int | None = None) -> CalendarDay:
    """Take an entry out: from then on the day is what its weekday says."""
    demand(rules.can_edit_calendar(actor))
    before = {"day": row.day, "kind": row.kind, "name": row.name}
    audit.record(actor=actor, verb="calendar.remove_day", target=row, before=before)
    expected = row.revision if revision is None else revision
    if CalendarDay.objects.filter(pk=row.pk, revision=expected).delete()[0] != 1:
        raise StaleRecord(CalendarDay.objects.filter(pk=row.pk).first())
    return row
