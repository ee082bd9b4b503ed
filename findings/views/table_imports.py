"""Taking in a filled workbook of survey tables: upload, look at what would be made, confirm exactly that."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from core import clock
from core.access import demand, get_visible_or_404
from core.submissions import revision_of, submit
from core.views.staging import confirm_import, discard_import
from findings import rules, services
from findings.forms.table import TableUploadForm
from findings.models import TableImport
from findings.selectors.table_file import TablePlan
from findings.views.shared import members_of
from findings.views.tables import visible_inspection


def tables_import(request: HttpRequest, pk: Any) -> HttpResponse:
    """Upload a filled workbook."""
    inspection = visible_inspection(request, pk)
    demand(rules.can_create(request.user, inspection))
    members = members_of(inspection.team_id).exclude(pk=request.user.pk)
    start = {"happened_at": timezone.localtime(clock.now()).replace(minute=0), "place": "村委会"}
    form = TableUploadForm(request.POST or None, request.FILES or None, initial=start, members=members)

    def stage(values: dict[str, Any]) -> TableImport:
        upload = values.pop("file")
        return services.stage_tables(actor=request.user, inspection=inspection, upload=upload, values=values)

    return submit(
        request,
        form,
        stage,
        scope=f"findings.table.import:{inspection.pk}",
        template="findings/tables_import.html",
        success=_address,
        context={
            "inspection": inspection,
            "submit_label": "上传并预览",
            "cancel_url": reverse("findings:village_tables", kwargs={"pk": inspection.pk}),
        },
        message="",
    )


def _address(staged: TableImport) -> str:
    return reverse("findings:tables_preview", kwargs={"pk": staged.pk})


def _staged(request: HttpRequest, pk: Any) -> TableImport:
    rows = TableImport.objects.select_related("inspection__village", "inspection__round", "inspection__team")
    return get_visible_or_404(rows, request.user, pk=pk)


def tables_preview(request: HttpRequest, pk: Any) -> HttpResponse:
    """What the workbook would make, sheet by sheet; nothing is written yet."""
    staged = _staged(request, pk)
    context = {
        "object": staged,
        "inspection": staged.inspection,
        "plan": TablePlan.from_json(staged.payload),
    }
    return render(request, "findings/tables_preview.html", context)


@require_POST
def tables_commit(request: HttpRequest, pk: Any) -> HttpResponse:
    """Write what was previewed."""
    staged = _staged(request, pk)
    return confirm_import(
        request,
        staged,
        services.commit_tables,
        revision=revision_of(request),
        scope="findings.table.import.commit",
        success=reverse("findings:village_tables", kwargs={"pk": staged.inspection_id}),
        message="已导入为草稿，请逐张核对后提交。",
    )


@require_POST
def tables_discard(request: HttpRequest, pk: Any) -> HttpResponse:
    """Throw a preview away."""
    staged = _staged(request, pk)
    return discard_import(
        request,
        staged,
        services.discard_tables,
        revision=revision_of(request),
        scope="findings.table.import.discard",
        success=reverse("findings:tables_import", kwargs={"pk": staged.inspection_id}),
    )
