"""Data letters: the overview, writing and sending many at once, answers, reminders, the list of departments."""

from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import clock
from core.access import demand, get_visible_or_404
from core.errors import ServiceError
from core.files.responses import send
from core.submissions import perform, revision_of, submit
from prep.forms.letters import DepartmentForm, LetterForm, LettersForm, ReplyForm, SeedForm
from prep.models import AskedDepartment, DataLetter, LetterReply, ReplyFile
from prep.rules import letters as rules
from prep.selectors import letters as selectors
from prep.services import letters as services
from prep.views.rounds import working_round
from prep.workflow.letters import BUTTONS, LETTER
from villages.models import Round

_LIST = "prep:letters"


def _page(row: DataLetter) -> str:
    return reverse("prep:dataletter", kwargs={"pk": row.pk})


@require_GET
def letter_list(request: HttpRequest) -> HttpResponse:
    """Who was asked, what came back, what is late: one round has at most a few dozen letters."""
    demand(rules.can_read_letters(request.user))
    round_, today = working_round(request), clock.today()
    rows = selectors.letters(request.user, round_, request.GET.get("status", ""), today)
    context = {
        "round": round_, "lines": selectors.lines(rows, today),
        "states": selectors.status_options(request.user, round_, today),
        "may_ask": bool(rules.can_ask(request.user, round_)),
        "may_write": bool(rules.can_write_letters(request.user)),
    }  # fmt: skip
    return render(request, "prep/letters.html", context)


@require_http_methods(["GET", "POST"])
def letters_new(request: HttpRequest) -> HttpResponse:
    """Write to many departments at once."""
    demand(rules.can_write_letters(request.user))
    round_ = working_round(request)
    demand(rules.can_ask(request.user, round_))
    form = LettersForm(
        request.POST or None, places=selectors.places(request.user, round_),
        departments=selectors.departments(request.user, active=True),
    )  # fmt: skip
    return submit(
        request, form, lambda values: services.write_letters(actor=request.user, round=round_, **values),
        scope=f"prep.letters_new:{round_.pk}", template="prep/letter_form.html", success=lambda _: reverse(_LIST),
        context={"title": "批量拟函", "cancel_url": reverse(_LIST), "submit_label": "生成草稿"},
        message="草稿已生成。逐份核对后，勾选发出。",
    )  # fmt: skip


@require_POST
def letters_bulk(request: HttpRequest, pk: UUID, action: str) -> HttpResponse:
    """Send or remind of the ticked letters of the round ``pk``."""
    round_ = get_visible_or_404(Round.objects.select_related("district"), request.user, pk=pk)
    demand(rules.can_write_letters(request.user))
    chosen = set(request.POST.getlist("letter"))
    ticked = [row for row in selectors.letters(request.user, round_) if str(row.pk) in chosen]
    steps: dict[str, Any] = {
        "send": lambda: services.send_letters(actor=request.user, round=round_, letters=ticked),
        "remind": lambda: services.remind_letters(actor=request.user, round=round_, letters=ticked),
    }
    if action not in steps:
        raise Http404
    message = "已发出。" if action == "send" else "已记催办，催办函可在各函的页面下载。"
    return perform(
        request, steps[action], scope=f"prep.letters.{action}:{pk}", success=reverse(_LIST), message=message
    )


def _letter(request: HttpRequest, pk: UUID) -> DataLetter:
    rows = DataLetter.objects.select_related("round__district", "department").prefetch_related(
        "inspections__village"
    )
    return get_visible_or_404(rows, request.user, pk=pk)


@require_GET
def letter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One letter: what was asked, what came back, the steps."""
    row, today = _letter(request, pk), clock.today()
    context = {
        "object": row,
        "places": selectors.places_of(row),
        "lateness": selectors.lateness(row, today),
        "offers": [o for o in LETTER.available(request.user, row) if o.transition.name in BUTTONS],
        "replies": [
            {"row": reply, "files": [_file_row(one) for one in reply.files.all()]}
            for reply in selectors.replies(request.user, row)
        ],
        "may_edit": bool(rules.can_edit_letter(request.user, row)),
        "may_register": bool(rules.can_register_reply(request.user, row)),
        "may_remind": bool(rules.can_remind(request.user, row)) and row.days_late(today) > 0,
    }
    return render(request, "prep/letter.html", context)


def _file_row(one: ReplyFile) -> dict[str, Any]:
    note = f"校验码 {one.file.sha256[:12]}…"
    return {"file": one.file, "url": reverse("prep:reply_file", kwargs={"pk": one.pk}), "note": note}


@require_http_methods(["GET", "POST"])
def letter_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a draft."""
    row = _letter(request, pk)
    demand(rules.can_edit_letter(request.user, row))
    initial = {name: getattr(row, name) for name in ("asks", "form", "due_on", "marking", "revision")}
    initial["inspections"] = row.inspections.all()
    form = LetterForm(request.POST or None, initial=initial, places=selectors.places(request.user, row.round))

    def save(values: dict[str, Any]) -> DataLetter:
        revision = values.pop("revision")
        return services.edit_letter(actor=request.user, letter=row, revision=revision, values=values)

    return submit(
        request, form, save, scope=f"prep.letter_edit:{pk}", template="prep/letter_form.html", success=_page,
        context={"title": str(row), "cancel_url": _page(row)},
    )  # fmt: skip


