"""Taking a workbook into the rule book in three steps: upload, look at what would happen, confirm exactly that."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.access import demand, get_visible_or_404
from core.submissions import revision_of, submit
from core.views.staging import confirm_import, discard_import
from prep import services
from prep.forms.rulebook import BookUploadForm
from prep.models import RuleBookImport
from prep.rules.rulebook import can_keep_book
from prep.selectors.rulebook_file import COLUMNS
from prep.selectors.rulebook_plan import CHANGE, CREATE, EDITION, UNCHANGED, BookPlan


@require_http_methods(["GET", "POST"])
def book_import(request: HttpRequest) -> HttpResponse:
    """Upload a workbook."""
    demand(can_keep_book(request.user))
    return submit(
        request,
        BookUploadForm(request.POST or None, request.FILES or None),
        lambda values: services.stage_book_import(actor=request.user, upload=values["file"]),
        scope="prep.rulebook_import",
        template="prep/regulation_upload.html",
        success=_preview,
        context={
            "columns": COLUMNS,
            "submit_label": "上传并预览",
            "cancel_url": reverse("prep:regulations"),
        },
        message="",
    )


def _preview(staged: RuleBookImport) -> str:
    return reverse("prep:book_preview", kwargs={"pk": staged.pk})


def _staged(request: HttpRequest, pk: UUID) -> RuleBookImport:
    return get_visible_or_404(RuleBookImport.objects, request.user, pk=pk)


@require_GET
def book_preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the workbook would do to the book; nothing is written yet."""
    staged = _staged(request, pk)
    plan = BookPlan.from_json(staged.payload)
    context = {
        "object": staged,
        "plan": plan,
        "new": plan.count(CREATE),
        "editions": plan.count(EDITION),
        "changed": plan.count(CHANGE),
        "same": plan.count(UNCHANGED),
        "lines": [line for line in plan.lines if line.action != UNCHANGED],
    }
    return render(request, "prep/regulation_preview.html", context)


@require_POST
def book_commit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write what was previewed."""
    staged = _staged(request, pk)
    return confirm_import(
        request,
        staged,
        services.commit_book_import,
        revision=revision_of(request),
        scope="prep.book_commit",
        success=_preview(staged),
    )


@require_POST
def book_discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Throw a preview away."""
    staged = _staged(request, pk)
    return discard_import(
        request,
        staged,
        services.discard_book_import,
        revision=revision_of(request),
        scope="prep.book_discard",
        success=_preview(staged),
    )
