"""Portraits of a village: forms out, filled forms in, read and mended, compared and taken over."""

from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.access import demand, get_visible_or_404
from core.files.responses import send
from core.models.jobs import Job
from core.submissions import perform, posted_revision, submit
from prep import rules, services
from prep.forms import MendForm, PortraitUploadForm, TakeForm
from prep.models import Portrait, PortraitKind, PortraitStatus, VillageProfile
from prep.selectors.portraits import cells_of, compare, newest_portraits, portrait_tables
from prep.selectors.traits import trait_labels
from prep.views.shared import crumbs, visible_inspection
from prep.workflow.portrait import PORTRAIT
from villages.models import VillageInspection

_KINDS = (
    (PortraitKind.SELF, "发给村（社区）党组织填写"),
    (PortraitKind.TOWN, "发给镇（街道）党（工）委填写"),
)


def _home(inspection: VillageInspection) -> str:
    return reverse("prep:portraits", kwargs={"pk": inspection.pk})


@require_http_methods(["GET", "POST"])
def portraits(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The forms to hand out, the filled ones that came, and the place to put one in."""
    inspection = visible_inspection(request, pk)
    may = rules.can_receive_portrait(request.user, inspection)
    if request.method == "POST":
        demand(may)
    form = PortraitUploadForm(request.POST or None, request.FILES or None)
    rows = Portrait.objects.visible_to(request.user).filter(inspection=inspection).select_related("file")

    def save(values: dict[str, Any]) -> Portrait:
        return services.stage_portrait(actor=request.user, inspection=inspection, upload=values["file"])

    context = crumbs(inspection) | {
        "lines": [{"row": row, "faults": sum("fault" in cell for cell in row.cells.values())} for row in rows],
        "may_receive": may, "kinds": _KINDS, "newest": newest_portraits(request.user, inspection),
        "jobs": Job.objects.visible_to(request.user).about(inspection).filter(
            kind__in=(services.DOSSIER, services.PORTRAIT_FORM)
        )[:6],
        "has_profile": VillageProfile.objects.filter(inspection=inspection).exists(),
        "submit_label": "上传并预览",
    }  # fmt: skip
    return submit(
        request, form, save, scope=f"prep.portrait:{inspection.pk}", template="prep/portraits.html",
        success=lambda made: reverse("prep:portrait", kwargs={"pk": made.pk}), context=context, message="",
    )  # fmt: skip


@require_POST
def form_request(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """Have one of the two forms made for this village."""
    inspection = visible_inspection(request, pk)
    if kind not in PortraitKind.values:
        raise Http404

    def do() -> Job:
        return services.request_portrait_form(actor=request.user, inspection=inspection, kind=kind)

    return perform(
        request, do, scope=f"prep.portrait_form:{inspection.pk}:{kind}", success=_home(inspection),
        message="正在生成画像表，做好后在本页和“任务”里取。",
    )  # fmt: skip


def _visible(request: HttpRequest, pk: UUID) -> Portrait:
    rows = Portrait.objects.select_related("inspection", "round", "team", "village", "town", "file")
    return get_visible_or_404(rows, request.user, pk=pk)


@require_http_methods(["GET", "POST"])
def portrait(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One portrait as it was read: what was not understood to be typed, what was understood to be looked at."""
    row = _visible(request, pk)
    may = rules.can_receive_portrait(request.user, row)
    if request.method == "POST":
        demand(may)
    cells = cells_of(row)
    form = MendForm(cells, request.POST or None, initial={"revision": row.revision})

    def save(values: dict[str, Any]) -> Portrait:
        revision = values.get("revision") or 0
        return services.mend_portrait(actor=request.user, portrait=row, revision=revision, texts=form.texts())

    singles, lists = portrait_tables(cells, trait_labels())
    context = crumbs(row.inspection) | {
        "object": row, "singles": singles, "lists": lists,
        "good": sum(bool(cell.text) and not cell.fault for cell in cells.values()),
        "blank": sum(not cell.text and not cell.fault for cell in cells.values()),
        "may_mend": may and row.status == PortraitStatus.STAGED, "may_take": rules.can_edit(request.user, row),
        "offers": [o for o in PORTRAIT.available(request.user, row) if o.transition.name == "discard"],
    }  # fmt: skip
    return submit(
        request, form, save, scope=f"prep.mend:{row.pk}", template="prep/portrait.html",
        success=lambda done: reverse("prep:portrait", kwargs={"pk": done.pk}), context=context,
        message="已按您填写的内容重新核对。",
    )  # fmt: skip


@require_GET
def original(request: HttpRequest, pk: UUID) -> FileResponse:
    """The file as it came."""
    return send(services.note_portrait_download(actor=request.user, portrait=_visible(request, pk)))


@require_POST
def portrait_action(request: HttpRequest, pk: UUID, action: str) -> HttpResponse:
    """Put a portrait aside."""
    row = _visible(request, pk)
    if action != "discard":
        raise Http404
    reason, revision = request.POST.get("reason", ""), posted_revision(request)

    def do() -> Portrait:
        return services.discard_portrait(actor=request.user, portrait=row, reason=reason, revision=revision)

    return perform(
        request, do, scope=f"prep.portrait.{action}:{row.pk}", success=_home(row.inspection),
        message="已放弃，档案没有改动；原文件仍保留。",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def comparison(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Profile and portraits side by side; what is chosen goes into the profile."""
    inspection = visible_inspection(request, pk)
    may = rules.can_edit(request.user, inspection)
    if request.method == "POST":
        demand(may)
    found = compare(request.user, inspection, trait_labels())
    profile = VillageProfile.objects.filter(inspection=inspection).first()
    form = TakeForm(
        found.rows, request.POST or None, initial={"revision": profile.revision if profile else 0}
    )

    def save(values: dict[str, Any]) -> VillageProfile:
        return services.take_from_portraits(
            actor=request.user,
            inspection=inspection,
            choices=form.choices(),
            revision=values.get("revision") or 0,
        )

    every = request.GET.get("show") == "all"
    groups = [
        (title, [_line(row, form, found.portraits) for row in rows if every or row.differs])
        for title, rows in found.groups
    ]
    context = crumbs(inspection) | {
        "found": found, "groups": [(title, lines) for title, lines in groups if lines], "may_take": may,
        "kinds": [kind for kind, _ in _KINDS if kind in found.portraits], "profile": profile, "every": every,
        "tabs": _tabs(found.differing, len(found.rows)), "cancel_url": _home(inspection),
    }  # fmt: skip
    return submit(
        request, form, save, scope=f"prep.take:{inspection.pk}", template="prep/portrait_compare.html",
        success=lambda _: reverse("prep:village", kwargs={"pk": inspection.pk}), context=context,
        message="所选内容已写入村情档案。",
    )  # fmt: skip


def _tabs(differing: int, total: int) -> list[dict[str, Any]]:
    return [
        {"value": "", "label": "只看不同的", "count": differing},
        {"value": "all", "label": "全部", "count": total},
    ]


def _line(row: Any, form: TakeForm, portraits: dict[str, Portrait]) -> dict[str, Any]:
    """One row for the template: the sides in the order of the columns, and what is chosen now."""
    chosen = str(form[row.key].value() or "") if row.key in form.fields else ""
    sides = [(kind, row.sides.get(kind)) for kind, _ in _KINDS if kind in portraits]
    return {"row": row, "sides": sides, "chosen": chosen}
