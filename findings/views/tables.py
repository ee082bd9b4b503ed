"""Pages of survey tables: the list, a village's tables at a glance, one sheet, its grid."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from core import clock
from core.access import demand, get_visible_or_404
from core.errors import NotAllowed, ServiceError
from core.ids import key_of
from core.submissions import perform, revision_in, submit
from findings import rules, services
from findings.forms.table import TableForm, rows_of
from findings.models import TABLES, Finding, SurveyTable, TableKind
from findings.rules.table_cells import typed_rows
from findings.selectors.table_grid import checked_grid, grid
from findings.selectors.tables import (
    TableFilters,
    citing,
    glance,
    table_list,
    table_page,
    with_table_relations,
)
from findings.views.minutes import bring_minutes_back, put_minutes_aside, take_minutes_step
from findings.views.shared import lacks_of_minutes, members_of, refused, working_round, writable_villages
from findings.workflow import TABLE_FLOW
from villages.models import VillageInspection


def tables(request: HttpRequest) -> HttpResponse:
    """Survey sheets of the round."""
    round_ = working_round(request)
    filters = TableFilters.read(request.GET)
    listed = table_list(request.user, round_, filters, cursor=request.GET.get("cursor", ""))
    villages = VillageInspection.objects.visible_to(request.user).filter(round=round_)
    context = {
        "round": round_,
        "filters": filters,
        "listed": listed,
        "page": listed.page,
        "count": listed.count,
        "kept": [(name, value) for name, value in request.GET.items() if name not in ("q", "cursor")],
        "inspections": villages.select_related("village").order_by("team__number", "village__code"),
        "writable": set(writable_villages(request.user, round_).values_list("pk", flat=True)),
    }
    return render(request, "findings/tables.html", context)


def visible_inspection(request: HttpRequest, pk: Any) -> VillageInspection:
    """The village one may see, with what rules and pages of its tables read."""
    rows = VillageInspection.objects.select_related("round__district", "team", "village", "town")
    if not rules.can_browse(request.user):
        # The inspected side sees the village, but nothing of what was counted there.
        raise Http404
    return get_visible_or_404(rows, request.user, pk=pk)


def village_tables(request: HttpRequest, pk: Any) -> HttpResponse:
    """A village's tables side by side: rows, sums, hints, state."""
    inspection = visible_inspection(request, pk)
    context = {
        "inspection": inspection,
        "glance": glance(request.user, inspection),
        "can_write": rules.can_create(request.user, inspection),
    }
    return render(request, "findings/village_tables.html", context)


@require_POST
def village_tables_excel(request: HttpRequest, pk: Any) -> HttpResponse:
    """Ask for all sheets of a village in one workbook."""
    inspection = visible_inspection(request, pk)
    try:
        job = services.request_village_tables(actor=request.user, inspection=inspection)
    except NotAllowed:
        raise
    except ServiceError as refusal:
        return refused(request, refusal, reverse("findings:village_tables", kwargs={"pk": inspection.pk}))
    return redirect("core:job", pk=job.pk)


def _visible_table(request: HttpRequest, pk: Any) -> SurveyTable:
    return get_visible_or_404(with_table_relations(SurveyTable.objects.all()), request.user, pk=pk)


def address(row: SurveyTable) -> str:
    """The page of a sheet."""
    return reverse("findings:table", kwargs={"pk": row.pk})


def table(request: HttpRequest, pk: Any) -> HttpResponse:
    """One sheet with its figures, what they suggest, its signatures and its steps."""
    row = _visible_table(request, pk)
    offers = [o for o in TABLE_FLOW.available(request.user, row) if o.transition.name != "reopen"]
    can_lead = rules.can_open_lead(request.user, row.inspection)
    signed = row.status == row.Status.SIGNED and not row.deleted_at
    context = table_page(request.user, row) | {
        "object": row,
        "table": row,
        "offers": [] if row.deleted_at else offers,
        "can_edit": rules.can_edit_minutes(request.user, row),
        "can_delete": rules.can_delete_minutes(request.user, row),
        "can_restore": rules.can_restore_minutes(request.user, row),
        "can_lead": can_lead and not row.deleted_at,
        "findings": citing(request.user, row) if signed and rules.writes_in(request.user, row) else [],
        "lacks": lacks_of_minutes(row),
    }
    return render(request, "findings/table.html", context)


def table_new(request: HttpRequest, pk: Any, kind: str) -> HttpResponse:
    """Open a sheet for a village."""
    inspection = visible_inspection(request, pk)
    if kind not in TABLES:
        raise Http404
    demand(rules.can_create(request.user, inspection))
    start = {"recorder": request.user.pk, "happened_at": timezone.localtime(clock.now()).replace(minute=0)}
    form = TableForm(
        request.POST or None,
        initial=start,
        spec=TABLES[kind],
        members=members_of(inspection.team_id),
        new=True,
    )

    def save(values: dict[str, Any]) -> SurveyTable:
        return services.create_table(
            actor=request.user, inspection=inspection, kind=kind, values=form.head, rows=values["rows"]
        )

    return submit(
        request,
        form,
        save,
        scope=f"findings.table.new:{inspection.pk}:{kind}",
        template="findings/table_form.html",
        context=_grid_page(inspection, kind)
        | {"cancel_url": reverse("findings:village_tables", kwargs={"pk": inspection.pk})},
        success=address,
        message="已保存草稿。核对无误后由记录人提交。",
    )


