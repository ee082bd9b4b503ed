"""When and where sheets are handed out, how many of whom are wanted, and the office's list of categories."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.access import demand, get_visible_or_404
from core.submissions import perform, submit
from surveys import rules, services
from surveys.forms import GroupForm, OccasionForm, PlanForm
from surveys.models import Occasion, RespondentGroup, Survey, respondent_groups
from surveys.selectors.coverage import plan_of
from surveys.views.shared import frame, page_of, visible_survey

_OCCASION = ("channel", "held_on", "place", "led_by", "attended")
_GROUP = ("name", "order", "aliases", "active")


def _occasion_form(request: HttpRequest, row: Survey, occasion: Occasion | None) -> HttpResponse:
    demand(rules.can_plan(request.user, row))
    initial = {name: getattr(occasion, name) for name in (*_OCCASION, "revision")} if occasion else {}
    form = OccasionForm(request.POST or None, initial=initial)

    def save(values: dict[str, Any]) -> Occasion:
        revision = values.pop("revision")
        return services.save_occasion(
            actor=request.user, survey=row, values=values, occasion=occasion, revision=revision
        )

    return submit(
        request,
        form,
        save,
        scope=f"surveys.occasion:{occasion.pk if occasion else row.pk}",
        template="surveys/form.html",
        success=lambda made: page_of(row),
        context=frame(row) | {"heading": "修改场次" if occasion else "登记场次", "cancel_url": page_of(row)},
        message="场次已保存。",
    )


@require_http_methods(["GET", "POST"])
def occasion_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note down a meeting or a round of visits."""
    return _occasion_form(request, visible_survey(request, pk), None)


def _occasion(request: HttpRequest, pk: UUID) -> Occasion:
    rows = Occasion.objects.select_related("survey")
    return get_visible_or_404(rows, request.user, pk=pk)


@require_http_methods(["GET", "POST"])
def occasion_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a meeting."""
    occasion = _occasion(request, pk)
    return _occasion_form(request, visible_survey(request, occasion.survey_id), occasion)


@require_POST
def occasion_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Strike a meeting out."""
    occasion = _occasion(request, pk)
    occasion.survey = visible_survey(request, occasion.survey_id)
    return perform(
        request,
        lambda: services.remove_occasion(actor=request.user, occasion=occasion),
        scope=f"surveys.occasion_remove:{pk}",
        success=page_of(occasion.survey),
        message="场次已删除。",
    )


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How many sheets of each category are wanted."""
    row = visible_survey(request, pk)
    demand(rules.can_plan(request.user, row))
    planned, hints = plan_of(row)
    form = PlanForm(request.POST or None, planned=planned, hints=hints, initial={"revision": row.revision})
    return submit(
        request,
        form,
        lambda values: services.save_plan(actor=request.user, survey=row, **values),
        scope=f"surveys.plan:{row.pk}",
        template="surveys/form.html",
        success=page_of,
        context=frame(row) | {"heading": f"{row.village.name}计划份数", "cancel_url": page_of(row)},
        message="计划份数已保存。",
    )


# --- categories of people -----------------------------------------------------------------------------------


@require_GET
def groups(request: HttpRequest) -> HttpResponse:
    """The list of categories; until the office makes it its own, the one that comes with the product."""
    demand(rules.can_browse(request.user))
    own = list(RespondentGroup.objects.visible_to(request.user))
    context = {"own": own, "rows": own or respondent_groups(), "may_build": rules.can_build(request.user)}
    return render(request, "surveys/groups_list.html", context)


@require_POST
def groups_load(request: HttpRequest) -> HttpResponse:
    """Make the list that comes with the product one that can be edited."""
    demand(rules.can_build(request.user))
    return perform(
        request,
        lambda: services.load_groups(actor=request.user)[0],
        scope="surveys.groups_load",
        success=reverse("surveys:groups"),
    )


def _group_form(request: HttpRequest, group: RespondentGroup | None) -> HttpResponse:
    demand(rules.can_build(request.user))
    initial = {name: getattr(group, name) for name in (*_GROUP, "revision")} if group else {}
    form = GroupForm(request.POST or None, initial=initial)

    def save(values: dict[str, Any]) -> RespondentGroup:
        revision = values.pop("revision")
        return services.save_group(actor=request.user, values=values, group=group, revision=revision)

    return submit(
        request,
        form,
        save,
        scope=f"surveys.group:{group.pk if group else 'new'}",
        template="surveys/form.html",
        success=lambda made: reverse("surveys:groups"),
        context={
            "heading": f"修改“{group.name}”" if group else "增加人员类别",
            "cancel_url": reverse("surveys:groups"),
        },
        message="人员类别已保存。",
    )


@require_http_methods(["GET", "POST"])
def group_add(request: HttpRequest) -> HttpResponse:
    """A new category."""
    return _group_form(request, None)


@require_http_methods(["GET", "POST"])
def group_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a category."""
    return _group_form(request, get_visible_or_404(RespondentGroup.objects, request.user, pk=pk))
