"""Papers: asking for them, taking them out; and the feedback letter."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from core import clock
from core.access import demand, get_visible_or_404
from core.files.responses import send
from core.models.jobs import Job
from core.submissions import perform, submit
from reports import rules, services
from reports.forms import FeedbackForm, first_day
from reports.selectors.outgoing import feedback_drafts
from reports.selectors.produced import latest_files, produced_file
from reports.views.base import fetch_feedback, fetch_report
from villages.models import Village

_STARTED = "正在生成，完成后在“成文与下载”中取用。"


@require_POST
def paper_request(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """Have a Word or Excel file made: ``word``, ``huizong`` (town list) or a village's list."""
    report = fetch_report(request, pk)

    def do() -> Job:
        if kind == "word":
            return services.request_report(actor=request.user, report=report)
        if kind == "huizong":
            return services.request_town_list(actor=request.user, report=report)
        village = get_visible_or_404(Village.objects, request.user, pk=request.POST.get("village", ""))
        return services.request_village_list(actor=request.user, report=report, village=village)

    if kind not in ("word", "huizong", "qingdan"):
        raise Http404
    back = reverse("reports:report", args=[pk]) + "#papers"
    return perform(request, do, scope=f"reports.paper:{pk}:{kind}", success=back, message=_STARTED)


@require_GET
def paper(request: HttpRequest, pk: UUID, job: UUID) -> FileResponse:
    """Download a paper of a report."""
    report = fetch_report(request, pk)
    file = produced_file(report, job)
    return send(services.note_download(actor=request.user, row=report, file=file))


def feedback_issue(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put the problems into words that may leave, and send them."""
    report = fetch_report(request, pk)
    sent = report.feedbacks.first()
    if sent is not None:
        return redirect("reports:feedback", sent.pk)
    demand(rules.can_issue_feedback(request.user, report))
    form = FeedbackForm(
        request.POST or None,
        initial={"issued_on": first_day(report, clock.today())},
        drafts=feedback_drafts(report),
    )
    return submit(
        request,
        form,
        lambda values: services.issue_feedback(actor=request.user, report=report, **values),
        scope=f"reports.feedback:{pk}",
        template="reports/feedback_form.html",
        success=lambda made: reverse("reports:feedback", args=[made.pk]),
        message="反馈意见已印发。下一步：建立整改台账。",
        context={"report": report, "cancel_url": reverse("reports:report", args=[pk])},
    )


@require_GET
def feedback(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One feedback letter with its problems."""
    row = fetch_feedback(request, pk)
    context = {
        "object": row,
        "items": row.items.select_related("category", "village"),
        "jobs": latest_files(request.user, row),
        "may_print": bool(rules.can_print(request.user, row)),
    }
    return render(request, "reports/feedback.html", context)


@require_POST
def feedback_request(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Have the letter made as a Word file."""
    row = fetch_feedback(request, pk)
    back = reverse("reports:feedback", args=[pk])
    return perform(
        request,
        lambda: services.request_feedback(actor=request.user, feedback=row),
        scope=f"reports.letter:{pk}",
        success=back,
        message=_STARTED,
    )


@require_GET
def feedback_paper(request: HttpRequest, pk: UUID, job: UUID) -> FileResponse:
    """Download the letter."""
    row = fetch_feedback(request, pk)
    file = produced_file(row, job)
    return send(services.note_download(actor=request.user, row=row, file=file))
