"""Paper sheets typed in by keyboard: begin a pile, the grid, what is kept of it, differences, and putting it away."""

import json
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.access import demand, get_visible_or_404
from core.errors import ServiceError
from core.idempotency import once
from core.submissions import perform, revision_of, submit
from core.text import clean_deep
from surveys import rules, services
from surveys.forms import BatchForm
from surveys.models import EntryBatch
from surveys.selectors.entry import differences, settled_content, typing_of
from surveys.views.shared import frame, page_of, visible_survey
from surveys.workflow import BATCH

_LONGEST = 512 * 1024


def _visible(request: HttpRequest, pk: UUID) -> EntryBatch:
    rows = EntryBatch.objects.select_related(
        "survey__inspection", "survey__round", "survey__team", "survey__village", "survey__questionnaire",
        "occasion", "first_by", "second_by", "settled_by",
    )  # fmt: skip
    return get_visible_or_404(rows, request.user, pk=pk)


def _batch_page(batch: EntryBatch) -> str:
    return reverse("surveys:batch", kwargs={"pk": batch.pk})


@require_http_methods(["GET", "POST"])
def batch_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Begin a pile."""
    row = visible_survey(request, pk)
    demand(rules.can_collect(request.user, row))
    form = BatchForm(request.POST or None, survey=row)

    def begin(values: dict[str, Any]) -> EntryBatch:
        channel, occasion = values["where"]
        return services.create_batch(
            actor=request.user, survey=row, channel=channel, occasion=occasion,
            expected=values["expected"], double=values["double"],
        )  # fmt: skip

    return submit(
        request,
        form,
        begin,
        scope=f"surveys.batch:{row.pk}",
        template="surveys/form.html",
        success=lambda made: reverse("surveys:entry_grid", kwargs={"pk": made.pk}),
        context=frame(row)
        | {
            "heading": f"录入{row.village.name}纸质问卷",
            "cancel_url": page_of(row),
            "submit_label": "开始录入",
        },
        message="",
    )


@require_GET
def batch(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One pile: how far it is, whose turn it is, the steps."""
    row = _visible(request, pk)
    context = frame(row.survey) | {
        "object": row,
        "offers": BATCH.available(request.user, row),
        "may_type": rules.can_type(request.user, row),
        "differing": len(rules.open_differences(row)) if row.status == EntryBatch.Status.SETTLING else 0,
        "is_settling": row.status == EntryBatch.Status.SETTLING,
    }
    return render(request, "surveys/batch.html", context)


@require_GET
def entry_grid(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The keyboard grid: one sheet after the other."""
    row = _visible(request, pk)
    demand(rules.can_type(request.user, row))
    context = frame(row.survey) | {"object": row, "typing": typing_of(row)}
    return render(request, "surveys/entry_grid.html", context)


@require_POST
def entry_keep(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep sheets the grid sends; the same bundle sent again is told that it is kept."""
    row = _visible(request, pk)
    demand(rules.can_type(request.user, row))
    body = _body(request)
    sheets, dropped, key = body.get("sheets", []), body.get("dropped", []), str(body.get("key", ""))[:64]
    if not isinstance(sheets, list) or not isinstance(dropped, list):
        return JsonResponse({"message": "内容无法读取，请刷新页面。"}, status=422)

    def keep() -> EntryBatch:
        return services.keep_sheets(actor=request.user, batch=row, sheets=sheets, dropped=dropped)

    try:
        kept = once(
            scope=f"{request.user.pk}:surveys.keep:{pk}"[:120],
            key=key,
            payload={"sheets": sheets, "dropped": dropped},
            action=keep,
        )
    except ServiceError as error:
        return JsonResponse({"message": error.message}, status=error.status if error.status != 400 else 422)
    return JsonResponse({"typed": kept.typed, "retyped": kept.retyped})


def _body(request: HttpRequest) -> dict[str, Any]:
    try:
        content = request.read(_LONGEST + 1)
        found = clean_deep(json.loads(content)) if len(content) <= _LONGEST else {}
    except (ValueError, RecursionError, OSError):
        return {}
    return found if isinstance(found, dict) else {}


@require_POST
def batch_recount(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Correct how many sheets were counted."""
    row = _visible(request, pk)
    demand(rules.can_type(request.user, row))
    text = request.POST.get("expected", "").strip()[:6]
    expected = int(text) if text.isascii() and text.isdigit() else 0
    revision = revision_of(request)
    return perform(
        request,
        lambda: services.recount_batch(actor=request.user, batch=row, expected=expected, revision=revision),
        scope=f"surveys.recount:{pk}",
        success=_batch_page(row),
        message="清点份数已改正。",
    )


@require_http_methods(["GET", "POST"])
def entry_differences(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What two people typed differently, sheet by sheet; a post settles one sheet."""
    row = _visible(request, pk)
    demand(rules.can_collect(request.user, row.survey))
    if request.method == "POST":
        return _settle(request, row)
    found = differences(row) if row.status == EntryBatch.Status.SETTLING else []
    context = frame(row.survey) | {"object": row, "sheets": found}
    return render(request, "surveys/entry_differences.html", context)


def _settle(request: HttpRequest, row: EntryBatch) -> HttpResponse:
    number = request.POST.get("number", "")[:20]
    here = reverse("surveys:entry_differences", kwargs={"pk": row.pk})

    def settle() -> EntryBatch:
        if number not in rules.open_differences(row):
            raise ServiceError("这一份刚被别人裁定过。")
        if request.POST.get("whole") == "drop":
            content: dict[str, Any] | None = None
        elif "whole" in request.POST:
            parts = (row.payload.get(part, {}).get(number) for part in ("first", "second"))
            group, answers, words = next(part for part in parts if part is not None)
            content = {"group": group, "answers": answers, "words": words}
        else:
            content = settled_content(row, number, request.POST.dict())
        return services.settle_sheet(actor=request.user, batch=row, number=number, content=content)

    return perform(
        request, settle, scope=f"surveys.settle:{row.pk}", success=here, message=f"份号{number}已裁定。"
    )


@require_POST
def batch_action(request: HttpRequest, pk: UUID, action: str) -> HttpResponse:
    """Hand a pile on, put it away, give it up."""
    row = _visible(request, pk)
    given: dict[str, Any] = {"actor": request.user, "batch": row, "revision": revision_of(request)}
    steps = {
        "hand_on": lambda: services.hand_on_batch(**given, step="hand_on"),
        "finish": lambda: services.hand_on_batch(**given, step="finish"),
        "compare": lambda: services.hand_on_batch(**given, step="compare"),
        "store": lambda: services.store_batch(**given),
        "discard": lambda: services.discard_batch(**given, reason=request.POST.get("reason", "").strip()),
    }
    if action not in steps:
        raise Http404
    messages = {"store": "已入库。", "discard": "已放弃，内容没有保留。", "hand_on": "已录完，等待复录。"}
    return perform(
        request,
        steps[action],
        scope=f"surveys.batch.{action}:{pk}",
        success=_batch_page(row),
        message=messages.get(action, "已录完，请核对差异。"),
    )
