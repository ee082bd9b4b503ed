"""Pages of topics: what is collected for each, and the card on a paper that puts it to them."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.access import demand, get_visible_or_404
from core.errors import ServiceError
from core.ids import key_of
from core.submissions import perform, revision_of, submit
from findings import rules, services
from findings.forms.topic import TopicForm
from findings.models import Topic, TopicPaper
from findings.selectors.topics import topic_papers, topics_of
from findings.views.findings import address as paper_address
from findings.views.shared import visible_finding, working_round


def topics(request: HttpRequest) -> HttpResponse:
    """Every topic of the round in figures, with what is still thin."""
    round_ = working_round(request)
    context = {
        "round": round_,
        "lines": topics_of(request.user, round_),
        "can_manage": rules.can_manage_topics(request.user, round_),
    }
    return render(request, "findings/topics.html", context)


def _visible_topic(request: HttpRequest, pk: Any) -> Topic:
    if not rules.can_browse(request.user):
        raise Http404
    return get_visible_or_404(Topic.objects.select_related("round"), request.user, pk=pk)


def address(row: Topic) -> str:
    """The page of a topic."""
    return reverse("findings:topic", kwargs={"pk": row.pk})


def topic(request: HttpRequest, pk: Any) -> HttpResponse:
    """One topic with its papers."""
    row = _visible_topic(request, pk)
    line = next(line for line in topics_of(request.user, row.round) if line.topic.pk == row.pk)
    context = {
        "round": row.round,
        "topic": row,
        "line": line,
        "page": topic_papers(request.user, row, cursor=request.GET.get("cursor", "")),
        "count": line.papers,
        "can_manage": rules.can_manage_topics(request.user, row.round),
    }
    return render(request, "findings/topic.html", context)


def topic_new(request: HttpRequest) -> HttpResponse:
    """Set a topic."""
    round_ = working_round(request)
    demand(rules.can_manage_topics(request.user, round_))
    form = TopicForm(request.POST or None)
    del form.fields["closed"], form.fields["revision"]
    return submit(
        request,
        form,
        lambda values: services.add_topic(actor=request.user, round=round_, **values),
        scope=f"findings.topic.new:{round_.pk}",
        template="findings/topic_form.html",
        context={"cancel_url": reverse("findings:topics"), "submit_label": "设置专题"},
        success=address,
        message="专题已设置，各组可以把底稿归入。",
    )


def topic_edit(request: HttpRequest, pk: Any) -> HttpResponse:
    """Reword a topic, or stop collecting for it."""
    row = _visible_topic(request, pk)
    demand(rules.can_manage_topics(request.user, row.round))
    start = {"name": row.name, "asks": row.asks, "closed": bool(row.closed_on), "revision": row.revision}
    form = TopicForm(request.POST or None, initial=start)
    return submit(
        request,
        form,
        lambda values: services.edit_topic(actor=request.user, topic=row, **values),
        scope=f"findings.topic.edit:{row.pk}",
        template="findings/topic_form.html",
        context={"cancel_url": address(row), "topic": row},
        success=address,
    )


@require_POST
def topic_put(request: HttpRequest, pk: Any) -> HttpResponse:
    """Put a paper to a topic, from the paper's page."""
    paper = visible_finding(request, pk)
    demand(rules.can_put_to_topic(request.user, paper))

    def do() -> TopicPaper:
        key = key_of(request.POST.get("topic", ""))
        chosen = Topic.objects.visible_to(request.user).filter(pk=key).first() if key else None
        if chosen is None:
            raise ServiceError("请选择专题。")
        note = request.POST.get("note", "")
        return services.put_to_topic(actor=request.user, finding=paper, topic=chosen, note=note)

    return perform(
        request,
        do,
        scope=f"findings.topic.put:{paper.pk}",
        success=paper_address(paper),
        message="已归入专题。",
    )


@require_POST
def topic_take(request: HttpRequest, pk: Any) -> HttpResponse:
    """Take a paper out of a topic, from the paper's page."""
    rows = TopicPaper.objects.select_related("topic", "finding__inspection", "finding__team")
    row = get_visible_or_404(rows, request.user, pk=pk)
    demand(rules.can_put_to_topic(request.user, row.finding))
    revision = revision_of(request)
    return perform(
        request,
        lambda: services.take_from_topic(actor=request.user, row=row, revision=revision),
        scope=f"findings.topic.take:{row.pk}",
        success=paper_address(row.finding),
        message="已从专题中移出。",
    )
