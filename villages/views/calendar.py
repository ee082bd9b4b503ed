"""The working-day calendar of a year."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_http_methods, require_POST

from core import clock
from core.access import demand, get_visible_or_404
from core.submissions import perform, posted_revision, submit
from villages import rules, services
from villages.forms.calendar import CalendarForm
from villages.models import CalendarDay
from villages.selectors.calendar import calendar_days, spans, year_sheet


@require_http_methods(["GET", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    """Twelve months; the office enters days beside them."""
    demand(rules.can_read_board(request.user))
    if request.method == "POST":
        demand(rules.can_edit_calendar(request.user))
    today = clock.today()
    year = _year(request.GET.get("year", ""), today.year)
    rows = list(calendar_days(request.user, year))
    chosen = _chosen(rows, request.GET.get("day", ""))
    context = {
        "year": year, "before": year - 1, "after": year + 1, "rows": rows, "spans": spans(rows),
        "months": year_sheet(rows, year, today), "chosen": chosen.get("row"),
        "may_edit": bool(rules.can_edit_calendar(request.user)),
    }  # fmt: skip
    return submit(
        request,
        CalendarForm(request.POST or None, initial=chosen),
        lambda values: services.set_calendar_days(actor=request.user, **values),
        scope=f"calendar:{year}",
        template="villages/calendar.html",
        success=lambda row: _address(row.day.year),
        context=context,
        message="日历已更新。",
    )


def _year(text: str, today: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and 2000 <= int(text[:5]) <= 2100 else today


def _chosen(rows: list[CalendarDay], text: str) -> dict[str, Any]:
    """What the form begins with when a day of the sheet was clicked."""
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        return {}
    row = next((row for row in rows if row.day == day), None)
    if row is not None:
        return {"first": day, "kind": row.kind, "name": row.name, "row": row}
    usual = CalendarDay.Kind.WORK if day.weekday() >= 5 else CalendarDay.Kind.REST
    return {"first": day, "kind": usual}


def _address(year: int) -> str:
    return f"{reverse('villages:calendar')}?year={year}"


@require_POST
def day_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take an entry out."""
    row = get_visible_or_404(CalendarDay.objects, request.user, pk=pk)
    return perform(
        request,
        lambda: services.remove_calendar_day(actor=request.user, row=row, revision=posted_revision(request)),
        scope=f"calendar.remove:{pk}",
        success=_address(row.day.year),
        message=f"{row.day.month}月{row.day.day}日恢复为平常的日子。",
    )
