"""The desk of each role, the search box and the health probe."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render


def desk(request: HttpRequest) -> HttpResponse:
    """My desk: what waits for me, what is late, what came back."""
    return render(request, "inspection/desk.html")


def search(request: HttpRequest) -> HttpResponse:
    """One box over everything this person may see."""
    return render(request, "inspection/search.html", {"q": request.GET.get("q", "")})


@login_not_required
def health(request: HttpRequest) -> HttpResponse:
    """Probe of the proxy and the orchestrator: the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"ok": True})
