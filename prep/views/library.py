"""The library of check points: the version in use for everybody, its versions and drafts for the office."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import clock
from core.access import demand, get_visible_or_404
from core.submissions import perform, revision_of, submit
from prep import rules, services
from prep.forms.library import LibraryForm, PointForm
from prep.models import CheckPoint, CheckPointLibrary
from prep.rules import library as library_rules
from prep.selectors.citations import CitedLine, read_basis
from prep.selectors.library import PointFilters, PointLine, compare, library_in_use, point_list, versions
from prep.selectors.library_file import category_names
from prep.workflow.library import LIBRARY


def address(library: CheckPointLibrary) -> str:
    """The page of a version."""
    return reverse("prep:library_version", kwargs={"pk": library.pk})


def visible_library(request: HttpRequest, pk: UUID) -> CheckPointLibrary:
    """A version, or 404 for whom there is none."""
    return get_visible_or_404(versions(request.user).select_related("based_on"), request.user, pk=pk)


@require_GET
def library(request: HttpRequest) -> HttpResponse:
    """The check points in use, to read and to search."""
    demand(rules.can_browse(request.user))
    return _page(request, library_in_use(request.user))


@require_GET
def library_version(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One version; a draft can be worked on here."""
    return _page(request, visible_library(request, pk))


def _page(request: HttpRequest, chosen: CheckPointLibrary | None) -> HttpResponse:
    keeping = bool(library_rules.can_keep(request.user))
    filters = PointFilters.read(request.GET)
    every = list(versions(request.user))
    listed = point_list(request.user, chosen, filters) if chosen else None
    context = {
        "library": chosen,
        "versions": every,
        "filters": filters,
        "listed": listed,
        "rows": _with_references(request, listed.lines) if listed else [],
        "keeping": keeping,
        "may_edit": bool(chosen and library_rules.can_edit_library(request.user, chosen)),
        "draft": next((row for row in every if row.status == CheckPointLibrary.Status.DRAFT), None),
        "offers": LIBRARY.available(request.user, chosen) if chosen and keeping else [],
    }
    return render(request, "prep/library.html", context)


def _with_references(request: HttpRequest, lines: list[PointLine]) -> list[tuple[PointLine, CitedLine]]:
    """Each point with the rules its basis names: two queries for all."""
    texts = list(dict.fromkeys(line.point.basis for line in lines))
    read = {line.text: line for line in read_basis(request.user, texts, as_of=clock.today())}
    return [(line, read[line.point.basis]) for line in lines]


