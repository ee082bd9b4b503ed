"""The checklist of whom to talk to and whom to visit, and the kinds of people outlines are kept for."""

from typing import Any
from uuid import UUID

from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import clock
from core.access import demand, get_visible_or_404
from core.submissions import perform, revision_of, submit
from prep import rules, services
from prep.forms.outline import DutyForm, TargetKindForm, VisitForm
from prep.models import DutyPart, DutyPlan, TargetKind, VisitCount
from prep.rules.outline import can_edit_kinds
from prep.selectors.bank import bank_page, kind_lines
from prep.selectors.duties import HOUSEHOLDS, subjects, visit_board
from prep.views.shared import crumbs, members_of, visible_inspection
from villages.models import VillageInspection
from villages.selectors.parameters import parameter


def _checklist(inspection: VillageInspection) -> str:
    return reverse("prep:checklist", kwargs={"pk": inspection.pk})


@require_GET
def checklist(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Both halves with progress; the talks come as a part from the stage that counts them."""
    inspection = visible_inspection(request, pk)
    context = crumbs(inspection) | {
        "board": visit_board(request.user, inspection),
        "may_edit": rules.can_edit(request.user, inspection),
    }
    return render(request, "prep/checklist.html", context)


@require_GET
def visits_card(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Part of a village's page: how far the visits are."""
    inspection = visible_inspection(request, pk)
    context = {"inspection": inspection, "board": visit_board(request.user, inspection)}
    return render(request, "prep/visits_card.html", context)


@require_http_methods(["GET", "POST"])
def duty_plan(request: HttpRequest, pk: UUID, part: str) -> HttpResponse:
    """Plan one line; ``?subject=`` names it."""
    inspection = visible_inspection(request, pk)
    demand(rules.can_edit(request.user, inspection))
    subject = request.GET.get("subject", "")
    if part not in DutyPart.values or subject not in subjects(inspection, part):
        raise Http404
    row = DutyPlan.objects.filter(inspection=inspection, part=part, subject=subject).first()
    initial = (
        {name: getattr(row, name) for name in ("planned_on", "assignee", "note", "revision")} if row else {}
    )
    form = DutyForm(request.POST or None, initial=initial, people=members_of(inspection))

    def save(values: dict[str, Any]) -> DutyPlan:
        revision = values.pop("revision") or 0
        return services.plan_duty(
            actor=request.user, inspection=inspection, part=part, subject=subject, revision=revision, **values
        )

    context = crumbs(inspection) | {
        "cancel_url": _checklist(inspection),
        "name": subject or HOUSEHOLDS,
        "part_label": DutyPart(part).label,
    }
    return submit(
        request,
        form,
        save,
        scope=f"prep.duty:{inspection.pk}:{part}:{subject}",
        template="prep/duty_form.html",
        success=lambda _: _checklist(inspection),
        context=context,
        message="安排已保存。",
    )


@require_http_methods(["GET", "POST"])
def visit_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note households visited on one day."""
    inspection = visible_inspection(request, pk)
    demand(rules.can_edit(request.user, inspection))
    start = {"visited_on": clock.today(), "visitor": request.user.pk, "group": request.GET.get("group", "")}
    groups = list(parameter(inspection.round, "must_visit"))
    form = VisitForm(request.POST or None, initial=start, people=members_of(inspection), visited=groups)

    def save(values: dict[str, Any]) -> VisitCount:
        return services.count_visits(actor=request.user, inspection=inspection, **values)

    return submit(
        request,
        form,
        save,
        scope=f"prep.visit:{inspection.pk}",
        template="prep/visit_form.html",
        success=lambda _: _checklist(inspection),
        context=crumbs(inspection) | {"cancel_url": _checklist(inspection), "submit_label": "登记"},
        message="走访已登记。",
    )


@require_POST
def visit_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a wrong count back."""
    rows = VisitCount.objects.select_related("inspection", "round", "team", "village")
    row = get_visible_or_404(rows, request.user, pk=pk)
    revision, reason = revision_of(request), request.POST.get("reason", "")
    return perform(
        request,
        lambda: services.withdraw_visits(actor=request.user, row=row, reason=reason, revision=revision),
        scope=f"prep.visit.withdraw:{row.pk}",
        success=_checklist(row.inspection),
        message="已撤回这条走访登记。",
    )


@require_GET
def question_bank(request: HttpRequest) -> HttpResponse:
    """The questions in use, to read; by kind of person."""
    demand(rules.can_browse(request.user))
    page = bank_page(request.user, request.GET.get("kind", ""))
    context = {"page": page, "may_edit": bool(can_edit_kinds(request.user))}
    return render(request, "prep/question_bank.html", context)


@require_GET
def kind_list(request: HttpRequest) -> HttpResponse:
    """Kinds of people, as the office keeps them."""
    demand(rules.can_browse(request.user))
    context = {"lines": kind_lines(request.user), "may_edit": bool(can_edit_kinds(request.user))}
    return render(request, "prep/kinds.html", context)


@require_http_methods(["GET", "POST"])
def kind_add(request: HttpRequest) -> HttpResponse:
    """A further kind of person."""
    demand(can_edit_kinds(request.user))
    last = TargetKind.objects.aggregate(last=Max("order"))["last"] or 0
    form = TargetKindForm(request.POST or None, initial={"order": last + 1, "active": True})

    def save(values: dict[str, Any]) -> TargetKind:
        return services.add_target_kind(actor=request.user, values=values)

    return _answer(request, form, save, "prep.kind", None)


@require_http_methods(["GET", "POST"])
def kind_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Rename, move, retire, or change how its people are found."""
    row = get_visible_or_404(TargetKind.objects, request.user, pk=pk)
    demand(can_edit_kinds(request.user))
    initial = {name: getattr(row, name) for name in (*services.KIND_FIELDS, "revision")}
    form = TargetKindForm(request.POST or None, initial=initial)

    def save(values: dict[str, Any]) -> TargetKind:
        revision = values.pop("revision") or 0
        return services.edit_target_kind(actor=request.user, kind=row, revision=revision, values=values)

    return _answer(request, form, save, f"prep.kind:{row.pk}", row)


def _answer(
    request: HttpRequest, form: TargetKindForm, save: Any, scope: str, row: TargetKind | None
) -> HttpResponse:
    back = reverse("prep:kinds")
    return submit(
        request, form, save, scope=scope, template="prep/kind_form.html", success=lambda _: back,
        context={"cancel_url": back, "object": row},
    )  # fmt: skip
