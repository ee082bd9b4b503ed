"""The easy-first plan: the versions of a round, one plan as chart, months and list, and one village of it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import clock
from core.access import demand, get_visible_or_404
from core.errors import ServiceError
from core.submissions import perform, posted_revision, submit
from prep import services
from prep.forms.plan import PlanForm, StopForm
from prep.models import PlanStatus, PlanStop, RoundPlan
from prep.rules import plan as rules
from prep.selectors.plan_board import chosen_before, own_workbooks, plan_board, plans_of, unassigned
from prep.selectors.plan_chart import gantt, months
from villages.models import Round, Team
from villages.selectors.calendar import add_working_days, load_calendar

_VIEWS = [
    {"value": "", "label": "甘特图"},
    {"value": "month", "label": "月历"},
    {"value": "list", "label": "清单"},
]


def _round(request: HttpRequest, pk: UUID) -> Round:
    return get_visible_or_404(Round.objects.select_related("district"), request.user, pk=pk)


def _plan(request: HttpRequest, pk: UUID) -> RoundPlan:
    return get_visible_or_404(RoundPlan.objects.select_related("round", "made_by"), request.user, pk=pk)


def _address(plan: RoundPlan) -> str:
    return reverse("prep:plan", kwargs={"pk": plan.pk})


@require_GET
def plans(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The plans of a round, newest first."""
    round_ = _round(request, pk)
    context = {
        "round": round_, "rows": plans_of(request.user, round_), "may_plan": rules.can_plan(request.user, round_),
    }  # fmt: skip
    return render(request, "prep/plans.html", context)


