"""The reports of a round, one report with its evidence, and its steps."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from core import clock
from core.access import demand, get_visible_or_404
from core.submissions import perform, posted_revision, submit
from reports import rules, services
from reports.forms import IssueForm, TitleForm
from reports.models import Report
from reports.selectors import pages
from reports.selectors.produced import latest_files
from reports.views.base import fetch_report, round_of
from reports.workflow import REPORT
from villages.models import Team, Town


def address(report: Report) -> str:
    """Where a report is read."""
    return reverse("reports:report", args=[report.pk])


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Reports of the round, and the towns where one is still to be opened."""
    demand(rules.can_browse(request.user))
    round_ = round_of(request)
    context = {
        "round": round_,
        "rows": list(pages.report_list(request.user, round_)),
        "waiting": pages.towns_without_report(request.user, round_),
        "can_early": rules.can_read_early(request.user),
    }
    return render(request, "reports/index.html", context)


@require_POST
def report_open(request: HttpRequest, team: UUID, town: UUID) -> HttpResponse:
    """Open the report of a team on a town."""
    row = get_visible_or_404(Team.objects.select_related("round"), request.user, pk=team)
    place = get_visible_or_404(Town.objects, request.user, pk=town)
    return perform(
        request,
        lambda: services.open_report(actor=request.user, round=row.round, team=row, town=place),
        scope=f"reports.open:{team}:{town}",
        success=reverse("reports:index"),
        message="报告已建立，已审签的问题已经归入各部分。",
    )


@require_GET
def report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The living draft: outline, sentences with their bars, and the evidence of one of them."""
    row = fetch_report(request, pk)
    page = pages.report_page(row, clock.today())
    at = request.GET.get("ju", "")
    rows = [r for block in [*page.blocks, page.pending] for r in block.rows]
    chosen = next((r.statement for r in rows if str(r.statement.pk) == at), None)
    offers = [offer for offer in REPORT.available(request.user, row) if offer.transition.name != "issue"]
    issue = rules.can_pass_leading(request.user, row) if row.status == Report.Status.SECRETARY else None
    context = {
        "object": row,
        "page": page,
        "chosen": chosen,
        "evidence": pages.evidence(request.user, chosen) if chosen else None,
        "offers": offers,
        "may_issue": issue,
        "edit": rules.can_edit_report(request.user, row),
        "may_print": bool(rules.can_print(request.user, row)),
        "jobs": latest_files(request.user, row),
        "villages": pages.villages_of(row),
        "feedback": row.feedbacks.first(),
        "may_feed_back": rules.can_issue_feedback(request.user, row),
    }
    return render(request, "reports/report.html", context)


@require_POST
def report_action(request: HttpRequest, pk: UUID, action: str) -> HttpResponse:
    """Take one step of the decision chain."""
    row = fetch_report(request, pk)
    if action not in REPORT.transitions or action == "issue":
        raise Http404
    revision = posted_revision(request)

    def do() -> Report:
        if action == "return":
            reason = request.POST.get("reason", "")
            return services.return_report(actor=request.user, report=row, reason=reason, revision=revision)
        return services.advance_report(actor=request.user, report=row, step=action, revision=revision)

    label = REPORT.transitions[action].label
    return perform(
        request, do, scope=f"reports.{action}:{pk}", success=address(row), message=f"已办理：{label}。"
    )


@require_POST
def refresh(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Bring the draft up to the findings of now."""
    row = fetch_report(request, pk)
    return perform(
        request,
        lambda: services.refresh_report(actor=request.user, report=row),
        scope=f"reports.refresh:{pk}",
        success=address(row),
        message="已按最新底稿更新；人工改写过的语句没有改动。",
    )


def rename(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change title and addressee."""
    row = fetch_report(request, pk)
    demand(rules.can_edit_report(request.user, row))
    initial = {"revision": row.revision, "title": row.title, "addressee": row.addressee}
    return submit(
        request,
        TitleForm(request.POST or None, initial=initial),
        lambda values: services.rename_report(actor=request.user, report=row, **values),
        scope=f"reports.rename:{pk}",
        template="reports/form.html",
        success=address,
        context={"heading": "修改标题", "report": row, "cancel_url": address(row)},
    )


def issue(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Number, day, and the content frozen."""
    row = fetch_report(request, pk)
    demand(REPORT.check(request.user, row, "issue"))
    page = pages.report_page(row, clock.today())
    initial = {"revision": row.revision, "issued_on": clock.today()}
    return submit(
        request,
        IssueForm(request.POST or None, initial=initial),
        lambda values: services.issue_report(actor=request.user, report=row, **values),
        scope=f"reports.issue:{pk}",
        template="reports/issue.html",
        success=address,
        message="报告已印发，内容已固定。",
        context={"heading": "印发报告", "report": row, "page": page, "cancel_url": address(row)},
    )
