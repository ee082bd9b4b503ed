"""Taking in a list of problems in three steps: upload, look at what would happen, confirm exactly that."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.access import demand, get_visible_or_404
from core.submissions import revision_of, submit
from core.views.staging import confirm_import, discard_import
from findings import rules, services
from findings.forms.parts import ListUploadForm
from findings.models import FindingImport
from findings.selectors.finding_file import COLUMNS
from findings.selectors.finding_plan import CREATE, FindingPlan
from findings.views.shared import working_round

# A preview is for reading: of a very long list the first rows are shown, the counts cover all.
_SHOWN = 300


def finding_import(request: HttpRequest) -> HttpResponse:
    """Upload a list."""
    round_ = working_round(request)
    demand(rules.can_import(request.user, round_))
    return submit(
        request,
        ListUploadForm(request.POST or None, request.FILES or None),
        lambda values: services.stage_finding_import(actor=request.user, round=round_, upload=values["file"]),
        scope="findings.import",
        template="findings/import_upload.html",
        success=_address,
        context={
            "round": round_,
            "columns": COLUMNS,
            "submit_label": "上传并预览",
            "cancel_url": reverse("findings:review"),
        },
        message="",
    )


def _address(staged: FindingImport) -> str:
    return reverse("findings:import_preview", kwargs={"pk": staged.pk})


def _staged(request: HttpRequest, pk: Any) -> FindingImport:
    return get_visible_or_404(FindingImport.objects.select_related("round"), request.user, pk=pk)


def import_preview(request: HttpRequest, pk: Any) -> HttpResponse:
    """What the list would make, row by row; nothing is written yet."""
    staged = _staged(request, pk)
    plan = FindingPlan.from_json(staged.payload)
    context = {
        "object": staged,
        "plan": plan,
        "lines": plan.lines[:_SHOWN],
        "more": max(0, len(plan.lines) - _SHOWN),
        "good": plan.count(CREATE),
        "known": len(plan.lines) - plan.count(CREATE),
    }
    return render(request, "findings/import_preview.html", context)


@require_POST
def import_commit(request: HttpRequest, pk: Any) -> HttpResponse:
    """Write what was previewed."""
    staged = _staged(request, pk)
    return confirm_import(
        request,
        staged,
        services.commit_staged_import,
        revision=revision_of(request),
        scope="findings.import.commit",
        success=_address(staged),
    )


@require_POST
def import_discard(request: HttpRequest, pk: Any) -> HttpResponse:
    """Throw a preview away."""
    staged = _staged(request, pk)
    return discard_import(
        request,
        staged,
        services.discard_finding_import,
        revision=revision_of(request),
        scope="findings.import.discard",
        success=reverse("findings:finding_import"),
    )
