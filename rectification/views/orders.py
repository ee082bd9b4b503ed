"""Instant-fix orders on the inspecting side: the register, drafting, one order with its steps."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from core import clock
from core.access import demand, get_visible_or_404
from core.display import cn_date
from core.listing import capped_count
from core.models.jobs import Job
from core.submissions import perform, revision_of, submit
from core.verdict import Verdict
from core.workflow import Transition
from findings.selectors.petitions import names_in_office
from rectification import rules, services
from rectification.forms.order import OrderForm, OrderReasonForm
from rectification.models import FixOrder
from rectification.rules import order as order_rules
from rectification.selectors import order_drafting as drafting
from rectification.selectors.orders import (
    OrderFilters,
    order_figures,
    order_page,
    orders_of,
    register,
    with_order_relations,
)
from rectification.workflow import EXTENSION, ORDER
from villages.access import is_inspected
from villages.models import Round, VillageInspection
from villages.selectors.rounds import current_round

# The addressee reads why.
_TOLD = {"correct", "withdraw"}
# Taken together on a page of their own.
_VERIFYING = {"close", "return"}
_DONE = {
    "submit": "已送组长签发。",
    "issue": "已签发、编号，对方账号现在就能看到。",
    "send_back": "已退回经办人修改。",
    "discard": "草稿已作废。",
    "correct": "原单已撤回，文号保留；请经办人在新草稿上改好再送签。",
    "withdraw": "已撤回，文号保留。",
}
_STEPS: dict[str, Any] = {
    "submit": services.submit_order,
    "issue": services.issue_order,
    "send_back": services.send_back_order,
    "discard": services.discard_order,
    "correct": services.correct_order,
    "withdraw": services.withdraw_order,
}


def working_round(request: HttpRequest) -> Round | None:
    """The round chosen in the top bar; 403 for people outside of the inspecting side."""
    demand(rules.can_browse(request.user))
    return current_round(request.user, request.session.get("round", ""))


def fetch_order(request: HttpRequest, pk: UUID) -> FixOrder:
    """The order on this side of the wall; the inspected side has its own pages."""
    if is_inspected(request.user):
        raise Http404
    return get_visible_or_404(with_order_relations(FixOrder.objects.all()), request.user, pk=pk)


def address(order: FixOrder) -> str:
    """The page of an order."""
    return reverse("rectification:order", args=[order.pk])


@require_GET
def orders(request: HttpRequest) -> HttpResponse:
    """登记簿: every order of the round, with counts."""
    round_, today, user = working_round(request), clock.today(), request.user
    filters = OrderFilters.read(request.GET)
    page = register(user, round_, filters, today, cursor=request.GET.get("cursor", ""))
    context = {
        "round": round_,
        "page": page,
        "count": capped_count(orders_of(user, round_).filter(filters.condition(today))),
        "figures": order_figures(user, round_, today),
        "filters": filters,
        "kept": [(name, value) for name, value in request.GET.items() if name not in ("q", "cursor")],
        "may_draft": drafting.draftable(user, round_).exists(),
        "jobs": _my_registers(request, round_),
    }
    return render(request, "rectification/orders.html", context)


def _my_registers(request: HttpRequest, round_: Round | None) -> list[Job]:
    rows = Job.objects.visible_to(request.user).filter(kind="rectification.order_register")
    return list(rows.filter(subject_id=str(round_.pk)).order_by("-id")[:1]) if round_ else []


@require_POST
def order_register(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Have the register made as a workbook."""
    round_ = get_visible_or_404(Round.objects, request.user, pk=pk)
    return perform(
        request,
        lambda: services.request_order_register(actor=request.user, round=round_),
        scope=f"rectification.order_register:{pk}",
        success=reverse("rectification:orders"),
        message="正在生成登记簿，完成后在本页和“后台任务”中下载。",
    )


