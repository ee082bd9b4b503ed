"""Ratings in a list, one rating: its list of people, its steps, its results beside others, its papers."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.access import demand, get_visible_or_404
from core.listing import capped_count, keyset
from core.models.jobs import Job
from core.submissions import perform, revision_of, submit
from surveys import services
from surveys.forms.rating import SubjectsForm
from surveys.models import BallotImport, Rating, RatingSubject
from surveys.rules import can_browse
from surveys.rules import rating as rules
from surveys.rules.weights import strays
from surveys.selectors import rating_results
from surveys.selectors.overview import leads
from surveys.selectors.ratings import (
    ballot_state,
    earlier_rounds,
    rating_status_options,
    ratings,
    round_comparison,
    scorelines,
    without_rating,
)
from surveys.selectors.scoring import basis_of
from surveys.services.papers import RATING_PAPERS
from surveys.views.shared import visible_inspection
from surveys.workflow.rating import RATING
from villages.selectors.rounds import current_round


def page_of(rating: Rating) -> str:
    """The address of a rating."""
    return reverse("surveys:rating", kwargs={"pk": rating.pk})


def visible_rating(request: HttpRequest, pk: UUID) -> Rating:
    """The rating, or 404 for what is not there for this person."""
    rows = Rating.objects.select_related("inspection", "round__district", "team", "village", "town")
    return get_visible_or_404(rows, request.user, pk=pk)


def rating_frame(rating: Rating) -> dict[str, Any]:
    """What every page of a rating shows on top."""
    return {"rating": rating, "village": rating.village, "inspection": rating.inspection}


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Ratings of the round with their scores once they are locked."""
    demand(can_browse(request.user))
    round_ = current_round(request.user, request.session.get("round", ""))
    status = request.GET.get("status", "")
    rows = ratings(request.user, round_, status if status in Rating.Status.values else "")
    page = keyset(rows, order=["-id"], cursor=request.GET.get("cursor", ""))
    lines = {line.rating.pk: line for line in scorelines(page.rows)}
    context = {
        "round": round_,
        "page": page,
        "lines": [(row, lines.get(row.pk)) for row in page.rows],
        "count": capped_count(rows),
        "states": rating_status_options(request.user, round_),
        "without": without_rating(request.user, round_),
        "may_create": leads(request.user, round_),
    }
    return render(request, "surveys/ratings.html", context)


@require_POST
def create(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Plan the rating of a village; its list comes from the profile."""
    inspection = visible_inspection(request, pk)
    demand(rules.can_create(request.user, inspection))
    made: list[Rating] = []

    def plan() -> Rating:
        made.append(services.create_rating(actor=request.user, inspection=inspection))
        return made[0]

    response = perform(
        request,
        plan,
        scope=f"surveys.rating:{inspection.pk}",
        success=reverse("surveys:ratings"),
        message="已安排。名单取自村情档案，开始前可以修改。",
    )
    if made:
        response["Location"] = page_of(made[0])
    return response


@require_GET
def rating(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One rating: who is rated, the ballots so far, what does not agree, the steps."""
    row = visible_rating(request, pk)
    context = rating_frame(row) | {
        "object": row,
        "offers": RATING.available(request.user, row),
        "subjects": row.subjects.all(),
        "method": basis_of(row).in_words + strays(row.round),
        "state": ballot_state(request.user, row),
        "may_edit": rules.can_edit_subjects(request.user, row),
        "may_collect": rules.can_collect(request.user, row),
        "locked": row.status == Rating.Status.LOCKED,
        "is_open": row.status == Rating.Status.OPEN,
        "imports": BallotImport.objects.visible_to(request.user).filter(rating=row)[:10],
        "papers": [(k, v) for k, v in RATING_PAPERS.items() if not k.startswith("results")],
    }
    return render(request, "surveys/rating.html", context)


@require_http_methods(["GET", "POST"])
def subjects(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The list of people who are rated."""
    row = visible_rating(request, pk)
    demand(rules.can_edit_subjects(request.user, row))
    people = row.subjects.filter(kind=RatingSubject.Kind.MEMBER).values("name", "post")
    form = SubjectsForm(request.POST or None, initial={"revision": row.revision, "people": list(people)})

    def save(values: dict[str, Any]) -> Rating:
        return services.save_subjects(
            actor=request.user, rating=row, rows=values["people"], revision=values["revision"] or 0
        )

    return submit(
        request,
        form,
        save,
        scope=f"surveys.subjects:{row.pk}",
        template="surveys/rating_form.html",
        success=page_of,
        context=rating_frame(row) | {"heading": f"{row.village.name}测评名单", "cancel_url": page_of(row)},
        message="名单已保存。",
    )


@require_POST
def action(request: HttpRequest, pk: UUID, action: str) -> HttpResponse:
    """Open, close or lock."""
    row = visible_rating(request, pk)
    given: dict[str, Any] = {"actor": request.user, "rating": row, "revision": revision_of(request)}
    reason = request.POST.get("reason", "").strip()
    steps = {
        "open": lambda: services.open_rating(**given),
        "close": lambda: services.close_rating(**given),
        "close_anyway": lambda: services.close_rating(**given, reason=reason),
        "lock": lambda: services.lock_rating(**given),
    }
    if action not in steps:
        raise Http404
    messages = {"open": "测评已开始。", "lock": "结果已锁定并公布。"}
    return perform(
        request,
        steps[action],
        scope=f"surveys.rating.{action}:{row.pk}",
        success=page_of(row),
        message=messages.get(action, "测评已结束。"),
    )


@require_GET
def results(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The locked results beside other villages and earlier rounds; before that, a page that says when they come."""
    row = visible_rating(request, pk)
    found = rating_results(request.user, row)
    shown = found is not None and found.enough
    context = rating_frame(row) | {
        "object": row,
        "results": found,
        "others": round_comparison(request.user, row) if shown else [],
        "before": earlier_rounds(request.user, row) if shown else [],
        "papers": [("results_word", "结果表 Word"), ("results_excel", "结果表 Excel")],
    }
    return render(request, "surveys/rating_results.html", context)


@require_POST
def paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Have a paper of the rating made in the background."""
    row = visible_rating(request, pk)
    demand(can_browse(request.user))
    kind = request.POST.get("kind", "")

    def ask() -> Job:
        return services.request_rating_paper(actor=request.user, rating=row, kind=kind)

    return perform(
        request,
        ask,
        scope=f"surveys.rating.paper:{row.pk}",
        success=reverse(
            "surveys:rating_results" if kind.startswith("results") else "surveys:rating",
            kwargs={"pk": row.pk},
        ),
        message="已交后台生成，完成后在“任务”里下载。",
    )
