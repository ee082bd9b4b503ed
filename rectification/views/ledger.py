"""The ledger on the inspecting side, one item, verification and closing."""

from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from core import clock
from core.access import demand, get_visible_or_404
from core.files.responses import send, send_thumbnail
from core.listing import capped_count, keyset
from core.models.jobs import Job
from core.submissions import perform, posted_revision, submit
from rectification import rules, services
from rectification.forms import CloseForm, VerifyForm
from rectification.models import Progress, RectifyItem
from rectification.selectors import ledger as books
from rectification.selectors.orders import open_orders
from rectification.workflow import ITEM
from reports.models import Feedback
from villages.access import is_inspected
from villages.models import Round, Village
from villages.selectors.rounds import current_round

_FORM_STEPS = {"verify", "close"}


def _round(request: HttpRequest) -> Round | None:
    return current_round(request.user, request.session.get("round", ""))


def fetch_item(request: HttpRequest, pk: UUID) -> RectifyItem:
    """The item on this side of the wall; the inspected side has its own pages."""
    if is_inspected(request.user):
        raise Http404
    rows = RectifyItem.objects.select_related("town", "village", "owner", "team", "round", "verified_by")
    return get_visible_or_404(rows, request.user, pk=pk)


def _address(item: RectifyItem) -> str:
    return reverse("rectification:item", args=[item.pk])


@require_GET
def ledger(request: HttpRequest) -> HttpResponse:
    """整改台账: filters with counts, the nearest deadline first."""
    if is_inspected(request.user):
        return redirect("rectification:portal")
    demand(rules.can_browse(request.user))
    round_, today = _round(request), clock.today()
    names = ("status", "town", "level", "due")
    chosen = {name: request.GET.get(name, "").strip() for name in names}
    filters = books.Filters(**chosen, text=request.GET.get("q", "").strip()[:60])
    rows = books.ledger(request.user, round_, filters, today)
    context = {
        "round": round_,
        "page": keyset(rows, order=["due_on"], cursor=request.GET.get("cursor", "")),
        "count": capped_count(rows),
        "figures": books.figures(request.user, round_, today),
        "filters": filters,
        "done_states": books.HANDED_IN,
        "may_export": round_ is not None,
        "jobs": _my_ledgers(request, round_),
    }
    return render(request, "rectification/ledger.html", context)


def _my_ledgers(request: HttpRequest, round_: Round | None) -> list[Job]:
    rows = Job.objects.visible_to(request.user).filter(kind="rectification.ledger")
    return list(rows.filter(subject_id=str(round_.pk)).order_by("-id")[:1]) if round_ else []


@require_POST
def ledger_request(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Have the ledger made as a workbook."""
    round_ = get_visible_or_404(Round.objects, request.user, pk=pk)
    return perform(
        request,
        lambda: services.request_ledger(actor=request.user, round=round_),
        scope=f"rectification.ledger:{pk}",
        success=reverse("rectification:ledger"),
        message="正在生成整改台账，完成后在本页和“后台任务”中下载。",
    )


def ledger_open(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Part of the feedback page: the ledger made from it, or the button to make it."""
    if is_inspected(request.user):
        raise Http404
    feedback = get_visible_or_404(Feedback.objects.select_related("town", "round"), request.user, pk=pk)
    if request.method == "POST":
        return perform(
            request,
            lambda: _made(request, feedback),
            scope=f"rectification.open:{pk}",
            success=reverse("reports:feedback", args=[pk]),
            message="整改台账已建立，镇（街道）可以认领。",
        )
    rows = RectifyItem.objects.visible_to(request.user).filter(feedback_item__feedback=feedback)
    context = {
        "feedback": feedback,
        "count": rows.count(),
        "missing": feedback.items.count() - rows.count(),
        "may_make": bool(rules.can_make_items(request.user)),
    }
    return render(request, "rectification/from_feedback.html", context)


def _made(request: HttpRequest, feedback: Feedback) -> Feedback:
    services.create_items_from_feedback(actor=request.user, feedback=feedback)
    return feedback


@require_GET
def item(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One item: facts, what the owner told, verification, history."""
    row = fetch_item(request, pk)
    offers = ITEM.available(request.user, row)
    context = {
        "object": row,
        "handed_in": row.status in books.HANDED_IN,
        "progress": [
            {"step": step, "files": _files(step, "rectification:file")}
            for step in books.progress_of(request.user, row)
        ],
        "offers": [offer for offer in offers if offer.transition.name not in _FORM_STEPS],
        "form_steps": [offer for offer in offers if offer.transition.name in _FORM_STEPS],
    }
    return render(request, "rectification/item.html", context)


def _files(step: Progress, name: str) -> list[dict[str, Any]]:
    return [
        {
            "file": file,
            "url": reverse(name, args=[step.pk, file.pk]),
            "thumbnail": reverse(name, args=[step.pk, file.pk]) + "?xiao=1" if file.is_image else "",
        }
        for file in step.files.all()
    ]


def send_file(request: HttpRequest, step: Progress, file: UUID) -> FileResponse:
    """A picture of, or the download of, one file of a step the person may see."""
    stored = step.files.filter(pk=file).first()
    if stored is None:
        raise Http404
    if request.GET.get("xiao"):
        return send_thumbnail(stored)
    return send(services.note_download(actor=request.user, item=step.item, file=stored))


@require_GET
def file(request: HttpRequest, pk: UUID, file: UUID) -> FileResponse:
    """Evidence, on this side of the wall."""
    if is_inspected(request.user):
        raise Http404
    step = get_visible_or_404(Progress.objects.select_related("item"), request.user, pk=pk)
    return send_file(request, step, file)


@require_POST
def item_action(request: HttpRequest, pk: UUID, action: str) -> HttpResponse:
    """Buttons without a form of their own: sending back."""
    row = fetch_item(request, pk)
    if action != "return":
        raise Http404
    revision, reason = posted_revision(request), request.POST.get("reason", "")
    return perform(
        request,
        lambda: services.return_item(
            actor=request.user,
            item=row,
            reason=reason,
            revision=revision,
        ),
        scope=f"rectification.return:{pk}",
        success=_address(row),
        message="已退回责任单位。",
    )


def item_verify(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Confirm that the matter is put right."""
    row = fetch_item(request, pk)
    demand(ITEM.check(request.user, row, "verify"))
    return submit(
        request,
        VerifyForm(request.POST or None, initial={"revision": row.revision}),
        lambda values: services.verify_item(actor=request.user, item=row, **values),
        scope=f"rectification.verify:{pk}",
        template="rectification/form.html",
        success=_address,
        message="已核验。",
        context={"heading": "核验通过", "object": row, "cancel_url": _address(row)},
    )


def item_close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Strike the item off."""
    row = fetch_item(request, pk)
    demand(ITEM.check(request.user, row, "close"))
    return submit(
        request,
        CloseForm(request.POST or None, initial={"revision": row.revision}),
        lambda values: services.close_item(actor=request.user, item=row, **values),
        scope=f"rectification.close:{pk}",
        template="rectification/form.html",
        success=_address,
        message="已销号。",
        context={"heading": "对账销号", "object": row, "cancel_url": _address(row)},
    )


@require_GET
def village_card(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Part of a village's page: its rectification items."""
    village = get_visible_or_404(Village.objects, request.user, pk=pk)
    rows, count = books.village_items(request.user, village)
    context = {
        "rows": rows,
        "count": count,
        "inspected": is_inspected(request.user),
        "orders": open_orders(request.user, village),
    }
    return render(request, "rectification/village_card.html", context)
