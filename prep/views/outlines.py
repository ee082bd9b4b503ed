"""Outlines of a village: the list, one version to read, to write, to supplement, to compare, to print."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.access import demand, get_visible_or_404
from core.submissions import perform, revision_of, submit
from prep import services
from prep.forms.outline import OutlineForm, OutlineStartForm
from prep.models import Outline, OutlineLine, TargetKind
from prep.rules import outline as rules
from prep.selectors import outlines as read
from prep.selectors.facts import committee
from prep.views.shared import crumbs, visible_inspection
from prep.workflow.outline import BUTTONS, OUTLINE

_DONE = {"finalise": "已定稿。现在可以打印，也可以据此谈话。", "drop": "草稿已弃用。"}


def address(row: Outline) -> str:
    """The page of an outline."""
    return reverse("prep:outline", kwargs={"pk": row.pk})


def visible_outline(request: HttpRequest, pk: UUID) -> Outline:
    """The version with its relations, or 404 for what is not there for this person."""
    return get_visible_or_404(read.with_relations(Outline.objects.all()), request.user, pk=pk)


@require_GET
def outline_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Every kind of person with the outlines made for it."""
    inspection = visible_inspection(request, pk)
    lines = read.outline_list(request.user, inspection)
    context = crumbs(inspection) | {
        "lines": lines,
        "covered": sum(line.covered for line in lines),
        "any": any(line.outlines for line in lines),
        "may_draw": rules.can_draw(request.user, inspection),
    }
    return render(request, "prep/outlines.html", context)


