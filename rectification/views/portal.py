"""The portal of town and village: what was addressed to them, and nothing else."""

from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from core import clock
from core.access import demand, get_visible_or_404
from core.files.responses import send
from core.submissions import perform, posted_revision
from rectification import rules, services
from rectification.forms import DoneForm, PlanForm, ProgressForm, VillageForm
from rectification.models import Progress, RectifyItem
from rectification.selectors import ledger as books
from rectification.selectors import portal as desk
from rectification.selectors.order_portal import portal_orders
from rectification.views.ledger import send_file
from rectification.views.portal_form import portal_form
from rectification.workflow import ITEM
from reports.models import Feedback
from reports.selectors.produced import produced_for
from villages.access import is_inspected


def _only_inspected(request: HttpRequest) -> None:
    if not is_inspected(request.user):
        raise Http404


def fetch_own(request: HttpRequest, pk: UUID) -> RectifyItem:
    """An item addressed to this account; anything else does not exist."""
    _only_inspected(request)
    rows = RectifyItem.objects.select_related("town", "village", "owner")
    return get_visible_or_404(rows, request.user, pk=pk)


def _address(item: RectifyItem) -> str:
    return reverse("rectification:portal_item", args=[item.pk])


def _card(request: HttpRequest, item: RectifyItem) -> dict[str, Any]:
    return {
        "item": item,
        "owner": rules.is_owner(request.user, item),
        "may_tell": bool(rules.can_report_progress(request.user, item)),
    }


@require_GET
def portal(request: HttpRequest) -> HttpResponse:
    """What must I do, by when."""
    demand(rules.can_use_portal(request.user))
    closed, count = desk.closed(request.user)
    orders, cards = portal_orders(request.user), [_card(request, row) for row in desk.to_do(request.user)]
    unsigned = desk.early_waiting(request.user)
    context = {
        "orders": orders,
        "cards": cards,
        "unsigned": unsigned,
        "to_do": len(orders.to_do) + len(unsigned) + len(cards),
        "waiting": desk.waiting(request.user),
        "closed": closed,
        "closed_count": count,
        "letters": desk.letters(request.user),
        "early_letters": desk.early_received(request.user),
    }
    return render(request, "rectification/portal.html", context)


@require_GET
def portal_item(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One item: what is asked, by when, what was told so far."""
    row = fetch_own(request, pk)
    context = {
        "object": row,
        "card": _card(request, row),
        "handed_in": row.status in books.HANDED_IN,
        "may_assign": bool(rules.can_assign_village(request.user, row)),
        "progress": [
            {"step": step, "files": list(step.files.all())} for step in books.progress_of(request.user, row)
        ],
    }
    return render(request, "rectification/portal_item.html", context)


@require_POST
def portal_acknowledge(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Sign for an item."""
    row = fetch_own(request, pk)
    revision = posted_revision(request)
    return perform(
        request,
        lambda: services.acknowledge_item(actor=request.user, item=row, revision=revision),
        scope=f"rectification.acknowledge:{pk}",
        success=_address(row),
        message="已认领，签收人和时间已记录。",
    )


def portal_plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say what will be done."""
    row = fetch_own(request, pk)
    demand(ITEM.check(request.user, row, "plan"))
    return portal_form(
        request,
        row,
        PlanForm(request.POST or None, initial={"revision": row.revision}),
        lambda values: services.submit_plan(actor=request.user, item=row, **values),
        scope="rectification.plan",
        back=_address(row),
        heading="报送整改措施",
        message="整改措施已报送，可以填报进展了。",
    )


def portal_progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Tell a step, with photographs."""
    row = fetch_own(request, pk)
    demand(rules.can_report_progress(request.user, row))
    return portal_form(
        request,
        row,
        ProgressForm(request.POST or None, request.FILES or None, initial={"on": clock.today()}),
        lambda values: services.report_progress(actor=request.user, item=row, **values),
        scope="rectification.progress",
        back=_address(row),
        heading="拍照上报",
        message="进展已上报。",
    )


def portal_done(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Report the item done."""
    row = fetch_own(request, pk)
    demand(ITEM.check(request.user, row, "report"))
    return portal_form(
        request,
        row,
        DoneForm(request.POST or None, request.FILES or None, initial={"revision": row.revision}),
        lambda values: services.report_done(actor=request.user, item=row, **values),
        scope="rectification.done",
        back=_address(row),
        heading="报完成",
        message="已报完成，等待核验。",
    )


def portal_village(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Name the village that has to do the work."""
    row = fetch_own(request, pk)
    demand(rules.can_assign_village(request.user, row))
    return portal_form(
        request,
        row,
        VillageForm(
            request.POST or None, initial={"revision": row.revision, "village": row.village_id}, item=row
        ),
        lambda values: services.assign_village(actor=request.user, item=row, **values),
        scope="rectification.village",
        back=_address(row),
        heading="落实责任村（社区）",
        message="已落实责任村（社区）。",
    )


@require_GET
def portal_file(request: HttpRequest, pk: UUID, file: UUID) -> FileResponse:
    """Evidence of an own item."""
    _only_inspected(request)
    step = get_visible_or_404(Progress.objects.select_related("item"), request.user, pk=pk)
    return send_file(request, step, file)


@require_GET
def portal_letter(request: HttpRequest, pk: UUID) -> FileResponse:
    """The feedback letter as the office made it."""
    _only_inspected(request)
    feedback = get_visible_or_404(Feedback.objects, request.user, pk=pk)
    job = produced_for(feedback).filter(kind="reports.feedback", result_file__isnull=False).first()
    if job is None or job.result_file is None:
        raise Http404
    return send(services.note_letter(actor=request.user, feedback=feedback, file=job.result_file))
