"""Rounds and their parameters."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from core import clock
from core.access import demand, get_visible_or_404
from core.listing import capped_count, keyset
from core.submissions import perform, posted_revision, submit
from villages import rules, services
from villages.forms.rounds import ParameterForm, RoundEditForm, RoundForm
from villages.models import Round, RoundParameter
from villages.selectors import ladder, rounds
from villages.selectors.parameters import offered_parts
from villages.selectors.recusals import assigned_recusals
from villages.views.base import posted_reason
from villages.workflow import ROUND


@require_GET
def round_list(request: HttpRequest) -> HttpResponse:
    """Rounds, newest first."""
    rows = rounds.rounds(request.user)
    status = request.GET.get("status", "")
    if status in Round.Status.values:
        rows = rows.filter(status=status)
    page = keyset(rows, order=["-year", "-number"], cursor=request.GET.get("cursor", ""))
    states = [{"value": "", "label": "全部"}] + [
        {"value": v, "label": label} for v, label in Round.Status.choices
    ]
    context = {
        "page": page, "count": capped_count(rows), "states": states,
        "may_edit": bool(rules.can_manage_rounds(request.user)),
    }  # fmt: skip
    return render(request, "villages/round_list.html", context)


@require_GET
def round_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One round: its days, teams, villages, and what the office must look at."""
    row = get_visible_or_404(Round.objects.select_related("district", "scheme"), request.user, pk=pk)
    today = clock.today()
    teams = rounds.teams(request.user, row)
    for team in teams:
        team["lines"] = [
            {"spine": spine, "steps": ladder.ladder(spine, today), "stay": ladder.stay(spine, today)}
            for spine in team["inspections"]
        ]
    may_edit = bool(rules.can_manage_rounds(request.user))
    context = {
        "object": row, "teams": teams, "may_edit": may_edit,
        "may_change": bool(rules.can_change_round(request.user, row)),
        "offers": ROUND.available(request.user, row) if may_edit else None,
        "ties": assigned_recusals(request.user, row) if may_edit else [],
    }  # fmt: skip
    return render(request, "villages/round.html", context)


@require_POST
def round_action(request: HttpRequest, pk: UUID, action: str) -> HttpResponse:
    """Open, close or take up a round."""
    row = get_visible_or_404(Round.objects, request.user, pk=pk)
    revision = posted_revision(request)
    steps = {
        "open": lambda: services.open_round(actor=request.user, round_=row, revision=revision),
        "close": lambda: services.close_round(actor=request.user, round_=row, revision=revision),
        "reopen": lambda: services.reopen_round(
            actor=request.user, round_=row, reason=posted_reason(request), revision=revision
        ),
    }
    if action not in steps:
        raise Http404
    return perform(
        request, steps[action], scope=f"round.{action}:{pk}", success=_address(row), message="已办理。"
    )


def round_create(request: HttpRequest) -> HttpResponse:
    """Plan a round."""
    demand(rules.can_manage_rounds(request.user))
    return submit(
        request,
        RoundForm(request.user, request.POST or None),
        lambda values: services.create_round(actor=request.user, **values),
        scope="rounds.create",
        template="villages/form.html",
        success=_address,
        context={"title": "新建轮次", "cancel_url": reverse("villages:round_list"), "back": "轮次"},
        message="轮次已建立，参数按开始日期的默认值带入。",
    )


def round_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a round."""
    row = get_visible_or_404(Round.objects, request.user, pk=pk)
    demand(rules.can_change_round(request.user, row))
    names = ("name", "mode", "starts_on", "ends_on")
    initial = {name: getattr(row, name) for name in names} | {"revision": row.revision}
    form = RoundEditForm(request.POST or None, initial=initial)

    def save(_: dict[str, Any]) -> Round:
        revision, changes = form.split()
        return services.update_round(actor=request.user, round_=row, revision=revision, changes=changes)

    context = {"title": f"修改 {row.name}", "cancel_url": _address(row), "back": row.name}
    return submit(
        request,
        form,
        save,
        scope=f"round.edit:{pk}",
        template="villages/form.html",
        success=_address,
        context=context,
    )


def _address(row: Round) -> str:
    return reverse("villages:round", kwargs={"pk": row.pk})


# --- parameters -------------------------------------------------------------------------------------------


@require_GET
def parameter_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What this round counts by."""
    row = get_visible_or_404(Round.objects, request.user, pk=pk)
    context = {
        "object": row, "rows": rounds.parameters(request.user, row),
        "may_change": bool(rules.can_change_round(request.user, row)),
    }  # fmt: skip
    return render(request, "villages/parameters.html", context)


def parameter_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change one parameter for its round."""
    row = get_visible_or_404(RoundParameter.objects.select_related("round"), request.user, pk=pk)
    demand(rules.can_change_round(request.user, row.round))
    value = offered_parts(row.key, row.value)
    form = ParameterForm(value, row.unit, request.POST or None, initial={"revision": row.revision})
    back = reverse("villages:parameter_list", kwargs={"pk": row.round_id})

    def save(values: dict[str, Any]) -> RoundParameter:
        return services.update_parameter(
            actor=request.user, row=row, value=values["value"], revision=values["revision"]
        )

    return submit(
        request, form, save, scope=f"parameter.edit:{pk}", template="villages/parameter_form.html",
        success=lambda _: back,
        context={"title": row.label, "cancel_url": back, "back": f"{row.round.name} 参数", "object": row},
    )  # fmt: skip