@require_GET
def outlines_card(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Part of a village's page: the outlines there are."""
    inspection = visible_inspection(request, pk)
    context = {"inspection": inspection, "rows": read.outlines_of(request.user, inspection)}
    return render(request, "prep/outlines_card.html", context)


@require_http_methods(["GET", "POST"])
def outline_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Draw an outline for a kind of person, or for one named person."""
    inspection = visible_inspection(request, pk)
    demand(rules.can_draw(request.user, inspection))
    kinds = TargetKind.objects.visible_to(request.user).filter(active=True)
    wanted = kinds.filter(code=request.GET.get("kind", "")[:30].replace("\0", "")).first()
    names = list(dict.fromkeys(row.name for row in committee(request.user, inspection)))
    form = OutlineStartForm(request.POST or None, initial={"kind": wanted}, kinds=kinds, names=names)

    def save(values: dict[str, Any]) -> Outline:
        return services.draw_outline(actor=request.user, inspection=inspection, **values)

    back = reverse("prep:outlines", kwargs={"pk": inspection.pk})
    return submit(
        request,
        form,
        save,
        scope=f"prep.outline.new:{inspection.pk}",
        template="prep/outline_start.html",
        success=address,
        context=crumbs(inspection) | {"cancel_url": back, "submit_label": "拟出提纲"},
        message="提纲已按待查问题和村情拟出，请逐题核对，改好后定稿。",
    )


@require_GET
def outline(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One version, to be read at the desk or on a phone during the talk."""
    row = visible_outline(request, pk)
    lines = read.lines_of(row)
    versions = list(read.versions_of(request.user, row))
    numbered = {line.pk: number for number, line in enumerate(lines, 1)}
    context = crumbs(row.inspection) | {
        "object": row,
        "village": row.village,
        "groups": [
            (group.title, [(numbered[line.pk], line) for line in group.lines])
            for group in read.grouped(lines)
        ],
        "count": len(lines),
        "must": sum(line.must for line in lines),
        "settled": read.settled_items(lines),
        "versions": versions,
        "draft": next((one for one in versions if one.status == "draft"), None),
        "older": _older(row, versions),
        "offers": [o for o in OUTLINE.available(request.user, row) if o.transition.name in BUTTONS],
        "may_write": rules.can_write(request.user, row),
        "may_follow": rules.can_follow(request.user, row),
        "may_talk": rules.can_talk_by(request.user, row),
    }
    return render(request, "prep/outline.html", context)


def _older(row: Outline, versions: list[Outline]) -> Outline | None:
    """The version this one is compared with: the one before it."""
    at = next((n for n, one in enumerate(versions) if one.pk == row.pk), None)
    return versions[at + 1] if at is not None and at + 1 < len(versions) else None


@require_http_methods(["GET", "POST"])
def outline_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All questions of a draft in one form: order, words, what must be asked, what goes."""
    row = visible_outline(request, pk)
    demand(rules.can_write(request.user, row))
    lines = read.lines_of(row)
    initial = {"revision": row.revision, "questions": [_cells(n, line) for n, line in enumerate(lines, 1)]}
    known = {str(line.pk): _known(line) for line in lines}
    form = OutlineForm(request.POST or None, initial=initial, known=known)

    def save(values: dict[str, Any]) -> Outline:
        return services.save_outline(
            actor=request.user, outline=row, revision=values["revision"], rows=values["questions"]
        )

    return submit(
        request,
        form,
        save,
        scope=f"prep.outline.edit:{row.pk}",
        template="prep/outline_edit.html",
        success=address,
        context=crumbs(row.inspection) | {"object": row, "village": row.village, "cancel_url": address(row)},
        message="提纲已保存。",
    )


def _cells(number: int, line: OutlineLine) -> dict[str, Any]:
    return {"id": str(line.pk), "seq": number, "text": line.text, "must": line.must}


def _known(line: OutlineLine) -> dict[str, Any]:
    return {
        "origin": read.origin_words(line),
        "tone": OutlineLine.ORIGIN_TONE[line.origin],
        "section": line.get_section_display() if line.section != "topic" else "",
        "category": line.category.name if line.category else "",
        "fact": line.fact,
        "why": line.why,
        "drawn": line.drawn if line.reworded else "",
    }


@require_http_methods(["GET", "POST"])
def outline_offers(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What is new since the outline was drawn, and what else the bank has: ticked questions are added."""
    row = visible_outline(request, pk)
    demand(rules.can_write(request.user, row))
    if request.method == "POST":
        revision, chosen = revision_of(request), request.POST.getlist("source")
        return perform(
            request,
            lambda: services.supplement_outline(
                actor=request.user, outline=row, revision=revision, sources=chosen
            ),
            scope=f"prep.outline.offers:{row.pk}",
            success=address(row),
            message="所选题目已补入，原有题目没有改动。",
        )
    context = crumbs(row.inspection) | {"object": row, "village": row.village}
    return render(request, "prep/outline_offers.html", context | {"found": read.offers(request.user, row)})


@require_GET
def outline_compare(request: HttpRequest, pk: UUID, other: UUID) -> HttpResponse:
    """Two versions of one outline side by side."""
    newer, older = visible_outline(request, pk), visible_outline(request, other)
    same = (newer.inspection_id, newer.kind_id, newer.person) == (
        older.inspection_id,
        older.kind_id,
        older.person,
    )
    if not same:
        raise Http404
    context = crumbs(newer.inspection) | {
        "object": newer,
        "older": older,
        "village": newer.village,
        "compared": read.compare(older, newer),
    }
    return render(request, "prep/outline_compare.html", context)


@require_POST
def outline_action(request: HttpRequest, pk: UUID, action: str) -> HttpResponse:
    """Make a draft final, or put it aside."""
    row = visible_outline(request, pk)
    if action not in BUTTONS:
        raise Http404
    revision, reason = revision_of(request), request.POST.get("reason", "")

    def step() -> Outline:
        if action == "drop":
            return services.drop_outline(actor=request.user, outline=row, reason=reason, revision=revision)
        return services.finalise_outline(actor=request.user, outline=row, revision=revision)

    back = (
        address(row) if action == "finalise" else reverse("prep:outlines", kwargs={"pk": row.inspection_id})
    )
    return perform(
        request, step, scope=f"prep.outline.{action}:{row.pk}", success=back, message=_DONE[action]
    )


@require_POST
def outline_follow(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Begin the next version."""
    row = visible_outline(request, pk)
    return perform(
        request,
        lambda: services.follow_outline(actor=request.user, outline=row),
        scope=f"prep.outline.follow:{row.pk}",
        success=reverse("prep:outlines", kwargs={"pk": row.inspection_id}),
        message="新版草稿已建好，内容与现行版相同，改好后定稿即替代现行版。",
    )


@require_POST
def outline_word(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for one version as Word; the progress stands on the job's page."""
    row = visible_outline(request, pk)
    job = services.request_outlines(actor=request.user, inspection=row.inspection, outline=row)
    return redirect("core:job", pk=job.pk)


@require_POST
def outlines_word(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for all outlines of a village in one Word file."""
    inspection = visible_inspection(request, pk)
    job = services.request_outlines(actor=request.user, inspection=inspection)
    return redirect("core:job", pk=job.pk)
