"""The bank of questions: to read, to write, to bring in and to take out as a workbook."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.access import demand, get_visible_or_404
from core.listing import capped_count, keyset
from core.office.columns import TableReading
from core.submissions import perform, revision_of, submit
from core.views.staging import confirm_import, discard_import
from surveys import services
from surveys.forms.knowledge import QuestionForm, QuestionImportForm
from surveys.models import Question, QuestionImport
from surveys.models.knowledge import JUDGEMENTS
from surveys.rules import knowledge as rules
from surveys.selectors.knowledge import BankFilters, bank_options, questions
from surveys.workflow.knowledge import QUESTIONS

_SHOWN = 300


def _bank() -> str:
    return reverse("surveys:questions")


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The questions with their keys."""
    demand(rules.can_read_bank(request.user))
    filters = BankFilters.read(request.GET)
    rows = questions(request.user, filters)
    page = keyset(rows, order=["code"], cursor=request.GET.get("cursor", ""))
    context = {
        "page": page,
        "count": capped_count(rows),
        "filters": filters,
        "options": bank_options(request.user),
        "may_keep": rules.can_keep_bank(request.user),
    }
    return render(request, "surveys/questions.html", context)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new question."""
    demand(rules.can_keep_bank(request.user))
    form = QuestionForm(request.POST or None)

    def save(values: dict[str, Any]) -> Question:
        values.pop("revision")
        return services.add_question(actor=request.user, **values)

    return submit(
        request,
        form,
        save,
        scope="surveys.question_add",
        template="surveys/question_form.html",
        success=lambda _: _bank(),
        context={"heading": "新增试题", "cancel_url": _bank()},
    )


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a question, or take it out of use."""
    row = get_visible_or_404(Question.objects, request.user, pk=pk)
    demand(rules.can_keep_bank(request.user))
    initial = {
        name: getattr(row, name) for name in ("topic", "kind", "difficulty", "text", "options", "active")
    }
    initial |= {"revision": row.revision, "key": _shown_key(row)}
    form = QuestionForm(request.POST or None, question=row, initial=initial)

    def save(values: dict[str, Any]) -> Question:
        revision = values.pop("revision") or 0
        return services.edit_question(actor=request.user, question=row, revision=revision, **values)

    return submit(
        request,
        form,
        save,
        scope=f"surveys.question:{row.pk}",
        template="surveys/question_form.html",
        success=lambda _: _bank(),
        context={"heading": f"试题{row.code}", "cancel_url": _bank(), "object": row},
    )


def _shown_key(row: Question) -> str:
    return JUDGEMENTS["AB".index(row.key)] if row.kind == "judge" else row.key


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Have the bank made as a workbook."""
    demand(rules.can_read_bank(request.user))
    return perform(
        request,
        lambda: services.request_bank(actor=request.user),
        scope="surveys.bank_export",
        success=_bank(),
        message="已交后台生成，完成后在“任务”里下载。",
    )


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Upload a workbook of questions."""
    demand(rules.can_keep_bank(request.user))
    form = QuestionImportForm(request.POST or None, request.FILES or None)

    def read(values: dict[str, Any]) -> QuestionImport:
        file = values["file"]
        return services.preview_questions(actor=request.user, filename=file.name, content=file.read())

    return submit(
        request,
        form,
        read,
        scope="surveys.question_import",
        template="surveys/question_form.html",
        success=lambda staged: reverse("surveys:question_preview", kwargs={"pk": staged.pk}),
        context={"heading": "导入试题", "cancel_url": _bank(), "submit_label": "读取并预览"},
        message="",
    )


@require_GET
def preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What a workbook of questions would do."""
    staged = get_visible_or_404(QuestionImport.objects, request.user, pk=pk)
    demand(rules.can_keep_bank(request.user))
    reading = TableReading.from_json(staged.payload) if staged.payload else TableReading()
    known = set(
        Question.objects.filter(code__in=[row.values["code"] for row in reading.rows]).values_list(
            "code", flat=True
        )
    )
    context = {
        "object": staged,
        "offers": QUESTIONS.available(request.user, staged),
        "rows": [(row.values, row.values["code"] in known) for row in reading.rows[:_SHOWN]],
        "good": len(reading.rows),
        "updates": sum(row.values["code"] in known for row in reading.rows),
        "defects": [(e.row, e.column, e.message, e.sheet) for e in reading.errors[:_SHOWN]],
        "warnings": [(e.row, e.column, e.message, e.sheet) for e in reading.warnings],
        "shown": _SHOWN,
    }
    return render(request, "surveys/question_preview.html", context)


@require_POST
def import_action(request: HttpRequest, pk: UUID, action: str) -> HttpResponse:
    """Confirm a preview or give it up."""
    staged, revision = get_visible_or_404(QuestionImport.objects, request.user, pk=pk), revision_of(request)
    if action == "commit":
        return confirm_import(
            request,
            staged,
            services.commit_questions,
            revision=revision,
            scope="surveys.questions.commit",
            success=_bank(),
            message="试题已导入。",
            can_skip=False,
        )
    if action != "discard":
        raise Http404
    return discard_import(
        request,
        staged,
        services.discard_questions,
        revision=revision,
        scope="surveys.questions.discard",
        success=_bank(),
    )
