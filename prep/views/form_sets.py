"""Papers made in advance: the forms of the office, a village's own, sets of them, their keepers and receipts."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.access import demand, get_visible_or_404
from core.blanks import BlankForm, find_blank
from core.blanks.context import NOWHERE
from core.files.responses import send, send_made
from core.models.jobs import Job
from core.submissions import perform, revision_of, submit
from prep import rules, services
from prep.forms.form_sets import CopiesForm, KeepersForm
from prep.models import FormSet
from prep.rules import form_sets as set_rules
from prep.selectors.form_sets import copies_in, copies_row, form_groups, keepers_of, place_of, sets_of
from prep.views.shared import crumbs, visible_inspection
from villages.access import is_office
from villages.models import Round, Team, User, VillageInspection
from villages.rules import can_change_round
from villages.selectors.rounds import current_round

_JOBS = 100
_STARTED = "正在生成，可以离开这个页面；做好后在“成套表单”中取用。"


def _form(designation: str) -> BlankForm:
    try:
        return find_blank(designation)
    except LookupError:
        raise Http404 from None


def _unfinished(request: HttpRequest, rows: Sequence[Any]) -> dict[str, Job]:
    """By key of ``rows``: the viewer's newest job on it, if that is under way or ended without a package."""
    mine = Job.objects.visible_to(request.user).filter(kind=services.MAKE)
    newest: dict[str, Job] = {}
    for job in mine.filter(subject_id__in=[str(row.pk) for row in rows]).order_by("-id")[:_JOBS]:
        newest.setdefault(job.subject_id, job)
    return {key: job for key, job in newest.items() if job.is_active or job.error}


# --- the forms of a round -----------------------------------------------------------------------------------


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Every form with version and copies; sets of the viewer's teams and of the round."""
    demand(rules.can_browse(request.user))
    round_ = current_round(request.user, request.session.get("round", ""))
    context: dict[str, Any] = {"round": round_}
    if round_ is not None:
        context |= {
            "groups": form_groups(copies_in(round_), None),
            "may_copies": can_change_round(request.user, round_),
            "may_round": set_rules.can_make_round_set(request.user, round_),
            "sets": [
                (row, set_rules.can_receive(request.user, row)) for row in sets_of(request.user, round_)
            ],
        }
        teams = _teams(request, round_)
        jobs = _unfinished(request, [round_, *teams])
        context |= {"job": jobs.get(str(round_.pk)), "teams": _team_lines(request, teams, jobs)}
    return render(request, "prep/forms.html", context)


def _teams(request: HttpRequest, round_: Round) -> list[Team]:
    """All teams for the office, the own one for its members."""
    rows = Team.objects.visible_to(request.user).filter(round=round_).select_related("round")
    if not is_office(request.user):
        rows = rows.filter(memberships__user=request.user)
    return list(rows.annotate(village_count=Count("inspections", distinct=True)).order_by("number"))


def _team_lines(request: HttpRequest, teams: list[Team], jobs: dict[str, Job]) -> list[dict[str, Any]]:
    """Teams with their keepers and what the viewer may do."""
    now = keepers_of(teams)
    return [
        {
            "team": team,
            "keepers": now[team.pk],
            "may_make": set_rules.can_make_team_set(request.user, team),
            "may_name": set_rules.can_name_keeper(request.user, team),
            "job": jobs.get(str(team.pk)),
        }
        for team in teams
    ]


@require_GET
def preview(request: HttpRequest, designation: str) -> FileResponse:
    """A form with lines where a village's name would stand."""
    form = _form(designation)
    demand(rules.can_browse(request.user))
    return send_made(form.file_name, form.render(NOWHERE, 1))


def copies(request: HttpRequest) -> HttpResponse:
    """How many copies of each form the round's sets are printed in."""
    demand(rules.can_browse(request.user))
    round_ = current_round(request.user, request.session.get("round", ""))
    if round_ is None:
        raise Http404
    demand(can_change_round(request.user, round_))
    row = copies_row(round_)
    listed = form_groups(copies_in(round_), None)
    form = CopiesForm(listed, request.POST or None, initial={"revision": row.revision if row else 0})
    back = reverse("prep:forms")
    return submit(
        request,
        form,
        lambda _: services.set_copies(actor=request.user, round_=round_, **form.parts()),
        scope=f"prep.copies:{round_.pk}",
        template="prep/forms_edit.html",
        success=lambda _: back,
        context={"title": "每村印制份数", "note": round_.name, "cancel_url": back},
        message="份数已保存，之后生成的成套表单按新份数。",
    )


# --- making sets --------------------------------------------------------------------------------------------


