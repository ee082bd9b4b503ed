"""Pages of talk records."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.access import demand, get_visible_or_404
from core.errors import NotAllowed
from core.submissions import submit
from findings import rules, services
from findings.forms.talk import TalkForm
from findings.models import Talk
from findings.selectors.leads import leads_checked_by
from findings.selectors.talks import TalkFilters, talk_list, talk_page, talk_start, with_people
from findings.views.minutes import bring_minutes_back, put_minutes_aside, take_minutes_step
from findings.views.shared import (
    NOWHERE,
    lacks_of_minutes,
    members_of,
    village_named,
    working_round,
    writable_villages,
)
from findings.workflow import TALK_FLOW
from prep.models import Outline
from prep.rules.outline import can_talk_by

_FIELDS = (
    "target_category", "target_name", "target_post", "purpose", "happened_at", "ended_at", "place", "talker",
    "recorder", "read_back", "revision",
)  # fmt: skip


def talks(request: HttpRequest) -> HttpResponse:
    """Talk records of the round."""
    round_ = working_round(request)
    filters = TalkFilters.read(request.GET)
    listed = talk_list(request.user, round_, filters, cursor=request.GET.get("cursor", ""))
    can_write = writable_villages(request.user, round_).exists()
    context = {
        "round": round_,
        "filters": filters,
        "listed": listed,
        "page": listed.page,
        "count": listed.count,
        "can_write": can_write,
    }
    return render(request, "findings/talks.html", context)


def _visible_talk(request: HttpRequest, pk: Any) -> Talk:
    return get_visible_or_404(with_people(Talk.objects.all()), request.user, pk=pk)


def talk(request: HttpRequest, pk: Any) -> HttpResponse:
    """One record."""
    row = _visible_talk(request, pk)
    offers = [o for o in TALK_FLOW.available(request.user, row) if o.transition.name != "reopen"]
    context = talk_page(row) | {
        "leads": leads_checked_by(request.user, talk=row),
        "object": row,
        "talk": row,
        "offers": [] if row.deleted_at else offers,
        "can_edit": rules.can_edit_minutes(request.user, row),
        "can_delete": rules.can_delete_minutes(request.user, row),
        "can_restore": rules.can_restore_minutes(request.user, row),
        "lacks": lacks_of_minutes(row),
    }
    return render(request, "findings/talk.html", context)


def talk_new(request: HttpRequest) -> HttpResponse:
    """Write down a talk."""
    round_ = working_round(request)
    villages = writable_villages(request.user, round_)
    if not villages.exists():
        raise NotAllowed(NOWHERE)
    outline = _chosen_outline(request)
    start = {
        "village": village_named(villages, request.GET.get("village", "")),
        "recorder": request.user.pk,
    } | (talk_start(request.user, outline) if outline else {})
    members = members_of(villages[0].team_id)
    form = TalkForm(request.POST or None, initial=start, members=members, villages=villages)

    def save(values: dict[str, Any]) -> Talk:
        chosen, points = form.split()
        return services.create_talk(
            actor=request.user, inspection=values["village"], values=chosen, points=points, outline=outline
        )

    context = {
        "cancel_url": reverse("prep:outline", kwargs={"pk": outline.pk})
        if outline
        else reverse("findings:talks"),
        "submit_label": "保存草稿",
        "villages": villages,
        "outline": outline,
    }
    return submit(
        request,
        form,
        save,
        scope=f"findings.talk.new:{outline.pk}" if outline else "findings.talk.new",
        template="findings/talk_form.html",
        context=context,
        success=address,
        message="已保存草稿。核对无误后由记录人提交。",
    )


def _chosen_outline(request: HttpRequest) -> Outline | None:
    """The outline named in the address, when there is one: only a final version is talked by."""
    wanted = request.GET.get("outline", "")
    if not wanted:
        return None
    rows = Outline.objects.select_related("inspection", "kind", "team", "village")
    outline = get_visible_or_404(rows, request.user, pk=wanted)
    demand(can_talk_by(request.user, outline))
    return outline


def talk_edit(request: HttpRequest, pk: Any) -> HttpResponse:
    """Change a record."""
    row = _visible_talk(request, pk)
    demand(rules.can_edit_minutes(request.user, row))
    form = TalkForm(request.POST or None, initial=_stored(row), members=members_of(row.team_id))
    signed = row.status != row.Status.DRAFT

    def save(values: dict[str, Any]) -> Talk:
        chosen, points = form.split()
        return services.edit_talk(
            actor=request.user, talk=row, revision=values["revision"], values=chosen, points=points
        )

    return submit(
        request,
        form,
        save,
        scope=f"findings.talk.edit:{row.pk}",
        template="findings/talk_form.html",
        context={"cancel_url": address(row), "object": row, "talk": row, "signed": signed},
        success=address,
        message="已保存。内容有改动的，原签名已失效，须重新签名。" if signed else "已保存。",
        stored=_stored,
    )


def _stored(row: Talk) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _FIELDS} | {"outline": row.point_rows()}


def address(row: Talk) -> str:
    """The page of a talk record."""
    return reverse("findings:talk", kwargs={"pk": row.pk})


@require_POST
def talk_action(request: HttpRequest, pk: Any, action: str) -> HttpResponse:
    """Submit, sign or return a record."""
    row = _visible_talk(request, pk)
    return take_minutes_step(request, row, action, address(row))


@require_POST
def talk_delete(request: HttpRequest, pk: Any) -> HttpResponse:
    """Put an unsigned one aside."""
    row = _visible_talk(request, pk)
    return put_minutes_aside(request, row, address(row))


@require_POST
def talk_restore(request: HttpRequest, pk: Any) -> HttpResponse:
    """Bring a deleted one back."""
    row = _visible_talk(request, pk)
    return bring_minutes_back(request, row, address(row))


@require_POST
def talk_word(request: HttpRequest, pk: Any) -> HttpResponse:
    """Ask for the record as Word or PDF; the progress stands on the job's page."""
    row = _visible_talk(request, pk)
    job = services.request_talk(actor=request.user, talk=row, pdf=request.POST.get("as") == "pdf")
    return redirect("core:job", pk=job.pk)