def table_edit(request: HttpRequest, pk: Any) -> HttpResponse:
    """Change a sheet; says beforehand and afterwards what that does to its signatures."""
    row = _visible_table(request, pk)
    demand(rules.can_edit_minutes(request.user, row))
    form = TableForm(
        request.POST or None, initial=_stored(row), spec=row.spec, members=members_of(row.team_id)
    )
    signed = row.status != row.Status.DRAFT

    def save(values: dict[str, Any]) -> SurveyTable:
        return services.edit_table(
            actor=request.user,
            table=row,
            revision=values["revision"],
            values=form.head,
            rows=values["rows"],
        )

    return submit(
        request,
        form,
        save,
        scope=f"findings.table.edit:{row.pk}",
        template="findings/table_form.html",
        context=_grid_page(row.inspection, row.kind, row)
        | {"cancel_url": address(row), "table": row, "signed": signed},
        success=address,
        message="已保存。内容有改动的，原签名已失效，须重新签名。" if signed else "已保存。",
        stored=_stored,
    )


def _stored(row: SurveyTable) -> dict[str, Any]:
    start = {name: getattr(row, name) for name in (*services.TABLE_FIELDS, "revision")}
    return start | {"rows": json.dumps(typed_rows(row.spec, row.rows), ensure_ascii=False)}


def _grid_page(inspection: VillageInspection, kind: str, table: SurveyTable | None = None) -> dict[str, Any]:
    where = {"pk": inspection.pk, "kind": kind}
    about = f"?biao={table.pk}" if table else ""
    return {
        "inspection": inspection,
        "kind": TableKind(kind),
        "spec": TABLES[kind],
        "grid": grid(kind) | {"check": reverse("findings:table_check", kwargs=where) + about},
    }


@require_POST
def table_check(request: HttpRequest, pk: Any, kind: str) -> JsonResponse:
    """What the rows typed so far give: cells that cannot be read, figures, sums, hints. Nothing is kept."""
    inspection = visible_inspection(request, pk)
    if kind not in TABLES:
        raise Http404
    demand(rules.can_create(request.user, inspection))
    stored = SurveyTable.objects.visible_to(request.user).filter(inspection=inspection, kind=kind)
    current = stored.filter(pk=key_of(request.GET.get("biao", ""))).first()
    try:
        rows = rows_of(request.POST.get("rows", ""), request.POST.get("sealed_rows", ""))
    except (ValueError, RecursionError):
        return JsonResponse({"message": "表格内容没有传完整。"}, status=400)
    return JsonResponse(checked_grid(inspection, kind, rows, request.POST.get("happened_at", ""), current))


@require_POST
def table_action(request: HttpRequest, pk: Any, action: str) -> HttpResponse:
    """Submit, sign or return a sheet."""
    row = _visible_table(request, pk)
    return take_minutes_step(request, row, action, address(row))


@require_POST
def table_delete(request: HttpRequest, pk: Any) -> HttpResponse:
    """Put an unsigned one aside."""
    row = _visible_table(request, pk)
    return put_minutes_aside(request, row, address(row))


@require_POST
def table_restore(request: HttpRequest, pk: Any) -> HttpResponse:
    """Bring a deleted one back."""
    row = _visible_table(request, pk)
    return bring_minutes_back(request, row, address(row))


@require_POST
def table_file(request: HttpRequest, pk: Any, form: str) -> HttpResponse:
    """Ask for the sheet as Word or Excel; the progress stands on the job's page."""
    row = _visible_table(request, pk)
    if form not in ("word", "excel"):
        raise Http404
    job = services.request_table(actor=request.user, table=row, form=form)
    return redirect("core:job", pk=job.pk)


@require_POST
def table_lead(request: HttpRequest, pk: Any) -> HttpResponse:
    """Make a lead of one hint."""
    row = _visible_table(request, pk)
    key = request.POST.get("hint", "")
    demand(rules.can_open_lead(request.user, row.inspection))
    return perform(
        request,
        lambda: services.lead_from_hint(actor=request.user, table=row, key=key),
        scope=f"findings.table.lead:{row.pk}",
        success=f"{address(row)}#tishi",
        message="已登记为疑点，可以认领、分派核查。",
    )


@require_POST
def table_cite(request: HttpRequest, pk: Any) -> HttpResponse:
    """List one row as supporting material of a workpaper."""
    row = _visible_table(request, pk)
    demand(rules.writes_in(request.user, row))
    # A paper and the revision it was offered with: ``<key>:<revision>``.
    key, _, seen = request.POST.get("finding", "").partition(":")
    papers = Finding.objects.visible_to(request.user).select_related("inspection", "team", "round", "handler")
    finding = papers.filter(pk=key_of(key)).first()

    def cite() -> Finding:
        if finding is None:
            raise ServiceError("请选择列入哪份底稿。")
        return services.cite_row(
            actor=request.user,
            table=row,
            finding=finding,
            row_id=request.POST.get("row", ""),
            revision=revision_in(seen),
        )

    return perform(
        request,
        cite,
        scope=f"findings.table.cite:{row.pk}",
        success=address(row),
        message="已列入底稿的支撑材料。",
    )
