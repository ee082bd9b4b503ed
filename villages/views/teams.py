"""Teams: their members and villages."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from core import clock
from core.access import demand, get_visible_or_404
from core.submissions import perform, posted_revision, submit
from villages import rules, services
from villages.forms.rounds import AssignForm, MemberEditForm, MemberForm, StayForm, TeamEditForm, TeamForm
from villages.models import Membership, Round, Stage, Team, VillageInspection
from villages.selectors import ladder, people, rounds
from villages.selectors.pledges import sworn_states
from villages.selectors.recusals import team_conflicts
from villages.views.base import posted_reason

_FORM = "villages/form.html"


@require_GET
def team(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One team: who serves by which authorisation, which villages, which ties."""
    row = _team(request, pk)
    today = clock.today()
    shown = next(item for item in rounds.teams(request.user, row.round) if item["team"].pk == row.pk)
    may_change = rules.can_change_round(request.user, row.round)
    context = {
        "object": row, "members": _with_papers(request.user, row, shown["members"]), "may_change": bool(may_change),
        "lines": [
            {
                "spine": spine, "steps": ladder.ladder(spine, today), "stay": ladder.stay(spine, today),
                "first": spine.status == Stage.PREP, "started": spine.status != Stage.PREP,
            }
            for spine in shown["inspections"]
        ],
        "watched": bool(rules.can_watch_pledges(request.user, row)),
        "may_read_papers": bool(rules.can_manage_rounds(request.user)),
        "conflicts": team_conflicts(request.user, row) if rules.can_manage_rounds(request.user) else [],
        "may_approve": bool(rules.can_approve_exception(request.user)),
    }  # fmt: skip
    return render(request, "villages/team.html", context)


def _with_papers(viewer: Any, row: Team, members: list[Membership]) -> list[dict[str, Any]]:
    """Members with how their pledge and declaration stand, for those who watch over it."""
    watched = bool(rules.can_watch_pledges(viewer, row))
    states = sworn_states(row) if watched else {}
    return [{"row": member, "papers": states.get(member.pk)} for member in members]


def _team(request: HttpRequest, pk: UUID) -> Team:
    source = Team.objects.select_related("round", "round__district").prefetch_related("towns")
    return get_visible_or_404(source, request.user, pk=pk)


def _address(row: Team) -> str:
    return reverse("villages:team", kwargs={"pk": row.pk})


