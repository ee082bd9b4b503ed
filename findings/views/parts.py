"""Parts of a paper's page: materials, persons, remarks, print."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from core.access import demand, get_visible_or_404
from core.errors import ServiceError
from core.files import EVIDENCE
from core.files.responses import send, send_thumbnail
from core.models import StoredFile
from core.submissions import perform, revision_of, submit
from core.views.pieces import Reception, receive
from findings import rules, services
from findings.forms.parts import CaptionForm, EvidenceWordsForm, MaterialEntryForm, PersonForm, UploadForm
from findings.models import EvidenceItem, Finding, FindingPerson
from findings.selectors.paper import paper_data
from findings.views.findings import address
from findings.views.shared import list_address, refused_form, visible_finding


def _editable(request: HttpRequest, pk: Any) -> Finding:
    """The paper, for those who may change it: whoever may not is told so before the form is looked at."""
    paper = visible_finding(request, pk)
    demand(rules.can_edit(request.user, paper))
    return paper


def _at_evidence(paper: Finding) -> str:
    return f"{address(paper)}#zhicheng"


@require_POST
def evidence_upload(request: HttpRequest, pk: Any) -> HttpResponse:
    """Store many files at once as materials of the paper."""
    paper = _editable(request, pk)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return refused_form(request, form, _at_evidence(paper))
    values = form.cleaned_data
    revision = revision_of(request)

    def do() -> Finding:
        return services.upload_evidence(
            actor=request.user,
            finding=paper,
            revision=revision,
            uploads=values["files"],
            kind=values["kind"],
            origin=values["origin"],
            page_range=values["page_range"],
        )

    return perform(
        request,
        do,
        scope=f"findings.upload:{paper.pk}",
        success=_at_evidence(paper),
        message=f"已添加{len(values['files'])}件支撑材料。",
    )


def evidence_send(request: HttpRequest, pk: Any) -> HttpResponse:
    """The same files in pieces, over a line that drops; each is listed once it has arrived whole."""
    paper = _editable(request, pk)

    def attach(file: StoredFile) -> None:
        form = EvidenceWordsForm(request.POST)
        if not form.is_valid():
            raise ServiceError("、".join(text for texts in form.errors.values() for text in texts))
        services.attach_evidence(actor=request.user, finding=paper, file=file, **form.cleaned_data)

    present = StoredFile.objects.filter(pk__in=paper.evidence.values("file"))
    origin = request.POST.get("origin", "")
    kept_as = origin if origin in StoredFile.Origin.values else StoredFile.Origin.ELECTRONIC
    return receive(request, Reception(paper, EVIDENCE, present, attach, kept_as))


@require_POST
def evidence_add(request: HttpRequest, pk: Any) -> HttpResponse:
    """List a material without a file, or cite a talk record."""
    paper = _editable(request, pk)
    form = MaterialEntryForm(request.POST, finding=paper)
    if not form.is_valid():
        return refused_form(request, form, _at_evidence(paper))
    item, revision = form.cleaned_data, revision_of(request)
    return perform(
        request,
        lambda: services.add_evidence(actor=request.user, finding=paper, items=[item], revision=revision),
        scope=f"findings.material:{paper.pk}",
        success=_at_evidence(paper),
        message="已添加1件支撑材料。",
    )


def _visible_item(request: HttpRequest, pk: Any) -> EvidenceItem:
    items = EvidenceItem.objects.select_related(
        "file",
        "talk",
        "paper",
        "table",
        "finding__inspection",
        "finding__team",
        "finding__round",
        "finding__handler",
    )
    return get_visible_or_404(items, request.user, pk=pk)


@require_POST
def evidence_action(request: HttpRequest, pk: Any, action: str) -> HttpResponse:
    """Move a material up or down, or take it off the list."""
    item = _visible_item(request, pk)
    revision = revision_of(request)
    acts = {
        "up": lambda: services.move_evidence(actor=request.user, item=item, revision=revision, up=True),
        "down": lambda: services.move_evidence(actor=request.user, item=item, revision=revision, up=False),
        "remove": lambda: services.remove_evidence(actor=request.user, item=item, revision=revision),
    }
    if action not in acts:
        raise Http404
    success = _at_evidence(item.finding)
    return perform(request, acts[action], scope=f"findings.evidence.{action}:{item.pk}", success=success)


def evidence_edit(request: HttpRequest, pk: Any) -> HttpResponse:
    """Caption, kind, form and pages of one material."""
    item = _visible_item(request, pk)
    demand(rules.can_edit(request.user, item.finding))
    start = {name: getattr(item, name) for name in ("name", "kind", "origin", "page_range")}
    form = CaptionForm(request.POST or None, initial=start | {"revision": item.finding.revision})

    def save(values: dict[str, Any]) -> Finding:
        revision = values.pop("revision")
        return services.edit_evidence(actor=request.user, item=item, revision=revision, values=values)

    return submit(
        request,
        form,
        save,
        scope=f"findings.caption:{item.pk}",
        template="findings/evidence_form.html",
        context={"cancel_url": _at_evidence(item.finding), "finding": item.finding, "item": item},
        success=_at_evidence,
    )


def evidence_file(request: HttpRequest, pk: Any) -> FileResponse:
    """The stored file of a material, untouched."""
    return send(_with_file(request, pk))


def evidence_thumbnail(request: HttpRequest, pk: Any) -> FileResponse:
    """The small picture of a material that is a picture."""
    return send_thumbnail(_with_file(request, pk))


def _with_file(request: HttpRequest, pk: Any) -> Any:
    item = _visible_item(request, pk)
    if item.file is None:
        raise Http404
    return item.file


@require_POST
def person_add(request: HttpRequest, pk: Any) -> HttpResponse:
    """Name a person concerned, in the restricted part."""
    paper = _editable(request, pk)
    form = PersonForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form, address(paper))
    values, revision = form.cleaned_data, revision_of(request)
    return perform(
        request,
        lambda: services.add_person(actor=request.user, finding=paper, revision=revision, **values),
        scope=f"findings.person:{paper.pk}",
        success=address(paper),
        message="已登记涉及人员。",
    )


@require_POST
def person_remove(request: HttpRequest, pk: Any) -> HttpResponse:
    """Take a person off the paper."""
    rows = FindingPerson.objects.select_related("finding__inspection", "finding__team", "finding__handler")
    person = get_visible_or_404(rows, request.user, pk=pk)
    revision = revision_of(request)
    return perform(
        request,
        lambda: services.remove_person(actor=request.user, person=person, revision=revision),
        scope=f"findings.person.remove:{person.pk}",
        success=address(person.finding),
        message="已移除。",
    )


@require_POST
def comment_add(request: HttpRequest, pk: Any) -> HttpResponse:
    """Leave a remark beside the paper; one written beside the list leads back to the list."""
    paper = visible_finding(request, pk)
    text = request.POST.get("text", "")
    return perform(
        request,
        lambda: services.add_comment(actor=request.user, finding=paper, text=text),
        scope=f"findings.comment:{paper.pk}",
        success=list_address(request, paper) if request.POST.get("beside") else f"{address(paper)}#pizhu",
        message="已留下批注。",
    )


def finding_print(request: HttpRequest, pk: Any) -> HttpResponse:
    """The paper as it is printed on A4."""
    paper = visible_finding(request, pk)
    return render(request, "findings/print.html", {"paper": paper_data(paper), "finding": paper})
