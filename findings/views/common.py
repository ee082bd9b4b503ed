"""Pages of common problems: those of a round, one of them, what stands alone, and the card beside a paper."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from core.access import demand, get_visible_or_404
from core.errors import ServiceError
from core.ids import key_of
from core.submissions import perform, revision_of, submit
from core.text import clean
from findings import services
from findings.forms.common import CommonNameForm
from findings.models import CommonGroup, GroupStatus
from findings.rules.grouping import can_decide_common, can_group_paper, can_propose_common
from findings.selectors import common_groups as selectors
from findings.selectors.common_texts import text_typed
from findings.views.findings import address as paper_address
from findings.views.shared import visible_finding, working_round
from findings.workflow.common import COMMON_FLOW
from villages.access import is_office
from villages.models import Category

_SHOWN = (GroupStatus.PROPOSED, GroupStatus.ACCEPTED)
# So few characters of a title say nothing yet; more than so many are not read.
_TELLING, _LONGEST = 4, 2000
_DONE = {
    "accept": "已认定为共性问题，各村（社区）的底稿仍各自保留。",
    "dissolve": "已撤销，组内问题各自单列。",
}


def address(row: CommonGroup) -> str:
    """The page of a group."""
    return reverse("findings:common", kwargs={"pk": row.pk})


@require_GET
def commons(request: HttpRequest) -> HttpResponse:
    """Common problems of the round: those to be judged, or those accepted."""
    round_ = working_round(request)
    asked = request.GET.get("state", "")
    state = asked if asked in _SHOWN else GroupStatus.PROPOSED
    listed = selectors.group_list(request.user, round_, state, cursor=request.GET.get("cursor", ""))
    context = {
        "round": round_,
        "state": state,
        "states": [(value, value.label, listed.states.get(value, 0)) for value in _SHOWN],
        "listed": listed,
        "page": listed.page,
        "count": listed.count,
        "last": selectors.last_proposal(round_),
        "can_propose": can_propose_common(request.user, round_),
    }
    return render(request, "findings/commons.html", context)


@require_GET
def common_singles(request: HttpRequest) -> HttpResponse:
    """Papers in no group, each with the group it looks most like."""
    round_ = working_round(request)
    page, lines, count = selectors.single_list(request.user, round_, cursor=request.GET.get("cursor", ""))
    context = {"round": round_, "page": page, "lines": lines, "count": count}
    return render(request, "findings/common_singles.html", context)


@require_POST
def common_propose(request: HttpRequest) -> HttpResponse:
    """Have the whole round compared; the progress stands on the job's page."""
    round_ = working_round(request)
    return redirect("core:job", pk=services.request_proposal(actor=request.user, round=round_).pk)


def _group(request: HttpRequest, pk: Any) -> CommonGroup:
    return get_visible_or_404(CommonGroup.objects.select_related("round__district"), request.user, pk=pk)


@require_GET
def common(request: HttpRequest, pk: Any) -> HttpResponse:
    """One common problem with its papers and towns."""
    row = _group(request, pk)
    shown = selectors.group_page(request.user, row, cursor=request.GET.get("cursor", ""))
    context = {
        "object": row,
        "shown": shown,
        "line": shown.line,
        "page": shown.page,
        "offers": COMMON_FLOW.available(request.user, row),
        "can_letter": row.status == GroupStatus.ACCEPTED and is_office(request.user),
        "can_decide": row.status != GroupStatus.DISSOLVED and can_decide_common(request.user, row),
    }
    return render(request, "findings/common.html", context)


def common_edit(request: HttpRequest, pk: Any) -> HttpResponse:
    """Name a common problem."""
    row = _group(request, pk)
    demand(can_decide_common(request.user, row))
    start = {"name": row.name, "description": row.description, "revision": row.revision}
    return submit(
        request,
        CommonNameForm(request.POST or None, initial=start),
        lambda values: services.name_group(actor=request.user, group=row, **values),
        scope=f"findings.common.edit:{row.pk}",
        template="findings/common_form.html",
        context={"cancel_url": address(row), "group": row},
        success=address,
    )


