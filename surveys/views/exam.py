"""The open pages on which somebody answers the own paper on a phone or tablet, by a one-time code."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from core.audit import SYSTEM
from core.errors import ServiceError
from surveys import services
from surveys.forms.knowledge import AnswersForm
from surveys.services.knowledge import paper_by_code
from surveys.views.phone import no_trace

_REFUSED = "这个码不能使用：可能输错了、已经交过卷，或者测试已经结束。如有疑问，请问工作人员。"


@require_GET
@no_trace
def enter(request: HttpRequest) -> HttpResponse:
    """Where the code is typed in."""
    return render(request, "surveys/exam_code.html")


def _typed(request: HttpRequest) -> str:
    return request.POST.get("code", "")[:40]


def _refused(request: HttpRequest) -> HttpResponse:
    return render(request, "surveys/exam_code.html", {"why": _REFUSED}, status=409)


def _page(request: HttpRequest, paper: Any, form: AnswersForm, status: int = 200) -> HttpResponse:
    context = {"paper": paper, "form": form, "code": _typed(request), "test": paper.test}
    return render(request, "surveys/exam.html", context, status=status)


@csrf_exempt
@require_POST
@no_trace
def paper(request: HttpRequest) -> HttpResponse:
    """The questions for a good code; the code is the authority, so no form token is asked for."""
    found = paper_by_code(_typed(request))
    if found is None:
        return _refused(request)
    return _page(request, found, AnswersForm(items=list(found.items.all())))


@csrf_exempt
@require_POST
@no_trace
def submit(request: HttpRequest) -> HttpResponse:
    """Hand the paper in; a paper handed in before says so by the uniform refusal."""
    found = paper_by_code(_typed(request))
    if found is None:
        return _refused(request)
    form = AnswersForm(request.POST, items=list(found.items.all()))
    if not form.is_valid():
        return _page(request, found, form, 422)
    try:
        services.submit_paper(actor=SYSTEM, paper=found, answers=form.answers())
    except ServiceError as error:
        form.add_error(None, error.message)
        return _page(request, found, form, 422)
    return render(request, "surveys/exam_done.html", {"paper": found})
