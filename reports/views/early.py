"""Early letters to towns about common problems."""

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
from findings.models import CommonGroup
from reports import rules, services
from reports.forms import EarlyLetterForm
from reports.models import EarlyLetter
from reports.selectors.early import early_letters, early_text
from reports.views.base import round_of
from reports.workflow import EARLY_LETTER
from surveys.services import LETTER_FIELDS
from villages.access import is_inspected
from villages.models import Town

_DONE = {"send": "已签发并编号，镇（街道）在门户里可以看到。", "void": "已作废。"}


def _page(row: EarlyLetter) -> str:
    return reverse("reports:early_letter", kwargs={"pk": row.pk})


def _letter(request: HttpRequest, pk: UUID) -> EarlyLetter:
    """The letter; the addressee reads it through the own portal, never here."""
    if is_inspected(request.user):
        raise Http404
    rows = EarlyLetter.objects.select_related("round__district", "town", "group")
    return get_visible_or_404(rows, request.user, pk=pk)


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Letters of the round."""
    demand(rules.can_read_early(request.user))
    round_ = round_of(request)
    rows = early_letters(request.user, round_)
    context = {
        "round": round_,
        "page": keyset(rows, order=["-id"], cursor=request.GET.get("cursor", "")),
        "count": capped_count(rows),
    }
    return render(request, "reports/early_letters.html", context)


@require_POST
def draft(request: HttpRequest, pk: UUID, town: UUID) -> HttpResponse:
    """Draft the letter to a town about a common problem."""
    group = get_visible_or_404(CommonGroup.objects.select_related("round__district"), request.user, pk=pk)
    place = get_visible_or_404(Town.objects, request.user, pk=town)
    demand(rules.can_draft_early(request.user, group))
    made: list[EarlyLetter] = []

    def write() -> EarlyLetter:
        made.append(services.draft_early_letter(actor=request.user, group=group, town=place))
        return made[0]

    response = perform(
        request,
        write,
        scope=f"reports.early.draft:{pk}:{town}",
        success=reverse("findings:common", kwargs={"pk": group.pk}),
        message="提示函已起草，请核对文字后签发。",
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
        "text": early_text(row, clock.today()),
        "offers": EARLY_LETTER.available(request.user, row),
        "may_edit": rules.can_edit_early(request.user, row),
    }
    return render(request, "reports/early_letter.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The words of a draft."""
    row = _letter(request, pk)
    demand(rules.can_edit_early(request.user, row))
    initial = {name: getattr(row, name) for name in (*LETTER_FIELDS, "revision")}

    def save(values: dict[str, Any]) -> EarlyLetter:
        revision = values.pop("revision")
        return services.edit_early_letter(actor=request.user, letter=row, revision=revision, values=values)

    return submit(
        request,
        EarlyLetterForm(request.POST or None, initial=initial),
        save,
        scope=f"reports.early.edit:{pk}",
        template="reports/early_letter_form.html",
        success=_page,
        context={"object": row, "cancel_url": _page(row)},
    )


@require_POST
def action(request: HttpRequest, pk: UUID, action: str) -> HttpResponse:
    """Send a letter or give it up."""
    row = _letter(request, pk)
    if action not in _DONE:
        raise Http404
    revision, reason = revision_of(request), request.POST.get("reason", "")
    return perform(
        request,
        lambda: services.step_early_letter(
            actor=request.user, letter=row, step=action, revision=revision, reason=reason
        ),
        scope=f"reports.early.{action}:{pk}",
        success=_page(row),
        message=_DONE[action],
    )


@require_POST
def word(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Have the letter made as Word; the progress stands on the job's page."""
    row = _letter(request, pk)
    return redirect("core:job", pk=services.request_early_letter(actor=request.user, letter=row).pk)
