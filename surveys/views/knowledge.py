"""Knowledge tests: the list, one test with its papers, drawing, one-time codes, answers and marks."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.access import demand, get_visible_or_404
from core.errors import ServiceError
from core.idempotency import once
from core.listing import capped_count, keyset
from core.models.jobs import Job
from core.submissions import perform, revision_of, submit
from surveys import services
from surveys.forms.knowledge import DEFAULT_PLAN, AnswersForm, MarksForm, PeopleForm, TestForm
from surveys.models import KnowledgeTest, TestPaper
from surveys.rules import can_browse
from surveys.rules import knowledge as rules
from surveys.selectors.knowledge import knowledge_tests, plan_words, state_of, villages_for_test
from surveys.services.papers import TEST_FILES
from surveys.services.rating import in_office
from surveys.views.shared import visible_inspection
from surveys.workflow.knowledge import PAPER, TEST
from villages.selectors.rounds import current_round


def _page_of(test: KnowledgeTest) -> str:
    return reverse("surveys:test", kwargs={"pk": test.pk})


def _paper_page(paper: TestPaper) -> str:
    return reverse("surveys:test_paper", kwargs={"pk": paper.pk})


def _visible(request: HttpRequest, pk: UUID) -> KnowledgeTest:
    rows = KnowledgeTest.objects.select_related("inspection", "round", "team", "village", "town")
    return get_visible_or_404(rows, request.user, pk=pk)


def _visible_paper(request: HttpRequest, pk: UUID) -> TestPaper:
    rows = TestPaper.objects.select_related(
        "first", "second", "test__inspection", "test__round", "test__team", "test__village", "test__town"
    )
    return get_visible_or_404(rows, request.user, pk=pk)


def _frame(test: KnowledgeTest) -> dict[str, Any]:
    return {"test": test, "village": test.village, "inspection": test.inspection}


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Tests of the round."""
    demand(can_browse(request.user))
    round_ = current_round(request.user, request.session.get("round", ""))
    rows = knowledge_tests(request.user, round_)
    page = keyset(rows, order=["-id"], cursor=request.GET.get("cursor", ""))
    context = {
        "round": round_, "page": page, "count": capped_count(rows),
        "places": villages_for_test(request.user, round_),
    }  # fmt: skip
    return render(request, "surveys/tests.html", context)


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Plan a test in a village."""
    inspection = visible_inspection(request, pk)
    demand(rules.can_create(request.user, inspection))
    form = TestForm(request.POST or None, initial={"plan": DEFAULT_PLAN})

    def save(values: dict[str, Any]) -> KnowledgeTest:
        values.pop("revision")
        return services.create_test(actor=request.user, inspection=inspection, **values)

    return submit(
        request,
        form,
        save,
        scope=f"surveys.test_create:{inspection.pk}",
        template="surveys/test_form.html",
        success=_page_of,
        context={
            "heading": f"安排{inspection.village.name}知识测试", "village": inspection.village,
            "cancel_url": reverse("surveys:tests"), "submit_label": "安排",
        },
        message="已安排。",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a test that has not begun."""
    row = _visible(request, pk)
    demand(rules.can_edit_plan(request.user, row))
    initial = {name: getattr(row, name) for name in ("title", "mode", "plan", "revision")}
    form = TestForm(request.POST or None, initial=initial)

    def save(values: dict[str, Any]) -> KnowledgeTest:
        values["revision"] = values["revision"] or 0
        return services.edit_test(actor=request.user, test=row, **values)

    return submit(
        request,
        form,
        save,
        scope=f"surveys.test_edit:{row.pk}",
        template="surveys/test_form.html",
        success=_page_of,
        context=_frame(row) | {"heading": "组卷计划", "cancel_url": _page_of(row)},
    )


