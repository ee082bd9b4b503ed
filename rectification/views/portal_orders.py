"""Orders in the portal: sign for them, take pictures, report, ask for days. Who got a copy reads along."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from core.access import demand, get_visible_or_404
from core.files.responses import send
from core.submissions import perform
from rectification import services
from rectification.forms.order import ExtensionForm, OrderReportForm, PhotosForm, ReceiveForm
from rectification.models import FixOrder, OrderFile, PhotoSide
from rectification.rules import order as rules
from rectification.selectors.order_portal import portal_rows, sent_copy
from rectification.selectors.orders import extensions_of, rounds_of
from rectification.views.order_parts import send_order_file
from rectification.views.portal_form import portal_form
from rectification.workflow import ORDER
from villages.access import is_inspected


def fetch_own(request: HttpRequest, pk: UUID) -> FixOrder:
    """An order sent to this account's office or copied to it; anything else does not exist."""
    if not is_inspected(request.user):
        raise Http404
    row = portal_rows(request.user).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def _address(order: FixOrder) -> str:
    return reverse("rectification:portal_order", args=[order.pk])


@require_GET
def portal_order(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One order: what is asked, by when, what was shown and found so far."""
    row, user = fetch_own(request, pk), request.user
    rounds, asked = rounds_of(user, row), extensions_of(user, row)
    showing = bool(rules.can_show(user, row))
    context = {
        "object": row,
        "addressee": rules.is_addressee(user, row),
        "showing": showing,
        "present": rounds[0] if showing and rounds else None,
        "rounds": [shown for shown in rounds if shown.report.reported_by_id],
        "extensions": asked,
        "may_extend": bool(rules.can_ask_extension(user, row))
        and not any(i.status == "asked" for i in asked),
        "copy": sent_copy(row),
    }
    return render(request, "rectification/portal_order.html", context)


def portal_receive(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Sign for an order."""
    row = fetch_own(request, pk)
    demand(ORDER.check(request.user, row, "receive"))
    start = {"revision": row.revision, "name": getattr(request.user, "display_name", "")}
    return portal_form(
        request,
        row,
        ReceiveForm(request.POST or None, initial=start),
        lambda values: services.receive_order(actor=request.user, order=row, **values),
        scope="rectification.order.receive",
        back=_address(row),
        heading="签收",
        message="已签收，签收人和时间已记录。先拍整改前的照片，再动手改。",
    )


def portal_photos(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take pictures, or choose files."""
    row = fetch_own(request, pk)
    demand(rules.can_show(request.user, row))
    wanted = request.GET.get("side", "")
    start = {"side": wanted if wanted in PhotoSide.values else PhotoSide.AFTER}
    return portal_form(
        request,
        row,
        PhotosForm(request.POST or None, request.FILES or None, initial=start),
        lambda values: services.add_order_files(actor=request.user, order=row, **values),
        scope="rectification.order.photos",
        back=_address(row),
        heading="拍照上传",
        message="已上传。还可以再拍，都齐了再报告整改。",
        button="上传",
    )


@require_POST
def portal_file_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a picture out of a report that has not been sent in."""
    row = _own_file(request, pk)
    order = row.report.order
    return perform(
        request,
        lambda: services.take_order_file_away(actor=request.user, row=row),
        scope=f"rectification.order.take_away:{pk}",
        success=_address(order),
        message="已删除。",
    )


def portal_report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Report it changed."""
    row = fetch_own(request, pk)
    demand(ORDER.check(request.user, row, "report"))
    return portal_form(
        request,
        row,
        OrderReportForm(request.POST or None, initial={"revision": row.revision}),
        lambda values: services.report_order(actor=request.user, order=row, **values),
        scope="rectification.order.report",
        back=_address(row),
        heading="报告整改",
        message="已报告，等待巡察组核验。",
    )


def portal_extension(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for more days."""
    row = fetch_own(request, pk)
    demand(rules.can_ask_extension(request.user, row))
    return portal_form(
        request,
        row,
        ExtensionForm(request.POST or None),
        lambda values: services.ask_extension(actor=request.user, order=row, **values),
        scope="rectification.order.extension",
        back=_address(row),
        heading="申请延期",
        message="延期申请已送巡察组组长，答复前仍按原期限办理。",
    )


def _own_file(request: HttpRequest, pk: UUID) -> OrderFile:
    if not is_inspected(request.user):
        raise Http404
    rows = OrderFile.objects.select_related("file", "report__order__to_office")
    return get_visible_or_404(rows, request.user, pk=pk)


@require_GET
def portal_order_file(request: HttpRequest, pk: UUID) -> FileResponse:
    """A file of an own order."""
    return send_order_file(request, _own_file(request, pk))


@require_GET
def portal_order_copy(request: HttpRequest, pk: UUID) -> FileResponse:
    """The order as it was sent."""
    row = fetch_own(request, pk)
    file = sent_copy(row)
    if file is None:
        raise Http404
    return send(services.note_order_copy(actor=request.user, order=row, file=file))
