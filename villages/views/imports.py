"""Import in three steps: upload, look at what would happen, confirm exactly that."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from core.access import demand, get_visible_or_404
from core.errors import NotAllowed, ServiceError
from core.office.columns import Column
from core.submissions import posted_revision, submit
from core.views.staging import confirm_import, discard_import
from villages import rules, services
from villages.forms.places import UploadForm, VillageUploadForm
from villages.models import ImportStage, Role
from villages.selectors import account_plan, register_file
from villages.selectors.account_plan import AccountPlan
from villages.selectors.village_plan import CREATE, UNCHANGED, UPDATE, ImportPlan, worded_changes

# A preview is for reading: of a very long file the first rows of each kind are shown, the counts cover all.
SHOWN = 300
_WORDS = {CREATE: ("新增", "ok"), UPDATE: ("更新", "info"), UNCHANGED: ("不变", "neutral")}


def village_import(request: HttpRequest) -> HttpResponse:
    """Upload a register."""
    demand(rules.can_edit_places(request.user))
    return submit(
        request,
        VillageUploadForm(request.POST or None, request.FILES or None),
        lambda values: services.stage_village_import(
            actor=request.user, upload=values["file"], county=values["county"]
        ),
        scope="imports.villages",
        template="villages/upload.html",
        success=_address,
        context=_upload_page(
            "导入村（社区）名册", "villages:village_list", "村（社区）", register_file.COLUMNS
        ),
        message="",
    )


def user_import(request: HttpRequest) -> HttpResponse:
    """Upload a list of accounts."""
    demand(rules.can_manage_accounts(request.user))
    return submit(
        request,
        UploadForm(request.POST or None, request.FILES or None),
        lambda values: services.stage_account_import(actor=request.user, upload=values["file"]),
        scope="imports.accounts",
        template="villages/upload.html",
        success=_address,
        context=_upload_page("导入账号", "villages:user_list", "账号", account_plan.COLUMNS)
        | {"roles": Role.labels},
        message="",
    )


def _upload_page(title: str, back: str, back_label: str, columns: tuple[Column, ...]) -> dict[str, Any]:
    return {
        "title": title, "cancel_url": reverse(back), "back": back_label, "columns": columns,
        "submit_label": "上传并预览",
    }  # fmt: skip


def _address(staged: ImportStage) -> str:
    return reverse("villages:import_preview", kwargs={"pk": staged.pk})


def _staged(request: HttpRequest, pk: UUID) -> ImportStage:
    return get_visible_or_404(ImportStage.objects, request.user, pk=pk)


@require_GET
def import_preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the file would do, row by row; nothing is written yet."""
    staged = _staged(request, pk)
    plan: Any
    if staged.kind == ImportStage.Kind.VILLAGES:
        plan = ImportPlan.from_json(staged.payload)
        back = reverse("villages:village_list")
    else:
        plan = AccountPlan.from_json(staged.payload)
        back = reverse("villages:user_list")
    show = request.GET.get("show") or ("errors" if plan.errors else "")
    lines = [line for line in plan.lines if show in ("", line.action)] if show != "errors" else []
    context = {
        "object": staged, "plan": plan, "show": show, "tabs": _tabs(plan), "back_url": back,
        "lines": [_shown(staged, line) for line in lines[:SHOWN]], "more": max(0, len(lines) - SHOWN),
        "faulty": plan.rows - len(plan.lines), "good": plan.count(CREATE) + plan.count(UPDATE),
        "counts": {action: plan.count(action) for action in _WORDS},
    }  # fmt: skip
    return render(request, "villages/import_preview.html", context)


def _tabs(plan: Any) -> list[dict[str, Any]]:
    """The first tab opens by itself: the faults when there are any, else everything."""
    faulty = plan.rows - len(plan.lines)
    first = (
        {"value": "", "label": "有错误", "count": faulty}
        if faulty
        else {"value": "", "label": "全部", "count": plan.rows}
    )
    return [first] + [
        {"value": action, "label": word, "count": plan.count(action)} for action, (word, _) in _WORDS.items()
    ]


def _shown(staged: ImportStage, line: Any) -> dict[str, Any]:
    word, tone = _WORDS[line.action]
    if staged.kind == ImportStage.Kind.VILLAGES:
        return {"line": line, "word": word, "tone": tone, "changes": worded_changes(line)}
    changes = [{"label": name, "old": old, "new": new} for name, (old, new) in line.changes.items()]
    return {
        "line": line,
        "word": word,
        "tone": tone,
        "changes": changes,
        "role": dict(Role.choices)[line.role],
    }


@require_POST
def import_commit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write what was previewed; new accounts get their first passwords, shown on the page that answers."""
    staged = _staged(request, pk)
    if staged.kind == ImportStage.Kind.VILLAGES:
        return confirm_import(
            request,
            staged,
            services.commit_village_import,
            revision=posted_revision(request),
            scope="imports.commit",
            success=_address(staged),
        )
    return _commit_accounts(request, staged)


def _commit_accounts(request: HttpRequest, staged: ImportStage) -> HttpResponse:
    """Passwords exist only in this answer: it cannot be a redirect, and a second press shows none."""
    try:
        made = services.commit_account_import(
            actor=request.user,
            staged=staged,
            skip_errors=request.POST.get("skip") == "1",
            revision=posted_revision(request),
        )
    except NotAllowed:
        raise
    except ServiceError as error:
        context = {"message": error.message, "back_url": _address(staged)}
        return render(request, "errors/refused.html", context, status=error.status)
    if not made:
        return redirect(_address(staged))
    slips = [{"user": slip.user, "password": slip.password} for slip in made]
    return render(
        request,
        "villages/initial_passwords.html",
        {"slips": slips, "back_url": reverse("villages:user_list")},
    )


@require_POST
def import_discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Throw a preview away."""
    staged = _staged(request, pk)
    back = "villages:village_list" if staged.kind == ImportStage.Kind.VILLAGES else "villages:user_list"
    return discard_import(
        request,
        staged,
        services.discard_import,
        revision=posted_revision(request),
        scope="imports.discard",
        success=reverse(back),
    )
