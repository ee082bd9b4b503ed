"""One sentence: its evidence beside the text, rewriting, adding, ordering, settling."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from core.access import demand
from core.submissions import perform, posted_revision, submit
from reports import rules, services
from reports.forms import AddStatementForm, StatementForm
from reports.models import Report, Statement
from reports.selectors import pages
from reports.views.base import fetch_report, fetch_statement

_BUTTONS: dict[str, tuple[Callable[..., Any], dict[str, Any], str]] = {
    "shangyi": (services.move_statement, {"up": True}, ""),
    "xiayi": (services.move_statement, {"up": False}, ""),
    "gaizheng": (services.correct_amount, {}, "金额已按底稿合计改正。"),
    "caiyong": (services.accept_generated, {}, "已采用按现有事实生成的文字。"),
    "baoliu": (services.keep_wording, {}, "已保留原文字。"),
    "shanchu": (services.remove_statement, {}, "已删除；原文字留在办理记录中。"),
}


def _address(report: Report, statement: Any = "") -> str:
    url = reverse("reports:report", args=[report.pk])
    return f"{url}?ju={statement}#s-{statement}" if statement else url


@require_GET
def evidence(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What a sentence stands on, as the panel of the report page."""
    statement = fetch_statement(request, pk)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(_address(statement.report, pk))
    context = {
        "evidence": pages.evidence(request.user, statement),
        "edit": rules.can_edit_report(request.user, statement.report),
    }
    return render(request, "reports/evidence.html", context)


def statement_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Rewrite a sentence."""
    row = fetch_statement(request, pk)
    demand(rules.can_edit_report(request.user, row.report))
    initial = {
        "revision": row.revision,
        "text": row.text,
        "kind": row.kind,
        "findings": list(row.sources.values_list("finding_id", flat=True)),
    }
    return submit(
        request,
        StatementForm(request.POST or None, initial=initial, statement=row),
        lambda values: services.edit_statement(actor=request.user, statement=row, **values),
        scope=f"reports.statement:{pk}",
        template="reports/form.html",
        success=lambda saved: _address(saved.report, saved.pk),
        context={
            "heading": "改写语句",
            "report": row.report,
            "statement": row,
            "cancel_url": _address(row.report, pk),
        },
    )


def statement_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add a sentence of one's own."""
    report = fetch_report(request, pk)
    demand(rules.can_edit_report(request.user, report))

    def do(values: dict[str, Any]) -> Statement:
        values.pop("place")
        return services.add_statement(actor=request.user, report=report, **values)

    return submit(
        request,
        AddStatementForm(
            request.POST or None, initial={"place": request.GET.get("place", "")}, report=report
        ),
        do,
        scope=f"reports.add:{pk}",
        template="reports/form.html",
        success=lambda saved: _address(saved.report, saved.pk),
        context={"heading": "添加语句", "report": report, "cancel_url": _address(report)},
    )


@require_POST
def statement_action(request: HttpRequest, pk: UUID, action: str) -> HttpResponse:
    """A button beside a sentence."""
    row = fetch_statement(request, pk)
    if action not in _BUTTONS:
        raise Http404
    service, options, message = _BUTTONS[action]
    return perform(
        request,
        lambda: service(actor=request.user, statement=row, revision=posted_revision(request), **options),
        scope=f"reports.{action}:{pk}",
        success=_address(row.report, "" if action == "shanchu" else pk),
        message=message,
    )
