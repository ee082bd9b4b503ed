"""The open pages for villagers' phones. They set no cookie, keep no address and write no line into a log."""

import json
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from core.audit import SYSTEM
from core.errors import ServiceError
from core.text import clean_deep
from core.views.open import traceless
from surveys import services
from surveys.selectors.paper import paper_of
from surveys.services import Outcome

_LONGEST = 16 * 1024
_REFUSED = 409
REFUSED = "这张答题票不能使用：可能已经用过，或者调查已经结束。如有疑问，请问发票的工作人员。"
TOO_MANY = "这里试过的无效票据太多，请过几分钟再试，或请工作人员换一张答题票。"


def _brake(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A slip that was refused is counted; the address is used for that alone, and only then."""
    if response.status_code == _REFUSED and _too_many(request):
        return JsonResponse({"outcome": "wait", "message": TOO_MANY}, status=429)
    return response


no_trace = partial(traceless, after=_brake)


def _too_many(request: HttpRequest) -> bool:
    return services.count_invalid(actor=SYSTEM, address=request.META.get("REMOTE_ADDR", ""))


@require_GET
@no_trace
def phone(request: HttpRequest) -> HttpResponse:
    """The questionnaire's page: empty until its script has read the slip from the address."""
    return render(request, "surveys/phone.html")


@require_GET
@no_trace
def why(request: HttpRequest) -> HttpResponse:
    """In plain words: why nobody can find out who answered what."""
    return render(request, "surveys/phone_why.html")


@csrf_exempt
@require_POST
@no_trace
def questionnaire(request: HttpRequest) -> HttpResponse:
    """The items for a slip that is good; the slip's token is the authority, so no form token is asked for."""
    paper = paper_of(str(_body(request).get("token", "")))
    if paper is None:
        return JsonResponse({"outcome": Outcome.REFUSED.value, "message": REFUSED}, status=_REFUSED)
    return JsonResponse(paper)


@csrf_exempt
@require_POST
@no_trace
def submit(request: HttpRequest) -> HttpResponse:
    """Take one answer; the same submission sent again is told that it has arrived."""
    body = _body(request)
    try:
        outcome = services.submit_phone_answer(
            actor=SYSTEM,
            token=str(body.get("token", "")),
            submission=str(body.get("submission", "")),
            answer={name: body.get(name, "") for name in ("group", "answers", "comment", "words", "marks")},
        )
    except ServiceError as error:
        return JsonResponse({"outcome": "invalid", "message": error.message}, status=422)
    if outcome is Outcome.REFUSED:
        return JsonResponse({"outcome": outcome.value, "message": REFUSED}, status=_REFUSED)
    return JsonResponse({"outcome": outcome.value})


def _body(request: HttpRequest) -> dict[str, Any]:
    """The request's JSON object; an empty one for anything else."""
    try:
        content = request.read(_LONGEST + 1)
        found = clean_deep(json.loads(content)) if len(content) <= _LONGEST else {}
    except (ValueError, RecursionError, OSError):
        return {}
    return found if isinstance(found, dict) else {}
