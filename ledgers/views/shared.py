"""What the pages of books begin with: the village whose books one may open, a visible file, sheet or row."""

from typing import Any

from django.http import Http404, HttpRequest

from core.access import demand, get_visible_or_404
from core.errors import NotAllowed
from ledgers.models import LedgerSheet, LedgerSource
from ledgers.rules.keeping import can_browse
from ledgers.selectors.shelf import villages_seen
from villages.models import Round, Village
from villages.selectors.rounds import current_round


def working_round(request: HttpRequest) -> Round:
    """The round chosen in the top bar; 403 for people outside of the inspecting side."""
    demand(can_browse(request.user))
    chosen = current_round(request.user, request.session.get("round", ""))
    if chosen is None:
        raise NotAllowed("还没有您可以进入的巡察轮次。轮次和分组由巡察办安排。")
    return chosen


def visible_village(request: HttpRequest, pk: Any) -> Village:
    """A village of a round one sees; the inspected side knows the village, but nothing of what was taken in."""
    if not can_browse(request.user):
        raise Http404
    return get_visible_or_404(villages_seen(request.user), request.user, pk=pk)


def visible_source(request: HttpRequest, pk: Any) -> LedgerSource:
    """A file one may see."""
    rows = LedgerSource.objects.select_related("village__town", "file")
    return get_visible_or_404(rows, request.user, pk=pk)


def visible_sheet(request: HttpRequest, pk: Any) -> LedgerSheet:
    """A sheet one may see."""
    rows = LedgerSheet.objects.select_related("village__town", "source__file", "replaced_by__source__file")
    return get_visible_or_404(rows, request.user, pk=pk)
