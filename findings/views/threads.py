"""Pages of problems through the years: proposals beside a paper, one thread, those of a village and of a round."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from core.access import demand, get_visible_or_404
from core.errors import ServiceError
from core.ids import key_of
from core.submissions import perform, revision_of, submit
from findings import rules, services
from findings.forms.thread import ThreadAddForm, ThreadForm, ThreadJoinForm
from findings.models import Finding, ProblemThread, ThreadPaper, ThreadRefusal
from findings.selectors.thread_years import checks_of, entries_of, thread_years
from findings.selectors.threads import (
    ThreadFilters,
    proposals,
    reachable,
    thread_list,
    village_threads,
)
from findings.views.findings import address as paper_address
from findings.views.shared import visible_finding, working_round
from villages.models import Village


def address(row: ProblemThread) -> str:
    """The page of a thread."""
    return reverse("findings:thread", kwargs={"pk": row.pk})


def threads(request: HttpRequest) -> HttpResponse:
    """Threads of the round, most years first."""
    round_ = working_round(request)
    filters = ThreadFilters.read(request.GET)
    listed = thread_list(request.user, round_, filters, cursor=request.GET.get("cursor", ""))
    context = {
        "round": round_,
        "filters": filters,
        "listed": listed,
        "page": listed.page,
        "count": listed.count,
    }
    return render(request, "findings/threads.html", context)


def _visible_thread(request: HttpRequest, pk: Any) -> ProblemThread:
    rows = ProblemThread.objects.select_related("inspection", "round", "team", "village", "town")
    return get_visible_or_404(rows, request.user, pk=pk)


@require_GET
def thread(request: HttpRequest, pk: Any) -> HttpResponse:
    """One problem through the years."""
    row = _visible_thread(request, pk)
    entries = entries_of(request.user, row)
    context = {
        "object": row,
        "entries": entries,
        "drawn": thread_years(request.user, row, entries),
        "checks": checks_of(request.user, row, entries),
        "can_judge": rules.can_thread(request.user, row),
        "can_join": _others(request, row).exists(),
    }
    return render(request, "findings/thread.html", context)


def _others(request: HttpRequest, row: ProblemThread) -> Any:
    rows = ProblemThread.objects.visible_to(request.user).filter(village=row.village_id)
    return rows.exclude(pk=row.pk).order_by("-year_count", "id")


def thread_edit(request: HttpRequest, pk: Any) -> HttpResponse:
    """Reword what the problem is called."""
    row = _visible_thread(request, pk)
    demand(rules.can_thread(request.user, row))
    return submit(
        request,
        ThreadForm(request.POST or None, initial={"title": row.title, "revision": row.revision}),
        lambda values: services.rename_thread(actor=request.user, thread=row, **values),
        scope=f"findings.thread.edit:{row.pk}",
        template="findings/thread_form.html",
        context={"cancel_url": address(row), "thread": row, "heading": "修改名称"},
        success=address,
    )


def thread_join(request: HttpRequest, pk: Any) -> HttpResponse:
    """Make one thread of two."""
    row = _visible_thread(request, pk)
    demand(rules.can_thread(request.user, row))
    return submit(
        request,
        ThreadJoinForm(request.POST or None, others=_others(request, row).select_related("round")),
        lambda values: services.join_threads(actor=request.user, thread=row, **values),
        scope=f"findings.thread.join:{row.pk}",
        template="findings/thread_form.html",
        context={
            "cancel_url": address(row),
            "thread": row,
            "heading": "合并历年问题",
            "submit_label": "合并",
        },
        success=address,
        message="两条历年问题已合并。",
    )


@require_POST
def thread_take_out(request: HttpRequest, pk: Any) -> HttpResponse:
    """Take a paper out of its thread."""
    rows = ThreadPaper.objects.select_related("thread__inspection", "thread__team", "finding__round")
    place = get_visible_or_404(rows, request.user, pk=pk)
    demand(rules.can_thread(request.user, place.thread))
    revision, reason = revision_of(request), request.POST.get("reason", "")
    back = place.thread if place.thread.papers.count() > 2 else None
    return perform(
        request,
        lambda: services.take_out(actor=request.user, place=place, revision=revision, reason=reason),
        scope=f"findings.thread.take_out:{place.pk}",
        success=address(back) if back else reverse("findings:threads"),
        message="已移出，不再提示为同一问题。" + ("" if back else "这条历年问题只剩一份底稿，已撤销。"),
    )


# --- beside a paper ---------------------------------------------------------------------------------------


@require_GET
def paper_threads(request: HttpRequest, pk: Any) -> HttpResponse:
    """Part of a paper's page: its thread and what is proposed; with ``?pane=1`` in few words for the review list."""
    paper = visible_finding(request, pk)
    found = proposals(request.user, paper)
    context = {"finding": paper, "found": found, "can_judge": rules.can_thread_paper(request.user, paper)}
    name = "thread_pane" if request.GET.get("pane") else "thread_card"
    return render(request, f"findings/parts/{name}.html", context)