@require_POST
def make_round(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Have the papers of a whole round made."""
    round_ = get_visible_or_404(Round.objects.select_related("district"), request.user, pk=pk)
    demand(set_rules.can_make_round_set(request.user, round_))
    return perform(
        request,
        lambda: services.request_round_set(actor=request.user, round_=round_),
        scope=f"prep.round_set:{pk}",
        success=reverse("prep:forms"),
        message=_STARTED,
    )


def _team(request: HttpRequest, pk: UUID) -> Team:
    return get_visible_or_404(Team.objects.select_related("round__district"), request.user, pk=pk)


@require_POST
def make_team(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Have the papers of a team's villages made."""
    team = _team(request, pk)
    demand(set_rules.can_make_team_set(request.user, team))
    return perform(
        request,
        lambda: services.request_team_set(actor=request.user, team=team),
        scope=f"prep.team_set:{pk}",
        success=reverse("prep:forms"),
        message=_STARTED,
    )


@require_http_methods(["GET", "POST"])
def keepers(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Name who keeps a team's papers."""
    team = _team(request, pk)
    demand(set_rules.can_name_keeper(request.user, team))
    now = keepers_of([team])[team.pk]
    initial = {
        "keeper": now.keeper,
        "sealed_keeper": now.sealed,
        "revision": now.row.revision if now.row else 0,
    }
    people = User.objects.filter(memberships__team=team, is_active=True).order_by("display_name")
    form = KeepersForm(people, request.POST or None, initial=initial)
    back = reverse("prep:forms")
    return submit(
        request,
        form,
        lambda values: services.name_keepers(actor=request.user, team=team, **values),
        scope=f"prep.keepers:{pk}",
        template="prep/forms_edit.html",
        success=lambda _: back,
        context={"title": f"{team.name}表单保管人", "note": team.round.name, "cancel_url": back},
        message="保管人已指定，之后生成的表单印新的保管人。",
    )


# --- one village --------------------------------------------------------------------------------------------


def _inspection(request: HttpRequest, pk: UUID) -> VillageInspection:
    rows = VillageInspection.objects.select_related(
        "round__district", "team__round__district", "village", "town"
    )
    return get_visible_or_404(rows, request.user, pk=pk)


@require_GET
def village(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The papers of one village: each form, and the sets that were made."""
    inspection = visible_inspection(request, pk)
    now = keepers_of([inspection.team])[inspection.team_id]
    sets = sets_of(request.user, inspection.round, inspection)
    context = crumbs(inspection) | {
        "object": inspection,
        "groups": form_groups(copies_in(inspection.round), now),
        "keepers": now,
        "may_make": set_rules.can_make_set(request.user, inspection),
        "may_name": set_rules.can_name_keeper(request.user, inspection.team),
        "sets": [(row, set_rules.can_receive(request.user, row)) for row in sets],
        "job": _unfinished(request, [inspection]).get(str(inspection.pk)),
    }
    return render(request, "prep/village_forms.html", context)


@require_GET
def blank(request: HttpRequest, pk: UUID, designation: str) -> FileResponse:
    """One form for one village."""
    inspection, form = _inspection(request, pk), _form(designation)
    now = keepers_of([inspection.team])[inspection.team_id]
    copies_ = copies_in(inspection.round)[designation]
    content = form.render(place_of(inspection, now), copies_)
    return send_made(f"{inspection.village.name} {form.file_name}", content)


@require_POST
def make_village(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Have one village's papers made."""
    inspection = _inspection(request, pk)
    return perform(
        request,
        lambda: services.request_village_set(actor=request.user, inspection=inspection),
        scope=f"prep.village_set:{pk}",
        success=reverse("prep:village_forms", args=[pk]),
        message=_STARTED,
    )


# --- a set that was made ------------------------------------------------------------------------------------


def _set(request: HttpRequest, pk: UUID) -> FormSet:
    rows = FormSet.objects.select_related("round", "team", "inspection__village", "file", "keeper")
    return get_visible_or_404(rows, request.user, pk=pk)


@require_GET
def set_file(request: HttpRequest, pk: UUID) -> FileResponse:
    """Download a set."""
    return send(services.note_form_set_download(actor=request.user, form_set=_set(request, pk)))


@require_POST
def set_receive(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Sign for a set."""
    row = _set(request, pk)
    demand(set_rules.can_receive(request.user, row))
    back = (
        reverse("prep:village_forms", args=[row.inspection_id])
        if row.inspection_id
        else reverse("prep:forms")
    )
    note, revision = request.POST.get("note", ""), revision_of(request)
    return perform(
        request,
        lambda: services.receive_form_set(actor=request.user, form_set=row, note=note, revision=revision),
        scope=f"prep.receive_set:{pk}",
        success=back,
        message="已签收。",
    )
