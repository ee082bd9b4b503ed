"""What several pages of this stage begin with: the round one works in, the paper one may see, the posted revision."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from core.access import demand, get_visible_or_404
from core.errors import NotAllowed
from core.text import clean
from findings import rules
from findings.models import Finding
from findings.selectors.paper import with_relations
from villages.models import Round, Stage, User, VillageInspection
from villages.selectors.rounds import current_round

NOWHERE = "本轮次没有由您填写底稿的村（社区）。底稿由本巡察组成员填写，进入整改的村不再新建。"


def refused_form(request: HttpRequest, form: Any, back: str) -> HttpResponse:
    """Say what is wrong with a form that stands in a dialog, on the page it was opened from."""
    for errors in form.errors.values():
        for message in errors:
            messages.error(request, message)
    return redirect(back)


def working_round(request: HttpRequest) -> Round:
    """The round chosen in the top bar; 403 for people outside of the inspecting side."""
    demand(rules.can_browse(request.user))
    chosen = current_round(request.user, request.session.get("round", ""))
    if chosen is None:
        raise NotAllowed("还没有您可以进入的巡察轮次。轮次和分组由巡察办安排。")
    return chosen


def visible_finding(request: HttpRequest, pk: Any) -> Finding:
    """The paper with its relations, or 404 for what is not there for this person."""
    return get_visible_or_404(with_relations(Finding.objects.all()), request.user, pk=pk)


def writable_villages(user: Any, round_: Round) -> QuerySet[VillageInspection]:
    """Villages of the round in which ``user`` writes papers."""
    rows = VillageInspection.objects.visible_to(user).filter(round=round_, team__memberships__user=user)
    return (
        rows.exclude(status__in=[Stage.RECTIFY, Stage.FILED])
        .select_related("village")
        .order_by("village__code")
    )


def village_named(villages: QuerySet[VillageInspection], code: str) -> VillageInspection | None:
    """The one of ``villages`` whose code stands in the address."""
    return villages.filter(village__code=clean(code)[:12]).first()


def members_of(team_id: Any) -> QuerySet[User]:
    """Accounts that serve in a team, by name."""
    return User.objects.filter(memberships__team=team_id, is_active=True).order_by("display_name")
