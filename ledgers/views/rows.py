"""Pages of rows: the list and one row with all it says."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.access import get_visible_or_404
from ledgers.models import LedgerRow
from ledgers.rules.labels import facts
from ledgers.rules.stored import from_data
from ledgers.selectors.rows import RowFilters, row_list
from ledgers.views.shared import visible_village


def rows(request: HttpRequest, pk: Any) -> HttpResponse:
    """Rows of a village's books."""
    village = visible_village(request, pk)
    filters = RowFilters.read(request.GET)
    listed = row_list(request.user, village, filters, cursor=request.GET.get("cursor", ""))
    context = {
        "village": village,
        "filters": filters,
        "listed": listed,
        "page": listed.page,
        "count": listed.count,
        "kept": [(name, value) for name, value in request.GET.items() if name not in ("q", "cursor")],
    }
    return render(request, "ledgers/rows.html", context)


def row(request: HttpRequest, pk: Any) -> HttpResponse:
    """One row: every field with its name, and where it stands in which file."""
    found = get_visible_or_404(
        LedgerRow.objects.select_related("village__town", "sheet__source__file"), request.user, pk=pk
    )
    typed = from_data(found.kind, str(found.pk), found.data)
    context = {
        "object": found,
        "row": found,
        "sheet": found.sheet,
        "village": found.village,
        "facts": list(facts(found.kind, typed)),
    }
    return render(request, "ledgers/row.html", context)
