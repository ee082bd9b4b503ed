"""Pages of field papers: visits, spot checks, group meetings."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.access import demand, get_visible_or_404
from core.conflicts import base_text
from core.errors import NotAllowed
from core.files import EVIDENCE
from core.files.responses import send, send_thumbnail
from core.models import StoredFile
from core.submissions import perform, revision_of, submit
from core.views.pieces import Reception, receive
from findings import rules, services
from findings.forms.field import FieldCaptionsForm, FieldFilesForm, FieldPaperForm
from findings.models import SPECS, FieldFile, FieldKind, FieldPaper
from findings.selectors.field import FieldFilters, field_list, field_page, with_field_relations
from findings.selectors.leads import lead_named, leads_checked_by
from findings.selectors.ledger import words_of_check
from findings.views.minutes import bring_minutes_back, put_minutes_aside, take_minutes_step
from findings.views.shared import (
    NOWHERE,
    lacks_of_minutes,
    members_of,
    refused_form,
    village_named,
    working_round,
    writable_villages,
)
from findings.workflow import FIELD_FLOW


def field_papers(request: HttpRequest) -> HttpResponse:
    """Visits, checks and meetings of the round."""
    round_ = working_round(request)
    filters = FieldFilters.read(request.GET)
    listed = field_list(request.user, round_, filters, cursor=request.GET.get("cursor", ""))
    context = {
        "round": round_,
        "filters": filters,
        "listed": listed,
        "page": listed.page,
        "count": listed.count,
        "kinds": FieldKind,
        "kept": [(name, value) for name, value in request.GET.items() if name not in ("q", "cursor")],
        "can_write": writable_villages(request.user, round_).exists(),
    }
    return render(request, "findings/field_papers.html", context)


def _visible_paper(request: HttpRequest, pk: Any) -> FieldPaper:
    return get_visible_or_404(with_field_relations(FieldPaper.objects.all()), request.user, pk=pk)


def address(row: FieldPaper) -> str:
    """The page of a field paper."""
    return reverse("findings:field_paper", kwargs={"pk": row.pk})


def field_paper(request: HttpRequest, pk: Any) -> HttpResponse:
    """One paper with what was photographed, its signatures and its steps."""
    row = _visible_paper(request, pk)
    offers = [o for o in FIELD_FLOW.available(request.user, row) if o.transition.name != "reopen"]
    context = field_page(row) | {
        "leads": leads_checked_by(request.user, paper=row),
        "object": row,
        "paper": row,
        "offers": [] if row.deleted_at else offers,
        "can_edit": rules.can_edit_minutes(request.user, row),
        "can_delete": rules.can_delete_minutes(request.user, row),
        "can_restore": rules.can_restore_minutes(request.user, row),
        "lacks": lacks_of_minutes(row),
        "files_form": FieldFilesForm(),
    }
    captions = FieldCaptionsForm(initial=_captions(row), files=context["files"])
    context["captions_base"] = base_text(request, captions, _captions_scope(row))
    return render(request, "findings/field_paper.html", context)


def field_new(request: HttpRequest) -> HttpResponse:
    """Write down a visit, a check or a meeting, as the address says."""
    kind = request.GET.get("kind", FieldKind.VISIT)
    if kind not in SPECS:
        raise Http404
    round_ = working_round(request)
    villages = writable_villages(request.user, round_)
    if not villages.exists():
        raise NotAllowed(NOWHERE)
    start: dict[str, Any] = {
        "recorder": request.user.pk,
        "households": 1 if kind == FieldKind.VISIT else None,
    }
    lead = lead_named(request.user, round_, request.GET.get("lead", ""))
    if lead is None:
        start["village"] = village_named(villages, request.GET.get("village", ""))
    else:
        start |= words_of_check(request.user, lead) if kind == FieldKind.CHECK else {}
        start["village"] = villages.filter(pk=lead.inspection_id).first()
    form = FieldPaperForm(
        request.POST or None,
        initial=start,
        spec=SPECS[kind],
        members=members_of(villages[0].team_id),
        villages=villages,
    )

    def save(values: dict[str, Any]) -> FieldPaper:
        chosen, details = form.split()
        given: dict[str, Any] = {
            "inspection": values["village"],
            "kind": kind,
            "values": chosen,
            "details": details,
        }
        if lead is None:
            return services.create_field_paper(actor=request.user, **given)
        return services.write_check(actor=request.user, lead=lead, **given)

    return submit(
        request,
        form,
        save,
        scope=f"findings.field.new:{kind}:{lead.pk}" if lead else f"findings.field.new:{kind}",
        template="findings/field_form.html",
        context={
            "lead": lead,
            "cancel_url": reverse("findings:lead", args=[lead.pk])
            if lead
            else reverse("findings:field_papers"),
            "submit_label": "保存草稿",
            "kind": FieldKind(kind),
        },
        success=address,
        message="已保存草稿。接着添加照片，核对无误后由记录人提交。",
    )


def field_edit(request: HttpRequest, pk: Any) -> HttpResponse:
    """Change a paper; says beforehand and afterwards what that does to its signatures."""
    row = _visible_paper(request, pk)
    demand(rules.can_edit_minutes(request.user, row))
    form = FieldPaperForm(
        request.POST or None,
        initial=_stored(row),
        spec=row.spec,
        members=members_of(row.team_id),
    )
    signed = row.status != row.Status.DRAFT

    def save(values: dict[str, Any]) -> FieldPaper:
        chosen, details = form.split()
        return services.edit_field_paper(
            actor=request.user, paper=row, revision=values["revision"], values=chosen, details=details
        )

    return submit(
        request,
        form,
        save,
        scope=f"findings.field.edit:{row.pk}",
        template="findings/field_form.html",
        context={"cancel_url": address(row), "paper": row, "signed": signed, "kind": FieldKind(row.kind)},
        success=address,
        message="已保存。内容有改动的，原签名已失效，须重新签名。" if signed else "已保存。",
        stored=_stored,
    )


def _stored(row: FieldPaper) -> dict[str, Any]:
    return {name: getattr(row, name) for name in (*services.FIELD_FIELDS, "revision")} | row.details


@require_POST
def field_action(request: HttpRequest, pk: Any, action: str) -> HttpResponse:
    """Submit, sign or return a paper."""
    row = _visible_paper(request, pk)
    return take_minutes_step(request, row, action, address(row))


@require_POST
def field_delete(request: HttpRequest, pk: Any) -> HttpResponse:
    """Put an unsigned one aside."""
    row = _visible_paper(request, pk)
    return put_minutes_aside(request, row, address(row))


@require_POST
def field_restore(request: HttpRequest, pk: Any) -> HttpResponse:
    """Bring a deleted one back."""
    row = _visible_paper(request, pk)
    return bring_minutes_back(request, row, address(row))


@require_POST
def field_word(request: HttpRequest, pk: Any) -> HttpResponse:
    """Ask for the paper as Word or PDF; the progress stands on the job's page."""
    row = _visible_paper(request, pk)
    job = services.request_field_paper(actor=request.user, paper=row, pdf=request.POST.get("as") == "pdf")
    return redirect("core:job", pk=job.pk)


