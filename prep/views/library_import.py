"""Taking a workbook into a draft in three steps: upload, look at what would happen, confirm exactly that."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.access import demand, get_visible_or_404
from core.submissions import revision_of, submit
from core.views.staging import confirm_import, discard_import
from prep import services
from prep.forms.library import LibraryUploadForm
from prep.models import LibraryImport
from prep.rules import library as library_rules
from prep.selectors.library_file import columns
from prep.selectors.library_plan import CHANGE, CREATE, UNCHANGED, LibraryPlan
from prep.views.library import address, visible_library


@require_http_methods(["GET", "POST"])
def library_import(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Upload a workbook for a draft."""
    row = visible_library(request, pk)
    demand(library_rules.can_edit_library(request.user, row))
    return submit(
        request,
        LibraryUploadForm(request.POST or None, request.FILES or None),
        lambda values: services.stage_library_import(actor=request.user, library=row, upload=values["file"]),
        scope=f"prep.library_import:{row.pk}",
        template="prep/library_upload.html",
        success=_preview,
        context={
            "library": row,
            "columns": columns({}),
            "submit_label": "上传并预览",
            "cancel_url": address(row),
        },
        message="",
    )


def _preview(staged: LibraryImport) -> str:
    return reverse("prep:library_preview", kwargs={"pk": staged.pk})


def _staged(request: HttpRequest, pk: UUID) -> LibraryImport:
    return get_visible_or_404(LibraryImport.objects.select_related("library"), request.user, pk=pk)


@require_GET
def library_preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the workbook would do to the draft; nothing is written yet."""
    staged = _staged(request, pk)
    plan = LibraryPlan.from_json(staged.payload)
    context = {
        "object": staged,
        "library": staged.library,
        "plan": plan,
        "new": plan.count(CREATE),
        "changed": plan.count(CHANGE),
        "same": plan.count(UNCHANGED),
        "lines": [line for line in plan.lines if line.action != UNCHANGED],
    }
    return render(request, "prep/library_preview.html", context)


@require_POST
def library_commit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write what was previewed."""
    staged = _staged(request, pk)
    return confirm_import(
        request,
        staged,
        services.commit_library_import,
        revision=revision_of(request),
        scope="prep.library_commit",
        success=_preview(staged),
    )


@require_POST
def library_discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Throw a preview away."""
    staged = _staged(request, pk)
    return discard_import(
        request,
        staged,
        services.discard_library_import,
        revision=revision_of(request),
        scope="prep.library_discard",
        success=address(staged.library),
    )
