"""Autosave: the page posts what was typed; nothing but the writer's own draft is touched."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from core.drafts import drop_draft, save_draft
from core.text import clean


@require_POST
def draft(request: HttpRequest) -> HttpResponse:
    """Save ``{"form": key, "values": {...}}``; ``values`` null discards. Answers the time it was kept."""
    try:
        body = json.loads(request.body)
        form, values = clean(str(body["form"]))[:160], body["values"]
        if values is not None and not _is_typed(values):
            raise TypeError
    except (ValueError, KeyError, TypeError, RecursionError):
        return JsonResponse({"error": "草稿内容无法识别。"}, status=400)
    if values is None:
        drop_draft(actor=request.user, form=form)
        return JsonResponse({"saved_at": ""})
    row = save_draft(actor=request.user, form=form, values=values)
    return JsonResponse({"saved_at": timezone.localtime(row.saved_at).strftime("%H:%M")})


def _is_typed(values: Any) -> bool:
    """Is this what a form holds, field name → text or list of texts? Other JSON may not even be storable."""
    return isinstance(values, dict) and all(
        isinstance(value, str) or (isinstance(value, list) and all(isinstance(item, str) for item in value))
        for value in values.values()
    )
