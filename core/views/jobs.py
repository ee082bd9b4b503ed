"""My background jobs: the list, one job's progress, its result, and the line in the top bar."""

from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import reswap, retarget

from core.access import get_visible_or_404
from core.audit import record
from core.files.responses import send
from core.jobs import cancel, may_have, retry
from core.listing import keyset
from core.models.jobs import Job, JobState
from core.submissions import perform

IN_BAR = 20
PARTS = {"row": "core/job_row.html", "card": "core/job_card.html"}
# What the pills of the list offer besides everything: value, word, states.
GROUPS = (
    ("active", "进行中", (JobState.QUEUED, JobState.RUNNING)),
    ("done", "已完成", (JobState.DONE,)),
    ("failed", "未完成", (JobState.FAILED, JobState.CANCELLED)),
)


@require_GET
def jobs(request: HttpRequest) -> HttpResponse:
    """Everything this person asked for, newest first."""
    mine = Job.objects.visible_to(request.user)
    options = _options(mine)
    chosen = request.GET.get("state", "")
    states = {value: states for value, _, states in GROUPS}
    rows = mine.filter(state__in=states[chosen]) if chosen in states else mine
    page = keyset(rows.select_related("result_file"), order=["-id"], cursor=request.GET.get("cursor", ""))
    count = next((o["count"] for o in options if o["value"] == chosen), options[0]["count"])
    return render(request, "core/jobs.html", {"page": page, "count": count, "options": options})


def _options(mine: QuerySet[Job]) -> list[dict[str, Any]]:
    counts = mine.order_by().aggregate(
        all=Count("pk"), **{value: Count("pk", filter=Q(state__in=states)) for value, _, states in GROUPS}
    )
    groups = [("", "全部", counts["all"]), *((value, word, counts[value]) for value, word, _ in GROUPS)]
    return [{"value": value, "label": word, "count": count} for value, word, count in groups]


@require_GET
def job(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One job: a page of its own, or for a page that asks again the part it shows.

    ``part`` names that part. While the state is still what it ``was``, only the progress inside is replaced, so that
    a button beside it does not vanish under the pointer; then the whole part is.
    """
    row = get_visible_or_404(Job.objects.select_related("result_file"), request.user, pk=pk)
    if not request.htmx:  # type: ignore[attr-defined]
        return render(request, "core/job.html", {"job": row})
    part = request.GET.get("part", "")
    if part not in PARTS:
        return render(request, "components/job_progress.html", {"job": row})
    if row.state == request.GET.get("was"):
        return render(request, "components/job_outcome.html", {"job": row, "part": part})
    return reswap(retarget(render(request, PARTS[part], {"job": row}), f"#job-{part}-{row.pk}"), "outerHTML")


@require_GET
def jobs_bar(request: HttpRequest) -> HttpResponse:
    """The unfinished jobs in the top bar."""
    rows = list(Job.objects.visible_to(request.user).unfinished().order_by("-state", "id")[:IN_BAR])
    return render(request, "components/jobs_bar.html", {"jobs": rows, "url": reverse("core:jobs")})


@require_POST
def job_cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Stop a job that is no longer wanted."""
    row = get_visible_or_404(Job.objects, request.user, pk=pk)
    return perform(
        request,
        lambda: cancel(actor=request.user, row=row),
        scope=f"jobs.cancel:{pk}",
        success=_back(request),
        message=f"已停止“{row.title}”。",
    )


@require_POST
def job_retry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Run a failed or cancelled job again."""
    row = get_visible_or_404(Job.objects, request.user, pk=pk)
    return perform(
        request,
        lambda: retry(actor=request.user, row=row),
        scope=f"jobs.retry:{pk}",
        success=_back(request),
        message=f"已重新开始“{row.title}”。",
    )


def _back(request: HttpRequest) -> str:
    """To the job's own page when the button stood there, to the list otherwise."""
    return request.path.rsplit("/", 2)[0] + "/" if request.POST.get("on") == "page" else reverse("core:jobs")


@require_GET
def job_file(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Download the result, if it is still for this person; every download is in the trail."""
    row = get_visible_or_404(Job.objects.select_related("result_file"), request.user, pk=pk)
    if row.result_file is None or row.is_active or not may_have(row.kind, request.user, row.args):
        raise Http404
    record(actor=request.user, verb="jobs.download", target=row, after={"result_file": row.result_file.name})
    return send(row.result_file)
