"""What belongs to a clue: its material, those who may know of it, and the transfer sheet, shown after the password."""

from collections.abc import Callable
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters

from core import clock
from core.access import demand, get_visible_or_404
from core.audit import SYSTEM
from core.display import cn_datetime
from core.files.names import extension_of
from core.files.responses import send_made
from core.submissions import submit
from core.views.unlogged import unlogged
from findings import rules, services
from findings.documents import clue_sheet_docx
from findings.forms.clue import ClueFilesForm, ClueProofForm, ClueReaderForm, ClueReasonForm
from findings.models import Clue, ClueFile, ClueReader
from findings.models.ciphertext import unlock_bytes
from findings.selectors.clue_sheet import sheet_of
from findings.selectors.clues import nameable
from findings.views.clues import address, visible_clue
from villages.models import User
from villages.services import note_failed_sign_in

Answer = HttpResponse | FileResponse


def _form(request: HttpRequest, row: Clue, form: Any, do: Callable[..., Any], **context: Any) -> HttpResponse:
    return submit(
        request, form, do, scope=f"findings.clue:{row.pk}", template="findings/clues/part.html",
        context={"cancel_url": address(row), "clue": row, "draft_key": ""} | context,
        success=lambda _: address(row), message="已办理。",
    )  # fmt: skip


# --- material -----------------------------------------------------------------------------------------------


@sensitive_post_parameters()
@unlogged("GET", "POST")
def clue_files(request: HttpRequest, pk: Any) -> HttpResponse:
    """Put material to it."""
    row = visible_clue(request, pk)
    demand(rules.can_edit_clue(request.user, row))
    form = ClueFilesForm(request.POST or None, request.FILES or None)

    def do(values: dict[str, Any]) -> Clue:
        return services.add_clue_files(actor=request.user, clue=row, files=values["sealed_files"])

    return _form(request, row, form, do, title="添加材料", submit_label="加密保存")


def _file(request: HttpRequest, pk: Any) -> ClueFile:
    rows = ClueFile.objects.filter(removed_on__isnull=True).select_related("clue__team", "clue__village")
    return get_visible_or_404(rows, request.user, pk=pk)


@unlogged("GET")
def clue_file(request: HttpRequest, pk: Any) -> FileResponse:
    """The working copy of a file."""
    row = _file(request, pk)
    services.note_clue_reading(actor=request.user, clue=row.clue, always=True)
    name = row.name
    if extension_of(name) == "png":
        name = f"{name[:-4]}.jpg"  # a picture is encoded anew
    return send_made(name, unlock_bytes(row, "sealed_copy"))


@sensitive_post_parameters()
@unlogged("GET", "POST")
def clue_file_remove(request: HttpRequest, pk: Any) -> HttpResponse:
    """Take material away."""
    row = _file(request, pk)
    demand(rules.can_remove_clue_file(request.user, row))
    form = ClueReasonForm(request.POST or None, initial={"revision": row.revision})

    def do(values: dict[str, Any]) -> ClueFile:
        reason, revision = values["sealed_text"], values["revision"]
        return services.remove_clue_file(actor=request.user, file=row, reason=reason, revision=revision)

    return _form(request, row.clue, form, do, title="移除材料", submit_label="移除", about=row.name)


# --- who may know -------------------------------------------------------------------------------------------


@sensitive_post_parameters()
@unlogged("GET", "POST")
def clue_reader_add(request: HttpRequest, pk: Any) -> HttpResponse:
    """Name one more person."""
    row = visible_clue(request, pk)
    demand(rules.can_name_readers(request.user, row))
    form = ClueReaderForm(request.POST or None, people=nameable(request.user, row))

    def do(values: dict[str, Any]) -> ClueReader:
        user, reason = values["user"], values["sealed_text"]
        return services.add_clue_reader(actor=request.user, clue=row, user=user, reason=reason)

    return _form(request, row, form, do, title="增加知悉人", submit_label="列为知悉人")


@sensitive_post_parameters()
@unlogged("GET", "POST")
def clue_reader_remove(request: HttpRequest, pk: Any) -> HttpResponse:
    """Take a person off the list."""
    rows = ClueReader.objects.filter(removed_on__isnull=True).select_related("clue__team", "user")
    row = get_visible_or_404(rows, request.user, pk=pk)
    demand(rules.can_remove_reader(request.user, row))
    form = ClueReasonForm(request.POST or None, initial={"revision": row.revision})

    def do(values: dict[str, Any]) -> ClueReader:
        reason, revision = values["sealed_text"], values["revision"]
        return services.remove_clue_reader(actor=request.user, reader=row, reason=reason, revision=revision)

    about = row.user.display_name
    return _form(request, row.clue, form, do, title="取消知悉人", submit_label="取消知悉", about=about)


# --- after the password -------------------------------------------------------------------------------------


@sensitive_post_parameters()
@unlogged("GET", "POST")
def clue_sheet(request: HttpRequest, pk: Any) -> Answer:
    """The transfer sheet, on the page or as Word, with who and when across it."""
    row = visible_clue(request, pk)

    def show(person: User) -> Answer:
        data = sheet_of(person, row, mark=f"{person.display_name} {cn_datetime(clock.now())}")
        if request.POST.get("as") == "word":
            return send_made("问题线索移交单.docx", clue_sheet_docx(data))
        return render(
            request, "findings/clues/sheet.html", {"sheet": data, "clue": row, "back": address(row)}
        )

    return _proven(request, row, show, title="移交单", kinds=True)


@sensitive_post_parameters()
@unlogged("GET", "POST")
def clue_original(request: HttpRequest, pk: Any) -> Answer:
    """A file as it came, with all that it tells of its maker."""
    file = _file(request, pk)

    def show(person: User) -> Answer:
        return send_made(file.name, unlock_bytes(file, "sealed_original"))

    return _proven(request, file.clue, show, title="取出原件", kinds=False)


def _proven(
    request: HttpRequest, row: Clue, show: Callable[[User], Answer], *, title: str, kinds: bool
) -> Answer:
    """Ask for the login password once more; a wrong one meets the brake of the sign-in, a right one leaves a trace."""
    demand(rules.can_see_sheet(request.user, row))
    # The request holds a stand-in for the account; the password belongs to the row itself.
    person = User.objects.get(pk=request.user.pk)
    where = request.META.get("REMOTE_ADDR", "")
    form = ClueProofForm(person, where, request.POST or None)
    if request.method == "POST" and form.is_valid():
        if person.check_password(form.cleaned_data["password"]):
            services.note_clue_reading(actor=person, clue=row, always=True)
            return show(person)
        note_failed_sign_in(actor=SYSTEM, username=person.username, address=where)
        form.add_error("password", "登录密码不对。")
    context = {"form": form, "clue": row, "title": title, "kinds": kinds, "cancel_url": address(row)}
    status = 422 if request.method == "POST" else 200
    return render(request, "findings/clues/prove.html", context, status=status)
