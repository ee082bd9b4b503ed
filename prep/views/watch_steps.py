"""What is done on the watch list itself: a row concluded where it stands, many at once, the list as Word."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.access import demand
from core.errors import ServiceError
from core.submissions import perform, submit
from prep import rules, services
from prep.forms.watch import ConcludeForm
from prep.models import WatchItem
from prep.selectors.watch import watch_items, watch_line
from prep.views.shared import visible_inspection
from prep.views.watch import RESULT_OF, visible_item
from prep.workflow import WATCH
from villages.models import VillageInspection


def _row_context(request: HttpRequest, item: WatchItem) -> dict[str, Any]:
    return {"line": watch_line(item), "may_edit": rules.can_edit(request.user, item)}


@require_GET
def row(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One row of the list, as it stands now."""
    item = visible_item(request, pk)
    return render(request, "prep/watch_row.html", _row_context(request, item))


@require_http_methods(["GET", "POST"])
def conclude(request: HttpRequest, pk: UUID, step: str) -> HttpResponse:
    """The row with a line to write on what was found; posted, the row with its conclusion."""
    item = visible_item(request, pk)
    if step not in RESULT_OF:
        raise Http404
    demand(rules.can_edit(request.user, item))
    form = ConcludeForm(request.POST or None, initial={"revision": item.revision, "note": item.note})
    context = _row_context(request, item) | {
        "step": WATCH.transitions[step],
        "verdict": WATCH.check(request.user, item, step),
    }

    def save(values: dict[str, Any]) -> WatchItem:
        revision = values["revision"]
        return services.conclude_watch_item(
            actor=request.user, item=item, result=RESULT_OF[step], note=values["note"], revision=revision
        )

    return submit(
        request,
        form,
        save,
        scope=f"prep.conclude:{item.pk}:{step}",
        template="prep/watch_row.html",
        success=lambda _: reverse("prep:watchitem_row", kwargs={"pk": item.pk}),
        context=context,
        message="",
    )


@require_POST
def clear(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record "nothing found" for all ticked items, with one note."""
    inspection = visible_inspection(request, pk)
    demand(rules.can_edit(request.user, inspection))
    chosen = set(request.POST.getlist("item"))
    items = [item for item in watch_items(request.user, inspection) if str(item.pk) in chosen]
    note = request.POST.get("note", "")

    def action() -> VillageInspection:
        if len(note) > ConcludeForm.LONGEST:
            raise ServiceError(f"查核说明不超过{ConcludeForm.LONGEST}字，请缩短。")
        return services.clear_watch_items(actor=request.user, inspection=inspection, items=items, note=note)

    numbers = "、".join(str(item.seq) for item in items)
    return perform(
        request,
        action,
        scope=f"prep.clear:{inspection.pk}",
        success=reverse("prep:watch_list", kwargs={"pk": inspection.pk}),
        message=f"已将{len(items)}条记为“未发现”：第{numbers}条。",
    )


@require_POST
def word(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for the list as Word; the progress stands on the job's page."""
    inspection = visible_inspection(request, pk)
    job = services.request_watch_sheet(actor=request.user, inspection=inspection)
    return redirect("core:job", pk=job.pk)