def team_create(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make a team in the round ``pk``."""
    round_ = get_visible_or_404(Round.objects, request.user, pk=pk)
    demand(rules.can_change_round(request.user, round_))
    initial = {"number": round_.teams.count() + 1}

    def save(values: dict[str, Any]) -> Team:
        values["towns"] = list(values["towns"])
        return services.create_team(actor=request.user, round_=round_, **values)

    back = reverse("villages:round", kwargs={"pk": pk})
    return submit(
        request, TeamForm(request.user, request.POST or None, initial=initial), save, scope=f"teams.create:{pk}",
        template=_FORM, success=_address, context={"title": "组建巡察组", "cancel_url": back, "back": round_.name},
    )  # fmt: skip


def team_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Rename a team, change its towns."""
    row = _team(request, pk)
    demand(rules.can_change_round(request.user, row.round))
    initial = {"name": row.name, "towns": row.towns.all(), "revision": row.revision}
    form = TeamEditForm(request.user, request.POST or None, initial=initial)

    def save(_: dict[str, Any]) -> Team:
        revision, values = form.split()
        return services.update_team(
            actor=request.user, team=row, revision=revision, name=values["name"], towns=list(values["towns"])
        )

    context = {"title": f"修改 {row.name}", "cancel_url": _address(row), "back": row.name}
    return submit(
        request, form, save, scope=f"team.edit:{pk}", template=_FORM, success=_address, context=context
    )


# --- members ----------------------------------------------------------------------------------------------


def member_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give somebody a post in the team ``pk``; ties are checked before it is saved."""
    row = _team(request, pk)
    demand(rules.can_change_round(request.user, row.round))
    form = MemberForm(people.inspectors_free(request.user, row.round), request.POST or None)
    return submit(
        request,
        form,
        lambda values: services.add_member(actor=request.user, team=row, **values),
        scope=f"members.add:{pk}",
        template=_FORM,
        success=lambda _: _address(row),
        context={"title": f"编入{row.name}", "cancel_url": _address(row), "back": row.name},
    )


def _member(request: HttpRequest, pk: UUID) -> Membership:
    source = Membership.objects.select_related("round", "team", "user")
    return get_visible_or_404(source, request.user, pk=pk)


def member_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a post or its authorisation."""
    member = _member(request, pk)
    demand(rules.can_change_round(request.user, member.round))
    names = ("role", "authorised_on", "authorisation_no")
    initial = {name: getattr(member, name) for name in names} | {"revision": member.revision}
    form = MemberEditForm(request.POST or None, initial=initial)

    def save(_: dict[str, Any]) -> Membership:
        revision, changes = form.split()
        return services.update_member(actor=request.user, member=member, revision=revision, changes=changes)

    back = _address(member.team)
    return submit(
        request, form, save, scope=f"member.edit:{pk}", template=_FORM, success=lambda _: back,
        context={"title": f"{member.user.display_name}的职务与授权", "cancel_url": back, "back": member.team.name},
    )  # fmt: skip


@require_POST
def member_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take somebody out of a team, with a reason."""
    member = _member(request, pk)
    demand(rules.can_change_round(request.user, member.round))
    return perform(
        request,
        lambda: services.remove_member(actor=request.user, member=member, reason=posted_reason(request)),
        scope=f"member.remove:{pk}",
        success=_address(member.team),
        message=f"{member.user.display_name}已调出。",
    )


# --- villages of a team -----------------------------------------------------------------------------------


def village_assign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a village to the team ``pk``; every member's ties are checked before it is saved."""
    row = _team(request, pk)
    demand(rules.can_change_round(request.user, row.round))
    form = AssignForm(row, request.user, request.POST or None)
    return submit(
        request,
        form,
        lambda values: services.assign_village(actor=request.user, team=row, **values),
        scope=f"villages.assign:{pk}",
        template=_FORM,
        success=lambda _: _address(row),
        context={"title": f"给{row.name}分派村（社区）", "cancel_url": _address(row), "back": row.name},
    )


def _spine(request: HttpRequest, pk: UUID) -> VillageInspection:
    source = VillageInspection.objects.select_related("round", "team", "village", "town")
    return get_visible_or_404(source, request.user, pk=pk)


def stay_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Other days in an assigned village."""
    spine = _spine(request, pk)
    demand(rules.can_change_round(request.user, spine.round))
    initial = {"entry_on": spine.entry_on, "exit_on": spine.exit_on, "revision": spine.revision}
    form = StayForm(request.POST or None, initial=initial)

    def save(_: dict[str, Any]) -> VillageInspection:
        revision, changes = form.split()
        return services.update_assignment(
            actor=request.user, inspection=spine, revision=revision, changes=changes
        )

    back = _address(spine.team)
    return submit(
        request, form, save, scope=f"stay.edit:{pk}", template=_FORM, success=lambda _: back,
        context={"title": f"{spine.village.name}的驻村日期", "cancel_url": back, "back": spine.team.name},
    )  # fmt: skip


@require_POST
def inspection_action(request: HttpRequest, pk: UUID, action: str) -> HttpResponse:
    """Take a village back from its team, or send it back one stage: the office, with a reason."""
    spine = _spine(request, pk)
    demand(rules.can_change_round(request.user, spine.round))
    reason = posted_reason(request)
    steps: dict[str, Any] = {
        "withdraw": lambda: services.withdraw_assignment(actor=request.user, inspection=spine, reason=reason),
        "step_back": lambda: services.step_back(
            actor=request.user, inspection=spine, reason=reason, revision=posted_revision(request)
        ),
    }
    if action not in steps:
        raise Http404
    return perform(
        request,
        steps[action],
        scope=f"inspection.{action}:{pk}",
        success=_address(spine.team),
        message="已办理。",
    )
