"""The pledge and the declaration of ties: signing them, who has, and the wording in force."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.access import demand, get_visible_or_404
from core.audit import SYSTEM
from core.submissions import perform, submit
from villages import rules, services
from villages.forms.pledges import PledgeForm, SignForm
from villages.models import Membership, SecrecyPledge, User
from villages.selectors import pledges
from villages.services.pledges import PAPERS


def _member(request: HttpRequest, pk: UUID) -> Membership:
    source = Membership.objects.select_related("round", "team", "user", "pledge")
    return get_visible_or_404(source, request.user, pk=pk)


@require_http_methods(["GET", "POST"])
def pledge(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A member's two papers: to sign as long as they are not signed, to read afterwards."""
    member = _member(request, pk)
    demand(rules.can_read_pledge(request.user, member))
    text = pledges.pledge_in_force()
    signed = pledges.is_sworn(member)
    context = {
        "object": member, "signed": signed, "text": member.pledge if signed else text,
        "named": member.ties_named.split("\n") if signed and member.ties_named else [],
    }  # fmt: skip
    if signed or text is None or not rules.can_sign_pledge(request.user, member):
        return render(request, "villages/pledge.html", context)
    return _signing(request, member, text, context)


def _signing(
    request: HttpRequest, member: Membership, text: SecrecyPledge, context: dict[str, Any]
) -> HttpResponse:
    # The request holds a stand-in for the account; the password belongs to the row itself.
    person = User.objects.get(pk=request.user.pk)
    address = request.META.get("REMOTE_ADDR", "")
    form = SignForm(person, address, request.POST or None, initial={"pledge": text.pk})

    def sign(values: dict[str, Any]) -> Membership:
        values = {name: value for name, value in values.items() if name != "agreed"}
        return services.sign_pledge(actor=person, member=member, **values)

    known = [pledges.tie_words(row) for row in pledges.declared_ties(person)]
    response = submit(
        request, form, sign, scope=f"pledges.sign:{member.pk}", template="villages/pledge_sign.html",
        success=lambda _: reverse("inspection:desk"), context=context | {"known": known},
        message="已签署。本组各村的材料从现在起对您开放，应当回避的村除外。",
    )  # fmt: skip
    if form.has_error("password") and not form.has_error("password", "required") and not form.refused:
        services.note_failed_sign_in(actor=SYSTEM, username=person.username, address=address)
    return response


@require_POST
def pledge_remind(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Remind a member to sign."""
    member = _member(request, pk)
    demand(rules.can_watch_pledges(request.user, member.team))
    return perform(
        request,
        lambda: services.remind_to_sign(actor=request.user, member=member),
        scope=f"pledges.remind:{pk}",
        success=reverse("villages:team", kwargs={"pk": member.team_id}),
        message=f"已提醒{member.user.display_name}，提醒显示在本人的工作台上。",
    )


@require_POST
def pledge_paper(request: HttpRequest, pk: UUID, paper: str) -> HttpResponse:
    """Ask for the pledge or the declaration as Word; the progress stands on the job's page."""
    member = _member(request, pk)
    demand(rules.can_read_pledge(request.user, member))
    if paper not in PAPERS:
        raise Http404
    return redirect(
        "core:job", pk=services.request_pledge_paper(actor=request.user, member=member, paper=paper).pk
    )


@require_GET
def pledge_texts(request: HttpRequest) -> HttpResponse:
    """The wording in force and those before it."""
    demand(rules.can_read_pledge_texts(request.user))
    context = {
        "versions": pledges.pledges(request.user),
        "current": pledges.pledge_in_force(),
        "may_edit": bool(rules.can_edit_pledge(request.user)),
    }
    return render(request, "villages/pledge_texts.html", context)


@require_http_methods(["GET", "POST"])
def pledge_publish(request: HttpRequest) -> HttpResponse:
    """A new wording: the office."""
    demand(rules.can_edit_pledge(request.user))
    current = pledges.pledges(request.user).first()
    form = PledgeForm(request.POST or None, initial={"text": current.text if current else ""})
    back = reverse("villages:pledge_texts")
    return submit(
        request, form, lambda values: services.publish_pledge(actor=request.user, **values),
        scope="pledges.publish", template="villages/form.html", success=lambda _: back,
        context={"title": "发布新版保密承诺书", "cancel_url": back, "back": "保密承诺书", "submit_label": "发布新版"},
        message="新版已发布，生效后各轮成员须重新签署。",
    )  # fmt: skip
