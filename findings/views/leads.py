"""Pages of leads: the inbox, one suspicion, and the steps from being put in to its conclusion."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.access import demand, get_visible_or_404
from core.errors import NotAllowed, ServiceError
from core.ids import key_of
from core.submissions import perform, revision_of, submit
from findings import rules, services
from findings.forms.lead import LeadAssignForm, LeadForm, LeadHandOverForm
from findings.models import Lead, LeadCheck, LeadSource
from findings.selectors.leads import (
    LeadFilters,
    checks_of,
    inbox,
    linkable,
    with_lead_relations,
)
from findings.selectors.ledger import story_of_lead
from findings.selectors.tables import sheet_of_lead
from findings.views.shared import NOWHERE, members_of, village_named, working_round, writable_villages
from findings.workflow import LEAD_FLOW

_DONE = {
    "prove": "已记为属实。问题另写底稿，逐级签名。",
    "explain": "已记为有合理解释。",
    "correct": "已记为数据错误。",
    "reopen": "已恢复待核。",
}


def lead_inbox(request: HttpRequest) -> HttpResponse:
    """疑点: every suspicion of the round in one list."""
    round_ = working_round(request)
    filters = LeadFilters.read(request.GET)
    listed = inbox(request.user, round_, filters, cursor=request.GET.get("cursor", ""))
    context = {
        "round": round_,
        "filters": filters,
        "listed": listed,
        "page": listed.page,
        "count": listed.count,
        "kept": [(name, value) for name, value in request.GET.items() if name not in ("q", "cursor")],
        "can_write": writable_villages(request.user, round_).exists(),
    }
    return render(request, "findings/leads.html", context)


def _visible_lead(request: HttpRequest, pk: Any) -> Lead:
    return get_visible_or_404(with_lead_relations(Lead.objects.all()), request.user, pk=pk)


def address(row: Lead) -> str:
    """The page of a lead."""
    return reverse("findings:lead", kwargs={"pk": row.pk})


def lead(request: HttpRequest, pk: Any) -> HttpResponse:
    """One suspicion: where it was seen, what checks it, what came of it."""
    row = _visible_lead(request, pk)
    user = request.user
    can_write = rules.can_write_lead(user, row)
    offers = [o for o in LEAD_FLOW.available(user, row) if o.transition.name != "hand_over"]
    checks, can_claim = checks_of(row), rules.can_claim_lead(user, row)
    written = any(rules.stands(check.finding) for check in checks if check.finding)
    next_step = "claim" if can_claim else "write" if can_write and not written else "conclude"
    context = {
        "object": row,
        "lead": row,
        "offers": offers,
        "next_step": next_step,
        "quiet": next_step != "conclude",
        "checks": checks,
        "sheet": sheet_of_lead(user, row),
        "story": story_of_lead(user, row),
        "can_write": can_write,
        "can_assign": rules.can_assign_lead(user, row),
        "can_claim": can_claim,
        "can_hand_over": LEAD_FLOW.check(user, row, "hand_over"),
        "linkable": linkable(user, row) if can_write else [],
    }
    return render(request, "findings/lead.html", context)


def lead_new(request: HttpRequest) -> HttpResponse:
    """Put in a suspicion by hand."""
    round_ = working_round(request)
    villages = writable_villages(request.user, round_)
    if not villages.exists():
        raise NotAllowed(NOWHERE)
    start = {"village": village_named(villages, request.GET.get("village", ""))}
    form = LeadForm(request.POST or None, initial=start, round_=round_, villages=villages)

    def save(values: dict[str, Any]) -> Lead:
        inspection = values.pop("village")
        return services.open_lead(
            actor=request.user, inspection=inspection, source=LeadSource.TEAM, source_key="", **values
        )

    return submit(
        request,
        form,
        save,
        scope="findings.lead.new",
        template="findings/lead_form.html",
        context={"cancel_url": reverse("findings:lead_inbox"), "submit_label": "登记疑点"},
        success=address,
        message="疑点已登记。可以认领、分派，或列入待查清单。",
    )


def lead_edit(request: HttpRequest, pk: Any) -> HttpResponse:
    """Reword an open lead."""
    row = _visible_lead(request, pk)
    demand(rules.can_write_lead(request.user, row))
    form = LeadForm(request.POST or None, initial=_stored(row), round_=row.round)

    def save(values: dict[str, Any]) -> Lead:
        return services.edit_lead(
            actor=request.user, lead=row, revision=values.pop("revision"), values=values
        )

    return submit(
        request,
        form,
        save,
        scope=f"findings.lead.edit:{row.pk}",
        template="findings/lead_form.html",
        context={"cancel_url": address(row), "lead": row},
        success=address,
        stored=_stored,
    )


def _stored(row: Lead) -> dict[str, Any]:
    return {name: getattr(row, name) for name in (*services.LEAD_FIELDS, "revision")}


def lead_assign(request: HttpRequest, pk: Any) -> HttpResponse:
    """Give a lead to a member of the team, with the day until when."""
    row = _visible_lead(request, pk)
    demand(rules.can_assign_lead(request.user, row))
    start = {name: getattr(row, name) for name in ("handler", "due_on", "revision")}
    form = LeadAssignForm(request.POST or None, initial=start, members=members_of(row.team_id))

    def save(values: dict[str, Any]) -> Lead:
        return services.assign_lead(actor=request.user, lead=row, **values)

    return submit(
        request,
        form,
        save,
        scope=f"findings.lead.assign:{row.pk}",
        template="findings/lead_assign.html",
        context={"cancel_url": address(row), "submit_label": "分派", "lead": row},
        success=address,
        message="已分派，承办人会在工作台看到。",
    )


@require_POST
def lead_claim(request: HttpRequest, pk: Any) -> HttpResponse:
    """Take a lead nobody holds."""
    row = _visible_lead(request, pk)
    user: Any = request.user
    demand(rules.can_claim_lead(user, row))
    revision = revision_of(request)
    return perform(
        request,
        lambda: services.assign_lead(
            actor=user, lead=row, handler=user, due_on=row.due_on, revision=revision
        ),
        scope=f"findings.lead.claim:{row.pk}",
        success=address(row),
        message="已由您承办。",
    )


@require_POST
def lead_link(request: HttpRequest, pk: Any) -> HttpResponse:
    """Name a paper, a talk or an item of the watch list that checks the lead."""
    row = _visible_lead(request, pk)
    demand(rules.can_write_lead(request.user, row))

    def do() -> LeadCheck:
        return services.link_lead(actor=request.user, lead=row, **_chosen_thing(request))

    return perform(
        request, do, scope=f"findings.lead.link:{row.pk}", success=address(row), message="已关联。"
    )


def _chosen_thing(request: HttpRequest) -> dict[str, Any]:
    """What the choice names, if this person sees it: ``{way: row}``."""
    way, _, key = request.POST.get("thing", "").partition(":")
    pk = key_of(key)
    if way not in LeadCheck.WAYS or pk is None:
        raise ServiceError("请选择核查这条疑点的材料。")
    model: Any = LeadCheck._meta.get_field(way).related_model
    row = model.objects.visible_to(request.user).select_related("inspection").filter(pk=pk).first()
    if row is None:
        raise ServiceError("选择的材料已不存在，请刷新后重选。")
    return {way: row}


@require_POST
def lead_watch(request: HttpRequest, pk: Any) -> HttpResponse:
    """Put the lead on the village's watch list."""
    row = _visible_lead(request, pk)
    return perform(
        request,
        lambda: services.watch_lead(actor=request.user, lead=row),
        scope=f"findings.lead.watch:{row.pk}",
        success=address(row),
        message="已列入该村的待查问题清单。",
    )