# --- files ------------------------------------------------------------------------------------------------


@require_POST
def field_upload(request: HttpRequest, pk: Any) -> HttpResponse:
    """Store many pictures or files at once with the paper."""
    row = _visible_paper(request, pk)
    demand(rules.can_edit_minutes(request.user, row))
    form = FieldFilesForm(request.POST, request.FILES)
    if not form.is_valid():
        return refused_form(request, form, address(row))
    uploads, revision = form.cleaned_data["files"], revision_of(request)
    return perform(
        request,
        lambda: services.add_field_files(actor=request.user, paper=row, revision=revision, uploads=uploads),
        scope=f"findings.field.upload:{row.pk}",
        success=f"{address(row)}#files",
        message=f"已添加{len(uploads)}件。",
    )


def field_send(request: HttpRequest, pk: Any) -> HttpResponse:
    """The same in pieces, over a line that drops; each stands with the paper once it has arrived whole."""
    row = _visible_paper(request, pk)
    demand(rules.can_edit_minutes(request.user, row))
    reception = Reception(
        row,
        EVIDENCE,
        StoredFile.objects.filter(pk__in=row.files.values("file")),
        lambda file: services.attach_field_file(actor=request.user, paper=row, file=file),
        StoredFile.Origin.PHOTO,
    )
    return receive(request, reception)


def _visible_file(request: HttpRequest, pk: Any) -> FieldFile:
    rows = FieldFile.objects.select_related(
        "file", "paper__inspection", "paper__team", "paper__companion", "paper__recorder", "paper__counted"
    )
    return get_visible_or_404(rows, request.user, pk=pk)


@require_POST
def field_file_action(request: HttpRequest, pk: Any, action: str) -> HttpResponse:
    """Move a file up or down, or take it off the paper."""
    row = _visible_file(request, pk)
    revision = revision_of(request)
    acts = {
        "up": lambda: services.move_field_file(actor=request.user, row=row, revision=revision, up=True),
        "down": lambda: services.move_field_file(actor=request.user, row=row, revision=revision, up=False),
        "remove": lambda: services.remove_field_file(actor=request.user, row=row, revision=revision),
    }
    if action not in acts:
        raise Http404
    success = f"{address(row.paper)}#files"
    return perform(request, acts[action], scope=f"findings.field.file.{action}:{row.pk}", success=success)


def field_captions(request: HttpRequest, pk: Any) -> HttpResponse:
    """Say what the pictures show, all in one go; the page of the paper has the same fields beside them.

    A file added since the page was opened did not stand on it: it gets no field, so that nobody empties its caption.
    """
    row = _visible_paper(request, pk)
    demand(rules.can_edit_minutes(request.user, row))
    files = list(row.files.select_related("file").order_by("seq"))
    if request.method == "POST":
        files = [file for file in files if f"caption_{file.pk}" in request.POST]
    form = FieldCaptionsForm(request.POST or None, initial=_captions(row), files=files)

    def save(values: dict[str, Any]) -> FieldPaper:
        return services.caption_field_files(
            actor=request.user, paper=row, revision=values["revision"], captions=form.captions()
        )

    return submit(
        request,
        form,
        save,
        scope=_captions_scope(row),
        template="findings/field_captions.html",
        context={"cancel_url": f"{address(row)}#files", "paper": row},
        success=lambda paper: f"{address(paper)}#files",
        stored=_captions,
    )


def _captions_scope(row: FieldPaper) -> str:
    return f"findings.field.captions:{row.pk}"


def _captions(row: FieldPaper) -> dict[str, Any]:
    return {"revision": row.revision} | {f"caption_{file.pk}": file.caption for file in row.files.all()}


def field_file(request: HttpRequest, pk: Any) -> FileResponse:
    """The file as it came."""
    return send(_visible_file(request, pk).file)


def field_thumbnail(request: HttpRequest, pk: Any) -> FileResponse:
    """The small picture of an image."""
    return send_thumbnail(_visible_file(request, pk).file)