@require_GET
def order(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One order: what was asked, what was shown, what was found, and the steps that are possible now."""
    row = fetch_order(request, pk)
    offers = ORDER.available(request.user, row)
    found = order_page(request.user, row)
    asked = [(item, EXTENSION.available(request.user, item)) for item in found.pop("extensions")]
    context = found | {
        "object": row,
        "offers": [offer for offer in offers if offer.transition.name not in _VERIFYING],
        "verify": next((offer for offer in offers if offer.transition.name == "close"), None),
        "extensions": [(i, [o for o in steps if o.transition.name != "lapse"]) for i, steps in asked],
        "can_edit": order_rules.can_edit(request.user, row),
        "reminder": order_rules.pressing_word(row, clock.today()),
        "job": Job.objects.visible_to(request.user).about(row).filter(kind="rectification.order").first(),
    }
    return render(request, "rectification/order.html", context)


def order_new(request: HttpRequest) -> HttpResponse:
    """Draft an order: from a workpaper, a lead, a record of fieldwork, or about a village."""
    round_, user = working_round(request), request.user
    named = [drafting.origin_named(user, kind, request.GET.get(kind, "")) for kind in drafting.ORIGINS]
    origin = next((row for row in named if row is not None), None)
    villages = drafting.draftable(user, round_)
    wanted = request.GET.get("village", "")[:12]
    inspection = origin.inspection if origin else villages.filter(village__code=wanted).first()
    if inspection is None:
        return render(request, "rectification/order_start.html", {"villages": villages, "round": round_})
    demand(order_rules.can_draft(user, inspection))
    offices = drafting.offices_of(inspection)
    start = drafting.first_words(user, origin) | {
        "to_office": offices[0] if offices else None,
        "cc_office": offices[-1] if len(offices) > 1 else None,
    }
    form = _form(request, inspection, start)
    return submit(
        request,
        form,
        lambda values: services.draft_order(
            actor=user, inspection=inspection, values=form.given(), origin=origin
        ),
        scope=f"rectification.order.new:{origin.pk if origin else inspection.pk}",
        template="rectification/order_form.html",
        success=address,
        message="草稿已保存。核对后送组长签发。",
        context={
            "inspection": inspection,
            "origin": origin,
            "cancel_url": reverse("rectification:orders"),
            "submit_label": "保存草稿",
        },
    )


def _form(request: HttpRequest, inspection: VillageInspection, start: dict[str, Any]) -> OrderForm:
    return OrderForm(
        request.POST or None,
        initial=start,
        offices=drafting.offices_of(inspection),
        names=names_in_office(request.user, inspection),
        day=cn_date(drafting.default_day(inspection.round)),
    )


def order_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a draft."""
    row = fetch_order(request, pk)
    demand(order_rules.can_edit(request.user, row))
    start = {name: getattr(row, name) for name in (*services.ORDER_FIELDS, "revision")}
    form = _form(request, row.inspection, start)
    return submit(
        request,
        form,
        lambda values: services.edit_order(
            actor=request.user, order=row, revision=values["revision"], values=form.given()
        ),
        scope=f"rectification.order.edit:{pk}",
        template="rectification/order_form.html",
        success=address,
        context={"inspection": row.inspection, "object": row, "cancel_url": address(row)},
    )


@require_POST
def order_action(request: HttpRequest, pk: UUID, action: str) -> HttpResponse:
    """Steps without a form of their own."""
    row = fetch_order(request, pk)
    if action not in _STEPS:
        raise Http404
    if action in _TOLD:

        def end(values: dict[str, Any]) -> FixOrder:
            return _STEPS[action](
                actor=request.user, order=row, reason=values["reason"], revision=values["revision"]
            )

        return told_step(
            request,
            row,
            end,
            step=ORDER.transitions[action],
            verdict=ORDER.check(request.user, row, action),
            scope=f"rectification.order.{action}:{pk}",
            message=_DONE[action],
        )
    values: dict[str, Any] = {"revision": revision_of(request)}
    if ORDER.transitions[action].wants_reason:
        values["reason"] = request.POST.get("reason", "")
    return perform(
        request,
        lambda: _STEPS[action](actor=request.user, order=row, **values),
        scope=f"rectification.order.{action}:{pk}",
        success=address(row),
        message=_DONE[action],
    )


def told_step(
    request: HttpRequest,
    row: FixOrder,
    do: Callable[[dict[str, Any]], FixOrder],
    *,
    step: Transition,
    verdict: Verdict,
    scope: str,
    message: str,
) -> HttpResponse:
    """A step whose words the village reads, posted by its dialog; words that may tell too much come back on a page."""
    form = OrderReasonForm(request.POST, names=names_in_office(request.user, row.inspection))
    if not form.is_valid():
        # Otherwise the service asks: a step that was posted twice is answered twice.
        demand(verdict)
    return submit(
        request,
        form,
        do,
        scope=scope,
        template="rectification/order_told.html",
        success=lambda _: address(row),
        message=message,
        context={
            "object": row,
            "step": step,
            "cancel_url": address(row),
            "submit_label": step.label,
            "draft_key": "",
        },
    )


@require_POST
def order_word(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for the order as Word."""
    row = fetch_order(request, pk)
    return perform(
        request,
        lambda: services.request_order_paper(actor=request.user, order=row),
        scope=f"rectification.order.word:{pk}",
        success=address(row),
        message="正在生成 Word，完成后在本页下载。",
    )


@require_GET
def orders_open(request: HttpRequest) -> HttpResponse:
    """Part of the page where villages leave the stage: their orders that are not settled."""
    round_ = working_round(request)
    rows = orders_of(request.user, round_).filter(status__in=FixOrder.OPEN | FixOrder.UNSENT)
    found = list(rows.select_related("village", "to_office", "team").order_by("village__code", "id")[:50])
    return render(request, "rectification/orders_open.html", {"rows": found})


@require_GET
def order_card(request: HttpRequest, origin: str, pk: UUID) -> HttpResponse:
    """Part of the page of a workpaper, a lead or a record of fieldwork: its orders, and the button to draft one."""
    row = drafting.origin_named(request.user, origin, str(pk))
    if row is None or is_inspected(request.user):
        raise Http404
    suits = origin != "finding" or row.disposal == "fix_now"
    context = {
        "orders": drafting.orders_from(request.user, row),
        "may_draft": suits and bool(order_rules.can_draft(request.user, row.inspection)),
        "suits": suits,
        "new_url": f"{reverse('rectification:order_new')}?{origin}={row.pk}",
    }
    return render(request, "rectification/order_card.html", context)
