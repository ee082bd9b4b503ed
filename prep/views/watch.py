"""The watch list of a village and one item of it."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import clock
from core.access import demand, get_visible_or_404
from core.errors import ServiceError, StaleRecord
from core.submissions import perform, revision_of, submit
from prep import rules, services
from prep.forms import AssignForm, WatchItemForm
from prep.models import WatchItem, WatchStatus
from prep.selectors.citations import read_basis
from prep.selectors.watch import WatchFilters, grouped, neighbours, watch_items, watch_line, watch_list
from prep.views.shared import categories_of, crumbs, members_of, visible_inspection
from prep.workflow import STEP_TO, WATCH
from villages.models import VillageInspection

RESULT_OF = {step: status for status, step in STEP_TO.items()}


def _list_of(inspection: VillageInspection) -> str:
    return reverse("prep:watch_list", kwargs={"pk": inspection.pk})


@require_GET
def watch(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The list: filters with counts, ticking and sharing out, by keyboard."""
    inspection = visible_inspection(request, pk)
    filters = WatchFilters.read(request.GET)
    context = crumbs(inspection) | {
        "listed": watch_list(request.user, inspection, filters, clock.today()),
        "filters": filters,
        "may_edit": rules.can_edit(request.user, inspection),
        "may_assign": rules.can_assign(request.user, inspection),
        "people": members_of(inspection),
    }
    return render(request, "prep/watch_list.html", context)


@require_POST
def draw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Copy what suits the village from the library."""
    inspection = visible_inspection(request, pk)

    def action() -> VillageInspection:
        services.draw_watch_list(actor=request.user, inspection=inspection)
        return inspection

    return perform(
        request,
        action,
        scope=f"prep.draw:{inspection.pk}",
        success=_list_of(inspection),
        message="清单已按村情类型从要点库生成，已有的条目没有改动。",
    )


@require_POST
def assign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the ticked items to one member."""
    inspection = visible_inspection(request, pk)
    demand(rules.can_edit(request.user, inspection))
    form = AssignForm(request.POST, people=members_of(inspection))
    chosen = set(request.POST.getlist("item"))
    items = [item for item in watch_items(request.user, inspection) if str(item.pk) in chosen]

    def action() -> VillageInspection:
        if not form.is_valid():
            raise ServiceError(str(next(iter(form.errors.values()))[0]))
        return services.assign_watch_items(
            actor=request.user, inspection=inspection, items=items, **form.cleaned_data
        )

    return perform(
        request,
        action,
        scope=f"prep.assign:{inspection.pk}",
        success=_list_of(inspection),
        message=f"已分派{len(items)}条待查问题。",
    )


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """An item of the team's own."""
    inspection = visible_inspection(request, pk)
    demand(rules.can_edit(request.user, inspection))
    form = WatchItemForm(
        request.POST or None, categories=categories_of(inspection), people=members_of(inspection)
    )

    def save(values: dict[str, Any]) -> WatchItem:
        values = {name: value for name, value in values.items() if name != "revision"}
        return services.add_watch_item(actor=request.user, inspection=inspection, **values)

    return submit(
        request,
        form,
        save,
        scope=f"prep.add:{inspection.pk}",
        template="prep/watch_form.html",
        success=lambda _: _list_of(inspection),
        context=crumbs(inspection) | {"cancel_url": _list_of(inspection), "submit_label": "加入清单"},
        message="已加入清单。",
    )


@require_GET
def print_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The list on paper, by category, with room to write."""
    inspection = visible_inspection(request, pk)
    items = list(watch_items(request.user, inspection))
    context = crumbs(inspection) | {"groups": grouped(items), "count": len(items)}
    return render(request, "prep/watch_print.html", context)


def visible_item(request: HttpRequest, pk: UUID) -> WatchItem:
    """One item with all its page shows, or 404 for what is not there for this person."""
    rows = WatchItem.objects.select_related(
        "inspection", "round", "team", "village", "category__parent", "check_point", "assignee"
    )
    return get_visible_or_404(rows, request.user, pk=pk)


@require_GET
def item(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One item: what, why, how; the steps; the history."""
    row = visible_item(request, pk)
    before, after = neighbours(row, request.user)
    context = crumbs(row.inspection) | {
        "object": row,
        "village": row.village,
        "basis": read_basis(request.user, [row.basis] if row.basis else [], as_of=clock.today()),
        "offers": WATCH.available(request.user, row),
        "may_edit": rules.can_edit(request.user, row),
        "elsewhere": watch_line(row).elsewhere,
        "before": before,
        "after": after,
    }
    return render(request, "prep/watch_item.html", context)


@require_http_methods(["GET", "POST"])
def item_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Reword an item."""
    row = visible_item(request, pk)
    demand(rules.can_edit(request.user, row))
    initial = {name: getattr(row, name) for name in services.EDITABLE} | {"revision": row.revision}
    form = WatchItemForm(request.POST or None, initial=initial, categories=categories_of(row.inspection))

    def save(values: dict[str, Any]) -> WatchItem:
        revision = values.pop("revision") or 0
        return services.edit_watch_item(actor=request.user, item=row, revision=revision, values=values)

    back = reverse("prep:watchitem", kwargs={"pk": row.pk})
    return submit(
        request,
        form,
        save,
        scope=f"prep.edit:{row.pk}",
        template="prep/watch_form.html",
        success=lambda _: back,
        context=crumbs(row.inspection) | {"cancel_url": back, "object": row},
    )


@require_POST
def item_action(request: HttpRequest, pk: UUID, action: str) -> HttpResponse:
    """Conclude an item or take it up again."""
    row = visible_item(request, pk)
    if action not in WATCH.transitions:
        raise Http404
    revision, text = revision_of(request), request.POST.get("reason", "")

    def step() -> WatchItem:
        if action == "reopen":
            return services.reopen_watch_item(actor=request.user, item=row, reason=text, revision=revision)
        result: WatchStatus = RESULT_OF[action]
        try:
            return services.conclude_watch_item(
                actor=request.user, item=row, result=result, note=text, revision=revision
            )
        except StaleRecord as error:
            # A button has no form to come back to: what was typed is shown beside the other one's conclusion.
            raise ServiceError(f"{error.message}您写的是：“{result.label}：{text}”。") from None

    return perform(
        request,
        step,
        scope=f"prep.watch.{action}:{row.pk}",
        success=reverse("prep:watchitem", kwargs={"pk": row.pk}),
        message="已记录。",
    )
