"""Pages of one sheet: what was understood, its columns, and the steps into the books and out of them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.access import demand
from core.forms import SheetForm
from core.submissions import perform, revision_of, submit
from ledgers import services
from ledgers.forms import ConfirmForm, WithdrawForm
from ledgers.models import LedgerKind, LedgerSheet, SheetStatus
from ledgers.rules.keeping import can_decide
from ledgers.selectors.columns import column_lines, columns_said, options
from ledgers.selectors.rows import RowFilters, row_list
from ledgers.selectors.shelf import replaceable, twin_of
from ledgers.views.shared import visible_sheet

_FIRST = 10


def address(row: LedgerSheet) -> str:
    """The page of a sheet."""
    return reverse("ledgers:sheet", kwargs={"pk": row.pk})


def sheet(request: HttpRequest, pk: Any) -> HttpResponse:
    """What was understood of a sheet, what does not agree in it, its first rows."""
    row = visible_sheet(request, pk)
    listed = row_list(request.user, row.village, RowFilters(biao=str(row.pk)), size=_FIRST)
    waiting = row.status == SheetStatus.PREVIEW
    twin = twin_of(row) if waiting and row.kind else None
    context = {
        "object": row,
        "sheet": row,
        "village": row.village,
        "listed": listed,
        "can_decide": can_decide(request.user, row),
        "waiting": waiting,
        "twin": twin,
        "columns": columns_said(row),
        "asks": row.doubtful or twin is not None,
    }
    return render(request, "ledgers/sheet.html", context)


def sheet_confirm(request: HttpRequest, pk: Any) -> HttpResponse:
    """Take a sheet into the books; asks for the reason and for the sheet it replaces where that is open."""
    row = visible_sheet(request, pk)
    demand(can_decide(request.user, row))
    known = replaceable(row) if row.kind else []
    twin = twin_of(row) if known else None
    start = {"revision": row.revision, "replaces": twin.pk if twin else ""}
    form = ConfirmForm(request.POST or None, initial=start, sheet=row, known=known)

    def confirm(values: dict[str, Any]) -> LedgerSheet:
        return services.confirm_sheet(
            actor=request.user,
            sheet=row,
            reason=values.get("reason", ""),
            replaces=form.chosen,
            beside=form.beside,
            revision=values["revision"],
        )

    return submit(
        request,
        form,
        confirm,
        scope=f"ledgers.sheet.confirm:{row.pk}",
        template="ledgers/sheet_confirm.html",
        context=_page(row, "确认入账册") | {"gaps": [{"told": gap} for gap in row.gaps]},
        success=address,
        message="已入账册，可以比对了。",
    )


def _page(row: LedgerSheet, label: str) -> dict[str, Any]:
    return {"sheet": row, "village": row.village, "submit_label": label, "cancel_url": address(row)}


def sheet_withdraw(request: HttpRequest, pk: Any) -> HttpResponse:
    """Take a sheet out of the books, with the reason."""
    row = visible_sheet(request, pk)
    demand(can_decide(request.user, row))
    return submit(
        request,
        WithdrawForm(request.POST or None, initial={"revision": row.revision}),
        lambda values: services.withdraw_sheet(actor=request.user, sheet=row, **values),
        scope=f"ledgers.sheet.withdraw:{row.pk}",
        template="ledgers/sheet_withdraw.html",
        context=_page(row, "撤出账册"),
        success=address,
        message="已撤出账册，它的行不再参加比对。",
    )


@require_POST
def sheet_discard(request: HttpRequest, pk: Any) -> HttpResponse:
    """Give a preview up."""
    row = visible_sheet(request, pk)
    demand(can_decide(request.user, row))
    return perform(
        request,
        lambda: services.discard_sheet(actor=request.user, sheet=row, revision=revision_of(request)),
        scope=f"ledgers.sheet.discard:{row.pk}",
        success=reverse("ledgers:source", kwargs={"pk": row.source_id}),
        message="已放弃这张表。",
    )


def sheet_columns(request: HttpRequest, pk: Any) -> HttpResponse:
    """Say what each column of a preview stands for; the sheet is read again so."""
    row = visible_sheet(request, pk)
    demand(can_decide(request.user, row))
    asked = request.POST.get("kind") or request.GET.get("kind") or row.kind
    kind = asked if asked in LedgerKind.values else LedgerKind.ENTRIES.value
    lines = column_lines(row, kind)
    chosen = [request.POST.get(f"column-{line.number}", "") for line in lines]
    context = _page(row, "按此重新读取") | {
        "kind": kind,
        "kind_name": LedgerKind(kind).label,
        "kinds": LedgerKind.choices,
        "options": options(kind, row),
        "chosen_lines": [
            (line, value if request.method == "POST" else line.chosen)
            for line, value in zip(lines, chosen, strict=True)
        ],
    }
    return submit(
        request,
        SheetForm(request.POST or None),
        lambda values: services.map_columns(
            actor=request.user, sheet=row, kind=kind, fields=chosen, revision=revision_of(request)
        ),
        scope=f"ledgers.sheet.columns:{row.pk}",
        template="ledgers/sheet_columns.html",
        context=context,
        success=address,
        message="已按所选的列重新读取。",
    )
