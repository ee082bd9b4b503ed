"""The desk of each role, the round board, a village's work, the search box, the round switch and the health probe."""

from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from core import clock
from core.access import demand, get_visible_or_404
from inspection.board import build_board
from inspection.desk import build_desk
from inspection.finder import find
from inspection.keeper import keeper_figures
from inspection.village_work import inspection_of, work_lines
from villages.access import is_inspected, is_inspecting
from villages.models import Role, Round, Village
from villages.rules import can_read_board
from villages.selectors.rounds import current_round


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """My desk: what waits for me, what is late, what came back."""
    user: Any = request.user
    if is_inspected(user):
        return redirect("rectification:portal")
    round_ = current_round(user, request.session.get("round", ""))
    context: dict[str, Any] = {"desk": build_desk(user, round_), "greeting": _greeting()}
    if user.role == Role.SYSADMIN:
        return render(request, "inspection/keeper.html", context | keeper_figures(user))
    template = "inspection/desk.html" if is_inspecting(user) else "inspection/receiver.html"
    return render(request, template, context)


_GREETINGS = ((9, "早上好"), (12, "上午好"), (14, "中午好"), (18, "下午好"))


def _greeting() -> str:
    hour = timezone.localtime(clock.now()).hour
    return next((words for until, words in _GREETINGS if hour < until), "晚上好")


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """The round at a glance: villages × stages, with drill-down."""
    demand(can_read_board(request.user))
    round_ = current_round(request.user, request.session.get("round", ""))
    if round_ is None:
        return render(request, "inspection/board.html", {"round": None})
    chosen = {name: request.GET.get(name, "") for name in ("stage", "team", "town")}
    return render(
        request, "inspection/board.html", build_board(request.user, round_, **chosen) | {"round": round_}
    )


@require_GET
def village_work(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Part of a village's page: the way to the round's work on it; empty for who does not work on it."""
    village = get_visible_or_404(Village.objects, request.user, pk=pk)
    round_ = current_round(request.user, request.session.get("round", ""))
    inspection = inspection_of(request.user, village, round_)
    work = work_lines(request.user, inspection, village) if inspection else []
    return render(request, "inspection/village_work.html", {"inspection": inspection, "work": work})


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """One box over everything this person may see."""
    text = request.GET.get("q", "")
    return render(request, "inspection/search.html", {"q": text, "groups": find(request.user, text)})


@require_POST
def switch_round(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Remember the chosen round for this session and go back to where the person was."""
    row = get_visible_or_404(Round.objects, request.user, pk=pk)
    request.session["round"] = str(row.pk)
    back = urlsplit(request.headers.get("referer", "")).path
    return redirect(
        back if url_has_allowed_host_and_scheme(back, None) and back.startswith("/") else "inspection:desk"
    )


@login_not_required
def health(request: HttpRequest) -> HttpResponse:
    """Probe of the proxy and the orchestrator: the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"ok": True})