@require_GET
def test(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One test: its plan, its papers with marks and what was not known, the steps."""
    row = _visible(request, pk)
    context = _frame(row) | {
        "object": row,
        "offers": TEST.available(request.user, row),
        "plan": plan_words(row),
        "state": state_of(request.user, row),
        "may_run": rules.can_run(request.user, row),
        "may_edit": rules.can_edit_plan(request.user, row),
        "written": row.mode == KnowledgeTest.Mode.WRITTEN,
        "files": list(TEST_FILES.items()),
    }
    return render(request, "surveys/test.html", context)


@require_POST
def action(request: HttpRequest, pk: UUID, action: str) -> HttpResponse:
    """Open or lock."""
    row, revision = _visible(request, pk), revision_of(request)
    steps = {"open": services.open_test, "lock": services.lock_test}
    if action not in steps:
        raise Http404
    return perform(
        request,
        lambda: steps[action](actor=request.user, test=row, revision=revision),
        scope=f"surveys.test.{action}:{row.pk}",
        success=_page_of(row),
        message="测试已开始，请填写参加的人。" if action == "open" else "成绩已锁定。",
    )


@require_http_methods(["GET", "POST"])
def issue(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who is tested: each gets a paper of the own."""
    row = _visible(request, pk)
    demand(rules.can_run(request.user, row))
    has_paper = set(row.papers.values_list("name", flat=True))
    people = [{"name": m.name, "post": m.post} for m in in_office(row.inspection) if m.name not in has_paper]
    form = PeopleForm(request.POST or None, initial={"people": people})

    def draw(values: dict[str, Any]) -> TestPaper:
        return services.issue_papers(actor=request.user, test=row, people=values["people"])[0]

    return submit(
        request,
        form,
        draw,
        scope=f"surveys.test_issue:{row.pk}",
        template="surveys/test_form.html",
        success=lambda _: _page_of(row),
        context=_frame(row)
        | {"heading": "组卷", "cancel_url": _page_of(row), "submit_label": "每人抽一份试卷"},
        message="试卷已抽好。",
    )


@require_POST
def codes(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make one-time codes and show them, this once."""
    row = _visible(request, pk)
    demand(rules.can_run(request.user, row))
    made: list[tuple[TestPaper, str]] = []

    def give() -> KnowledgeTest:
        made.extend(services.give_codes(actor=request.user, test=row))
        return row

    key = request.POST.get("_key", "")[:64]
    try:
        once(scope=f"{request.user.pk}:surveys.codes:{row.pk}"[:120], key=key, payload={}, action=give)
    except ServiceError as error:
        return render(request, "surveys/test_codes.html", _frame(row) | {"why": error.message}, status=409)
    address = request.build_absolute_uri(reverse("surveys:exam"))
    context = _frame(row) | {"codes": made, "address": address, "why": "" if made else "这些码已经显示过。"}
    return render(request, "surveys/test_codes.html", context, status=200 if made else 409)


@require_POST
def file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Have a paper of the test made in the background."""
    row, kind = _visible(request, pk), request.POST.get("kind", "")
    demand(can_browse(request.user))

    def ask() -> Job:
        return services.request_test_file(actor=request.user, test=row, kind=kind)

    return perform(
        request,
        ask,
        scope=f"surveys.test.file:{row.pk}",
        success=_page_of(row),
        message="已交后台生成，完成后在“任务”里下载。",
    )


@require_GET
def paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One person's paper: questions, answers, marks."""
    row = _visible_paper(request, pk)
    settled = row.status == TestPaper.Status.MARKED
    offers = [
        o for o in PAPER.available(request.user, row) if o.transition.name in ("absent", "remark", "recall")
    ]
    context = _frame(row.test) | {
        "object": row,
        "paper": row,
        "items": row.items.all(),
        "offers": offers,
        "may_answer": PAPER.check(request.user, row, "submit"),
        "may_mark": PAPER.check(request.user, row, "mark"),
        "settled": settled,
    }
    return render(request, "surveys/test_paper.html", context)


@require_http_methods(["GET", "POST"])
def answers(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Type in the answers of a paper that was filled in by hand."""
    row = _visible_paper(request, pk)
    demand(PAPER.check(request.user, row, "submit"))
    form = AnswersForm(request.POST or None, items=list(row.items.all()))

    def save(values: dict[str, Any]) -> TestPaper:
        return services.submit_paper(actor=request.user, paper=row, answers=form.answers())

    return submit(
        request,
        form,
        save,
        scope=f"surveys.answers:{row.pk}",
        template="surveys/test_answers.html",
        success=_paper_page,
        context=_frame(row.test) | {
            "paper": row, "heading": f"录入{row.name}的作答", "cancel_url": _paper_page(row), "submit_label": "交卷",
        },
        message="已交卷，选择题和判断题已自动评分。",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def marks(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Marks by hand."""
    row = _visible_paper(request, pk)
    demand(PAPER.check(request.user, row, "mark"))
    form = MarksForm(request.POST or None, paper=row, items=list(row.items.all()))

    def save(values: dict[str, Any]) -> TestPaper:
        revision = values["revision"] or 0
        return services.mark_paper(actor=request.user, paper=row, marks=form.marks(), revision=revision)

    return submit(
        request,
        form,
        save,
        scope=f"surveys.marks:{row.pk}",
        template="surveys/test_marks.html",
        success=_paper_page,
        context=_frame(row.test) | {
            "paper": row, "heading": f"给{row.name}评分", "cancel_url": _paper_page(row), "submit_label": "完成评分",
            "oral": row.test.mode == KnowledgeTest.Mode.ORAL,
        },
        message="评分已记下。",
    )  # fmt: skip


@require_POST
def paper_action(request: HttpRequest, pk: UUID, action: str) -> HttpResponse:
    """Somebody was absent, came after all, or is to be marked again."""
    row = _visible_paper(request, pk)
    if action not in ("absent", "remark", "recall"):
        raise Http404
    revision, reason = revision_of(request), request.POST.get("reason", "")
    return perform(
        request,
        lambda: services.settle_paper(
            actor=request.user, paper=row, step=action, reason=reason, revision=revision
        ),
        scope=f"surveys.paper.{action}:{row.pk}",
        success=_paper_page(row),
        message="已记录。",
    )