@require_http_methods(["GET", "POST"])
def plan_make(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Work out a plan: which unassigned villages, and what of the present plan stays."""
    round_ = _round(request, pk)
    demand(rules.can_plan(request.user, round_))
    form = PlanForm(
        unassigned(request.user, round_), request.POST or None, initial={"villages": chosen_before(round_)}
    )
    back = reverse("prep:plans", kwargs={"pk": pk})

    def save(values: dict[str, Any]) -> RoundPlan:
        values["villages"] = list(values["villages"].select_related("town"))
        return services.make_plan(actor=request.user, round_=round_, **values)

    return submit(
        request, form, save, scope=f"plan.make:{pk}", template="prep/plan_form.html", success=_address,
        context={"round": round_, "cancel_url": back, "submit_label": "编排"},
        message="草案已编排，调整后点“执行计划”写入分工。",
    )  # fmt: skip


@require_GET
def plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One plan; a part of it when a change of the chart asks."""
    row = _plan(request, pk)
    demand(rules.can_read_plans(request.user))
    board, today = plan_board(request.user, row), clock.today()
    shown = request.GET.get("view", "")
    may_change = rules.can_change_plan(request.user, row)
    context = {
        "object": row, "board": board, "may_change": bool(may_change), "shown": shown, "views": _VIEWS,
        "may_plan": bool(rules.can_plan(request.user, row.round)),
        "chart": gantt(board, today) if not shown and board.lines else None,
        "months": months(board, today) if shown == "month" else None,
        "jobs": own_workbooks(request.user, row),
        "draft": row.status == PlanStatus.DRAFT,
    }  # fmt: skip
    part = "prep/plan_board.html" if request.htmx else "prep/plan.html"  # type: ignore[attr-defined]
    return render(request, part, context)


@require_POST
def plan_action(request: HttpRequest, pk: UUID, action: str) -> HttpResponse:
    """Apply a draft, or drop it."""
    row = _plan(request, pk)
    revision = posted_revision(request)
    steps: dict[str, tuple[Callable[[], RoundPlan], str]] = {
        "apply": (
            lambda: services.apply_plan(actor=request.user, plan=row, revision=revision),
            "计划已执行，分工和驻村日期已写入。",
        ),
        "discard": (
            lambda: services.discard_plan(actor=request.user, plan=row, revision=revision),
            "草案已作废。",
        ),
    }
    if action not in steps:
        raise Http404
    demand(rules.can_change_plan(request.user, row))
    do, message = steps[action]
    return perform(request, do, scope=f"plan.{action}:{pk}", success=_address(row), message=message)


@require_POST
def plan_workbook(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Have the plan made as an Excel workbook."""
    row = _plan(request, pk)
    return perform(
        request,
        lambda: services.request_plan_workbook(actor=request.user, plan=row),
        scope=f"plan.workbook:{pk}",
        success=_address(row),
        message="正在生成 Excel，完成后在本页下载。",
    )


# --- one village of the plan ------------------------------------------------------------------------------


def _stop(request: HttpRequest, pk: UUID) -> PlanStop:
    rows = PlanStop.objects.select_related("plan__round", "team", "village", "town")
    return get_visible_or_404(rows, request.user, pk=pk)


@require_GET
def plan_stop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Why a village stands where it stands, and everything one may do about it without a mouse."""
    row = _stop(request, pk)
    board = plan_board(request.user, row.plan)
    line = next((line for line in board.lines if line.stop.pk == row.pk), None)
    may_change = bool(rules.can_change_plan(request.user, row.plan)) and row.movable
    teams = Team.objects.filter(round=row.round_id).order_by("number")
    context = {
        "object": row, "plan": row.plan, "line": line, "may_change": may_change,
        "form": StopForm(teams, initial={"team": row.team_id, "day": row.pinned_on}),
    }  # fmt: skip
    return render(request, "prep/plan_stop.html", context)


@require_POST
def plan_stop_action(request: HttpRequest, pk: UUID, action: str) -> HttpResponse:
    """Move one village of a draft."""
    row = _stop(request, pk)
    demand(rules.can_change_plan(request.user, row.plan))
    if action not in _MOVES:
        raise Http404
    back = _address(row.plan) if request.POST.get("on") == "board" else reverse("prep:plan_stop", args=[pk])
    return perform(
        request,
        lambda: _MOVES[action](request, row),
        scope=f"plan.{action}:{pk}",
        success=back,
        message="已调整。",
    )


def _order(step: int) -> Callable[[HttpRequest, PlanStop], RoundPlan]:
    return lambda request, row: services.reorder_stop(
        actor=request.user, stop=row, step=step, revision=posted_revision(request)
    )


def _shift(step: int) -> Callable[[HttpRequest, PlanStop], RoundPlan]:
    """One working day earlier or later, fixed there."""

    def move(request: HttpRequest, row: PlanStop) -> RoundPlan:
        day = add_working_days(load_calendar(), row.entry_on, step)
        return services.place_stop(
            actor=request.user, stop=row, team=row.team, day=day, revision=posted_revision(request)
        )

    return move


def _place(request: HttpRequest, row: PlanStop) -> RoundPlan:
    form = StopForm(Team.objects.filter(round=row.round_id), request.POST)
    if not form.is_valid():
        raise ServiceError(str(next(iter(form.errors.values()))[0]))
    return services.place_stop(
        actor=request.user, stop=row, revision=posted_revision(request), **form.cleaned_data
    )


def _next_team(step: int) -> Callable[[HttpRequest, PlanStop], RoundPlan]:
    """To the team above or below on the chart."""

    def move(request: HttpRequest, row: PlanStop) -> RoundPlan:
        teams = list(Team.objects.filter(round=row.round_id).order_by("number"))
        at = next(number for number, team in enumerate(teams) if team.pk == row.team_id) + step
        if not 0 <= at < len(teams):
            raise ServiceError(f"{row.team.name}已经是{'第一' if step < 0 else '最后一'}个组。")
        return services.place_stop(
            actor=request.user, stop=row, team=teams[at], revision=posted_revision(request)
        )

    return move


def _hold(held: bool) -> Callable[[HttpRequest, PlanStop], RoundPlan]:
    return lambda request, row: services.pin_team(
        actor=request.user, stop=row, held=held, revision=posted_revision(request)
    )


def _unpin(request: HttpRequest, row: PlanStop) -> RoundPlan:
    return services.unpin_stop(actor=request.user, stop=row, revision=posted_revision(request))


_MOVES: dict[str, Callable[[HttpRequest, PlanStop], RoundPlan]] = {
    "earlier": _order(-1),
    "later": _order(1),
    "back": _shift(-1),
    "forth": _shift(1),
    "up": _next_team(-1),
    "down": _next_team(1),
    "place": _place,
    "hold": _hold(True),
    "release": _hold(False),
    "unpin": _unpin,
}
