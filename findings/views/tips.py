"""Pages of experience between teams."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.access import demand, get_visible_or_404
from core.submissions import perform, revision_of, submit
from core.text import clean
from findings import rules, services
from findings.forms.tip import TipForm
from findings.models import Tip, TipUse
from findings.selectors.tips import points_for, tips_of
from findings.views.findings import address as paper_address
from findings.views.shared import visible_finding, working_round
from findings.workflow import TIP_FLOW


def tips(request: HttpRequest) -> HttpResponse:
    """What teams found, how, and with what evidence."""
    round_ = working_round(request)
    point = clean(request.GET.get("point", ""))[:12]
    page = tips_of(request.user, round_, point=point, cursor=request.GET.get("cursor", ""))
    offers = [(line, TIP_FLOW.available(request.user, line.tip)) for line in page.rows]
    return render(
        request, "findings/tips.html", {"round": round_, "page": page, "offers": offers, "point": point}
    )


def _listed() -> str:
    return reverse("findings:tips")


def tip_new(request: HttpRequest, pk: Any) -> HttpResponse:
    """Write down how the problem of a paper was found."""
    paper = visible_finding(request, pk)
    demand(rules.can_write_tip(request.user, paper))
    start = {"what": paper.title, "point": paper.watch_item.check_point_id if paper.watch_item else None}
    form = TipForm(request.POST or None, initial=start, points=points_for(request.user, paper))
    return submit(
        request,
        form,
        lambda values: services.write_tip(
            actor=request.user, finding=paper, point=values.pop("point"), values=values
        ),
        scope=f"findings.tip.new:{paper.pk}",
        template="findings/tip_form.html",
        context={"cancel_url": paper_address(paper), "submit_label": "保存草稿", "finding": paper},
        success=lambda tip: _listed(),
        message="已保存草稿，组长决定是否交流给各组。",
    )


def _visible_tip(request: HttpRequest, pk: Any) -> Tip:
    return get_visible_or_404(
        Tip.objects.select_related("inspection__town", "team", "round"), request.user, pk=pk
    )


def tip_edit(request: HttpRequest, pk: Any) -> HttpResponse:
    """Reword a tip that is not out."""
    row = _visible_tip(request, pk)
    demand(rules.can_edit_tip(request.user, row))
    start = {name: getattr(row, name) for name in (*services.TIP_FIELDS, "revision")}
    form = TipForm(request.POST or None, initial=start)
    return submit(
        request,
        form,
        lambda values: services.edit_tip(
            actor=request.user, tip=row, revision=values.pop("revision") or 0, values=values
        ),
        scope=f"findings.tip.edit:{row.pk}",
        template="findings/tip_form.html",
        context={"cancel_url": _listed(), "tip": row},
        success=lambda tip: _listed(),
    )


@require_POST
def tip_action(request: HttpRequest, pk: Any, action: str) -> HttpResponse:
    """Give a tip out, or take it back."""
    row = _visible_tip(request, pk)
    revision, reason = revision_of(request), request.POST.get("reason", "")
    acts = {
        "share": lambda: services.share_tip(actor=request.user, tip=row, revision=revision),
        "take_back": lambda: services.take_back_tip(
            actor=request.user, tip=row, revision=revision, reason=reason
        ),
    }
    if action not in acts:
        raise Http404
    done = {"share": "已交流给各组。", "take_back": "已撤回。"}
    scope = f"findings.tip.{action}:{row.pk}"
    return perform(request, acts[action], scope=scope, success=_listed(), message=done[action])


@require_POST
def tip_rate(request: HttpRequest, pk: Any) -> HttpResponse:
    """Say whether a tip helped."""
    row = _visible_tip(request, pk)
    demand(rules.can_rate_tip(request.user, row))
    helped = request.POST.get("helped") == "1"

    def do() -> TipUse:
        return services.rate_tip(actor=request.user, tip=row, helped=helped)

    return perform(
        request, do, scope=f"findings.tip.rate:{row.pk}", success=_listed(), message="谢谢，已记下。"
    )