@require_POST
def common_action(request: HttpRequest, pk: Any, action: str) -> HttpResponse:
    """Accept a group or give it up."""
    row = _group(request, pk)
    if action not in _DONE:
        raise Http404
    revision, reason = revision_of(request), request.POST.get("reason", "")

    def do() -> CommonGroup:
        if action == "accept":
            return services.accept_group(actor=request.user, group=row, revision=revision)
        return services.dissolve_group(actor=request.user, group=row, revision=revision, reason=reason)

    return perform(
        request, do, scope=f"findings.common.{action}:{row.pk}", success=address(row), message=_DONE[action]
    )


@require_POST
def common_split(request: HttpRequest, pk: Any) -> HttpResponse:
    """Take the ticked papers out, as a group of their own or each alone."""
    row = _group(request, pk)
    revision, apart = revision_of(request), request.POST.get("how") == "apart"
    chosen = [key for value in request.POST.getlist("member") if (key := key_of(value))]
    return perform(
        request,
        lambda: services.split_group(
            actor=request.user, group=row, revision=revision, members=chosen, apart=apart
        ),
        scope=f"findings.common.split:{row.pk}",
        success=address(row),
        message="已拆出，下次横向比对会照此办理。",
    )


@require_POST
def common_merge(request: HttpRequest, pk: Any) -> HttpResponse:
    """Put all papers into another group."""
    row = _group(request, pk)
    demand(can_decide_common(request.user, row))
    revision, into = revision_of(request), _chosen(request, "into")

    def do() -> CommonGroup:
        if into is None:
            raise ServiceError("请选择并入哪一组。")
        return services.merge_groups(actor=request.user, group=row, revision=revision, into=into)

    return perform(
        request,
        do,
        scope=f"findings.common.merge:{row.pk}",
        success=address(into or row),
        message="两组已合并，下次横向比对会照此办理。",
    )


def _chosen(request: HttpRequest, name: str) -> CommonGroup | None:
    key = key_of(request.POST.get(name, ""))
    rows = CommonGroup.objects.visible_to(request.user).select_related("round")
    return rows.filter(pk=key).first() if key else None


@require_GET
def common_card(request: HttpRequest, pk: Any) -> HttpResponse:
    """Beside a paper: its group, or the groups it looks like."""
    paper = visible_finding(request, pk)
    context = {
        "finding": paper,
        "card": selectors.paper_card(request.user, paper),
        "can_group": can_group_paper(request.user, paper),
    }
    return render(request, "findings/parts/common_card.html", context)


@require_POST
def common_hint(request: HttpRequest) -> HttpResponse:
    """While somebody types: the common problems of the round that a paper with these words would be like."""
    round_ = working_round(request)
    title, summary = (clean(request.POST.get(name, "")).strip() for name in ("title", "summary"))
    keys = [key_of(request.POST.get(name, "")) for name in ("category", "subcategory")]
    categories = list(Category.objects.filter(scheme=round_.scheme_id, pk__in=[key for key in keys if key]))
    lines = None
    if len(title) >= _TELLING:
        text = text_typed(title[:_LONGEST], summary[:_LONGEST], categories)
        lines = selectors.near_groups(request.user, round_, text)
    return render(request, "findings/parts/common_hint.html", {"lines": lines})


@require_POST
def common_join(request: HttpRequest, pk: Any) -> HttpResponse:
    """Say that a paper is the problem of a group."""
    paper = visible_finding(request, pk)
    demand(can_group_paper(request.user, paper))
    group = _chosen(request, "group")

    def do() -> Any:
        if group is None:
            raise ServiceError("请选择归入哪一组共性问题。")
        return services.put_to_group(actor=request.user, paper=paper, group=group)

    return perform(
        request,
        do,
        scope=f"findings.common.join:{paper.pk}",
        success=paper_address(paper),
        message="已归入共性问题。",
    )


@require_POST
def common_leave(request: HttpRequest, pk: Any) -> HttpResponse:
    """Say that a paper is not the problem of its group."""
    paper = visible_finding(request, pk)
    demand(can_group_paper(request.user, paper))
    return perform(
        request,
        lambda: services.take_from_group(actor=request.user, paper=paper),
        scope=f"findings.common.leave:{paper.pk}",
        success=paper_address(paper),
        message="已移出，系统不再把它归入这一组。",
    )
