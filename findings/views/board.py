"""Behind the figures of the daily board: what came in on a day, what is missing."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from core.access import get_visible_or_404
from core.days import read_day
from findings.models import Lead, Loan
from findings.selectors.board import GAPS, day_rows, gap_rows
from villages.models import VillageInspection


def progress_gap(request: HttpRequest, pk: Any, gap: str) -> HttpResponse:
    """The rows of one village in which something is missing."""
    inspection = _inspection(request, pk)
    wanted = next((row for row in GAPS if row.key == gap), None)
    if wanted is None:
        raise Http404
    lines = _lines(wanted.page, gap_rows(request.user, inspection, wanted))
    groups = [{"label": wanted.label, "lines": lines}] if lines else []
    return _answer(request, inspection, wanted.label, groups)


def progress_day(request: HttpRequest, pk: Any, day: str) -> HttpResponse:
    """The papers of one village that came in on one day."""
    inspection = _inspection(request, pk)
    on = read_day(day)
    if on is None:
        raise Http404
    groups = [
        {"label": kind.label, "lines": _lines(kind.page, rows)}
        for kind, rows in day_rows(request.user, inspection, on)
    ]
    return _answer(request, inspection, f"{on.month}月{on.day}日进件", groups)


def _inspection(request: HttpRequest, pk: Any) -> VillageInspection:
    rows = VillageInspection.objects.select_related("round", "village", "team")
    return get_visible_or_404(rows, request.user, pk=pk)


def _lines(page: str, rows: list[Any]) -> list[dict[str, Any]]:
    return [
        {"row": row, "words": _words(row), "url": reverse(f"findings:{page}", kwargs={"pk": row.pk})}
        for row in rows
    ]


def _words(row: Any) -> str:
    """What a row is called, with what it is about where its number alone would not tell."""
    about = row.title if isinstance(row, Lead) else row.name if isinstance(row, Loan) else ""
    return f"{row} {about}".strip()


def _answer(
    request: HttpRequest, inspection: VillageInspection, heading: str, groups: list[dict[str, Any]]
) -> HttpResponse:
    context = {"inspection": inspection, "heading": heading, "groups": groups}
    return render(request, "findings/progress_rows.html", context)
