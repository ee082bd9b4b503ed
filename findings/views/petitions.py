"""Pages of petitions: the register, one petition, the entry, its steps."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import clock
from core.access import demand, get_visible_or_404
from core.errors import NotAllowed, ServiceError
from core.ids import key_of
from core.submissions import perform, submit
from findings import rules, services
from findings.forms.petition import FORMS, PetitionForm
from findings.models import Petition
from findings.selectors.boxes import messages_of
from findings.selectors.custodians import sealed_card
from findings.selectors.petition_days import handle_by
from findings.selectors.petitions import (
    PetitionFilters,
    disposals_for,
    merge_targets,
    names_in_office,
    open_villages,
    petition_list,
    petition_page,
    with_relations,
)
from findings.views.shared import members_of, village_named, working_round
from findings.workflow import PETITION_FLOW

_ACTS: dict[str, Callable[..., Petition]] = {
    "propose": services.propose_petition,
    "review": services.review_petition,
    "decide": services.decide_petition,
    "return": services.return_petition,
    "reassign": services.reassign_petition,
    "close": services.close_petition,
    "reopen": services.reopen_petition,
    "merge": services.merge_petition,
    "split": services.split_petition,
}
_NOWHERE = "本轮次没有由您登记信访件的村（社区）。信访件由巡察办和本巡察组成员登记，进入整改的村不再登记。"


@require_GET
def petitions(request: HttpRequest) -> HttpResponse:
    """The register of the round."""
    round_ = working_round(request)
    filters = PetitionFilters.read(request.GET)
    listed = petition_list(request.user, round_, filters, cursor=request.GET.get("cursor", ""))
    kept = [(name, value) for name, value in request.GET.items() if name not in ("q", "cursor")]
    context = {
        "round": round_, "listed": listed, "page": listed.page, "count": listed.count, "filters": filters,
        "kept": kept, "can_register": open_villages(request.user, round_).exists(),
        "sees_custodians": rules.can_see_custodians(request.user),
    }  # fmt: skip
    return render(request, "findings/petitions/list.html", context)


def visible_petition(request: HttpRequest, pk: Any) -> Petition:
    """The petition with its relations, or 404 for what is not there for this person."""
    return get_visible_or_404(with_relations(Petition.objects.all()), request.user, pk=pk)


def address(row: Petition) -> str:
    """The page of a petition."""
    return reverse("findings:petition", kwargs={"pk": row.pk})


@require_GET
def petition(request: HttpRequest, pk: Any) -> HttpResponse:
    """One petition."""
    row = visible_petition(request, pk)
    context = petition_page(request.user, row) | sealed_card(request.user, row)
    context |= {
        "object": row, "petition": row, "can_write_back": rules.can_write_back(request.user, row),
        "box_messages": messages_of(request.user, row),
    }  # fmt: skip
    return render(request, "findings/petitions/petition.html", context)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def petition_new(request: HttpRequest) -> HttpResponse:
    """Enter a petition."""
    round_ = working_round(request)
    villages = open_villages(request.user, round_)
    if not villages.exists():
        raise NotAllowed(_NOWHERE)
    start = {
        "village": village_named(villages, request.GET.get("village", "")),
        "received_on": clock.today(),
    }

    def names(values: dict[str, Any]) -> list[str]:
        chosen = values.get("village")
        own = [values.get("sealed_name", ""), values.get("sealed_phone", "")]
        return own + (names_in_office(request.user, chosen) if chosen else [])

    form = PetitionForm(
        request.POST or None,
        request.FILES or None,
        initial=start,
        scheme=round_.scheme_id,
        villages=villages,
        names=names,
    )

    def save(_: dict[str, Any]) -> Petition:
        values = form.given()
        village = values.pop("village")
        return services.register_petition(
            actor=request.user, inspection=village, values=values, sealed=form.sealed()
        )

    return submit(
        request, form, save, scope="findings.petition.new", template="findings/petitions/form.html",
        context={"cancel_url": reverse("findings:petitions"), "submit_label": "登记"}, success=address,
        message="已登记并编号。下一步由组内拟办。",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def petition_edit(request: HttpRequest, pk: Any) -> HttpResponse:
    """Correct an entry."""
    row = visible_petition(request, pk)
    demand(rules.can_edit_petition(request.user, row))
    form = PetitionForm(
        request.POST or None, initial=_stored(row), scheme=row.round.scheme_id,
        names=lambda _: names_in_office(request.user, row.inspection),
    )  # fmt: skip

    def save(_: dict[str, Any]) -> Petition:
        values = form.given()
        revision = values.pop("revision")
        return services.edit_petition(actor=request.user, petition=row, revision=revision, values=values)

    return submit(
        request, form, save, scope=f"findings.petition.edit:{row.pk}",
        template="findings/petitions/form.html",
        context={"cancel_url": address(row), "object": row, "petition": row}, success=address, stored=_stored,
    )  # fmt: skip


def _stored(row: Petition) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in (*services.PETITION_FIELDS, "revision")}
    return values | {"in_scope": "1" if row.in_scope else "0"}


@require_http_methods(["GET", "POST"])
def petition_step(request: HttpRequest, pk: Any, action: str) -> HttpResponse:
    """Take one step, on a form of its own."""
    row = visible_petition(request, pk)
    if action not in FORMS:
        raise Http404
    demand(PETITION_FLOW.check(request.user, row, action))
    choices = {
        "disposal": disposals_for(row), "handler": members_of(row.team_id),
        "into": merge_targets(request.user, row),
    }  # fmt: skip
    start = {
        "revision": row.revision, "disposal": row.disposal, "receiver": row.receiver, "handler": row.handler_id,
        "due_on": row.due_on, "result": row.result, "reply": row.reply, "replied_on": row.replied_on,
        "into": key_of(request.GET.get("into", "")),
    }  # fmt: skip
    form = FORMS[action](
        request.POST or None, initial=start, petition=row, choices=choices,
        names=lambda _: names_in_office(request.user, row.inspection),
    )  # fmt: skip
    step = PETITION_FLOW.transitions[action]
    return submit(
        request,
        form,
        lambda _: _ACTS[action](actor=request.user, petition=row, **form.given()),
        scope=f"findings.petition.{action}:{row.pk}",
        template="findings/petitions/step.html",
        context={
            "cancel_url": address(row), "petition": row, "step": step, "submit_label": step.label,
            "due_if_empty": handle_by(row, row.disposal) if action == "decide" else None,
        },
        success=address,
        message=f"已{step.label}。",
    )  # fmt: skip


@require_POST
def petition_relate(request: HttpRequest, pk: Any) -> HttpResponse:
    """Link another petition of the village, or take the link back."""
    row = visible_petition(request, pk)
    demand(rules.can_relate(request.user, row))
    undo = request.POST.get("undo") == "1"
    act = services.unrelate_petitions if undo else services.relate_petitions

    def do() -> Petition:
        key = key_of(request.POST.get("other", ""))
        other = Petition.objects.visible_to(request.user).filter(pk=key).first() if key else None
        if other is None:
            raise ServiceError("请选择要关联的信访件。")
        return act(actor=request.user, petition=row, other=other)

    scope = f"findings.petition.relate:{row.pk}"
    message = "已取消关联。" if undo else "已关联。"
    return perform(request, do, scope=scope, success=address(row), message=message)
