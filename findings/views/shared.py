"""What several pages of this stage begin with: the round one works in, the paper one may see, the posted revision."""

from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from core.access import demand, get_visible_or_404
from core.errors import NotAllowed, ServiceError
from core.text import clean
from findings import rules
from findings.models import FieldPaper, Finding, SurveyTable, Talk
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


def refused(request: HttpRequest, refusal: ServiceError, back: str) -> HttpResponse:
    """Say why a button could do nothing, on the page it stands on."""
    messages.error(request, refusal.message)
    return redirect(back)


def working_round(request: HttpRequest) -> Round:
    """The round chosen in the top bar; 403 for people outside of the inspecting side."""
    demand(rules.can_browse(request.user))
    chosen = current_round(request.user, request.session.get("round", ""))
    if chosen is None:
        raise NotAllowed("还没有您可以进入的巡察轮次。轮次和分组由巡察办安排。")
    return chosen


def list_query(request: HttpRequest) -> QueryDict:
    """The choices of the review list a button stood beside: the page it was pressed on, if that was this list."""
    came_from = urlsplit(request.headers.get("referer", ""))
    query = QueryDict(mutable=True)
    if came_from.path == reverse("findings:review"):
        query.update(dict(parse_qsl(came_from.query)))
    query.pop("cursor", None)
    return query


def list_address(request: HttpRequest, at: Finding | None = None) -> str:
    """Back to the review list as it was, with ``at`` opened beside it."""
    query = list_query(request)
    if at is not None:
        query["at"] = str(at.pk)
    return f"{reverse('findings:review')}?{query.urlencode()}"


def visible_finding(request: HttpRequest, pk: Any) -> Finding:
    """The paper with its relations, or 404 for what is not there for this person."""
    return get_visible_or_404(with_relations(Finding.objects.all()), request.user, pk=pk)


_MINUTES_PAGES: dict[Any, str] = {Talk: "talk", FieldPaper: "field_paper", SurveyTable: "table"}


def lacks_of(user: Any, paper: Finding) -> list[tuple[str, str]]:
    """What an open paper lacks, each with the address where it is mended; without one for who may not."""
    if paper.status not in Finding.OPEN or paper.deleted_at:
        return []
    may = bool(rules.can_edit(user, paper))
    return [(lack.name, _mended_at(paper, lack) if may else "") for lack in rules.missing_parts(paper)]


def lacks_of_minutes(row: Any) -> list[tuple[str, str]]:
    """The same of a draft of minutes: all of it is mended on one form, so that there is no address."""
    if row.status != row.Status.DRAFT or row.deleted_at:
        return []
    return [(name, "") for name in rules.missing_minutes(row)]


def _mended_at(paper: Finding, lack: rules.Lack) -> str:
    if lack.minutes:
        return reverse(f"findings:{_MINUTES_PAGES[type(lack.minutes)]}", kwargs={"pk": lack.minutes.pk})
    if lack.field == rules.EVIDENCE:
        return f"{reverse('findings:finding', kwargs={'pk': paper.pk})}#zhicheng"
    return f"{reverse('findings:finding_edit', kwargs={'pk': paper.pk})}#div_id_{lack.field}"


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