def _chosen(request: HttpRequest, paper: Finding, key: str) -> Finding:
    pk = key_of(key)
    other = reachable(request.user, paper).filter(pk=pk).first() if pk else None
    if other is None:
        raise ServiceError("请选择同一村（社区）的另一份底稿。")
    return other


@require_POST
def thread_confirm(request: HttpRequest, pk: Any) -> HttpResponse:
    """Say that a proposed paper is the same problem."""
    paper = visible_finding(request, pk)
    demand(rules.can_thread_paper(request.user, paper))

    def do() -> ProblemThread:
        other = _chosen(request, paper, request.POST.get("other", ""))
        return services.put_together(actor=request.user, finding=paper, other=other)

    return perform(
        request,
        do,
        scope=f"findings.thread.confirm:{paper.pk}",
        success=paper_address(paper),
        message="已归入同一问题。",
    )


@require_POST
def thread_refuse(request: HttpRequest, pk: Any) -> HttpResponse:
    """Say that a proposed paper is another problem."""
    paper = visible_finding(request, pk)
    demand(rules.can_thread_paper(request.user, paper))

    def do() -> ThreadRefusal:
        other = _chosen(request, paper, request.POST.get("other", ""))
        reason = request.POST.get("reason", "")
        return services.refuse_proposal(actor=request.user, finding=paper, other=other, reason=reason)

    return perform(
        request,
        do,
        scope=f"findings.thread.refuse:{paper.pk}",
        success=paper_address(paper),
        message="已记下，不再提示这一份。",
    )


@require_POST
def thread_recall(request: HttpRequest, pk: Any) -> HttpResponse:
    """Take such a judgement back."""
    joined = ("inspection", "team", "first__round", "first__team", "second__round", "second__team")
    row = get_visible_or_404(ThreadRefusal.objects.select_related(*joined), request.user, pk=pk)
    demand(rules.can_thread(request.user, row))
    revision = revision_of(request)
    newer = max(row.first, row.second, key=lambda paper: paper.round.starts_on)
    return perform(
        request,
        lambda: services.recall_refusal(actor=request.user, refusal=row, revision=revision),
        scope=f"findings.thread.recall:{row.pk}",
        success=paper_address(newer),
        message="判断已撤回，需要时会重新提示。",
    )


def thread_add(request: HttpRequest, pk: Any) -> HttpResponse:
    """Add a paper that was not proposed."""
    paper = visible_finding(request, pk)
    demand(rules.can_thread_paper(request.user, paper))
    candidates = proposals(request.user, paper).others

    def save(values: dict[str, Any]) -> ProblemThread:
        other = _chosen(request, paper, values["other"])
        return services.put_together(actor=request.user, finding=paper, other=other, note=values["note"])

    return submit(
        request,
        ThreadAddForm(request.POST or None, candidates=candidates),
        save,
        scope=f"findings.thread.add:{paper.pk}",
        template="findings/thread_form.html",
        context={
            "cancel_url": paper_address(paper),
            "finding": paper,
            "heading": "添加同一问题的底稿",
            "submit_label": "归入",
        },
        success=address,
        message="已归入同一问题。",
    )


@require_GET
def village_card(request: HttpRequest, pk: Any) -> HttpResponse:
    """Part of a village's pages: its problems through the years. The inspected side has no such part."""
    if not rules.can_browse(request.user):
        raise Http404
    village = get_visible_or_404(Village.objects, request.user, pk=pk)
    context = {"village": village, "lines": village_threads(request.user, village)}
    return render(request, "findings/parts/village_threads.html", context)
