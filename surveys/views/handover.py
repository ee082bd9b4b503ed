"""Hand-overs of ratings: the office sends, the organisation department signs."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import clock
from core.access import demand, get_visible_or_404
from core.listing import capped_count, keyset
from core.submissions import perform, revision_of, submit
from surveys import services
from surveys.forms.using import HandoverForm, ReceiptForm
from surveys.models import RatingHandover
from surveys.rules import handover as rules
from surveys.selectors.handover import handovers, ratings_without, receivers, score_lines, status_options
from surveys.views.ratings import visible_rating
from surveys.workflow.handover import HANDOVER
from villages.access import is_inspecting
from villages.selectors.rounds import current_round


def _page(row: RatingHandover) -> str:
    return reverse("surveys:ratinghandover", kwargs={"pk": row.pk})


def _handover(request: HttpRequest, pk: UUID) -> RatingHandover:
    rows = RatingHandover.objects.select_related("round__district", "village", "town", "to_office", "rating")
    return get_visible_or_404(rows, request.user, pk=pk)


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Hand-overs of the round, or what reached one's own department."""
    demand(rules.can_browse(request.user))
    round_ = current_round(request.user, request.session.get("round", ""))
    rows = handovers(request.user, round_, status=request.GET.get("status", ""))
    context = {
        "round": round_,
        "page": keyset(rows, order=["-id"], cursor=request.GET.get("cursor", "")),
        "count": capped_count(rows),
        "states": status_options(request.user, round_),
        "without": ratings_without(request.user, round_),
        "inside": is_inspecting(request.user),
    }
    return render(request, "surveys/handovers.html", context)


@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Draft the hand-over of one locked rating."""
    rating = visible_rating(request, pk)
    demand(rules.can_draft(request.user, rating))
    offices = receivers()
    form = HandoverForm(
        request.POST or None,
        offices=offices,
        initial={"to_office": offices.first(), "note": rating.close_reason},
    )

    def save(values: dict[str, Any]) -> RatingHandover:
        return services.draft_handover(
            actor=request.user, rating=rating, to_office=values["to_office"], note=values["note"]
        )

    return submit(
        request,
        form,
        save,
        scope=f"surveys.handover.draft:{pk}",
        template="surveys/handover_form.html",
        success=_page,
        context={
            "heading": f"移交{rating.village.name}民主测评结果", "submit_label": "起草移交",
            "cancel_url": reverse("surveys:handovers"),
        },
        message="已按锁定的结果起草，核对后移交。",
    )  # fmt: skip


@require_GET
def handover(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One hand-over: what it holds, where it is, who signed for it."""
    row = _handover(request, pk)
    offers = [o for o in HANDOVER.available(request.user, row) if o.transition.name != "receive"]
    context = {
        "object": row,
        "offers": offers,
        "lines": score_lines(row),
        "may_edit": rules.can_edit(request.user, row),
        "may_receive": HANDOVER.check(request.user, row, "receive"),
        "inside": is_inspecting(request.user),
    }
    return render(request, "surveys/handover.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """To whom and with which words a draft goes."""
    row = _handover(request, pk)
    demand(rules.can_edit(request.user, row))
    initial = {"to_office": row.to_office_id, "note": row.note, "revision": row.revision}
    form = HandoverForm(request.POST or None, offices=receivers(), initial=initial)

    def save(values: dict[str, Any]) -> RatingHandover:
        return services.edit_handover(
            actor=request.user,
            handover=row,
            revision=values["revision"] or 0,
            to_office=values["to_office"],
            note=values["note"],
        )

    return submit(
        request,
        form,
        save,
        scope=f"surveys.handover.edit:{pk}",
        template="surveys/handover_form.html",
        success=_page,
        context={"heading": f"修改{row}", "object": row, "cancel_url": _page(row)},
    )


@require_http_methods(["GET", "POST"])
def receive(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Sign for what was handed over."""
    row = _handover(request, pk)
    demand(HANDOVER.check(request.user, row, "receive"))
    user: Any = request.user
    initial = {"receiver_name": user.display_name, "received_on": clock.today(), "revision": row.revision}
    form = ReceiptForm(request.POST or None, initial=initial)
    return submit(
        request,
        form,
        lambda values: services.receive_handover(actor=request.user, handover=row, **values),
        scope=f"surveys.handover.receive:{pk}",
        template="surveys/handover_form.html",
        success=_page,
        context={
            "heading": f"签收{row.village.name}民主测评结果", "object": row, "submit_label": "签收",
            "cancel_url": _page(row),
        },
        message="已签收。",
    )  # fmt: skip


@require_POST
def action(request: HttpRequest, pk: UUID, action: str) -> HttpResponse:
    """Hand over, take back, or give up a draft."""
    row = _handover(request, pk)
    given: dict[str, Any] = {"actor": request.user, "handover": row, "revision": revision_of(request)}
    reason = request.POST.get("reason", "")
    steps = {
        "hand_over": (lambda: services.hand_over(**given), "已移交并编号，等接收单位签收。"),
        "take_back": (lambda: services.end_handover(**given, reason=reason), "已收回。"),
        "void": (lambda: services.end_handover(**given, reason=reason), "已作废。"),
    }
    if action not in steps:
        raise Http404
    demand(rules.can_send(request.user))
    step, message = steps[action]
    return perform(
        request, step, scope=f"surveys.handover.{action}:{pk}", success=_page(row), message=message
    )


@require_POST
def word(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Have the paper made as Word; the progress stands on the job's page."""
    row = _handover(request, pk)
    return redirect("core:job", pk=services.request_handover(actor=request.user, handover=row).pk)
