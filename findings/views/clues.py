"""Pages of clues about persons: one's own list, one clue, the entry, its steps. To everybody else nothing is there."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters

from core.access import demand, get_visible_or_404
from core.errors import NotAllowed
from core.ids import key_of
from core.submissions import submit
from core.views.unlogged import unlogged
from findings import rules, services
from findings.forms.clue import STEP_FORMS, ClueForm
from findings.models import Clue, Disposal, Finding
from findings.selectors.clues import (
    clue_list,
    clue_page,
    first_words_of_finding,
    leads_a_team,
    number_of,
    receivers,
    with_clue_relations,
)
from findings.views.shared import working_round
from findings.workflow.clue import CLUE_FLOW
from villages.models import Stage, TeamRole, VillageInspection

_NOWHERE = "问题线索由巡察组组长、副组长建立，本轮次没有由您建立线索的村（社区）。"
_ACTS: dict[str, Callable[..., Clue]] = {
    "sign": services.sign_clue,
    "approve": services.approve_clue,
    "hand_over": services.hand_over_clue,
    "receive": services.receive_clue,
    "dispose": services.dispose_clue,
    "answer": services.answer_clue,
}


@unlogged("GET")
def clues(request: HttpRequest) -> HttpResponse:
    """The clues one may know of; the page looks the same for all who know of none."""
    demand(rules.can_browse_clues(request.user))
    status = request.GET.get("status", "")
    page, states = clue_list(request.user, status=status, cursor=request.GET.get("cursor", ""))
    context = {
        "page": page, "states": states, "count": len(page.rows),
        "can_open": leads_a_team(request.user), "inspecting": bool(rules.can_browse(request.user)),
    }  # fmt: skip
    return render(request, "findings/clues/list.html", context)


def visible_clue(request: HttpRequest, pk: Any) -> Clue:
    """The clue with its relations, or 404 for what is not there for this person."""
    return get_visible_or_404(with_clue_relations(Clue.objects.all()), request.user, pk=pk)


def address(row: Clue) -> str:
    """The page of a clue."""
    return reverse("findings:clue", kwargs={"pk": row.pk})


def _after(request: HttpRequest, row: Clue) -> str:
    """Its page, or the list for whom it is gone with the step just taken."""
    gone = not Clue.objects.visible_to(request.user).filter(pk=row.pk).exists()
    return reverse("findings:clues") if gone else address(row)


@unlogged("GET")
def clue(request: HttpRequest, pk: Any) -> HttpResponse:
    """One clue; who reads it leaves a trace."""
    row = visible_clue(request, pk)
    services.note_clue_reading(actor=request.user, clue=row)
    context = {"object": row, "clue": row} | clue_page(request.user, row)
    return render(request, "findings/clues/clue.html", context)


def _villages(request: HttpRequest) -> Any:
    """Villages of the round about whose people this person may write a clue."""
    rows = VillageInspection.objects.visible_to(request.user).filter(round=working_round(request))
    leading = {
        "team__memberships__user": request.user,
        "team__memberships__role__in": [TeamRole.LEADER, TeamRole.DEPUTY],
    }
    rows = rows.filter(**leading).exclude(status=Stage.FILED)
    return rows.select_related("village", "town", "team", "round").order_by("village__code")


@sensitive_post_parameters()
@unlogged("GET", "POST")
def clue_new(request: HttpRequest) -> HttpResponse:
    """Write a clue, on an empty sheet or from a paper that is to be handed over."""
    villages = _villages(request)
    if not villages.exists():
        raise NotAllowed(_NOWHERE)
    form = ClueForm(
        request.POST or None, request.FILES or None, initial=_from_paper(request), villages=villages,
        scheme=working_round(request).scheme_id,
    )  # fmt: skip

    def save(values: dict[str, Any]) -> Clue:
        return services.open_clue(
            actor=request.user,
            inspection=values["village"],
            values=form.given(),
            files=values["sealed_files"],
        )

    return submit(
        request, form, save, scope="findings.clue.new", template="findings/clues/form.html",
        context={"cancel_url": reverse("findings:clues"), "submit_label": "加密保存", "draft_key": ""},
        success=address, message="已加密保存。",
    )  # fmt: skip


def _from_paper(request: HttpRequest) -> dict[str, Any]:
    key = key_of(request.GET.get("finding", ""))
    papers = Finding.objects.visible_to(request.user).alive().filter(pk=key, disposal=Disposal.TRANSFER)
    paper = papers.select_related("village", "team", "inspection").first() if key else None
    if paper is None or not rules.can_open_clue(request.user, paper):
        return {}
    words = first_words_of_finding(request.user, paper)
    return {f"sealed_{name}": value for name, value in words.items()} | {"village": paper.inspection_id}


@sensitive_post_parameters()
@unlogged("GET", "POST")
def clue_edit(request: HttpRequest, pk: Any) -> HttpResponse:
    """Change what it says."""
    row = visible_clue(request, pk)
    demand(rules.can_edit_clue(request.user, row))
    form = ClueForm(request.POST or None, initial=ClueForm.start(row), scheme=row.round.scheme_id)

    def save(values: dict[str, Any]) -> Clue:
        given = form.given() | {"finding": row.read("finding")}
        return services.edit_clue(actor=request.user, clue=row, values=given, revision=values["revision"])

    return submit(
        request, form, save, scope=f"findings.clue:{row.pk}", template="findings/clues/form.html",
        context={"cancel_url": address(row), "clue": row, "submit_label": "加密保存", "draft_key": ""},
        success=address, message="已加密保存。",
    )  # fmt: skip


@sensitive_post_parameters()
@unlogged("GET", "POST")
def clue_step(request: HttpRequest, pk: Any, action: str) -> HttpResponse:
    """Take one step, on a form of its own."""
    row = visible_clue(request, pk)
    if action not in STEP_FORMS:
        raise Http404
    demand(CLUE_FLOW.check(request.user, row, action))
    step = CLUE_FLOW.transitions[action]
    start = {
        "revision": row.revision, "receiver": row.receiver_id, "mode": row.mode,
        "sealed_second_unit": row.read("second_unit"), "sealed_disposal": row.read("disposal"),
        "sealed_opinion": row.read("opinion"), "sealed_handling": row.read("handling"),
        "sealed_result": row.read("result"),
    }  # fmt: skip
    form = STEP_FORMS[action](request.POST or None, initial=start, receivers=receivers(row))

    def do(_: dict[str, Any]) -> Clue:
        given = {"actor": request.user, "clue": row} | form.given()
        return _ACTS[action](**given) if action in _ACTS else services.step_clue(step=action, **given)

    return submit(
        request, form, do, scope=f"findings.clue:{row.pk}", template="findings/clues/step.html",
        context={
            "cancel_url": address(row), "clue": row, "step": step, "submit_label": step.label, "draft_key": "",
            "number": number_of(row) if rules.sees_number(request.user, row) else "",
        },
        success=lambda done: _after(request, done), message="已办理。",
    )  # fmt: skip