def lead_hand_over(request: HttpRequest, pk: Any) -> HttpResponse:
    """Hand a lead to another organ, by name."""
    row = _visible_lead(request, pk)
    demand(LEAD_FLOW.check(request.user, row, "hand_over"))
    form = LeadHandOverForm(request.POST or None, initial={"revision": row.revision})

    def save(values: dict[str, Any]) -> Lead:
        return services.step_lead(actor=request.user, lead=row, step="hand_over", **values)

    return submit(
        request,
        form,
        save,
        scope=f"findings.lead.hand_over:{row.pk}",
        template="findings/lead_hand_over.html",
        context={"cancel_url": address(row), "submit_label": "移交", "lead": row},
        success=address,
        message="已记为移交。",
    )


@require_POST
def lead_action(request: HttpRequest, pk: Any, action: str) -> HttpResponse:
    """Conclude a lead, or take its conclusion back."""
    row = _visible_lead(request, pk)
    if action not in _DONE:
        raise Http404
    revision, reason = revision_of(request), request.POST.get("reason", "")
    return perform(
        request,
        lambda: services.step_lead(
            actor=request.user, lead=row, step=action, reason=reason, revision=revision
        ),
        scope=f"findings.lead.{action}:{row.pk}",
        success=address(row),
        message=_DONE[action],
    )
