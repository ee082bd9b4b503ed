"""Autosave: the page posts what was typed; nothing but the writer's own draft is touched."""

import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from core.drafts import drop_draft, save_draft


@require_POST
def draft(request: HttpRequest) -> HttpResponse:
    """Save ``{"form": key, "values": {...}}``; ``values`` null discards. Answers the time it was kept."""
    try:
        body = json.loads(request.body)
        form, values = str(body["form"])[:160], body["values"]
        if values is not None and not isinstance(values, dict):
            raise TypeError
    except (ValueError, KeyError, TypeError, RecursionError):
        return JsonResponse({"error": "草稿内容无法识别。"}, status=400)
    if values is None:
        drop_draft(actor=request.user, form=form)
        return JsonResponse({"saved_at": ""})
    row = save_draft(actor=request.user, form=form, values=values)
    return JsonResponse({"saved_at": timezone.localtime(row.saved_at).strftime("%H:%M")})
