"""My background jobs: the list, one job's progress, its result, and the line in the top bar."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.access import get_visible_or_404
from core.audit import record
from core.files.responses import send
from core.jobs import cancel, retry
from core.listing import capped_count, keyset
from core.models.jobs import Job
from core.submissions import perform


def jobs(request: HttpRequest) -> HttpResponse:
    """Everything this person asked for, newest first."""
    rows = Job.objects.visible_to(request.user)
    page = keyset(rows, order=["-id"], cursor=request.GET.get("cursor", ""))
    return render(request, "core/jobs.html", {"page": page, "count": capped_count(rows)})


def job(request: HttpRequest, pk: Any) -> HttpResponse:
    """One job: the bar alone when a page asks again, a page of its own otherwise."""
    row = get_visible_or_404(Job.objects, request.user, pk=pk)
    template = "components/job_progress.html" if request.htmx else "core/job.html"  # type: ignore[attr-defined]
    return render(request, template, {"job": row})


def jobs_bar(request: HttpRequest) -> HttpResponse:
    """The unfinished jobs in the top bar."""
    rows = list(Job.objects.visible_to(request.user).unfinished()[:20])
    return render(request, "components/jobs_bar.html", {"jobs": rows, "url": reverse("core:jobs")})


@require_POST
def job_cancel(request: HttpRequest, pk: Any) -> HttpResponse:
    """Stop a job that is no longer wanted."""
    row = get_visible_or_404(Job.objects, request.user, pk=pk)
    back = reverse("core:jobs")
    return perform(
        request, lambda: cancel(actor=request.user, row=row), scope=f"jobs.cancel:{pk}", success=back
    )


@require_POST
def job_retry(request: HttpRequest, pk: Any) -> HttpResponse:
    """Run a failed job again."""
    row = get_visible_or_404(Job.objects, request.user, pk=pk)
    back = reverse("core:jobs")
    return perform(
        request, lambda: retry(actor=request.user, row=row), scope=f"jobs.retry:{pk}", success=back
    )


def job_file(request: HttpRequest, pk: Any) -> HttpResponse:
    """Download the result; every download is in the trail."""
    row = get_visible_or_404(Job.objects.select_related("result_file"), request.user, pk=pk)
    if row.result_file is None:
        raise Http404
    record(actor=request.user, verb="jobs.download", target=row, after={"file": row.result_file.name})
    return send(row.result_file)
