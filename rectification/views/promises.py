"""Part of a problem's page through the years: what rectification promised and whether it held."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from core.access import demand, get_visible_or_404
from core.ids import key_of
from findings.models import ProblemThread
from findings.selectors.thread_years import entries_of, thread_years
from rectification import rules
from rectification.selectors.promises import promise_rows, promises_by_thread, promises_of


@require_GET
def thread_promises(request: HttpRequest, pk: Any) -> HttpResponse:
    """The promises in full; with ``?brief=1`` what is said beside a paper, with ``?rows=1`` rows of the drawing."""
    thread = get_visible_or_404(ProblemThread.objects.select_related("village"), request.user, pk=pk)
    promises = promises_of(request.user, thread)
    if request.GET.get("rows"):
        drawn = thread_years(request.user, thread, entries_of(request.user, thread))
        return render(
            request, "rectification/thread_rows.html", {"rows": promise_rows(promises, drawn.columns)}
        )
    context = {"promises": promises, "brief": bool(request.GET.get("brief"))}
    return render(request, "rectification/thread_promises.html", context)


@require_GET
def thread_marks(request: HttpRequest) -> HttpResponse:
    """Parts of a list of threads: beside those that came back after rectification, that they did. At most a page."""
    demand(rules.can_browse(request.user))
    keys = [key for text in request.GET.getlist("t")[:50] if (key := key_of(text))]
    found = promises_by_thread(request.user, keys)
    returned = [key for key, rows in found.items() if any(row.returned for row in rows)]
    return render(request, "rectification/thread_marks.html", {"returned": returned})
