"""The inbox of what people wrote in open questions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from core.access import demand
from core.errors import ServiceError
from core.ids import key_of
from core.submissions import perform
from surveys import services
from surveys.models import Survey
from surveys.rules import can_browse
from surveys.selectors.opinions import OpinionFilters, inbox, readable_answers
from villages.selectors.rounds import current_round


@require_GET
def opinions(request: HttpRequest) -> HttpResponse:
    """What people wrote, of the villages of the round whose results are locked."""
    demand(can_browse(request.user))
    round_ = current_round(request.user, request.session.get("round", ""))
    filters = OpinionFilters.read(request.GET)
    found = inbox(request.user, round_, filters, cursor=request.GET.get("cursor", ""))
    context = {"round": round_, "inbox": found, "page": found.page, "count": found.count, "q": filters.text}
    return render(request, "surveys/opinions.html", context)


@require_POST
def mark(request: HttpRequest) -> HttpResponse:
    """Mark answers of the page as read, or one as unread again."""
    demand(can_browse(request.user))
    answers = readable_answers(request.user, filter(None, map(key_of, request.POST.getlist("answer"))))
    unread = request.POST.get("step") == "unread"

    def step() -> Survey:
        if not unread:
            return services.read_opinions(actor=request.user, answers=answers)
        if len(answers) != 1:
            raise ServiceError("没有可以标记的意见，请刷新页面再试。")
        return services.step_opinion(actor=request.user, answer=answers[0], step="unread").survey

    query = request.GET.urlencode()
    return perform(
        request,
        step,
        scope="surveys.opinions",
        success=reverse("surveys:opinions") + (f"?{query}" if query else ""),
        message="已改回未阅。" if unread else "已标为已阅。",
    )
