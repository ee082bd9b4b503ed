"""Pages of documents asked for: the list, what is put on it, and each step."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from core import clock
from core.access import demand, get_visible_or_404
from core.errors import NotAllowed
from core.ids import key_of
from core.submissions import submit
from findings import rules, services
from findings.forms.documents import (
    LoanAskForm,
    LoanCancelForm,
    LoanEditForm,
    LoanReturnForm,
    LoanTakeForm,
)
from findings.models import Loan, LoanStatus
from findings.selectors.documents import LoanFilters, loan_list, with_loan_relations
from findings.selectors.loan_print import loan_days
from findings.views.shared import NOWHERE, village_named, working_round, writable_villages
from findings.workflow import LOAN_FLOW

# Step: its form, the field that begins with today, the service, what is said afterwards.
_STEPS: dict[str, tuple[type[Any], str, Callable[..., Loan], str]] = {
    "lend": (LoanTakeForm, "lent_on", services.lend, "已登记借出。"),
    "give_back": (LoanReturnForm, "returned_on", services.give_back, "已登记归还。"),
    "cancel": (LoanCancelForm, "", services.cancel_loan, "已注明不再调阅。"),
}


def loans(request: HttpRequest) -> HttpResponse:
    """Documents asked for in the round."""
    round_ = working_round(request)
    filters = LoanFilters.read(request.GET)
    listed = loan_list(request.user, round_, filters, cursor=request.GET.get("cursor", ""))
    rows = [(row, _next_step(request.user, row)) for row in listed.page.rows]
    context = {
        "round": round_,
        "filters": filters,
        "listed": listed,
        "page": listed.page,
        "count": listed.count,
        "rows": rows,
        "can_write": writable_villages(request.user, round_).exists(),
        "printable": loan_days(request.user, round_, filters.village) if filters.village else None,
        "can_sign": any(LOAN_FLOW.check(request.user, row, "sign") for row in listed.page.rows),
    }
    return render(request, "findings/loans.html", context)


def _next_step(user: Any, row: Loan) -> str:
    """The one step a row offers in the list."""
    step = {LoanStatus.ASKED: "lend", LoanStatus.LENT: "give_back"}.get(LoanStatus(row.status), "")
    return step if step and LOAN_FLOW.check(user, row, step) else ""


def loan_ask(request: HttpRequest) -> HttpResponse:
    """Put documents on a village's list."""
    round_ = working_round(request)
    villages = writable_villages(request.user, round_)
    if not villages.exists():
        raise NotAllowed(NOWHERE)
    start = {"village": village_named(villages, request.GET.get("village", ""))}
    form = LoanAskForm(request.POST or None, initial=start, villages=villages)

    def save(values: dict[str, Any]) -> Any:
        inspection = values.pop("village")
        services.ask_for(actor=request.user, inspection=inspection, **values)
        return inspection

    return submit(
        request,
        form,
        save,
        scope="findings.loan.ask",
        template="findings/loan_form.html",
        context={"cancel_url": reverse("findings:loans"), "submit_label": "登记", "title": "登记调阅资料"},
        success=lambda inspection: f"{reverse('findings:loans')}?village={inspection.village.code}",
        message="已登记，等组长签字。",
    )


def _visible_loan(request: HttpRequest, pk: Any) -> Loan:
    return get_visible_or_404(with_loan_relations(Loan.objects.all()), request.user, pk=pk)


def address(row: Loan) -> str:
    """The page of a document."""
    return reverse("findings:loan", kwargs={"pk": row.pk})


def loan(request: HttpRequest, pk: Any) -> HttpResponse:
    """One document with who gave, took and got it back."""
    row = _visible_loan(request, pk)
    steps = [
        (name, LOAN_FLOW.transitions[name].label)
        for name in _STEPS
        if LOAN_FLOW.check(request.user, row, name)
    ]
    context = {"object": row, "loan": row, "steps": steps, "can_edit": rules.can_edit_loan(request.user, row)}
    return render(request, "findings/loan.html", context)


def loan_edit(request: HttpRequest, pk: Any) -> HttpResponse:
    """Change what is asked for."""
    row = _visible_loan(request, pk)
    demand(rules.can_edit_loan(request.user, row))
    form = LoanEditForm(request.POST or None, initial=_stored(row))

    def save(values: dict[str, Any]) -> Loan:
        return services.edit_loan(
            actor=request.user, loan=row, revision=values.pop("revision"), values=values
        )

    return submit(
        request,
        form,
        save,
        scope=f"findings.loan.edit:{row.pk}",
        template="findings/loan_form.html",
        context={"cancel_url": address(row), "loan": row, "title": "修改调阅资料"},
        success=address,
        stored=_stored,
    )


def _stored(row: Loan) -> dict[str, Any]:
    return {name: getattr(row, name) for name in (*services.LOAN_FIELDS, "revision")}


def loan_step(request: HttpRequest, pk: Any, action: str) -> HttpResponse:
    """Take, return or drop a document."""
    row = _visible_loan(request, pk)
    if action not in _STEPS:
        raise Http404
    demand(LOAN_FLOW.check(request.user, row, action))
    form_type, day, service, done = _STEPS[action]
    start = {"revision": row.revision} | ({day: clock.today()} if day else {})
    form = form_type(request.POST or None, initial=start)
    return submit(
        request,
        form,
        lambda values: service(actor=request.user, loan=row, **values),
        scope=f"findings.loan.{action}:{row.pk}",
        template="findings/loan_form.html",
        context={"cancel_url": address(row), "loan": row, "title": LOAN_FLOW.transitions[action].label},
        success=address,
        message=done,
    )


@require_POST
def loans_sign(request: HttpRequest) -> HttpResponse:
    """The leader signs the ticked documents, or all that wait on this page."""
    working_round(request)
    keys = [key for key in map(key_of, request.POST.getlist("loan")[:200]) if key]
    rows = with_loan_relations(Loan.objects.visible_to(request.user).filter(pk__in=keys)).order_by("id")
    count = services.sign_loans(actor=request.user, loans=list(rows))
    messages.success(request, f"已签字{count}件。")
    return redirect("findings:loans")