@require_GET
def library_compare(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What a version brings against the one it was copied from, or against the one in use."""
    row = visible_library(request, pk)
    current = library_in_use(request.user)
    old = current if row.status == CheckPointLibrary.Status.DRAFT else row.based_on
    context = {"library": row, "old": old, "found": compare(request.user, old, row) if old else None}
    return render(request, "prep/library_compare.html", context)


@require_POST
def library_copy(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Begin the next version from this one."""
    row = visible_library(request, pk)
    demand(library_rules.can_keep(request.user))
    return perform(
        request,
        lambda: services.copy_library(actor=request.user, library=row),
        scope=f"prep.library_copy:{row.pk}",
        success=reverse("prep:library_draft"),
        message="已复制为草稿。在草稿中增减、修改要点，核对与现行版的差别后再启用。",
    )


@require_GET
def library_draft(request: HttpRequest) -> HttpResponse:
    """The way to the draft in work; to the version in use when there is none."""
    demand(rules.can_browse(request.user))
    draft = versions(request.user).filter(status=CheckPointLibrary.Status.DRAFT).first()
    return redirect(address(draft) if draft else reverse("prep:library"))


@require_http_methods(["GET", "POST"])
def library_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Name of a draft and its revision note."""
    row = visible_library(request, pk)
    demand(library_rules.can_edit_library(request.user, row))
    initial = {"name": row.name, "note": row.note, "revision": row.revision}

    def save(values: dict[str, Any]) -> CheckPointLibrary:
        values = values | {"revision": values["revision"] or 0}
        return services.edit_library(actor=request.user, library=row, **values)

    return submit(
        request,
        LibraryForm(request.POST or None, initial=initial),
        save,
        scope=f"prep.library_edit:{row.pk}",
        template="prep/library_form.html",
        success=address,
        context={"library": row, "cancel_url": address(row)},
    )


@require_POST
def library_action(request: HttpRequest, pk: UUID, action: str) -> HttpResponse:
    """Put a draft in use, or give it up."""
    row = visible_library(request, pk)
    if action not in LIBRARY.transitions:
        raise Http404
    demand(library_rules.can_keep(request.user))
    revision, reason = revision_of(request), request.POST.get("reason", "")

    def step() -> CheckPointLibrary:
        if action == "publish":
            return services.publish_library(actor=request.user, library=row, revision=revision)
        return services.drop_library(actor=request.user, library=row, reason=reason, revision=revision)

    return perform(
        request,
        step,
        scope=f"prep.library.{action}:{row.pk}",
        success=address(row),
        message=f"第{row.version}版已启用，原来的版本停用。" if action == "publish" else "草稿已放弃。",
    )


@require_POST
def library_sheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for a version as a workbook; the progress stands on the job's page."""
    row = visible_library(request, pk)
    job = services.request_library_sheet(actor=request.user, library=row)
    return redirect("core:job", pk=job.pk)


# --- points of a draft ------------------------------------------------------------------------------------


def _visible_point(request: HttpRequest, pk: UUID) -> CheckPoint:
    return get_visible_or_404(CheckPoint.objects.select_related("library"), request.user, pk=pk)


@require_http_methods(["GET", "POST"])
def point_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A new point."""
    row = visible_library(request, pk)
    demand(library_rules.can_edit_library(request.user, row))
    form = PointForm(
        request.POST or None,
        categories=category_names(row),
        initial={"category": request.GET.get("category", "")},
    )
    return submit(
        request,
        form,
        lambda values: services.add_point(actor=request.user, library=row, values=values),
        scope=f"prep.point_add:{row.pk}",
        template="prep/point_form.html",
        success=lambda point: f"{address(row)}?category={point.category[:1]}",
        context={"library": row, "cancel_url": address(row), "submit_label": "加入草稿"},
        message="要点已加入草稿。",
    )


@require_http_methods(["GET", "POST"])
def point_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Reword a point."""
    point = _visible_point(request, pk)
    demand(library_rules.can_edit_library(request.user, point.library))
    initial = {name: getattr(point, name) for name in services.POINT_FIELDS} | {"revision": point.revision}
    form = PointForm(
        request.POST or None, initial=initial, categories=category_names(point.library), known=True
    )

    def save(values: dict[str, Any]) -> CheckPoint:
        revision = values.pop("revision") or 0
        return services.edit_point(actor=request.user, point=point, revision=revision, values=values)

    return submit(
        request,
        form,
        save,
        scope=f"prep.point_edit:{point.pk}",
        template="prep/point_form.html",
        success=_place,
        context={"library": point.library, "object": point, "cancel_url": _place(point)},
    )


def _place(point: CheckPoint) -> str:
    """Back to the list where the point stands."""
    return f"{address(point.library)}?category={point.category[:1]}#point-{point.code}"


@require_POST
def point_action(request: HttpRequest, pk: UUID, action: str) -> HttpResponse:
    """Leave a point out, take it back, move it up or down."""
    point = _visible_point(request, pk)
    revision = revision_of(request)
    steps = {
        "off": lambda: services.set_point_active(
            actor=request.user, point=point, active=False, revision=revision
        ),
        "on": lambda: services.set_point_active(
            actor=request.user, point=point, active=True, revision=revision
        ),
        "up": lambda: services.move_point(actor=request.user, point=point, by=-1),
        "down": lambda: services.move_point(actor=request.user, point=point, by=1),
    }
    if action not in steps:
        raise Http404
    return perform(request, steps[action], scope=f"prep.point.{action}:{point.pk}", success=_place(point))
