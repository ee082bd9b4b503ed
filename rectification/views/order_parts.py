"""Verifying an order, answering for its days, and the files handed in, on the inspecting side."""

from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from core.access import demand, get_visible_or_404
from core.files.responses import send, send_thumbnail
from core.submissions import submit
from findings.selectors.petitions import names_in_office
from rectification import services
from rectification.forms.order import OrderVerifyForm
from rectification.models import FixOrder, OrderExtension, OrderFile
from rectification.selectors.orders import rounds_of
from rectification.views.orders import address, fetch_order, told_step
from rectification.workflow import EXTENSION, ORDER
from villages.access import is_inspected

_ANSWERS = {"grant": "已同意延期。", "refuse": "已答复不同意延期。"}


def order_verify(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was found on the spot, beside the pictures of before and after."""
    row = fetch_order(request, pk)
    demand(ORDER.check(request.user, row, "close"))
    names = names_in_office(request.user, row.inspection)
    form = OrderVerifyForm(request.POST or None, initial={"revision": row.revision}, names=names)
    return submit(
        request,
        form,
        lambda _: services.verify_order(actor=request.user, order=row, **form.given()),
        scope=f"rectification.order.verify:{pk}",
        template="rectification/order_verify.html",
        success=address,
        message="核验结论已记录。",
        context={
            "object": row,
            "shown": rounds_of(request.user, row)[0],
            "cancel_url": address(row),
            "submit_label": "记录核验结论",
        },
    )


@require_POST
def extension_action(request: HttpRequest, pk: UUID, action: str) -> HttpResponse:
    """Grant more days or refuse them, with a sentence."""
    if is_inspected(request.user) or action not in _ANSWERS:
        raise Http404
    rows = OrderExtension.objects.select_related("order__team", "order__round", "order__inspection")
    row = get_visible_or_404(rows, request.user, pk=pk)

    def decide(values: dict[str, Any]) -> FixOrder:
        return services.decide_extension(
            actor=request.user,
            extension=row,
            grant=action == "grant",
            answer=values["reason"],
            revision=values["revision"],
        )

    return told_step(
        request,
        row.order,
        decide,
        step=EXTENSION.transitions[action],
        verdict=EXTENSION.check(request.user, row, action),
        scope=f"rectification.extension.{action}:{pk}",
        message=_ANSWERS[action],
    )


def send_order_file(request: HttpRequest, row: OrderFile) -> FileResponse:
    """A picture without what a camera wrote into it, or the download of the untouched file."""
    if request.GET.get("xiao"):
        return send_thumbnail(row.file)
    return send(services.note_order_file(actor=request.user, row=row))


@require_GET
def order_file(request: HttpRequest, pk: UUID) -> FileResponse:
    """A file of an order, on this side of the wall."""
    if is_inspected(request.user):
        raise Http404
    rows = OrderFile.objects.select_related("file", "report__order")
    return send_order_file(request, get_visible_or_404(rows, request.user, pk=pk))