@require_POST
def letter_action(request: HttpRequest, pk: UUID, action: str) -> HttpResponse:
    """Send, close, ask for more, remind."""
    row = _letter(request, pk)
    demand(rules.can_write_letters(request.user))
    if action not in (*BUTTONS, "remind"):
        raise Http404
    revision, reason = revision_of(request), request.POST.get("reason", "")

    def step() -> DataLetter:
        if action == "remind":
            services.remind_letters(actor=request.user, round=row.round, letters=[row])
            return row
        return services.step_letter(
            actor=request.user, letter=row, step=action, revision=revision, reason=reason
        )

    return perform(request, step, scope=f"prep.letter.{action}:{pk}", success=_page(row), message="已办理。")


@require_http_methods(["GET", "POST"])
def letter_reply(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take an answer in."""
    row = _letter(request, pk)
    demand(rules.can_register_reply(request.user, row))
    form = ReplyForm(
        request.POST or None, request.FILES or None, initial={"received_on": clock.today(), "complete": "yes"}
    )

    def save(values: dict[str, Any]) -> LetterReply:
        values["complete"] = bool(values["complete"])
        return services.register_reply(actor=request.user, letter=row, **values)

    return submit(
        request, form, save, scope=f"prep.letter_reply:{pk}", template="prep/letter_form.html",
        success=lambda _: _page(row), message="回复已登记。",
        context={"title": "登记回复", "letter": row, "cancel_url": _page(row), "submit_label": "登记"},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def letter_seed(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put what the answer points to on the watch lists of chosen villages."""
    row = _letter(request, pk)
    form = SeedForm(request.POST or None, places=selectors.seedable(request.user, row))

    def save(values: dict[str, Any]) -> DataLetter:
        if not services.seed_from_reply(actor=request.user, letter=row, **values):
            raise ServiceError("这些事项已在所选村（社区）的清单里。", "titles")
        return row

    return submit(
        request, form, save, scope=f"prep.letter_seed:{pk}", template="prep/letter_form.html", success=_page,
        context={"title": "列入待查问题清单", "letter": row, "cancel_url": _page(row), "submit_label": "列入清单"},
        message="已列入所选村（社区）的待查问题清单。",
    )  # fmt: skip


@require_POST
def letter_word(request: HttpRequest, pk: UUID, paper: str) -> HttpResponse:
    """Ask for the letter or its reminder as Word."""
    row = _letter(request, pk)
    if paper not in ("han", "cuiban") or (paper == "cuiban" and not row.reminders):
        raise Http404
    job = services.request_letter(actor=request.user, letter=row, reminder=paper == "cuiban")
    return redirect("core:job", pk=job.pk)


@require_POST
def letter_register(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for the register of a round's letters as Excel."""
    round_ = get_visible_or_404(Round.objects.all(), request.user, pk=pk)
    demand(rules.can_read_letters(request.user))
    return redirect("core:job", pk=services.request_letter_register(actor=request.user, round=round_).pk)


@require_GET
def reply_file(request: HttpRequest, pk: UUID) -> FileResponse:
    """A file of an answer, untouched."""
    return send(get_visible_or_404(ReplyFile.objects.select_related("file"), request.user, pk=pk).file)


@require_GET
def department_list(request: HttpRequest) -> HttpResponse:
    """Who is usually asked for what."""
    demand(rules.can_read_letters(request.user))
    context = {
        "rows": selectors.departments(request.user),
        "may_edit": bool(rules.can_write_letters(request.user)),
        "round": working_round(request),
    }
    return render(request, "prep/departments.html", context)


@require_POST
def departments_load(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put the initial list in while there is none, coming from the round ``pk``."""
    round_ = get_visible_or_404(Round.objects.all(), request.user, pk=pk)
    demand(rules.can_write_letters(request.user))

    def load() -> Round:
        services.load_departments(actor=request.user)
        return round_

    return perform(
        request, load, scope=f"prep.departments_load:{pk}", success=reverse("prep:departments"),
        message="已载入初始清单，请按本区的实际修改。",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def department_new(request: HttpRequest) -> HttpResponse:
    """Add a department."""
    demand(rules.can_write_letters(request.user))
    return _department_form(request, None)


@require_http_methods(["GET", "POST"])
def department_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change what a department is usually asked for."""
    row = get_visible_or_404(AskedDepartment.objects.all(), request.user, pk=pk)
    demand(rules.can_write_letters(request.user))
    return _department_form(request, row)


def _department_form(request: HttpRequest, row: AskedDepartment | None) -> HttpResponse:
    names = ("name", "addressee", "asks", "form", "order", "active", "revision")
    initial = {name: getattr(row, name) for name in names} if row else None
    back = reverse("prep:departments")

    def save(values: dict[str, Any]) -> AskedDepartment:
        revision = values.pop("revision")
        return services.save_department(actor=request.user, department=row, revision=revision, values=values)

    return submit(
        request, DepartmentForm(request.POST or None, initial=initial), save,
        scope=f"prep.department:{row.pk if row else 'new'}", template="prep/letter_form.html",
        success=lambda _: back, context={"title": row.name if row else "新增部门", "cancel_url": back},
    )  # fmt: skip
