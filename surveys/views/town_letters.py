"""Letters to the party secretaries of towns."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import clock
from core.access import demand, get_visible_or_404
from core.errors import ServiceError
from core.listing import capped_count, keyset
from core.submissions import perform, revision_of, submit
from surveys import services
from surveys.forms.using import TownLetterForm
from surveys.models import TownLetter
from surveys.rules import town_letters as rules
from surveys.selectors.town_letters import letter_text, letters, towns_without
from surveys.workflow.town_letters import TOWN_LETTER
from villages.models import Town
from villages.selectors.rounds import current_round

_DONE = {
    "submit": "已提交主任签发。",
    "approve": "已签发并编号。",
    "return": "已退回修改。",
    "void": "已作废。",
}


def _page(row: TownLetter) -> str:
    return reverse("surveys:townletter", kwargs={"pk": row.pk})


def _letter(request: HttpRequest, pk: UUID) -> TownLetter:
    rows = TownLetter.objects.select_related("round__district", "town")
    return get_visible_or_404(rows, request.user, pk=pk)


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Letters of the round, and towns that have none yet."""
    demand(rules.can_read_letters(request.user))
    round_ = current_round(request.user, request.session.get("round", ""))
    rows = letters(request.user, round_)
    context = {
        "round": round_,
        "page": keyset(rows, order=["-id"], cursor=request.GET.get("cursor", "")),
        "count": capped_count(rows),
        "without": towns_without(request.user, round_),
        "may_draft": round_ is not None and rules.can_draft(request.user, round_),
    }
    return render(request, "surveys/town_letters.html", context)


@require_POST
def draft(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Draft the letter about a town of the round one works in."""
    town = get_visible_or_404(Town.objects, request.user, pk=pk)
    demand(rules.can_read_letters(request.user))
    round_ = current_round(request.user, request.session.get("round", ""))
    made: list[TownLetter] = []

    def write() -> TownLetter:
        if round_ is None:
            raise ServiceError("还没有巡察轮次。")
        made.append(services.draft_town_letter(actor=request.user, round=round_, town=town))
        return made[0]

    response = perform(
        request,
        write,
        scope=f"surveys.town_letter.draft:{pk}",
        success=reverse("surveys:town_letters"),
        message="已按锁定的结果起草，数据不再变动，请核对文字。",
    )
    if made:
        response["Location"] = _page(made[0])
    return response


@require_GET
def letter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One letter as it reads, and its steps."""
    row = _letter(request, pk)
    context = {
        "object": row,
        "text": letter_text(row, clock.today()),
        "offers": TOWN_LETTER.available(request.user, row),
        "may_edit": rules.can_edit(request.user, row),
    }
    return render(request, "surveys/town_letter.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The words of a draft."""
    row = _letter(request, pk)
    demand(rules.can_edit(request.user, row))
    initial = {name: getattr(row, name) for name in (*services.LETTER_FIELDS, "revision")}
    form = TownLetterForm(request.POST or None, initial=initial)

    def save(values: dict[str, Any]) -> TownLetter:
        revision = values.pop("revision")
        return services.edit_town_letter(actor=request.user, letter=row, revision=revision, values=values)

    return submit(
        request,
        form,
        save,
        scope=f"surveys.town_letter.edit:{pk}",
        template="surveys/town_letter_form.html",
        success=_page,
        context={"object": row, "cancel_url": _page(row)},
    )


@require_POST
def action(request: HttpRequest, pk: UUID, action: str) -> HttpResponse:
    """Submit, sign, return or void."""
    row = _letter(request, pk)
    if action not in _DONE:
        raise Http404
    revision, reason = revision_of(request), request.POST.get("reason", "")
    return perform(
        request,
        lambda: services.step_town_letter(
            actor=request.user, letter=row, step=action, revision=revision, reason=reason
        ),
        scope=f"surveys.town_letter.{action}:{pk}",
        success=_page(row),
        message=_DONE[action],
    )


@require_POST
def word(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Have the letter made as Word; the progress stands on the job's page."""
    row = _letter(request, pk)
    return redirect("core:job", pk=services.request_town_letter(actor=request.user, letter=row).pk)
